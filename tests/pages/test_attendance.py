"""The register of a lesson without a script: a form that anyone can fill in."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from schoolapp.domain.attendance import AbsenceReason, MarkStatus
from schoolapp.domain.roles import Role
from schoolapp.models import AuditEvent, Enrolment, Mark, UnlistedPupil
from tests import factories
from tests.support.page import Browser
from tests.support.roll_calls import NOW, Group, call_all, mark, marks_of


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def test_the_roll_is_called_by_first_name_and_initial(browser: Browser, group: Group) -> None:
    page = browser.sign_in(group.facilitator).get(group.url)
    assert page.h1 == "Italiano per comunicare A1"
    assert "Oggi, 10:30–12:00" in page.text
    names = [legend.text for legend in page.root.all("legend")]
    assert names == ["1 Amina D.", "2 Arjun S.", "3 Bogdan M."]
    assert "Diallo" not in page.response.get_data(as_text=True)
    assert "3 da segnare" in page.text


def test_a_roll_call_is_saved_with_its_exceptions(browser: Browser, group: Group, database: Session) -> None:
    form = call_all(browser.sign_in(group.facilitator).get(group.url), group)
    mark(form, group.pupils[1], "absent", reason="test_in_class")
    mark(form, group.pupils[2], "late", minutes="12")
    page = form.send()
    assert "Presenze salvate." in page.text
    assert "3 alunni, lezione delle 10:30." in page.text
    assert "1 presente · 1 assente · 1 ritardo" in page.text
    assert marks_of(database, group) == {
        "Amina": (MarkStatus.PRESENT, None, None, 90),
        "Arjun": (MarkStatus.ABSENT, None, AbsenceReason.TEST_IN_CLASS, 0),
        "Bogdan": (MarkStatus.LATE, 12, None, 78),
    }


def test_a_save_leaves_one_line_of_audit_with_old_and_new(browser: Browser, group: Group, database: Session) -> None:
    page = call_all(browser.sign_in(group.facilitator).get(group.url), group).send()
    form = page.form("Salva")
    mark(form, group.pupils[0], "absent")
    form.fill("Argomento", "I mesi").send()
    events = database.scalars(select(AuditEvent).where(AuditEvent.action == "recorded").order_by(AuditEvent.id)).all()
    assert len(events) == 2
    assert events[1].changes == {f"mark:{group.pupils[0].id}": ["P", "A"], "topic": ["", "I mesi"]}
    assert (events[1].user_id, events[1].institute_id) == (group.facilitator.id, group.institute.id)


def test_what_did_not_change_is_not_written_again(browser: Browser, group: Group, database: Session) -> None:
    page = call_all(browser.sign_in(group.facilitator).get(group.url), group).send()
    page.form("Salva").send()
    assert {mark.version for mark in database.scalars(select(Mark))} == {1}
    database.expire_all()
    assert group.lesson.version == 1
    assert len(database.scalars(select(AuditEvent).where(AuditEvent.action == "recorded")).all()) == 1


@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [
        ("", "Scrivi quanti minuti."),
        ("dieci", "Scrivi i minuti con un numero, per esempio 10."),
        ("90", "I minuti vanno da 1 a 89: la lezione dura 90 minuti."),
    ],
)
def test_wrong_minutes_are_said_and_nothing_typed_is_lost(
    browser: Browser, group: Group, database: Session, minutes: str, sentence: str
) -> None:
    form = call_all(browser.sign_in(group.facilitator).get(group.url), group)
    mark(form, group.pupils[2], "late", minutes=minutes)
    page = form.fill("Argomento", "I mesi").send()
    assert page.status == 422
    assert page.title.startswith("Errore:")
    assert page.errors() == [sentence]
    again = page.form("Salva").values
    assert again[f"mark-{group.pupils[2].id}"] == ["late"]
    assert again[f"minutes-{group.pupils[2].id}"] == [minutes]
    assert again["topic"] == ["I mesi"]
    assert marks_of(database, group) == {}


def test_what_a_mark_does_not_need_is_left_out(browser: Browser, group: Group, database: Session) -> None:
    form = browser.sign_in(group.facilitator).get(group.url).form("Salva")
    mark(form, group.pupils[0], "present", minutes="12", reason="not_fetched")
    mark(form, group.pupils[1], "late", minutes="12", reason="not_fetched")
    mark(form, group.pupils[2], "absent", minutes="12", reason="not_fetched")
    assert form.send().status == 200
    assert marks_of(database, group) == {
        "Amina": (MarkStatus.PRESENT, None, None, 90),
        "Arjun": (MarkStatus.LATE, 12, None, 78),
        "Bogdan": (MarkStatus.ABSENT, None, AbsenceReason.NOT_FETCHED, 0),
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reason", "flu"),
        ("mark", "gone"),
        ("minutes", "9" * 5000),
    ],
)
def test_a_word_that_is_none_of_ours_is_refused(
    browser: Browser, group: Group, database: Session, field: str, value: str
) -> None:
    form = browser.sign_in(group.facilitator).get(group.url).form("Salva")
    mark(form, group.pupils[0], "late" if field == "minutes" else "absent", **{field: value})
    assert form.send().status == 422
    assert marks_of(database, group) == {}


def test_numbers_without_end_are_refused(browser: Browser, group: Group, database: Session) -> None:
    form = browser.sign_in(group.facilitator).get(group.url).form("Salva")
    form.values[f"mark-{'9' * 5000}"] = ["present"]
    assert form.send().status == 422
    form = browser.get(group.url).form("Salva")
    mark(form, group.pupils[0], "present", was=f"{'9' * 5000} P")
    assert form.send().status == 200
    assert list(marks_of(database, group)) == ["Amina"]


def test_enter_in_the_name_of_an_unlisted_pupil_proposes(browser: Browser, group: Group, database: Session) -> None:
    form = browser.sign_in(group.facilitator).get(group.url).form("Salva")
    assert "Segnalazione inviata." in form.fill("Nome", "Omar").send().text
    assert database.scalars(select(UnlistedPupil.name)).all() == ["Omar"]


def test_the_register_of_tomorrow_shows_who_should_come(browser: Browser, group: Group) -> None:
    group.lesson.day = date(2026, 11, 24)
    page = browser.sign_in(group.facilitator).get(group.url)
    assert "L’appello si fa il giorno della lezione." in page.text
    assert "Amina D." in page.text
    assert not page.main.all("input")


def test_signing_closes_the_register(browser: Browser, group: Group, database: Session) -> None:
    browser.sign_in(group.facilitator)
    page = call_all(browser.get(group.url), group).fill("Argomento", "I mesi").send()
    assert "Con la firma confermi 90 minuti di lezione. Poi il registro si chiude." in page.text
    page = page.form("Firma la lezione").send()
    assert "Lezione firmata alle 10:42" in page.text
    assert "Irene Valsecca, 23/11/2026, 10:42" in page.text
    assert "90 minuti, 10:30–12:00" in page.text
    assert not page.main.all("input")
    database.expire_all()
    assert group.lesson.signed_by_id == group.facilitator.id


def test_a_signed_register_takes_no_moremarks_of(browser: Browser, group: Group, database: Session) -> None:
    browser.sign_in(group.facilitator)
    form = call_all(browser.get(group.url), group).fill("Argomento", "I mesi")
    group.lesson.signed_at, group.lesson.signed_by_id = NOW, group.facilitator.id
    page = form.send()
    assert page.status == 422
    assert page.errors() == ["La lezione è firmata: per cambiare scegli «Correggi» e scrivi il motivo."]
    assert marks_of(database, group) == {}


def test_a_register_is_not_signed_before_everyone_is_marked(browser: Browser, group: Group, database: Session) -> None:
    form = browser.sign_in(group.facilitator).get(group.url).form("Firma la lezione")
    mark(form, group.pupils[0], "present")
    page = form.fill("Argomento", "I mesi").send()
    assert page.errors() == ["Prima di firmare segna tutti gli alunni: ne mancano 2."]
    assert marks_of(database, group) == {}


def test_a_register_is_not_signed_without_a_topic(browser: Browser, group: Group) -> None:
    page = call_all(browser.sign_in(group.facilitator).get(group.url), group).send()
    page = page.form("Firma la lezione").send()
    assert page.errors() == ["Prima di firmare scrivi l’argomento della lezione."]


def test_who_stands_in_signs_and_becomes_the_one_who_held_the_lesson(
    browser: Browser, group: Group, database: Session
) -> None:
    substitute = factories.make_user(Role.FACILITATOR, group.institute)
    factories.make_workshop_facilitator(group.workshop, substitute, valid_from=date(2026, 11, 20))
    page = call_all(browser.sign_in(substitute).get(group.url), group).fill("Argomento", "I mesi").send()
    page.form("Firma la lezione").send()
    database.expire_all()
    assert group.lesson.facilitator_id == substitute.id
    event = database.scalars(select(AuditEvent).where(AuditEvent.action == "signed")).one()
    assert event.changes["facilitator_id"] == [group.facilitator.id, substitute.id]


def test_the_topic_of_the_lesson_before_and_the_activities_are_offered(
    browser: Browser, group: Group, database: Session
) -> None:
    factories.make_lesson(group.workshop, day=date(2026, 11, 18), topic="I mesi e le stagioni")
    page = browser.sign_in(group.facilitator).get(group.url)
    assert "Come mercoledì: I mesi e le stagioni" in page.text
    page.form("Salva").choose("Ascolto").choose("Lettura").send()
    database.expire_all()
    assert group.lesson.activity == "ascolto, lettura"


def test_a_pupil_who_is_not_on_the_list_is_proposed_to_the_coordinator(
    browser: Browser, group: Group, database: Session
) -> None:
    form = browser.sign_in(group.facilitator).get(group.url).form("Proponi")
    page = form.fill("Nome", "Omar").fill("Classe", "2B").send()
    assert "Segnalazione inviata." in page.text
    assert "Proposto alla scuola: Omar, 2B" in page.text
    omar = factories.make_pupil(group.institute, first_name="Omar", last_name="Tazi")
    page = browser.sign_in(factories.make_user(Role.COORDINATOR, group.institute)).get("/today")
    assert "Omar , 2B" in page.text
    page.follow("Iscrivi").form("Iscrivi").choose("Tazi Omar").send()
    assert "Alunni venuti a lezione" not in browser.get("/today").text
    case = database.scalars(select(UnlistedPupil)).one()
    assert (case.state, omar.id) == ("enrolled", database.scalars(select(Enrolment.pupil_id)).all()[-1])


def test_a_proposal_without_a_name_is_refused(browser: Browser, group: Group, database: Session) -> None:
    page = browser.sign_in(group.facilitator).get(group.url).form("Proponi").send()
    assert page.errors() == ["Scrivi il nome dell’alunno."]
    assert not database.scalars(select(UnlistedPupil)).all()


def test_a_remark_with_markup_is_shown_as_text(browser: Browser, group: Group) -> None:
    group.enrol(first_name="<script>alert(1)</script>", last_name="X")
    group.lesson.topic = "</textarea><script>alert(2)</script>"
    markup = browser.sign_in(group.facilitator).request("GET", group.url).get_data(as_text=True)
    assert "<script>alert" not in markup


def test_the_roll_is_called_on_the_day_of_the_lesson(browser: Browser, group: Group, database: Session) -> None:
    form = browser.sign_in(group.facilitator).get(group.url).form("Salva")
    mark(form, group.pupils[0], "present")
    group.lesson.day = date(2026, 11, 24)
    page = form.send()
    assert page.errors() == ["La lezione è del 24/11/2026: l’appello si fa quel giorno."]
    assert marks_of(database, group) == {}


def test_a_cancelled_lesson_says_so(browser: Browser, group: Group) -> None:
    group.lesson.cancelled_by, group.lesson.cancelled_why = "school", "assemblea di plesso"  # type: ignore[assignment]
    page = browser.sign_in(group.facilitator).get(group.url)
    assert "Questa lezione è annullata. assemblea di plesso" in page.text
    assert not page.main.all("input")


def test_the_reason_of_a_cancelled_lesson_is_never_markup(browser: Browser, group: Group) -> None:
    why = "<b>neve</b> al 50%"
    group.lesson.cancelled_by, group.lesson.cancelled_why = "school", why  # type: ignore[assignment]
    assert f"Questa lezione è annullata. {why}" in browser.sign_in(group.facilitator).get(group.url).text


def test_head_and_coordinator_read_the_register_and_change_nothing(browser: Browser, group: Group) -> None:
    for role in (Role.HEAD, Role.COORDINATOR):
        page = browser.sign_in(factories.make_user(role, group.institute)).get(group.url)
        assert "L’appello e la firma spettano a chi tiene la lezione: Irene Valsecca." in page.text
        assert not page.main.all("input")


# What must not be possible


def test_a_pupil_of_another_workshop_in_the_list_rejects_the_whole_list(
    browser: Browser, group: Group, database: Session
) -> None:
    form = call_all(browser.sign_in(group.facilitator).get(group.url), group)
    stranger = factories.make_pupil(group.institute)
    mark(form, stranger, "present")
    page = form.send()
    assert page.status == 422
    assert "non frequenta il laboratorio" in page.errors()[0]
    assert marks_of(database, group) == {}


def test_whoever_is_named_in_the_form_the_marker_is_who_signed_in(
    browser: Browser, group: Group, database: Session
) -> None:
    colleague = factories.make_user(Role.FACILITATOR, group.institute)
    form = call_all(browser.sign_in(group.facilitator).get(group.url), group)
    form.values.update({"recorded_by_id": [str(colleague.id)], "user_id": [str(colleague.id)]})
    form.send()
    assert {mark.recorded_by_id for mark in database.scalars(select(Mark))} == {group.facilitator.id}


def test_a_colleague_of_the_same_school_does_not_find_the_register(browser: Browser, group: Group) -> None:
    colleague = factories.make_user(Role.FACILITATOR, group.institute)
    assert browser.sign_in(colleague).request("GET", group.url).status_code == 404


@pytest.mark.parametrize(
    ("name", "value"), [("mark-x", "present"), ("mark-99999999999999", "present"), ("was-', 1", "1 P")]
)
def test_a_field_that_is_no_pupil_is_refused(
    browser: Browser, group: Group, database: Session, name: str, value: str
) -> None:
    form = call_all(browser.sign_in(group.facilitator).get(group.url), group)
    form.values[name] = [value]
    assert form.send().status == 422
    assert marks_of(database, group) == {}


def test_reading_changes_nothing(browser: Browser, group: Group, statements: Callable[[], Any]) -> None:
    browser.sign_in(group.facilitator)
    with statements() as seen:
        browser.get(group.url)
    assert all(statement.startswith(("SELECT", "WITH")) for statement in seen)


# How much it asks of the database


@pytest.mark.parametrize("pupils", [1, 20])
def test_a_register_costs_the_same_statements_whatever_its_length(
    browser: Browser, database: Session, statements: Callable[[], Any], pupils: int
) -> None:
    group = Group()
    group.pupils += [group.enrol(first_name=f"Alunno {chr(65 + number)}") for number in range(pupils)]
    browser.sign_in(group.facilitator)
    with statements() as seen:
        page = browser.get(group.url)
    assert len(seen) == 5, _starts(seen)  # who asks, the lesson, its pupils, the topic before, who came unlisted
    form = call_all(page, group).fill("Argomento", "I mesi")
    values = dict(form.values)
    with statements() as seen:
        response = browser.request("POST", group.url, data=values, headers={"Accept": "application/json"})
    assert response.status_code == 200
    assert len(seen) == 6, _starts(seen)  # who asks, the lesson, its pupils, the marks, the lesson again, the audit
    for pupil in group.pupils:
        values[f"mark-{pupil.id}"] = ["absent"]
    with statements() as seen:
        browser.request("POST", group.url, data={**values, "action": "sign"})
    assert len(seen) == 8, _starts(seen)  # the same, the signature and its audit
    with statements() as seen:
        browser.get(group.url)
    assert len(seen) == 5, _starts(seen)


def _starts(statements: list[str]) -> list[str]:
    return [statement[:60] for statement in statements]


# Two people at one register
