"""The board of a cooperative in Chromium: cards on a phone, a table at a desk, a proposal by keyboard alone."""

from datetime import timedelta

from playwright.sync_api import expect

from schoolapp import clock, services
from schoolapp.domain.meeting_steps import MeetingAction
from schoolapp.domain.meeting_wishes import Slot
from schoolapp.domain.school_year import SchoolYear
from tests import factories
from tests.support.meetings import NOW, MeetingPlace
from tests.support.site import Site


def _to_match(site: Site) -> tuple[MeetingPlace, int]:
    """A request given to the cooperative, for which two mediators can be asked."""
    day = clock.today() + timedelta(days=20)
    with site.writing():
        year = SchoolYear.of(day)
        factories.make_school_year(label=year.label, first_day=year.first_day, last_day=year.last_day)
        place = MeetingPlace()
        place.budget.school_year_id = factories.make_school_year(label=year.label).id
        place.nadia.name = "Nadia Rahmani"
        factories.make_mediator(place.provider).name = "Samira Idrissi"
        slots = (Slot(day, NOW.time()), Slot(day + timedelta(days=1), NOW.time()))
        request = services.meeting_drafts.draft(
            place.teacher, institute_id=place.institute.id, wish=place.wish(slots=slots), at=clock.now()
        )
        services.meetings.take_step(place.teacher, request.id, MeetingAction.SEND, at=clock.now())
        services.meetings.take_step(place.coordinator, request.id, MeetingAction.APPROVE, at=clock.now())
        return place, request.id


def test_on_a_phone_each_person_is_a_card_that_says_its_criteria(site: Site) -> None:
    place, request_id = _to_match(site)
    page = site.open(f"/board/{request_id}", user=place.marco, width=320)
    first, second = (page.get_by_role("region", name=name) for name in ("Nadia Rahmani", "Samira Idrissi"))
    for card in (first, second):
        expect(card.get_by_text("Continuità con la famiglia")).to_be_visible()
        expect(card.get_by_text("30 su 30")).to_be_visible()
    above, below = first.bounding_box(), second.bounding_box()
    assert above
    assert below
    assert above["y"] + above["height"] <= below["y"]


def test_at_a_desk_the_lines_of_two_people_stand_side_by_side(site: Site) -> None:
    place, request_id = _to_match(site)
    page = site.open(f"/board/{request_id}", user=place.marco, width=1280)
    expect(page.get_by_role("button", name="Proponi a Nadia Rahmani")).to_be_visible()
    rows = [page.locator(".candidate-end").nth(number).bounding_box() for number in (0, 1)]
    assert rows[0]
    assert rows[1]
    assert rows[0]["y"] == rows[1]["y"]
    assert rows[0]["x"] < rows[1]["x"]


def test_a_mediator_is_proposed_by_keyboard_alone(site: Site) -> None:
    place, request_id = _to_match(site)
    page = site.open("/board", user=place.marco, width=1280)
    page.get_by_role("link", name="Arabo").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site.address}/board/{request_id}")
    page.get_by_role("link", name="Apri la richiesta").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Orario").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Proponi a Nadia Rahmani")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Proposta inviata.")).to_be_visible()
    expect(page.get_by_text("chiesto oggi")).to_be_visible()
