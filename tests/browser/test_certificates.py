"""Certificates in a real browser: what is refused is met first, by eye and by ear; a code is checked on a phone."""

from collections.abc import Iterator

import pytest
import time_machine
from playwright.sync_api import expect

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
    expect(summary).to_contain_text("scrivi la forma in lettere latine")
    expect(summary).to_be_focused()
    assert page.title().startswith("Errore:")
    expect(page.get_by_role("checkbox").first).not_to_be_checked()
    assert violations(page) == []
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="Emetti per gli altri").click()
    expect(page.get_by_text("1 attestato emesso.")).to_be_visible()
    expect(page.get_by_role("link", name="n. 2026/27-0001")).to_be_visible()


def test_a_stranger_checks_a_paper_on_a_phone(site: Site, school: Concluded) -> None:
    page = site.open("/verify", width=320)
    page.get_by_label("Codice di verifica").fill("7f3k 9qwd")
    page.get_by_role("button", name="Verifica").click()
    expect(page.get_by_role("alert")).to_contain_text("non è intero")
    expect(page.get_by_label("Codice di verifica")).to_have_value("7f3k 9qwd")
    assert violations(page) == []
    page.get_by_label("Codice di verifica").fill("7F3K 9QWD M2XA 4TVB H8RC P5YN E4")
    page.get_by_role("button", name="Verifica").click()
    expect(page.get_by_text("Non conosciamo questo codice.")).to_be_visible()
    assert not scrolls_sideways(page)
    assert violations(page) == []
