"""The register as a file: printed, empty, spreadsheet, CSV."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from schoolapp.domain.roles import Role
from schoolapp.models import User, Workshop
from tests import factories
from tests.support.page import Browser

KINDS = {
    "register.pdf": ("application/pdf", b"%PDF", "inline"),
    "register-empty.pdf": ("application/pdf", b"%PDF", "inline"),
    "register.xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK", "attachment"),
    "register.csv": ("text/csv; charset=utf-8", b"\xef\xbb\xbf", "attachment"),
}


@pytest.fixture
def facilitator(database: Session) -> User:
    return factories.make_user(Role.FACILITATOR)


@pytest.fixture
def workshop(facilitator: User) -> Workshop:
    institute = facilitator.memberships[0].institute
    assert institute is not None
    workshop = factories.make_workshop(institute, facilitator)
    pupil = factories.make_pupil(institute, last_name="Benali", first_name="Salma")
    factories.make_enrolment(workshop, pupil)
    lesson = factories.make_lesson(workshop, day=date(2026, 11, 16), topic="I mesi", signed_by=facilitator)
    factories.make_mark(lesson, pupil)
    return workshop


@pytest.mark.parametrize("name", KINDS)
def test_the_register_comes_as_a_file_whose_name_names_nobody(
    browser: Browser, facilitator: User, workshop: Workshop, name: str
) -> None:
    url = f"/workshops/{workshop.id}/{name}?from=2026-11-01&to=2026-11-30"
    answer = browser.sign_in(facilitator).request("GET", url)
    mimetype, beginning, kind = KINDS[name]
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == mimetype
    assert answer.data.startswith(beginning)
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith(kind)
    assert f"-{workshop.id}-20261101-20261130." in disposition
    assert disposition.isascii()
    assert "Benali" not in disposition


def test_without_days_it_is_the_register_of_the_whole_workshop(
    browser: Browser, facilitator: User, workshop: Workshop
) -> None:
    text = (
        browser.sign_in(facilitator).request("GET", f"/workshops/{workshop.id}/register.csv").data.decode("utf-8-sig")
    )
    assert "Benali Salma" in text
    assert ";90;90;" in text


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ("from=ieri", "«ieri» non è una data."),
        ("from=2026-02-30", "«2026-02-30» non è una data."),
        ("from=2026-11-30&to=2026-11-01", "La fine viene prima dell’inizio"),
    ],
)
@pytest.mark.parametrize("name", KINDS)
def test_days_that_are_none_are_said_in_a_sentence(
    browser: Browser, facilitator: User, workshop: Workshop, name: str, days: str, sentence: str
) -> None:
    page = browser.sign_in(facilitator).get(f"/workshops/{workshop.id}/{name}?{days}")
    assert page.status == 400
    assert sentence in page.text
