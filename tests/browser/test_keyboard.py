"""A coordinator's main journey by keyboard alone: a workshop is opened and a pupil enrolled, and the focus is seen."""

from datetime import datetime

import time_machine
from playwright.sync_api import Locator, Page, expect

from schoolapp.clock import SCHOOL_ZONE
from tests import factories
from tests.support.school import School
from tests.support.site import Site

MOST_STEPS = 60
# Whether the focus is seen, whether the target has it, and what has it.
STEP = """(target) => {
    const active = document.activeElement;
    const shown = [active, active.closest("label")].filter(Boolean);
    // A date has a calendar button inside, with a ring that a page cannot ask about.
    const seen = active.matches("[type=date], [type=time]") || shown.some((one) => {
        const style = getComputedStyle(one);
        return style.outlineStyle !== "none" || style.boxShadow !== "none";
    });
    return [seen, active === target, active.outerHTML.slice(0, 300)];
}"""


def go_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Step until the target has the focus, which has to be seen at each step."""
    element = target.element_handle()
    for _ in range(MOST_STEPS):
        page.keyboard.press(key)
        seen, reached, focused = element.evaluate(STEP)
        assert seen, focused
        if reached:
            return
    raise AssertionError(f"{target} is not reached with {key}")


def write(page: Page, label: str, keys: str) -> None:
    go_to(page, page.get_by_label(label, exact=True))
    page.keyboard.type(keys)


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    go_to(page, target)
    page.keyboard.press(key)


@time_machine.travel(datetime(2026, 11, 23, 8, 0, tzinfo=SCHOOL_ZONE))
def test_a_workshop_is_opened_and_a_pupil_enrolled_by_keyboard_alone(site: Site) -> None:
    with site.writing():
        school = School()
        factories.make_pupil(school.institute, last_name="Benali", first_name="Salma")
        user = school.lucia
    page = site.open("/workshops", user=user)
    press(page, page.get_by_role("link", name="Apri un laboratorio").first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Apri un laboratorio")

    write(page, "Nome", "Italiano A1")
    go_to(page, page.get_by_label("Italiano per comunicare", exact=True))
    page.keyboard.press("Space")
    write(page, "Livello", "A1")
    write(page, "Posti", "10")
    go_to(page, page.get_by_label("Irene Valsecca"))
    page.keyboard.press("Space")
    write(page, "Ore previste", "9")
    go_to(page, page.locator("#first_day"))
    page.keyboard.type("11112026")  # the same day wherever the month stands
    go_to(page, page.locator("#last_day"))
    page.keyboard.type("02022027")
    go_to(page, page.locator("#slots-0-weekday"))
    page.keyboard.type("lu")
    go_to(page, page.locator("#slots-0-start"))
    page.keyboard.type("1030AM")  # where the clock has 24 hours the letters say nothing
    go_to(page, page.locator("#slots-0-end"))
    page.keyboard.type("1200PM")
    press(page, page.get_by_role("button", name="Apri il laboratorio"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Italiano A1")

    press(page, page.get_by_role("link", name="Iscrivi un alunno").first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Iscrivi un alunno")
    go_to(page, page.get_by_label("Benali Salma"))
    page.keyboard.press("Space")
    go_to(page, page.get_by_role("searchbox"), "Shift+Tab")  # and back again: nothing is a trap
    press(page, page.get_by_role("button", name="Iscrivi", exact=True), "Space")
    expect(page.get_by_text("Iscrizione salvata.")).to_be_visible()
