"""The register of a lesson without a script: a form that anyone can fill in."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.attendance import AbsenceReason, MarkStatus
from schoolapp.domain.roles import Role
from schoolapp.models import AuditEvent, Enrolment, Institute, Lesson, Mark, Pupil, UnlistedPupil, User
from tests import factories
from tests.support.page import Browser, Form, Page
from tests.support.standing import again

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=SCHOOL_ZONE)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


class Group:
    """A lesson of today at 10:30 with its facilitator and three pupils: Amina D., Arjun S., Bogdan M."""

    def __init__(self) -> None:
        self.institute: Institute = factories.make_institute()
        self.facilitator: User = factories.make_user(Role.FACILITATOR, self.institute, name="Irene Valsecca")
        self.workshop = factories.make_workshop(self.institute, self.facilitator)
        self.lesson: Lesson = factories.make_lesson(self.workshop)
        self.url = f"/lessons/{self.lesson.id}/register"
        names = (("Amina", "Diallo"), ("Arjun", "Singh"), ("Bogdan", "Moraru"))
        self.pupils: list[Pupil] = [self.enrol(first_name=first, last_name=last) for first, last in names]

    def enrol(self, **values: Any) -> Pupil:
        return factories.make_enrolment(self.workshop, factories.make_pupil(self.institute, **values)).pupil


@pytest.fixture(scope="module")
def standing_group(stands: Callable[..., Group]) -> Group:
    return stands(Group, at=NOW)


@pytest.fixture
def group(standing_group: Group, database: Session) -> Group:
    return again(standing_group)


def _mark(form: Form, pupil: Pupil, status: str, **more: str) -> None:
    form.values[f"mark-{pupil.id}"] = [status]
    for name, value in more.items():
        form.values[f"{name}-{pupil.id}"] = [value]


def _marks(database: Session, group: Group) -> dict[str, tuple[Any, ...]]:
    database.expire_all()
    rows = database.execute(
        select(Pupil.first_name, Mark.status, Mark.missed_minutes, Mark.reason, Mark.attended_minutes)
        .join(Pupil, Pupil.id == Mark.pupil_id)
        .where(Mark.lesson_id == group.lesson.id)
    )
    return {row[0]: tuple(row[1:]) for row in rows}


def _call_all(page: Page, group: Group, status: str = "present") -> Form:
    form = page.form("Salva")
    for pupil in group.pupils:
        _mark(form, pupil, status)
    return form


def test_the_roll_is_called_by_first_name_and_initial(browser: Browser, group: Group) -> None:
    page = browser.sign_in(group.facilitator).get(group.url)
    assert page.h1 == "Italiano per comunicare A1"
    assert "Oggi, 10:30–12:00" in page.text
    names = [legend.text for legend in page.root.all("legend")]
    assert names == ["1 Amina D.", "2 Arjun S.", "3 Bogdan M."]
    assert "Diallo" not in page.response.get_data(as_text=True)
    assert "3 da segnare" in page.text


def test_a_roll_call_is_saved_with_its_exceptions(browser: Browser, group: Group, database: Session) -> None:
    form = _call_all(browser.sign_in(group.facilitator).get(group.url), group)
    _mark(form, group.pupils[1], "absent", reason="test_in_class")
    _mark(form, group.pupils[2], "late", minutes="12")
    page = form.send()
    assert "Presenze salvate." in page.text
    assert "3 alunni, lezione delle 10:30." in page.text
    assert "1 presente · 1 assente · 1 ritardo" in page.text
    assert _marks(database, group) == {
        "Amina": (MarkStatus.PRESENT, None, None, 90),
        "Arjun": (MarkStatus.ABSENT, None, AbsenceReason.TEST_IN_CLASS, 0),
        "Bogdan": (MarkStatus.LATE, 12, None, 78),
    }


def test_a_save_leaves_one_line_of_audit_with_old_and_new(browser: Browser, group: Group, database: Session) -> None:
    page = _call_all(browser.sign_in(group.facilitator).get(group.url), group).send()
    form = page.form("Salva")
    _mark(form, group.pupils[0], "absent")
    form.fill("Argomento", "I mesi").send()
    events = database.scalars(select(AuditEvent).where(AuditEvent.action == "recorded").order_by(AuditEvent.id)).all()
    assert len(events) == 2
    assert events[1].changes == {f"mark:{group.pupils[0].id}": ["P", "A"], "topic": ["", "I mesi"]}
    assert (events[1].user_id, events[1].institute_id) == (group.facilitator.id, group.institute.id)


def test_what_did_not_change_is_not_written_again(browser: Browser, group: Group, database: Session) -> None:
    page = _call_all(browser.sign_in(group.facilitator).get(group.url), group).send()
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
    form = _call_all(browser.sign_in(group.facilitator).get(group.url), group)
    _mark(form, group.pupils[2], "late", minutes=minutes)
    page = form.fill("Argomento", "I mesi").send()
    assert page.status == 422
    assert page.title.startswith("Errore:")
    assert page.errors() == [sentence]
    again = page.form("Salva").values
    assert again[f"mark-{group.pupils[2].id}"] == ["late"]
    assert again[f"minutes-{group.pupils[2].id}"] == [minutes]
    assert again["topic"] == ["I mesi"]
    assert _marks(database, group) == {}


def test_what_a_mark_does_not_need_is_left_out(browser: Browser, group: Group, database: Session) -> None:
    form = browser.sign_in(group.facilitator).get(group.url).form("Salva")
    _mark(form, group.pupils[0], "present", minutes="12", reason="not_fetched")
    _mark(form, group.pupils[1], "late", minutes="12", reason="not_fetched")
    _mark(form, group.pupils[2], "absent", minutes="12", reason="not_fetched")
    assert form.send().status == 200
    assert _marks(database, group) == {
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
    _mark(form, group.pupils[0], "late" if field == "minutes" else "absent", **{field: value})
    assert form.send().status == 422
    assert _marks(database, group) == {}


def test_numbers_without_end_are_refused(browser: Browser, group: Group, database: Session) -> None:
    form = browser.sign_in(group.facilitator).get(group.url).form("Salva")
    form.values[f"mark-{'9' * 5000}"] = ["present"]
    assert form.send().status == 422
    form = browser.get(group.url).form("Salva")
    _mark(form, group.pupils[0], "present", was=f"{'9' * 5000} P")
    assert form.send().status == 200
    assert list(_marks(database, group)) == ["Amina"]


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
    page = _call_all(browser.get(group.url), group).fill("Argomento", "I mesi").send()
    assert "Con la firma confermi 90 minuti di lezione. Poi il registro si chiude." in page.text
    page = page.form("Firma la lezione").send()
    assert "Lezione firmata alle 10:42" in page.text
    assert "Irene Valsecca, 23/11/2026, 10:42" in page.text
    assert "90 minuti, 10:30–12:00" in page.text
    assert not page.main.all("input")
    database.expire_all()
    assert group.lesson.signed_by_id == group.facilitator.id


def test_a_signed_register_takes_no_more_marks(browser: Browser, group: Group, database: Session) -> None:
    browser.sign_in(group.facilitator)
    form = _call_all(browser.get(group.url), group).fill("Argomento", "I mesi")
    group.lesson.signed_at, group.lesson.signed_by_id = NOW, group.facilitator.id
    page = form.send()
    assert page.status == 422
    assert page.errors() == ["La lezione è firmata: per cambiare scegli «Correggi» e scrivi il motivo."]
    assert _marks(database, group) == {}


def test_a_register_is_not_signed_before_everyone_is_marked(browser: Browser, group: Group, database: Session) -> None:
    form = browser.sign_in(group.facilitator).get(group.url).form("Firma la lezione")
    _mark(form, group.pupils[0], "present")
    page = form.fill("Argomento", "I mesi").send()
    assert page.errors() == ["Prima di firmare segna tutti gli alunni: ne mancano 2."]
    assert _marks(database, group) == {}


def test_a_register_is_not_signed_without_a_topic(browser: Browser, group: Group) -> None:
    page = _call_all(browser.sign_in(group.facilitator).get(group.url), group).send()
    page = page.form("Firma la lezione").send()
    assert page.errors() == ["Prima di firmare scrivi l’argomento della lezione."]


def test_who_stands_in_signs_and_becomes_the_one_who_held_the_lesson(
    browser: Browser, group: Group, database: Session
) -> None:
    substitute = factories.make_user(Role.FACILITATOR, group.institute)
    factories.make_workshop_facilitator(group.workshop, substitute, valid_from=date(2026, 11, 20))
    page = _call_all(browser.sign_in(substitute).get(group.url), group).fill("Argomento", "I mesi").send()
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
    _mark(form, group.pupils[0], "present")
    group.lesson.day = date(2026, 11, 24)
    page = form.send()
    assert page.errors() == ["La lezione è del 24/11/2026: l’appello si fa quel giorno."]
    assert _marks(database, group) == {}


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
    form = _call_all(browser.sign_in(group.facilitator).get(group.url), group)
    stranger = factories.make_pupil(group.institute)
    _mark(form, stranger, "present")
    page = form.send()
    assert page.status == 422
    assert "non frequenta il laboratorio" in page.errors()[0]
    assert _marks(database, group) == {}


def test_whoever_is_named_in_the_form_the_marker_is_who_signed_in(
    browser: Browser, group: Group, database: Session
) -> None:
    colleague = factories.make_user(Role.FACILITATOR, group.institute)
    form = _call_all(browser.sign_in(group.facilitator).get(group.url), group)
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
    form = _call_all(browser.sign_in(group.facilitator).get(group.url), group)
    form.values[name] = [value]
    assert form.send().status == 422
    assert _marks(database, group) == {}


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
    form = _call_all(page, group).fill("Argomento", "I mesi")
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


@pytest.fixture
def colleague(group: Group) -> User:
    user = factories.make_user(Role.FACILITATOR, group.institute, name="Marco Dassi")
    factories.make_workshop_facilitator(group.workshop, user)
    return user


def _both_read_and_one_saves_first(browser: Browser, group: Group, colleague: User) -> Page:
    """Irene reads, Marco says that Arjun is absent, Irene says that he and Amina are present."""
    form = browser.sign_in(group.facilitator).get(group.url).form("Salva")
    other = Browser(browser.app, browser.database).sign_in(colleague).get(group.url).form("Salva")
    _mark(other, group.pupils[1], "absent")
    other.send()
    for pupil in group.pupils[:2]:
        _mark(form, pupil, "present")
    return form.send()


def test_a_pupil_whom_two_people_marked_keeps_both_versions(
    browser: Browser, group: Group, colleague: User, database: Session
) -> None:
    page = _both_read_and_one_saves_first(browser, group, colleague)
    assert page.status == 409
    assert "Due persone dicono cose diverse. Qual è giusta?" in page.text
    assert "Presente tu, adesso" in page.text
    assert "Assente Marco Dassi, 10:42" in page.text
    marks = _marks(database, group)
    assert marks["Amina"][0] is MarkStatus.PRESENT  # nobody disagrees on her
    assert marks["Arjun"][0] is MarkStatus.ABSENT  # nothing is overwritten


@pytest.mark.parametrize(
    ("button", "status"), [("Presente tu, adesso", MarkStatus.PRESENT), ("Assente Marco", MarkStatus.ABSENT)]
)
def test_a_person_decides_between_the_two_versions(
    browser: Browser, group: Group, colleague: User, database: Session, button: str, status: MarkStatus
) -> None:
    page = _both_read_and_one_saves_first(browser, group, colleague).form(button).send()
    assert "Qual è giusta?" not in page.main.text
    assert _marks(database, group)["Arjun"][0] is status


def test_saving_without_deciding_decides_nothing(
    browser: Browser, group: Group, colleague: User, database: Session
) -> None:
    page = _both_read_and_one_saves_first(browser, group, colleague).form("Salva").send()
    assert page.status == 409
    assert _marks(database, group)["Arjun"][0] is MarkStatus.ABSENT


def test_a_register_with_an_open_conflict_is_not_signed(
    browser: Browser, group: Group, colleague: User, database: Session
) -> None:
    form = _both_read_and_one_saves_first(browser, group, colleague).form("Firma la lezione")
    _mark(form, group.pupils[2], "present")
    page = form.fill("Argomento", "I mesi").send()
    assert page.status == 409
    database.expire_all()
    assert group.lesson.signed_at is None


def test_what_one_person_left_alone_stays_as_the_other_wrote_it(
    browser: Browser, group: Group, colleague: User, database: Session
) -> None:
    page = _call_all(browser.sign_in(group.facilitator).get(group.url), group).send()
    other = Browser(browser.app, browser.database).sign_in(colleague).get(group.url).form("Salva")
    _mark(other, group.pupils[1], "absent")
    other.send()
    form = page.form("Salva")
    _mark(form, group.pupils[2], "exempt")
    assert form.send().status == 200
    assert [_marks(database, group)[name][0] for name in ("Amina", "Arjun", "Bogdan")] == [
        "present",
        "absent",
        "exempt",
    ]


def test_an_answer_that_was_lost_is_no_conflict_with_oneself(browser: Browser, group: Group, database: Session) -> None:
    form = _call_all(browser.sign_in(group.facilitator).get(group.url), group)
    form.send()
    _mark(form, group.pupils[0], "absent")  # still with the version read before the first save
    assert form.send().status == 200
    assert _marks(database, group)["Amina"][0] is MarkStatus.ABSENT


# The answers to the script


def test_the_script_is_told_what_is_kept(browser: Browser, group: Group) -> None:
    values = _call_all(browser.sign_in(group.facilitator).get(group.url), group).values
    answer = browser.request("POST", group.url, data=values, headers={"Accept": "application/json"})
    assert answer.json == {
        "saved": "10:42",
        "stamps": {str(pupil.id): "1 P" for pupil in group.pupils},
        "topic": "",
        "activities": [],
        "conflicts": [],
    }


def test_the_script_takes_a_mark_back(browser: Browser, group: Group, database: Session) -> None:
    values = dict(_call_all(browser.sign_in(group.facilitator).get(group.url), group).send().form("Salva").values)
    values[f"mark-{group.pupils[0].id}"] = [""]
    answer = browser.request("POST", group.url, data=values, headers={"Accept": "application/json"})
    assert answer.json is not None
    assert str(group.pupils[0].id) not in answer.json["stamps"]
    assert sorted(_marks(database, group)) == ["Arjun", "Bogdan"]
    event = database.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    assert event.changes == {f"mark:{group.pupils[0].id}": ["P", None]}


def test_nothing_is_saved_without_the_token_of_the_form(browser: Browser, group: Group, database: Session) -> None:
    values = _call_all(browser.sign_in(group.facilitator).get(group.url), group).values
    del values["csrf_token"]
    assert browser.request("POST", group.url, data=values).status_code == 400
    assert _marks(database, group) == {}


def test_the_script_is_told_of_a_conflict(browser: Browser, group: Group, colleague: User) -> None:
    values = dict(browser.sign_in(group.facilitator).get(group.url).form("Salva").values)
    factories.make_mark(group.lesson, group.pupils[1], MarkStatus.LATE, missed_minutes=5, recorded_by=colleague)
    values[f"mark-{group.pupils[1].id}"] = ["present"]
    answer = browser.request("POST", group.url, data=values, headers={"Accept": "application/json"})
    assert answer.status_code == 409
    assert answer.json is not None
    (conflict,) = answer.json["conflicts"]
    assert (conflict["pupil"], conflict["code"], conflict["stamp"]) == (group.pupils[1].id, "P", "1 R 5")
    assert (conflict["author"], conflict["at"]) == ("Marco Dassi", "10:42")


def test_the_script_is_told_what_is_wrong(browser: Browser, group: Group) -> None:
    form = _call_all(browser.sign_in(group.facilitator).get(group.url), group)
    _mark(form, group.pupils[2], "late")
    answer = browser.request("POST", group.url, data=form.values, headers={"Accept": "application/json"})
    assert answer.status_code == 422
    assert answer.json == {"message": "Scrivi quanti minuti.", "field": f"minutes-{group.pupils[2].id}"}
