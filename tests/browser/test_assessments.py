"""The sheet of an assessment on a tablet: in a few taps, by keyboard alone, and the level proposed as one goes."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Locator, Page, expect

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.assessment import AssessmentState, Moment
from schoolapp.domain.levels import LEVEL_NAMES, Level, Skill
from schoolapp.domain.profiles import proposed_overall
from schoolapp.domain.roles import Role
from schoolapp.extensions import db
from schoolapp.models import Assessment, User
from tests import factories
from tests.support.accessibility import scrolls_sideways, small_targets, violations
from tests.support.site import Site

PICTURES = Path(__file__).resolve().parents[2] / ".artifacts"
NOW = datetime(2026, 11, 23, 10, 42, tzinfo=SCHOOL_ZONE)
LONG = ("Maria Fernanda Guadalupe", "Rodríguez de la Concepción y Villanueva")
TABLET, PHONE = (800, 1280), (320, 640)
SKILL_NAMES = ("Ascolto", "Lettura", "Interazione orale", "Produzione orale", "Scrittura")


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW) as traveller:
        yield traveller


class Group:
    """Three pupils: one with an earlier profile, one with a name from right to left, one with a very long name."""

    def __init__(self, site: Site) -> None:
        self.site = site
        with site.writing():
            institute = factories.make_institute(name="IC Valle Alta")
            self.irene: User = factories.make_user(Role.FACILITATOR, institute, name="Irene Valsecca")
            plesso = factories.make_site(institute, name="Primaria Ponte Alto")
            workshop = factories.make_workshop(site=plesso, facilitator=self.irene)
            self.pupil_ids = []
            for first, last in (("Awa", "Fall"), ("سلمى", "ابن علي"), LONG):
                pupil = factories.make_pupil(institute, first_name=first, last_name=last)
                factories.make_enrolment(workshop, pupil)
                self.pupil_ids.append(pupil.id)
            self.workshop_id = workshop.id
            factories.make_assessment(db.session.get_one(type(pupil), self.pupil_ids[0]), day=date(2026, 10, 1))

    def address(self, number: int = 0, moment: Moment = Moment.INTERMEDIATE) -> str:
        return f"/pupils/{self.pupil_ids[number]}/levels/record?moment={moment}&workshop={self.workshop_id}"

    def open(self, number: int = 0, size: tuple[int, int] = TABLET, **options: Any) -> Page:
        width, height = size
        return self.site.open(self.address(number), user=self.irene, width=width, height=height, **options)

    def kept(self, number: int = 0) -> Assessment:
        with self.site.app.app_context():
            return (
                db.session.query(Assessment)
                .filter_by(pupil_id=self.pupil_ids[number], moment=Moment.INTERMEDIATE)
                .one()
            )


@pytest.fixture
def group(site: Site) -> Group:
    return Group(site)


def row(page: Page, skill: str) -> Locator:
    return page.get_by_role("group", name=skill).first


def choose(page: Page, skill: str, level: str) -> None:
    row(page, skill).locator("label", has_text=re.compile(rf"^{level}$")).tap()


def test_one_pupil_takes_eight_taps_and_the_next_one_is_there(group: Group) -> None:
    page = group.open(has_touch=True)
    expect(row(page, "Lettura").get_by_text("prima: A1")).to_be_visible()
    expect(page.get_by_text("Livello proposto: servono almeno tre abilità")).to_be_visible()
    for skill, level in zip(SKILL_NAMES, ("B1", "A2", "A2", "A2", "A1"), strict=True):
        choose(page, skill, level)
    expect(page.get_by_text("Livello proposto: A2")).to_be_visible()
    seen = page.get_by_label("Riassume un testo facilitato")
    expect(seen).to_be_hidden()  # two levels above the chosen one
    page.get_by_label("Scrive un testo breve e collegato").tap()
    page.get_by_role("button", name="Completa e passa a Maria Fernanda").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(" ".join(LONG))
    kept = group.kept()
    assert (kept.state, kept.overall_level) == (AssessmentState.COMPLETE, Level.A2)


def test_the_row_stays_under_the_finger_when_its_evidence_opens(group: Group) -> None:
    page = group.open(has_touch=True)
    choose(page, "Ascolto", "A2")
    above = row(page, "Ascolto").get_by_label("Segue le consegne")
    for skill, scrolled in (("Lettura", 0), ("Interazione orale", 600)):
        page.evaluate("y => window.scrollTo(0, y)", scrolled)
        place = row(page, skill).evaluate("row => row.getBoundingClientRect().top")
        row(page, skill).locator("input[value=a1]").dispatch_event("click")
        after = row(page, skill).evaluate("row => row.getBoundingClientRect().top")
        assert abs(after - place) < 2
        expect(row(page, skill).locator("details")).to_have_attribute("open", "")
        expect(above).to_be_visible() if not scrolled else expect(above).to_be_hidden()


def test_by_keyboard_alone(group: Group) -> None:
    page = group.open()
    page.locator("[data-sheet] input[type=radio]").first.focus()
    for _skill in SKILL_NAMES:
        page.keyboard.press("ArrowRight")  # from "not assessed", the last, to the first
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Tab")
        while page.evaluate("document.activeElement.type !== 'radio'"):
            page.keyboard.press("Tab")
    expect(page.get_by_text("Livello proposto: A1")).to_be_visible()
    page.get_by_role("textbox", name="Nota").focus()
    page.keyboard.type("Legge volentieri.")
    while page.evaluate("document.activeElement.value !== 'complete'"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Valutazione di Awa Fall completata.")).to_be_visible()
    assert group.kept().note == "Legge volentieri."


def test_the_level_proposed_on_the_page_is_the_one_of_the_rule(group: Group) -> None:
    page = group.open()
    for levels in (
        "a2 a1 a1 a1 pre_a1",
        "a2 a2 a2 a1 a1",
        "a2 a2 a1 - -",
        "b1 a2 a2 a1 -",
        "c1 pre_a1 pre_a1 pre_a1 pre_a1",
        "c1 c1 c1 c1 c1",
        "a1 a1 - - -",
    ):
        chosen = {skill: Level(word) for skill, word in zip(Skill, levels.split(), strict=False) if word != "-"}
        for skill in Skill:
            value = chosen.get(skill, "")
            page.locator(f'input[name="level-{skill}"][value="{value}"]').check(force=True)
        proposed = proposed_overall(chosen)
        words = LEVEL_NAMES[proposed] if proposed else "servono almeno tre abilità"
        expect(page.locator("[data-sheet]"), levels).to_contain_text(f"Livello proposto: {words}")


@pytest.mark.parametrize("size", [TABLET, PHONE])
@pytest.mark.parametrize("number", [1, 2])
def test_any_name_on_any_screen_with_the_evidence_open(group: Group, size: tuple[int, int], number: int) -> None:
    page = group.open(number, size, has_touch=True)
    choose(page, "Scrittura", "B1")
    expect(row(page, "Scrittura").get_by_label("Prende appunti essenziali")).to_be_visible()
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"sheet-{number}-{size[0]}.png", full_page=True)
    assert not scrolls_sideways(page)
    assert small_targets(page) == []
    assert violations(page) == []


def test_without_scripts_the_same_form_completes_an_assessment(group: Group) -> None:
    page = group.open(java_script_enabled=False, has_touch=True)
    for skill in SKILL_NAMES:
        choose(page, skill, "A2")
    row(page, "Ascolto").get_by_text("Che cosa sa fare").tap()
    page.get_by_label("Segue le consegne di un compito").tap()
    page.get_by_role("button", name="Completa e passa a").tap()
    expect(page.get_by_text("Valutazione di Awa Fall completata.")).to_be_visible()
    assert group.kept().overall_level is Level.A2
