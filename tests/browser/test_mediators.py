"""A mediator marks days away by keyboard alone, on a phone, and is told which meeting falls on them."""

from datetime import datetime, timedelta

import time_machine
from playwright.sync_api import expect

from schoolapp.clock import SCHOOL_ZONE
from tests import factories
from tests.browser.test_keyboard import go_to, press
from tests.support.accessibility import scrolls_sideways
from tests.support.meetings import NOW, MeetingPlace
from tests.support.site import Site


@time_machine.travel(NOW, tick=False)
def test_days_away_are_marked_by_keyboard_alone(site: Site) -> None:
    with site.writing():
        place = MeetingPlace()
        factories.make_availability(place.nadia)
        at = datetime(2026, 12, 12, 9, 30, tzinfo=SCHOOL_ZONE)
        factories.make_appointment(mediator=place.nadia, starts_at=at, ends_at=at + timedelta(hours=1))
        nadia = place.nadia
    page = site.open("/mediators/own", user=nadia)
    page.set_viewport_size({"width": 320, "height": 640})
    press(page, page.get_by_role("link", name="Cambia gli orari"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Quando puoi")
    go_to(page, page.get_by_label("venerdì"))
    page.keyboard.press("Space")
    press(page, page.get_by_role("button", name="Salva gli orari"))
    expect(page.get_by_role("status")).to_contain_text("Orari salvati.")
    go_to(page, page.locator("#first_day"))
    page.keyboard.type("12122026")  # the same day wherever the month stands
    press(page, page.get_by_role("button", name="Segna l’assenza"))
    expect(page.get_by_role("status")).to_contain_text("In quei giorni c’è 1 colloquio, che non è annullato")
    expect(page.get_by_text("1 colloquio cade quando non ci sei.")).to_be_visible()
    expect(page.get_by_text("Il 12 dic", exact=True)).to_be_visible()
    press(page, page.get_by_role("button", name="Togli l’assenza il 12 dic"))
    expect(page.get_by_role("status")).to_contain_text("Assenza tolta.")
    expect(page.get_by_text("1 colloquio cade quando non ci sei.")).to_have_count(0)


@time_machine.travel(NOW, tick=False)
def test_names_without_a_space_fit_every_screen(site: Site) -> None:
    with site.writing():
        place = MeetingPlace()
        place.nadia.name = "W" * 120
        long = factories.make_mediator(place.provider, ("ar", "pnb", "zgh", "prs"), engagement="X" * 60)
        factories.make_availability(
            long, valid_from=NOW.date() + timedelta(days=9), valid_to=NOW.date() + timedelta(days=99)
        )
        addresses = ("/mediators", f"/mediators/{place.nadia.id}", f"/mediators/{long.id}")
        marco = place.marco
    page = site.window(user=marco)
    for address in addresses:
        site.go(page, address)
        for width in (320, 800, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert not scrolls_sideways(page), f"{address} at {width} px"
