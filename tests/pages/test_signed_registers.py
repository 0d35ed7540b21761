"""A signed register: corrections with their reason, and the visto of the school in batches."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.attendance import MarkStatus
from schoolapp.domain.roles import Role
from schoolapp.models import AuditEvent, Institute, Lesson, Mark, Pupil, User
from tests import factories
from tests.support.page import Browser, Form, Page
from tests.support.standing import again

NOW = datetime(2026, 11, 24, 9, 10, tzinfo=SCHOOL_ZONE)
REASON = "Ho scambiato due nomi"


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


class Signed:
    """A lesson of yesterday, signed, with one pupil present: Amina D."""

    def __init__(self) -> None:
        self.institute: Institute = factories.make_institute()
        self.facilitator: User = factories.make_user(Role.FACILITATOR, self.institute, name="Irene Valsecca")
        self.coordinator: User = factories.make_user(Role.COORDINATOR, self.institute, name="Lucia Fontanive")
        self.head: User = factories.make_user(Role.HEAD, self.institute, name="Paola Rocca")
        self.workshop = factories.make_workshop(self.institute, self.facilitator)
        self.lesson: Lesson = factories.make_lesson(self.workshop, topic="I mesi", signed_by=self.facilitator)
        self.pupil: Pupil = factories.make_pupil(self.institute, first_name="Amina", last_name="Diallo")
        factories.make_enrolment(self.workshop, self.pupil)
        factories.make_mark(self.lesson, self.pupil)
        self.register = f"/lessons/{self.lesson.id}/register"
        self.correction = f"/lessons/{self.lesson.id}/correction"


@pytest.fixture(scope="module")
def standing_signed(stands: Callable[..., Signed]) -> Signed:
    return stands(Signed, at=NOW)


@pytest.fixture
def signed(standing_signed: Signed, database: Session) -> Signed:
    return again(standing_signed)


def _correct(page: Page, signed: Signed, status: str = "absent", reason: str = REASON) -> Form:
    form = page.form("Salva la correzione").fill("Motivo della correzione", reason)
    form.values[f"mark-{signed.pupil.id}"] = [status]
    return form


def _status(database: Session, signed: Signed) -> MarkStatus:
    database.expire_all()
    return database.scalars(select(Mark.status).where(Mark.lesson_id == signed.lesson.id)).one()


def test_a_correction_keeps_old_and_new_where_everyone_reads_them(
    browser: Browser, signed: Signed, database: Session
) -> None:
    page = browser.sign_in(signed.facilitator).get(signed.register).follow("Correggi…")
    page = _correct(page, signed).send()
    assert "Registro corretto." in page.text
    assert _status(database, signed) is MarkStatus.ABSENT
    page = browser.sign_in(signed.head).get(signed.register)
    assert "Corretta il 24/11/2026, 9:10 da Irene Valsecca. Motivo: Ho scambiato due nomi" in page.text
    assert "Amina D. : Presente → Assente" in page.text
    event = database.scalars(select(AuditEvent).where(AuditEvent.action == "corrected")).one()
    assert event.changes == {f"mark:{signed.pupil.id}": ["P", "A"]}
    assert (event.reason, event.user_id) == (REASON, signed.facilitator.id)


def test_the_coordinator_corrects_any_register_of_the_school(
    browser: Browser, signed: Signed, database: Session
) -> None:
    _correct(browser.sign_in(signed.coordinator).get(signed.correction), signed).fill("Argomento", "I giorni").send()
    page = browser.get(signed.register)
    assert "Argomento: I mesi → I giorni" in page.text
    database.expire_all()
    assert signed.lesson.topic == "I giorni"


def test_corrected_activities_are_shown_old_and_new(browser: Browser, signed: Signed) -> None:
    form = browser.sign_in(signed.facilitator).get(signed.correction).form("Salva la correzione")
    page = form.choose("Ascolto").choose("Gioco").fill("Motivo della correzione", REASON).send()
    assert f"Motivo: {REASON} Attività: nessuna → ascolto, gioco" in page.text


def test_a_correction_takes_the_visto_away_and_says_so(browser: Browser, signed: Signed, database: Session) -> None:
    signed.lesson.countersigned_at, signed.lesson.countersigned_by_id = NOW, signed.head.id
    page = browser.sign_in(signed.facilitator).get(signed.correction)
    assert "Dopo la correzione il visto va messo di nuovo." in page.text
    page = _correct(page, signed).send()
    assert "Il visto della scuola è da mettere di nuovo." in page.text
    database.expire_all()
    assert signed.lesson.countersigned_at is None
    event = database.scalars(select(AuditEvent).where(AuditEvent.action == "corrected")).one()
    assert event.changes["countersigned_at"][1] is None


@pytest.mark.parametrize("reason", ["", "   ", "...", "ok"])
def test_a_correction_without_a_reason_is_refused_and_nothing_is_lost(
    browser: Browser, signed: Signed, database: Session, reason: str
) -> None:
    page = _correct(browser.sign_in(signed.facilitator).get(signed.correction), signed, reason=reason).send()
    assert page.status == 422
    assert page.errors() == ["Scrivi il motivo in poche parole."]
    assert page.form("Salva la correzione").values[f"mark-{signed.pupil.id}"] == ["absent"]
    assert _status(database, signed) is MarkStatus.PRESENT


def test_a_correction_that_changes_nothing_is_refused(browser: Browser, signed: Signed) -> None:
    page = _correct(browser.sign_in(signed.facilitator).get(signed.correction), signed, status="present").send()
    assert page.errors() == ["Non hai cambiato nulla: correggi una presenza o l’argomento."]


def test_a_corrected_register_still_has_a_topic(browser: Browser, signed: Signed) -> None:
    form = _correct(browser.sign_in(signed.facilitator).get(signed.correction), signed)
    assert form.fill("Argomento", "").send().errors() == ["Un registro firmato ha sempre un argomento."]


def test_an_open_register_needs_no_correction(browser: Browser, signed: Signed) -> None:
    form = _correct(browser.sign_in(signed.facilitator).get(signed.correction), signed)
    signed.lesson.signed_at = signed.lesson.signed_by_id = None
    page = form.send()
    assert page.errors() == ["La lezione non è ancora firmata: puoi cambiarla senza correzione."]
    assert browser.get(signed.correction).url == signed.register


def test_a_colleague_does_not_correct_what_is_not_theirs(browser: Browser, signed: Signed) -> None:
    colleague = factories.make_user(Role.FACILITATOR, signed.institute)
    assert browser.sign_in(colleague).request("GET", signed.correction).status_code == 404


def test_who_corrects_elsewhere_reads_the_register_here(browser: Browser, signed: Signed) -> None:
    factories.make_membership(signed.head, Role.FACILITATOR)
    assert browser.sign_in(signed.head).get(signed.correction).url == signed.register


# The visto


def test_the_visto_is_given_to_many_registers_at_once(browser: Browser, signed: Signed, database: Session) -> None:
    other = factories.make_lesson(
        signed.workshop, day=date(2026, 11, 16), topic="I giorni", signed_by=signed.facilitator
    )
    page = browser.sign_in(signed.head).get("/today").follow("Metti il visto")
    assert page.text.index("Lunedì 16 novembre") < page.text.index("Lunedì 23 novembre")
    assert "1 presente su 1" in page.text
    page = page.form("Metti il visto").send()
    assert "Visto messo su 2 registri." in page.text
    assert "Nessun registro aspetta il visto" in page.text
    database.expire_all()
    for lesson in (signed.lesson, other):
        assert lesson.countersigned_by_id == signed.head.id
    assert "Paola Rocca, 24/11/2026, 9:10" in browser.get(signed.register).text
    events = database.scalars(select(AuditEvent).where(AuditEvent.subject == "lesson", AuditEvent.action == "changed"))
    assert len({event.subject_id for event in events if "countersigned_at" in event.changes}) == 2


def test_a_register_that_is_not_ticked_waits(browser: Browser, signed: Signed, database: Session) -> None:
    form = browser.sign_in(signed.head).get("/countersign").form("Metti il visto")
    form.values["lesson_id"] = []
    assert form.send().errors() == ["Scegli almeno una lezione."]
    database.expire_all()
    assert signed.lesson.countersigned_at is None


def test_the_list_is_narrowed_to_a_workshop_and_a_month(browser: Browser, signed: Signed) -> None:
    other = factories.make_workshop(signed.institute, signed.facilitator, title="Italiano per lo studio B1")
    factories.make_lesson(other, day=date(2026, 10, 5), topic="Le fonti", signed_by=signed.facilitator)
    browser.sign_in(signed.coordinator)
    page = browser.get("/countersign").form("Mostra").fill("Laboratorio", str(other.id)).send()
    assert "Lunedì 5 ottobre" in page.text
    assert "Lunedì 23 novembre" not in page.text
    page = browser.get("/countersign").form("Mostra").fill("Mese", "2026-11").send()
    assert "Lunedì 23 novembre" in page.text
    assert "Lunedì 5 ottobre" not in page.text


@pytest.mark.parametrize(
    ("month", "shown"),
    [
        ("2026-11", ["1 novembre", "23 novembre", "30 novembre"]),
        ("2026-12", ["1 dicembre", "31 dicembre"]),
        ("9999-12", []),
    ],
)
def test_a_month_has_its_first_and_its_last_day(browser: Browser, signed: Signed, month: str, shown: list[str]) -> None:
    for day in (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 31)):
        factories.make_lesson(signed.workshop, day=day, topic="I mesi", signed_by=signed.facilitator)
    page = browser.sign_in(signed.head).get(f"/countersign?month={month}")
    assert re.findall(r"(?<=\w )\d+ \w+bre(?=, 10:30)", page.main.text) == shown


def test_fifty_registers_at_a_time_wait_for_the_visto(browser: Browser, signed: Signed) -> None:
    for number in range(50):
        day = date(2026, 10, 1) + timedelta(days=number)
        factories.make_lesson(signed.workshop, day=day, topic="I mesi", signed_by=signed.facilitator)
    page = browser.sign_in(signed.head).get("/countersign")
    assert len(page.form("Metti il visto").values["lesson_id"]) == 50
    assert "Ne vedi 50 per volta" in page.text
    assert "Lunedì 23 novembre" not in page.text


def test_one_register_of_another_school_refuses_the_whole_batch(
    browser: Browser, signed: Signed, database: Session
) -> None:
    stranger = factories.make_lesson(topic="I mesi", signed_by=factories.make_user())
    form = browser.sign_in(signed.head).get("/countersign").form("Metti il visto")
    form.values["lesson_id"].append(str(stranger.id))
    assert form.send().status == 404
    database.expire_all()
    assert signed.lesson.countersigned_at is None
    assert stranger.countersigned_at is None


@pytest.mark.parametrize("value", ["x", "1 OR 1=1", "99999999999999999999"])
def test_a_lesson_that_is_no_number_is_refused(browser: Browser, signed: Signed, value: str) -> None:
    form = browser.sign_in(signed.head).get("/countersign").form("Metti il visto")
    form.values["lesson_id"] = [value]
    assert form.send().status == 422


def test_an_unsigned_register_gets_no_visto(browser: Browser, signed: Signed, database: Session) -> None:
    unsigned = factories.make_lesson(signed.workshop, start=time(14), end=time(15))
    form = browser.sign_in(signed.head).get("/countersign").form("Metti il visto")
    form.values["lesson_id"].append(str(unsigned.id))
    page = form.send()
    assert page.errors() == ["La lezione non è ancora firmata da chi l’ha tenuta."]
    database.expire_all()
    assert signed.lesson.countersigned_at is None


@pytest.mark.parametrize("lessons", [1, 12])
def test_a_longer_batch_asks_no_more_statements(
    browser: Browser, signed: Signed, statements: Callable[[], Any], lessons: int
) -> None:
    for number in range(lessons):
        factories.make_lesson(
            signed.workshop, day=date(2026, 11, 1 + number), topic="I mesi", signed_by=signed.facilitator
        )
    browser.sign_in(signed.head)
    with statements() as seen:
        page = browser.get("/countersign")
    assert len(seen) == 3  # who asks, what may be chosen, the lessons
    values = page.form("Metti il visto").values
    with statements() as seen:
        browser.request("POST", "/countersign", data=values)
    assert len(seen) <= 5, seen  # who asks, the lessons, the visto, the audit, who asked (for the language)
