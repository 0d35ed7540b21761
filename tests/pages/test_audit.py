"""The register of changes of a school: in words, newest first, only one's own."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from sqlalchemy.orm import Session

from schoolapp.domain.actors import Actor
from schoolapp.domain.lessons import CancelledBy
from schoolapp.domain.roles import Role
from schoolapp.models import Institute, Lesson, User
from schoolapp.services import audit
from schoolapp.transaction import transaction
from tests import factories
from tests.support.page import Browser, Page


@pytest.fixture(autouse=True)
def late_on_monday() -> Iterator[None]:
    with time_machine.travel(datetime.fromisoformat("2026-11-23T23:30:00+01:00"), tick=False):
        yield


@pytest.fixture
def school(database: Session) -> Institute:
    return factories.make_institute(name="IC Tirano")


@pytest.fixture
def coordinator(school: Institute) -> User:
    return factories.make_user(Role.COORDINATOR, school, name="Lucia Fontanive")


@pytest.fixture
def head(browser: Browser, school: Institute) -> Browser:
    return browser.sign_in(factories.make_user(Role.HEAD, school, name="Lidia Marini"))


def actor_of(user: User) -> Actor:
    return factories.actor_of(user)


def lines(page: Page) -> list[str]:
    (found,) = [node for node in page.main.all("ul") if node.has_class("audit-lines")]
    return [child.text for child in found.children if not isinstance(child, str)]


def correct(database: Session, lesson: Lesson, user: User, institute: Institute, changes: dict[str, Any]) -> None:
    with transaction(actor_of(user)):
        audit.record(
            database,
            action="corrected",
            subject="lesson",
            subject_id=lesson.id,
            institute_id=institute.id,
            changes=changes,
            reason="arrivata con lo scuolabus",
        )


def test_a_change_reads_as_a_sentence_old_and_new(
    head: Browser, database: Session, school: Institute, coordinator: User
) -> None:
    pupil = factories.make_pupil(school, last_name="Benali", first_name="Salma")
    with transaction(actor_of(coordinator)):
        pupil.last_name, pupil.mediator_needed, pupil.archived_at = (
            "Ben Ali",
            True,
            datetime(2026, 11, 2, 9, tzinfo=UTC),
        )
    line = lines(head.get("/audit"))[0]
    assert "Lucia Fontanive ha cambiato: scheda di un alunno · Ben Ali Salma" in line
    assert "cognome: Benali → diventa Ben Ali" in line
    assert "serve il mediatore: vuoto → diventa sì" in line
    assert "archiviato il: vuoto → diventa 02/11/2026, 10:00" in line


def test_words_and_names_stand_in_place_of_codes_and_ids(
    head: Browser, database: Session, school: Institute, coordinator: User
) -> None:
    facilitator = factories.make_user(Role.FACILITATOR, school, name="Irene Valsecca")
    lesson = factories.make_lesson(factories.make_workshop(school, title="Italiano A1"))
    with transaction(actor_of(coordinator)):
        lesson.cancelled_by, lesson.cancelled_why = CancelledBy.SCHOOL, "gita"
        lesson.facilitator_id = facilitator.id
    line = lines(head.get("/audit"))[0]
    assert "lezione · Italiano A1, 23/11/2026" in line
    assert "annullata: vuoto → diventa Annullata dalla scuola" in line
    assert "conduce: vuoto → diventa Irene Valsecca" in line
    for raw in ("school", "{", "facilitator_id", "None"):
        assert raw not in line


def test_languages_countries_days_and_years_are_read_by_their_names(
    head: Browser, database: Session, school: Institute, coordinator: User
) -> None:
    with transaction(actor_of(coordinator)):
        pupil = factories.make_pupil(school, citizenships=["MA"], languages=["ar"])
        pupil.mediator_language = "fr"
        workshop = factories.make_workshop(school)
        factories.make_slot(workshop, weekday=2)
        year = workshop.school_year.label
    text = " ".join(lines(head.get("/audit")))
    for words in (
        "cittadinanza: Marocco",
        "lingua: arabo",
        "mediatore: vuoto → diventa francese",
        "settimana: mercoledì",
    ):
        assert words in text
    assert f"anno scolastico: {year}" in text


def test_corrections_after_the_signature_are_one_tap_away(
    head: Browser, database: Session, school: Institute, coordinator: User
) -> None:
    lesson = factories.make_lesson(factories.make_workshop(school, title="Italiano A1"))
    pupil = factories.make_pupil(school, last_name="Haddad", first_name="Rafi")
    correct(database, lesson, coordinator, school, {f"mark:{pupil.id}": ["A not_fetched", "R 12"], "topic": ["", "x"]})
    page = head.get("/audit").follow("Correzioni dopo la firma")
    (line,) = lines(page)
    assert "Lucia Fontanive ha corretto dopo la firma: lezione · Italiano A1, 23/11/2026" in line
    assert "Motivo: arrivata con lo scuolabus" in line
    assert "Haddad Rafi: Assente (Senza accompagnatore) → diventa Ritardo, 12 min" in line
    assert "argomento: vuoto → diventa x" in line


def test_another_schools_changes_are_not_there(head: Browser, database: Session) -> None:
    """A1, A6: the same scope as everywhere, also through filters."""
    other = factories.make_institute(name="IC Altrove")
    stranger = factories.make_user(Role.COORDINATOR, other, name="Silvia Negrini")
    pupil = factories.make_pupil(other, last_name="Segreta")
    with transaction(actor_of(stranger)):
        pupil.first_name = "Altra"
    for query in ("", f"?author={stranger.id}", f"?subject=pupil&id={pupil.id}"):
        page = head.get(f"/audit{query}")
        assert "Segreta" not in page.text
        assert "Negrini" not in page.text


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("subject=pupil", True),
        ("subject=workshop", False),
        ("subject=pupil'%20OR%201=1--", True),
        ("author=999999", True),
        ("first_day=2026-11-23&last_day=2026-11-23", True),
        ("first_day=2026-11-24", False),
        ("last_day=2026-11-22", False),
        ("corrections=y", False),
        ("before=1", False),
        ("before=x&id=y", True),
    ],
)
def test_the_list_is_filtered_by_what_it_knows(
    query: str, seen: bool, head: Browser, database: Session, school: Institute, coordinator: User
) -> None:
    pupil = factories.make_pupil(school)
    with transaction(actor_of(coordinator)):
        pupil.first_name = "Nuovonome"
    assert ("Nuovonome" in head.get(f"/audit?{query}").text) is seen


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("first_day=2026-11-23", True),
        ("last_day=2026-11-23", True),
        ("first_day=2026-11-24", False),
        ("last_day=2026-11-22", False),
    ],
)
def test_a_day_begins_at_midnight_of_the_school(
    query: str, seen: bool, head: Browser, database: Session, school: Institute, coordinator: User
) -> None:
    after_midnight = time_machine.travel(datetime.fromisoformat("2026-11-23T00:30:00+01:00"), tick=False)
    with after_midnight, transaction(actor_of(coordinator)):
        factories.make_pupil(school, first_name="Nuovonome")
    assert ("Nuovonome" in head.get(f"/audit?{query}").text) is seen


def test_the_list_is_narrowed_to_a_person_and_to_a_thing(
    head: Browser, database: Session, school: Institute, coordinator: User
) -> None:
    colleague = factories.make_user(Role.COORDINATOR, school)
    first, second = factories.make_pupil(school), factories.make_pupil(school)
    for user, pupil, name in ((coordinator, first, "Primonome"), (colleague, second, "Secondonome")):
        with transaction(actor_of(user)):
            pupil.first_name = name
    for query in (f"author={coordinator.id}", f"subject=pupil&id={first.id}"):
        (line,) = [line for line in lines(head.get(f"/audit?{query}")) if "ha cambiato" in line]
        assert "Primonome" in line


def test_a_day_that_does_not_exist_is_said_at_its_field(head: Browser) -> None:
    page = head.get("/audit?first_day=31/02/2026")
    assert page.status == 422
    assert page.errors() == ["Questo giorno non esiste. Scrivilo come giorno/mese/anno."]


def test_fifty_lines_a_page_in_as_many_statements_as_one(
    head: Browser, database: Session, school: Institute, coordinator: User, statements: Callable[[], Any]
) -> None:
    pupil = factories.make_pupil(school)
    with statements() as few:
        head.get("/audit?subject=pupil")
    for number in range(60):
        with transaction(actor_of(coordinator)):
            pupil.first_name = f"Nome{number}"
    with statements() as many:
        page = head.get("/audit?subject=pupil")
    assert len(many) == len(few)
    assert len(lines(page)) == 50
    assert "Nome59" in lines(page)[0]
    older = page.follow("Le precedenti")
    assert len(lines(older)) == 11
    assert "Nome9" in lines(older)[0]
    assert not [words for words in older.links() if "Le precedenti" in words]


def test_what_a_person_typed_is_shown_as_text(
    head: Browser, database: Session, school: Institute, coordinator: User
) -> None:
    """D1: a script in a reason does not run in the head's browser."""
    lesson = factories.make_lesson(factories.make_workshop(school))
    correct(database, lesson, coordinator, school, {"topic": ["<script>alert(1)</script>", "<img src=x onerror=y>"]})
    body = head.request("GET", "/audit").get_data(as_text=True)
    assert "<script>alert" not in body
    assert "<img" not in body
    assert "&lt;script&gt;" in body
