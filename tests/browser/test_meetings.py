"""A request for a mediator in Chromium: written, sent, approved; and the word about a day that is near."""

from datetime import timedelta

from playwright.sync_api import expect

from schoolapp import clock
from schoolapp.domain.school_year import SchoolYear
from tests import factories
from tests.support.meetings import MeetingPlace
from tests.support.site import Site


def _place(site: Site) -> MeetingPlace:
    with site.writing():
        year = SchoolYear.of(clock.today() + timedelta(days=20))
        factories.make_school_year(label=year.label, first_day=year.first_day, last_day=year.last_day)
        place = MeetingPlace()
        place.budget.school_year_id = factories.make_school_year(label=year.label).id
        place.pupil.first_name, place.pupil.last_name = "Salma", "Benali"
    return place


def test_a_teacher_asks_and_the_coordinator_approves(site: Site) -> None:
    place = _place(site)
    day = clock.today() + timedelta(days=20)
    page = site.open(f"/meetings/new?pupil={place.pupil.id}", user=place.paola, width=800)
    page.get_by_label("Motivo").select_option(label="Colloquio scuola–famiglia")
    page.get_by_label("Giorno 1", exact=True).fill(day.isoformat())
    page.get_by_label("Ora 1", exact=True).fill("16:30")
    page.get_by_role("button", name="Invia al referente").click()
    expect(page.get_by_role("heading", name="Aspettiamo l’approvazione della scuola")).to_be_visible()
    address = page.url.removeprefix(site.address)

    page = site.open("/meetings", user=place.lucia, width=800)
    page.get_by_role("link", name="Salma Benali").click()
    expect(page).to_have_url(f"{site.address}{address}")
    page.get_by_role("button", name="Approva").click()
    expect(page.get_by_role("heading", name="La cooperativa cerca un mediatore")).to_be_visible()


def test_a_day_that_is_near_is_said_as_it_is_chosen(site: Site) -> None:
    place = _place(site)
    page = site.open(f"/meetings/new?pupil={place.pupil.id}", user=place.paola, width=320)
    day = page.get_by_label("Giorno 1", exact=True)
    near = page.locator("[data-notice]").first
    expect(near).to_be_hidden()
    day.fill((clock.today() + timedelta(days=10)).isoformat())
    day.blur()
    expect(near).to_contain_text("Mancano 10 giorni: di solito ne servono 15.")
    day.fill((clock.today() + timedelta(days=15)).isoformat())
    day.blur()
    expect(near).to_be_hidden()


def test_without_scripts_it_works_as_well(site: Site) -> None:
    place = _place(site)
    page = site.open(f"/meetings/new?pupil={place.pupil.id}", user=place.paola, java_script_enabled=False)
    page.get_by_label("Motivo").select_option(label="Orientamento")
    page.get_by_label("Giorno 1", exact=True).fill((clock.today() + timedelta(days=9)).isoformat())
    page.get_by_label("Ora 1", exact=True).fill("09:00")
    page.get_by_role("button", name="Invia al referente").click()
    expect(page.get_by_text("Mancano 9 giorni: di solito ne servono 15.").first).to_be_visible()
