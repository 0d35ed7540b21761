"""Certificates in a real browser: what is refused is met first, by eye and by ear; a code is checked on a phone."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.support.accessibility import scrolls_sideways, small_targets, violations
from tests.support.concluded import Concluded, concluded_workshop
from tests.support.site import Site


@pytest.fixture(autouse=True)
def january() -> Iterator[None]:
    with time_machine.travel("2027-01-11T09:00:00+00:00"):
        yield


@pytest.fixture
def school(site: Site) -> Concluded:
    """Awa's name is written in letters that cannot be printed; Chen has not earned it."""
    with site.writing():
        made = concluded_workshop({"Awa": 4, "Ben": 4, "Chen": 1})
        made.pupils["Awa"].first_name = "عائشة"
        return made


def test_who_cannot_be_issued_is_met_first_and_the_others_go_on(site: Site, school: Concluded) -> None:
    page = site.open(f"/workshops/{school.workshop.id}/certificates", user=school.coordinator, width=320)
    assert violations(page) == []
    assert small_targets(page) == []
    page.get_by_role("button", name="Emetti gli attestati").click()
    summary = page.get_by_role("alert")
    assert "scrivi la forma in lettere latine" in summary.inner_text()
    assert page.evaluate("document.activeElement.matches('[data-error-summary]')")
    assert page.title().startswith("Errore:")
    assert not page.get_by_role("checkbox").first.is_checked()
    assert violations(page) == []
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="Emetti per gli altri").click()
    assert page.get_by_text("1 attestato emesso.").is_visible()
    assert page.get_by_role("link", name="n. 2026/27-0001").is_visible()


def test_a_stranger_checks_a_paper_on_a_phone(site: Site, school: Concluded) -> None:
    page = site.open("/verify", width=320)
    page.get_by_label("Codice di verifica").fill("7f3k 9qwd")
    page.get_by_role("button", name="Verifica").click()
    assert "non è intero" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Codice di verifica").input_value() == "7f3k 9qwd"
    assert violations(page) == []
    page.get_by_label("Codice di verifica").fill("7F3K 9QWD M2XA 4TVB H8RC P5YN E4")
    page.get_by_role("button", name="Verifica").click()
    assert page.get_by_text("Non conosciamo questo codice.").is_visible()
    assert not scrolls_sideways(page)
    assert violations(page) == []
