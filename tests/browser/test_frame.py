"""The frame of every page, in a real browser: menu, errors, password, and what a first visit weighs."""

from datetime import datetime

import time_machine
from playwright.sync_api import Page, expect

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.roles import Role
from tests import factories
from tests.support.site import Site

PHONE = 320
FIRST_VISIT, NEXT_VISIT, REQUESTS = 80_000, 10_000, 10
PUPILS = 25


def weigh(page: Page, address: str) -> tuple[int, int]:
    """How many requests, and how many bytes over the wire, headers included."""
    sizes: list[int] = []
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    network.detach()
    return len(sizes), sum(sizes)


@time_machine.travel(datetime(2026, 11, 23, 10, 42, tzinfo=SCHOOL_ZONE))
def test_a_first_visit_is_light_and_the_next_one_is_almost_nothing(site: Site) -> None:
    with site.writing():
        institute = factories.make_institute()
        user = factories.make_user(Role.FACILITATOR, institute)
        workshop = factories.make_workshop(institute, user, capacity=PUPILS)
        for _ in range(PUPILS):
            factories.make_enrolment(workshop)
        address = f"/lessons/{factories.make_lesson(workshop).id}/register"
    page = site.window(user=user)
    requests, weight = weigh(page, f"{site.address}{address}")
    expect(page.locator("fieldset.rollcall-row")).to_have_count(PUPILS)
    assert requests <= REQUESTS
    assert weight <= FIRST_VISIT
    _requests, weight = weigh(page, f"{site.address}{address}")
    assert weight <= NEXT_VISIT


def test_the_menu_opens_by_keyboard_and_escape_gives_the_focus_back(site: Site) -> None:
    with site.writing():
        user = factories.make_user(Role.COORDINATOR, name="Lucia Fontanive")
    page = site.open("/help", user=user, width=PHONE)
    button = page.locator("summary", has_text="Menu")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Esci")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Esci")).to_be_hidden()
    expect(button).to_be_focused()


def test_the_menu_opens_without_scripts(site: Site) -> None:
    with site.writing():
        user = factories.make_user(Role.COORDINATOR, name="Lucia Fontanive")
    page = site.open("/help", user=user, width=PHONE, java_script_enabled=False)
    page.locator("summary", has_text="Menu").click()
    expect(page.locator(".site-menu").get_by_text("Lucia Fontanive")).to_be_visible()


def test_the_box_of_errors_takes_the_focus(site: Site) -> None:
    page = site.open("/sign-in")
    page.get_by_role("button", name="Entra").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.title().startswith("Errore: ")


def test_a_password_is_shown_only_while_its_button_says_so(site: Site) -> None:
    page = site.open("/sign-in")
    password = page.get_by_label("Password", exact=True)
    page.get_by_role("button", name="Mostra la password").click()
    expect(password).to_have_attribute("type", "text")
    page.get_by_role("button", name="Nascondi la password").click()
    expect(password).to_have_attribute("type", "password")


def test_a_double_click_sends_a_form_once(site: Site) -> None:
    with site.writing():
        institute = factories.make_institute()
        user = factories.make_user(Role.COORDINATOR, institute)
        address = f"/pupils/{factories.make_pupil(institute).id}/referrals/new"
    page = site.window(user=user)
    page.goto(f"{site.address}{address}")
    page.get_by_label("Italiano per lo studio").check()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.get_by_role("button", name="Invia").dblclick()
    expect(page.get_by_text("Segnalazione inviata.")).to_be_visible()
    assert len(sent) == 1
