"""The roll call on a tablet and on a phone: by taps, by keyboard alone, without a network, by two people."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Locator, Page, Route, expect
from sqlalchemy import select

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.attendance import AbsenceReason, MarkStatus
from schoolapp.domain.roles import Role
from schoolapp.extensions import db
from schoolapp.models import Lesson, Mark, Pupil, User
from tests import factories
from tests.support.accessibility import scrolls_sideways, small_targets, violations
from tests.support.site import Site

PICTURES = Path(__file__).resolve().parents[2] / ".artifacts"
NOW = datetime(2026, 11, 23, 10, 42, tzinfo=SCHOOL_ZONE)
NAMES = ("Amina Diallo", "Arjun Singh", "Bogdan Moraru", "Kateryna Bondar", "Liam Ahmeti", "Rafi Hossain")
TABLET, PHONE = (800, 1280), (320, 640)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW) as traveller:
        yield traveller


class Group:
    def __init__(self, site: Site) -> None:
        self.site = site
        with site.writing():
            institute = factories.make_institute(name="IC Valle Alta")
            self.irene: User = factories.make_user(Role.FACILITATOR, institute, name="Irene Valsecca")
            self.marco: User = factories.make_user(Role.FACILITATOR, institute, name="Marco Dassi")
            plesso = factories.make_site(institute, name="Primaria Ponte Alto")
            workshop = factories.make_workshop(site=plesso, facilitator=self.irene)
            factories.make_workshop_facilitator(workshop, self.marco)
            self.lesson_id = factories.make_lesson(workshop).id
            earlier = date(2026, 11, 18)
            factories.make_lesson(workshop, day=earlier, topic="i mesi e le stagioni", signed_by=self.irene)
            for name in NAMES:
                first, last = name.split()
                pupil = factories.make_pupil(institute, first_name=first, last_name=last)
                factories.make_enrolment(workshop, pupil)
        self.url = f"/lessons/{self.lesson_id}/register"

    def open(self, size: tuple[int, int] = TABLET, user: User | None = None, **options: Any) -> Page:
        width, height = size
        return self.site.open(self.url, user=user or self.irene, width=width, height=height, **options)

    def marks(self) -> dict[str, tuple[MarkStatus, int | None, AbsenceReason | None]]:
        with self.site.app.app_context():
            rows = db.session.execute(
                select(Pupil.first_name, Mark.status, Mark.missed_minutes, Mark.reason)
                .join(Pupil, Pupil.id == Mark.pupil_id)
                .where(Mark.lesson_id == self.lesson_id)
            )
            return {row[0]: (row[1], row[2], row[3]) for row in rows}

    def lesson(self) -> Lesson:
        with self.site.app.app_context():
            lesson = db.session.get_one(Lesson, self.lesson_id)
            db.session.expunge(lesson)
            return lesson


@pytest.fixture
def group(site: Site) -> Group:
    return Group(site)


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=name)


def segment(page: Page, name: str, word: str) -> Locator:
    return row(page, name).locator(".segment", has_text=word)


def next_step(page: Page) -> Locator:
    return page.locator("[data-next]")


def saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_have_text("Salvato alle 10:42")


def picture(page: Page, name: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"register-{name}.png")


@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
def test_a_whole_roll_call_by_taps(group: Group, size: tuple[int, int]) -> None:
    page = group.open(size)
    expect(next_step(page)).to_have_text("Tutti presenti")
    picture(page, f"{size[0]}-1")
    segment(page, "Amina", "Presente").click()
    expect(next_step(page)).to_have_text("Presenti gli altri 5")
    next_step(page).click()
    expect(page.locator("[data-totals]")).to_have_text("6 presenti")
    segment(page, "Arjun", "Assente").click()
    row(page, "Arjun").get_by_text("È in classe per una verifica").click()
    row(page, "Bogdan").locator(".segment-other").click()
    row(page, "Bogdan").locator(".pill", has_text="Ritardo").click()
    expect(row(page, "Bogdan").get_by_label("Minuti", exact=True)).to_have_value("12")
    segment(page, "Kateryna", "Assente").click()
    expect(page.locator("[data-totals]")).to_have_text("3 presenti · 2 assenti · 1 ritardo")
    picture(page, f"{size[0]}-2")
    row(page, "Bogdan").get_by_label("Un minuto in più").click()
    row(page, "Bogdan").get_by_text("Fatto").click()
    page.get_by_role("button", name="Annulla").click()
    page.get_by_role("button", name="Annulla").click()
    expect(page.locator("[data-totals]")).to_have_text("4 presenti · 1 assente · 1 ritardo")
    next_step(page).click()
    expect(page.get_by_label("Argomento")).to_be_focused()
    page.get_by_role("button", name="Come mercoledì").click()
    expect(next_step(page)).to_have_text("Firma la lezione")
    saved(page)
    picture(page, f"{size[0]}-3")
    assert group.marks()["Bogdan"] == (MarkStatus.LATE, 12, None)
    assert group.marks()["Arjun"] == (MarkStatus.ABSENT, None, AbsenceReason.TEST_IN_CLASS)
    next_step(page).click()
    expect(page.locator("#signed")).to_be_focused()
    expect(page.locator("#signed")).to_contain_text("Lezione firmata alle 10:42")
    picture(page, f"{size[0]}-4")
    assert group.lesson().topic == "i mesi e le stagioni"


def test_a_whole_roll_call_by_keyboard_alone(group: Group) -> None:
    page = group.open()
    press = page.keyboard.press
    row(page, "Amina").get_by_label("Presente").focus()
    press("Space")
    press("Tab")
    expect(row(page, "Arjun").get_by_label("Presente")).to_be_focused()
    press("ArrowRight")
    expect(row(page, "Arjun").get_by_label("Assente")).to_be_checked()
    press("Enter")
    expect(row(page, "Arjun").get_by_label("Non è a scuola")).to_be_focused()
    press("ArrowRight")
    expect(row(page, "Arjun").get_by_label("È in classe per una verifica")).to_be_checked()
    press("Escape")
    expect(row(page, "Arjun").get_by_label("Assente")).to_be_focused()
    press("Tab")
    press("ArrowLeft")
    other = row(page, "Bogdan").locator(".segment-other")
    expect(other).to_be_focused()
    press("Enter")
    press("Space")
    expect(row(page, "Bogdan").get_by_label("Ritardo")).to_be_checked()
    press("Escape")
    expect(other).to_be_focused()
    press("Tab")
    expect(row(page, "Kateryna").get_by_label("Presente")).to_be_focused()
    saved(page)
    next_step(page).focus()
    press("Enter")
    expect(next_step(page)).to_have_text("Scrivi l’argomento")
    press("Enter")
    page.keyboard.type("I mesi")
    next_step(page).focus()
    press("Enter")
    expect(page.locator("#signed")).to_be_focused()
    marks = group.marks()
    assert marks["Arjun"] == (MarkStatus.ABSENT, None, AbsenceReason.TEST_IN_CLASS)
    assert marks["Bogdan"] == (MarkStatus.LATE, 12, None)


def test_minutes_are_proposed_from_the_clock_of_the_school(group: Group) -> None:
    page = group.open()
    bogdan = row(page, "Bogdan")
    minutes, proposal = bogdan.get_by_label("Minuti", exact=True), bogdan.locator("[data-proposal]")
    bogdan.locator(".segment-other").click()
    bogdan.locator(".pill", has_text="Uscita anticipata").click()
    expect(bogdan).to_contain_text("Quanti minuti prima della fine?")
    expect(minutes).to_have_value("78")
    page.evaluate("const now = Date.now; Date.now = () => now() + 15 * 60_000")  # the tablet has slept
    bogdan.locator(".pill", has_text="Ritardo").click()
    expect(minutes).to_have_value("27")
    for typed, step, shown in (("1", "meno", "1"), ("89", "più", "89"), ("88", "più", "89")):
        minutes.fill(typed)
        bogdan.get_by_label(f"Un minuto in {step}").click()
        expect(minutes).to_have_value(shown)
    expect(proposal).to_have_text("Arriva adesso: 27 min")
    proposal.click()
    expect(minutes).to_be_hidden()
    saved(page)
    assert group.marks()["Bogdan"] == (MarkStatus.LATE, 27, None)


def test_when_no_lesson_is_under_way_the_usual_minutes_are_proposed(group: Group, clock: Any) -> None:
    clock.move_to(datetime(2026, 11, 23, 9, 0, tzinfo=SCHOOL_ZONE))
    page = group.open()
    bogdan = row(page, "Bogdan")
    bogdan.locator(".segment-other").click()
    bogdan.locator(".pill", has_text="Ritardo").click()
    expect(bogdan.get_by_label("Minuti", exact=True)).to_have_value("10")
    expect(bogdan.locator("[data-proposal]")).to_be_hidden()


def test_the_next_step_leads_through_what_is_left(group: Group) -> None:
    page = group.open()
    for name in NAMES[:-1]:
        segment(page, name.split()[0], "Presente").click()
    expect(next_step(page)).to_have_text("Presente chi resta")
    next_step(page).click()
    page.get_by_label("Argomento").fill("   ")
    expect(next_step(page)).to_have_text("Scrivi l’argomento")
    page.get_by_label("Argomento").fill("I mesi")
    expect(next_step(page)).to_have_text("Firma la lezione")


def test_what_the_school_refuses_is_said_and_saved_once_it_is_right(group: Group) -> None:
    page = group.open()
    bogdan = row(page, "Bogdan")
    bogdan.locator(".segment-other").click()
    bogdan.locator(".pill", has_text="Ritardo").click()
    bogdan.get_by_label("Minuti", exact=True).fill("200")
    expect(page.locator("[data-saved]")).to_have_text(
        "Non salvato: I minuti vanno da 1 a 89: la lezione dura 90 minuti."
    )
    bogdan.get_by_label("Minuti", exact=True).fill("20")
    saved(page)
    assert group.marks() == {"Bogdan": (MarkStatus.LATE, 20, None)}


def test_a_server_that_fails_is_asked_again_and_one_that_forgot_us_says_so(group: Group) -> None:
    page = group.open()
    page.route("**/register", lambda route: route.fulfill(status=503, json={}), times=1)
    segment(page, "Amina", "Presente").click()
    expect(page.locator("[data-saved]")).to_have_text("Non salvato: manca la rete. Riprovo da solo.")
    page.evaluate("dispatchEvent(new Event('online'))")
    saved(page)
    assert list(group.marks()) == ["Amina"]
    page.context.clear_cookies()
    segment(page, "Arjun", "Presente").click()
    expect(page.locator("[data-saved]")).to_contain_text("Non salvato: è passato molto tempo.")


def test_a_register_is_not_signed_before_the_school_has_all_of_it(group: Group) -> None:
    page = group.open()
    page.get_by_label("Argomento").fill("I mesi")
    saved(page)
    page.context.set_offline(True)
    next_step(page).click()
    next_step(page).click()
    expect(page.locator("[data-saved]")).to_contain_text("manca la rete")
    assert group.lesson().signed_at is None
    page.context.set_offline(False)
    next_step(page).click()
    expect(page.locator("#signed")).to_be_focused()
    assert len(group.marks()) == len(NAMES)


def test_without_a_network_nothing_is_lost_and_it_is_said(group: Group) -> None:
    page = group.open()
    page.context.set_offline(True)
    next_step(page).click()
    expect(page.locator("[data-saved]")).to_have_text("Non salvato: manca la rete. Riprovo da solo.")
    assert group.marks() == {}
    page.context.set_offline(False)
    saved(page)
    assert len(group.marks()) == len(NAMES)


def test_what_changes_while_a_save_is_on_its_way_is_saved_after_it(group: Group) -> None:
    page = group.open()
    on_its_way: list[Route] = []
    page.route("**/register", lambda route: on_its_way.append(route), times=1)
    with page.expect_request("**/register"):
        segment(page, "Amina", "Assente").click()
    segment(page, "Bogdan", "Assente").click()
    page.evaluate("dispatchEvent(new Event('online'))")  # as the script's own pause, but at once: the time to send
    expect(page.locator("[data-saved]")).to_have_text("Sto salvando…")
    on_its_way[0].continue_()
    saved(page)
    assert sorted(group.marks()) == ["Amina", "Bogdan"]


def test_what_is_undone_is_undone_at_school_too(group: Group) -> None:
    page = group.open()
    with page.expect_response("**/register"):
        next_step(page).click()
    assert len(group.marks()) == len(NAMES)
    with page.expect_response("**/register"):
        page.get_by_role("button", name="Annulla").click()
    assert group.marks() == {}
    with page.expect_response("**/register"):
        segment(page, "Arjun", "Assente").click()
    assert list(group.marks()) == ["Arjun"]


def test_leaving_before_it_is_saved_is_warned_of(group: Group) -> None:
    page = group.open()
    page.context.set_offline(True)
    next_step(page).click()
    expect(page.locator("[data-saved]")).to_contain_text("manca la rete")
    with page.expect_event("dialog") as warning:
        page.close(run_before_unload=True)
    assert warning.value.type == "beforeunload"
    warning.value.accept()


def test_two_people_who_disagree_see_both_versions(group: Group) -> None:
    irene, marco = group.open(), group.open(user=group.marco)
    segment(marco, "Arjun", "Assente").click()
    saved(marco)
    segment(irene, "Arjun", "Presente").click()
    expect(row(irene, "Arjun")).to_contain_text("Due persone dicono cose diverse. Qual è giusta?")
    assert group.marks()["Arjun"][0] is MarkStatus.ABSENT
    picture(irene, "800-conflict")
    assert violations(irene) == []
    row(irene, "Arjun").get_by_role("button", name="Presente").click()
    expect(segment(irene, "Arjun", "Presente").locator("input")).to_be_checked()
    irene.wait_for_load_state("networkidle")
    expect(irene.locator("[data-conflict]")).to_have_count(0)
    segment(irene, "Amina", "Presente").click()
    saved(irene)


def test_what_another_tablet_marked_is_shown_and_not_overwritten(group: Group) -> None:
    irene, marco = group.open(), group.open(user=group.marco)
    next_step(irene).click()
    saved(irene)
    marco.reload()
    segment(irene, "Arjun", "Assente").click()
    row(irene, "Arjun").get_by_text("È in classe per una verifica").click()
    row(irene, "Bogdan").locator(".segment-other").click()
    row(irene, "Bogdan").locator(".pill", has_text="Ritardo").click()
    irene.locator(".pill", has_text="Lettura").click()
    saved(irene)
    for name in ("Amina", "Kateryna"):  # the second time with what the first answer told
        segment(marco, name, "Assente").click()
        saved(marco)
    expect(segment(marco, "Arjun", "Assente").locator("input")).to_be_checked()
    expect(row(marco, "Arjun")).to_contain_text("È in classe per una verifica")
    expect(row(marco, "Bogdan")).to_contain_text("Ritardo 12′")
    expect(marco.get_by_label("Lettura")).to_be_checked()
    marks = group.marks()
    assert marks["Arjun"] == (MarkStatus.ABSENT, None, AbsenceReason.TEST_IN_CLASS)
    assert marks["Bogdan"] == (MarkStatus.LATE, 12, None)
    assert (marks["Amina"][0], marks["Kateryna"][0]) == (MarkStatus.ABSENT, MarkStatus.ABSENT)
    assert group.lesson().activity == "lettura"


def test_a_disagreement_waits_for_a_person_whatever_else_is_saved(group: Group) -> None:
    irene, marco = group.open(), group.open(user=group.marco)
    segment(marco, "Arjun", "Assente").click()
    saved(marco)
    segment(irene, "Arjun", "Presente").click()
    expect(irene.locator("[data-conflict]")).to_have_count(1)
    segment(irene, "Amina", "Presente").click()
    saved(irene)
    expect(irene.locator("[data-conflict]")).to_have_count(1)
    next_step(irene).click()
    expect(next_step(irene)).to_have_text("Scegli la versione giusta")
    next_step(irene).click()
    expect(row(irene, "Arjun").locator(".rollcall-conflict button").first).to_be_focused()
    saved(irene)
    marks = {name: mark[0] for name, mark in group.marks().items()}
    assert marks == {name.split()[0]: MarkStatus.PRESENT for name in NAMES} | {"Arjun": MarkStatus.ABSENT}


def test_a_disagreement_that_signing_discovers_is_settled_first(group: Group) -> None:
    irene, marco = group.open(), group.open(user=group.marco)
    segment(marco, "Arjun", "Assente").click()
    saved(marco)
    irene.get_by_label("Argomento").fill("I mesi")
    next_step(irene).click()
    next_step(irene).click()  # before the marks have left the tablet
    expect(next_step(irene)).to_have_text("Scegli la versione giusta")
    row(irene, "Arjun").get_by_role("button", name="Assente").click()
    next_step(irene).click()
    expect(irene.locator("#signed")).to_be_focused()
    assert group.marks()["Arjun"][0] is MarkStatus.ABSENT


def test_a_name_with_markup_stays_text_in_what_the_script_draws(group: Group, site: Site) -> None:
    with site.writing():
        pupil = db.session.scalars(select(Pupil).where(Pupil.first_name == "Arjun")).one()
        pupil.first_name = "<img src=x onerror=document.title='broken'>"
        user = db.session.get_one(User, group.marco.id)
        user.name = "<b>Marco</b>"
    irene, marco = group.open(), group.open(user=group.marco)
    segment(marco, "<img", "Assente").click()
    saved(marco)
    segment(irene, "<img", "Presente").click()
    expect(irene.locator(".rollcall-conflict")).to_contain_text("<b>Marco</b>")
    irene.get_by_role("button", name="Annulla").click()
    expect(irene.locator("main img, main b")).to_have_count(0)
    assert "broken" not in irene.title()


def test_without_scripts_the_register_is_a_plain_form(group: Group) -> None:
    page = group.open(java_script_enabled=False)
    for name in NAMES:
        segment(page, name.split()[0], "Presente").click()
    row(page, "Bogdan").locator(".pill", has_text="Ritardo").click()
    row(page, "Bogdan").get_by_label("Minuti").fill("15")
    page.get_by_label("Argomento").fill("I mesi")
    picture(page, "800-plain")
    page.get_by_role("button", name="Firma la lezione").click()
    expect(page.locator("#signed")).to_be_visible()
    assert group.marks()["Bogdan"] == (MarkStatus.LATE, 15, None)


def test_the_left_hand_is_remembered_on_this_tablet(group: Group) -> None:
    page = group.open()
    page.get_by_role("button", name="Comandi a sinistra").click()
    page.reload()
    expect(page.get_by_role("button", name="Comandi a destra")).to_be_visible()
    expect(page.locator("form.hand-left")).to_be_visible()
    picture(page, "800-left")


@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
def test_the_open_register_is_accessible(group: Group, size: tuple[int, int]) -> None:
    page = group.open(size)
    next_step(page).click()
    segment(page, "Arjun", "Assente").click()
    row(page, "Bogdan").locator(".segment-other").click()
    row(page, "Bogdan").locator(".pill", has_text="Ritardo").click()
    assert violations(page) == []
    assert small_targets(page) == []
    assert not scrolls_sideways(page)
