"""The legal share of a class: who counts, why, and how many pupils there are."""

import csv
from collections.abc import Callable, Iterator
from datetime import date
from io import StringIO
from typing import Any

import pytest
import time_machine
from sqlalchemy.orm import Session

from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.roles import Role
from schoolapp.models import Institute, SchoolClass
from tests import factories
from tests.support.page import Browser


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel("2026-11-23T09:00:00Z", tick=False):
        yield


@pytest.fixture
def institute(database: Session) -> Institute:
    return factories.make_institute()


@pytest.fixture
def school_class(institute: Institute) -> SchoolClass:
    """A first enrolled pupil, one below A2, one at A2, one nobody assessed."""
    school_class = factories.make_class(factories.make_site(institute), name="2B")
    old = date(2024, 10, 1)
    facts: list[dict[str, Any]] = [
        {"last_name": "Adda", "first_enrolment": date(2026, 10, 1)},
        {"last_name": "Bala", "first_enrolment": old},
        {"last_name": "Cira", "first_enrolment": old},
        {"last_name": "Dara", "first_enrolment": old},
    ]
    pupils = [factories.make_pupil(institute, school_class=school_class, first_name="", **each) for each in facts]
    factories.make_assessment(pupils[1], levels=dict.fromkeys(Skill, Level.A1))
    factories.make_assessment(pupils[2], levels=dict.fromkeys(Skill, Level.A2))
    return school_class


def test_a_class_without_its_number_is_not_computed_until_the_coordinator_says_it(
    browser: Browser, institute: Institute, school_class: SchoolClass
) -> None:
    browser.sign_in(factories.make_user(Role.COORDINATOR, institute))
    page = browser.get("/classes").follow("Quota di legge")
    assert page.rows("Le classi")[0][2:] == [
        "2 alunni; quanti siano in tutto non è indicato, 1 da chiarire",
        "Non calcolabile",
    ]
    detail = page.follow("2B")
    saved = detail.form("Salva il numero").fill("Alunni della classe, tutti", "10").send()
    assert "2 alunni su 10 (20 %), 1 da chiarire" in saved.text
    assert "Raggiunge la quota" in saved.text
    assert "prima iscrizione in Italia nell’anno 2026/27" in saved.text
    assert "non ha ancora tutte le abilità al livello A2" in saved.text
    emptied = saved.form("Salva il numero").fill("Alunni della classe, tutti", "").send()
    assert "Non calcolabile" in emptied.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("tanti", "Scrivi un numero, per esempio 24."),
        ("3", "In elenco la classe ha già 4 alunni: scrivi tutti quelli iscritti."),
        ("99", "Gli alunni di una classe vanno da 1 a 60."),
        ("-5", "Scrivi un numero, per esempio 24."),
    ],
)
def test_a_number_that_cannot_be_is_refused_and_stays_typed(
    browser: Browser, institute: Institute, school_class: SchoolClass, typed: str, sentence: str
) -> None:
    browser.sign_in(factories.make_user(Role.COORDINATOR, institute))
    page = browser.get(f"/classes/{school_class.id}/share")
    refused = page.form("Salva il numero").fill("Alunni della classe, tutti", typed).send()
    assert (refused.status, refused.errors()) == (422, [sentence])
    assert refused.form("Salva il numero").values["pupils_enrolled"] == [typed]
    assert school_class.pupils_enrolled is None


def test_the_head_reads_who_counts_and_changes_nothing(
    browser: Browser, institute: Institute, school_class: SchoolClass
) -> None:
    browser.sign_in(factories.make_user(Role.HEAD, institute))
    page = browser.get(f"/classes/{school_class.id}/share")
    assert "Adda" in page.text
    assert not page.main.all("form")


def test_the_file_says_what_the_page_says(browser: Browser, institute: Institute, school_class: SchoolClass) -> None:
    school_class.pupils_enrolled = 21
    factories.make_class(factories.make_site(), name="9Z")  # another school's
    browser.sign_in(factories.make_user(Role.HEAD, institute))
    text = browser.request("GET", "/classes/shares.csv").get_data(as_text=True)
    rows = list(csv.reader(StringIO(text[1:]), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["2B"]
    assert rows[1][2:8] == ["21", "2", "1", "9", "20", "Sotto la quota"]
    assert browser.request("GET", "/classes/shares.xlsx").status_code == 200


def test_the_list_costs_the_same_however_many_classes(
    browser: Browser, institute: Institute, school_class: SchoolClass, statements: Callable[[], Any]
) -> None:
    browser.sign_in(factories.make_user(Role.HEAD, institute))
    counts = []
    for number in range(2):
        other = factories.make_class(factories.make_site(institute), name=f"3{number}")
        factories.make_assessment(factories.make_pupil(institute, school_class=other))
        with statements() as seen:
            assert browser.request("GET", "/classes/shares").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 5
