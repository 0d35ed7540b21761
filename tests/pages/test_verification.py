"""Anybody with the paper asks whether it holds, and learns nothing else."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from schoolapp import services
from schoolapp.domain.verification import in_fours
from schoolapp.extensions import limiter
from schoolapp.models import IssuedDocument
from schoolapp.services.certificates import Issuing
from tests.support.concluded import Concluded, concluded_workshop
from tests.support.page import Browser
from tests.support.standing import again

AT = datetime(2027, 6, 4, 10, 0, tzinfo=UTC)
UNKNOWN = "7F3K9QWDM2XA4TVBH8RCP5YNE4"


@pytest.fixture(scope="module")
def standing_school(stands: Callable[..., Concluded]) -> Concluded:
    return stands(lambda: concluded_workshop({"Awa": 3}), at=AT)


@pytest.fixture
def school(standing_school: Concluded, database: Session) -> Concluded:
    return again(standing_school)


@pytest.fixture
def issuing(school: Concluded) -> Issuing:
    return Issuing(by_id=school.coordinator.id, at=AT, verify_address="https://x.example/verify")


@pytest.fixture
def document(school: Concluded, issuing: Issuing) -> IssuedDocument:
    return services.certificates.issue(school.workshop.id, pupil_ids=[school.pupils["Awa"].id], issuing=issuing)[0]


def test_a_valid_code_says_the_minimum(browser: Browser, document: IssuedDocument) -> None:
    page = browser.get(f"/verify/{document.code}")
    assert "Questo attestato è valido." in page.text
    for words in ("A. D.", "Italiano per comunicare", "4 h 30 su 6 h", "4 giugno 2027", in_fours(document.code)):
        assert words in page.text
    for private in ("Awa", "Diop", "2014", "IC Valle", "2B", "2026/27-0001"):
        assert private not in page.text.replace(in_fours(document.code), ""), "a code may hold any letters"


def test_a_revoked_code_says_so_without_the_reason(browser: Browser, document: IssuedDocument) -> None:
    services.certificates.revoke(document.id, why="affare nostro", by_id=document.issued_by_id, at=AT)
    page = browser.get(f"/verify/{document.code}")
    assert "Questo attestato è annullato. La scuola lo ha annullato il 4 giugno 2027." in page.text
    assert "affare nostro" not in page.text


def test_a_revocation_late_in_the_evening_is_of_that_day_at_school(browser: Browser, document: IssuedDocument) -> None:
    late = datetime(2027, 6, 4, 22, 30, tzinfo=UTC)
    services.certificates.revoke(document.id, why="nome", by_id=document.issued_by_id, at=late)
    assert "il 5 giugno 2027" in browser.get(f"/verify/{document.code}").text


def test_a_replaced_code_says_that_there_is_another_and_not_which(
    browser: Browser, document: IssuedDocument, issuing: Issuing
) -> None:
    new = services.certificates.replace_with_new(document.id, why="nome", issuing=issuing)
    page = browser.get(f"/verify/{document.code}")
    assert "ne ha emesso un altro" in page.text
    assert in_fours(new.code) not in page.text
    assert new.code not in page.response.get_data(as_text=True)
    assert "è valido" in browser.get(f"/verify/{new.code}").text


@pytest.mark.parametrize("code", [UNKNOWN, "1", "è" * 26, "x" * 500, "'%20OR%201=1--"])
def test_what_was_never_issued_is_unknown_whatever_it_looks_like(
    code: str, browser: Browser, document: IssuedDocument
) -> None:
    page = browser.get(f"/verify/{code}")
    assert page.status == 200
    assert "Non conosciamo questo codice." in page.text
    assert "Iniziali" not in page.text


def test_a_code_is_typed_as_it_is_printed(browser: Browser, document: IssuedDocument) -> None:
    page = browser.get("/verify").form("Verifica").fill("Codice di verifica", in_fours(document.code).lower()).send()
    assert page.url.endswith(f"/verify/{document.code}")
    assert "è valido" in page.text


def test_half_a_code_is_said_and_stays_to_be_completed(browser: Browser) -> None:
    page = browser.get("/verify").form("Verifica").fill("Codice di verifica", "7F3K 9QWD").send()
    assert page.status == 422
    assert any("non è intero" in error for error in page.errors())
    assert page.form("Verifica").values["code"] == ["7F3K 9QWD"]


def test_reading_changes_nothing(browser: Browser, document: IssuedDocument, database: Session) -> None:
    before = (document.contents, document.revoked_at)
    browser.get(f"/verify/{document.code}")
    database.expire(document)
    assert (document.contents, document.revoked_at) == before
    for url in ("/verify", f"/verify/{document.code}"):
        assert browser.request("POST", url).status_code == 405


@pytest.mark.parametrize("url", ["/verify", f"/verify/{UNKNOWN}"])
def test_no_machine_keeps_or_lists_the_answers(url: str, browser: Browser) -> None:
    answer = browser.request("GET", url)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert 'name="robots" content="noindex, nofollow"' in answer.get_data(as_text=True)


@pytest.fixture
def limits(browser: Browser) -> Iterator[None]:
    limiter.enabled = True
    limiter.reset()
    yield
    limiter.reset()
    limiter.enabled = False


def test_codes_are_not_met_by_trying(limits: None, browser: Browser, document: IssuedDocument) -> None:
    answers = [browser.request("GET", f"/verify/{number:026}").status_code for number in range(31)]
    assert set(answers[:30]) == {200}
    assert answers[30] == 429
    assert browser.request("GET", f"/verify/{document.code}").status_code == 429, "a good code too: nothing is told"
    page = browser.get(f"/verify/{document.code}")
    assert "Aspetta qualche minuto e riprova." in page.text
    assert "password" not in page.text, "who checks a paper has none"


def test_it_speaks_english_too(browser: Browser, document: IssuedDocument) -> None:
    browser.get("/verify").form("English").send()
    assert "This certificate is valid." in browser.get(f"/verify/{document.code}").text
