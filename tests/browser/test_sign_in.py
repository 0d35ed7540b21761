"""The way in, in a real browser."""

from flask_security import hash_password
from playwright.sync_api import expect

from schoolapp.domain.roles import Role
from tests import factories
from tests.support.site import Site


def test_a_facilitator_signs_in_with_the_keyboard_alone(site: Site) -> None:
    with site.writing():
        user = factories.make_user(Role.FACILITATOR, password=hash_password("una parola lunga"))
    page = site.open("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Entra")
    page.get_by_label("E-mail").press_sequentially(user.email)
    page.keyboard.press("Tab")
    page.keyboard.type("una parola lunga")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Entra")
    assert page.context.cookies()[0]["httpOnly"]


def test_the_first_tab_leads_past_the_menu_to_the_content(site: Site) -> None:
    page = site.open("/sign-in")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_be_visible()
    expect(focused).to_have_attribute("href", "#content")


def test_the_way_in_works_without_scripts(site: Site) -> None:
    with site.writing():
        user = factories.make_user(Role.FACILITATOR, password=hash_password("una parola lunga"))
    page = site.open("/sign-in", java_script_enabled=False)
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password", exact=True).fill("una parola sbagliata")
    page.get_by_role("button", name="Entra").click()
    expect(page.get_by_label("E-mail")).to_have_value(user.email)
    page.get_by_label("Password", exact=True).fill("una parola lunga")
    page.get_by_role("button", name="Entra").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Entra")
