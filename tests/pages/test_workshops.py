"""The pages of workshops, as a coordinator and a facilitator meet them."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from schoolapp.domain.attendance import MarkStatus
from schoolapp.domain.roles import Role
from schoolapp.domain.workshops import WorkshopStatus
from schoolapp.models import Workshop
from tests import factories
from tests.support.page import Browser, Form, Page
from tests.support.school import WEDNESDAY, School, lessons_of


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    with time_machine.travel("2026-11-20T11:00:00Z", tick=False):
        yield


@pytest.fixture
def coordinator(school: School, browser: Browser) -> Browser:
    return browser.sign_in(school.lucia)


def filled(page: Page) -> Form:
    form = page.form("Apri il laboratorio")
    form.fill("Nome", "Italiano per comunicare A1").choose("Italiano per comunicare").fill("Livello", "A1")
    form.fill("Posti", "10").fill("Luogo", "aula 4").choose("Irene Valsecca").fill("Ore previste", "9")
    form.fill("first_day", "2026-11-23").fill("last_day", "26/02/2027")
    form.fill("slots-0-weekday", "lunedì").fill("slots-0-start", "10:30").fill("slots-0-end", "12.00")
    return form


def test_a_workshop_is_opened_and_its_page_shows_hours_timetable_and_lessons(coordinator: Browser) -> None:
    page = filled(coordinator.get("/workshops/new")).send()
    assert page.status == 200
    assert page.h1 == "Italiano per comunicare A1"
    for words in (
        "Il laboratorio è aperto. 6 lezioni in più in calendario.",
        "In programmazione",
        "Primaria Ponte Alto, aula 4 · Irene Valsecca · 0 alunni su 10 posti",
        "9 ore previste",
        "in calendario: 6 lezioni, fino al 28 dicembre",
        "10:30 12:00",
        "Lunedì 23 novembre, 10:30–12:00",
    ):
        assert words in page.text
    assert "senza data" not in page.text


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(coordinator: Browser, database: Session) -> None:
    form = filled(coordinator.get("/workshops/new"))
    form.fill("Ore previste", "sessanta").fill("last_day", "2026-10-01").fill("slots-0-end", "")
    page = form.send()
    assert page.status == 422
    assert page.title.startswith("Errore:")
    assert page.errors() == ["Scrivi le ore così: 60, oppure 60:30.", "Scrivi a che ora finisce, per esempio 12:00."]
    kept = page.form("Apri il laboratorio").values
    assert (kept["title"], kept["planned_hours"], kept["slots-0-start"]) == (
        ["Italiano per comunicare A1"],
        ["sessanta"],
        ["10:30"],
    )
    assert kept["facilitator_ids"] != []
    page = page.form("Apri il laboratorio").fill("Ore previste", "60").fill("slots-0-end", "12:00").send()
    assert page.errors() == ["La fine viene prima dell’inizio: controlla le date."]
    assert database.scalar(select(func.count()).select_from(Workshop)) == 0


def test_an_empty_form_asks_for_each_thing_in_a_sentence(coordinator: Browser) -> None:
    assert coordinator.get("/workshops/new").form("Apri il laboratorio").send().errors() == [
        "Scrivi il nome del laboratorio.",
        "Scegli il tipo di laboratorio.",
        "Scegli il livello.",
        "Scrivi quanti posti ci sono, per esempio 10.",
        "Scrivi quante ore durerà il laboratorio, per esempio 60.",
        "Scrivi il primo giorno.",
        "Scrivi l’ultimo giorno.",
    ]


def test_a_clash_stands_at_the_slot_it_belongs_to_with_a_way_out(coordinator: Browser, school: School) -> None:
    school.open(slots=(WEDNESDAY,), title="Italiano per lo studio")
    form = filled(coordinator.get("/workshops/new")).fill("Luogo", "palestra")
    for _twice in range(2):
        page = form.press("Aggiungi un orario").send()
        assert (page.status, page.errors()) == (200, [])
        form = page.form("Apri il laboratorio")
    form.fill("slots-2-weekday", "mercoledì").fill("slots-2-start", "15:00").fill("slots-2-end", "16:30")
    page = form.send()
    assert page.status == 422
    (sentence,) = page.errors()
    assert sentence.startswith("Irene Valsecca ha già una lezione il mercoledì dalle 14:00 alle 15:30")
    assert sentence.endswith("Orario libero: il mercoledì dalle 15:30.")
    assert "slots-2-start" in {link.get("href").removeprefix("#") for link in page.main.all("a")}


def test_a_slot_that_is_ticked_off_goes_and_an_empty_one_counts_for_nothing(
    coordinator: Browser, school: School, database: Session
) -> None:
    workshop = school.open()
    page = coordinator.get(f"/workshops/{workshop.id}/edit")
    form = page.form("Salva le modifiche").press("Aggiungi un orario").send().form("Salva le modifiche")
    page = form.fill("slots-0-remove", "y").send()
    assert page.status == 200
    assert "3 lezioni in più in calendario. 3 lezioni tolte." in page.text
    assert {lesson.day.weekday() for lesson in lessons_of(database, workshop)} == {2}


@pytest.mark.parametrize("foreign", ["site_id", "facilitator_ids", "funding_line_id"])
def test_what_is_of_another_school_is_refused_and_nothing_is_written(
    coordinator: Browser, school: School, database: Session, foreign: str
) -> None:
    other = School()
    line = factories.make_funding_line(ambito_id=other.institute.ambito_id, project_id=None)
    form = filled(coordinator.get("/workshops/new"))
    form.values[foreign] = [str({"site_id": other.site, "facilitator_ids": other.irene}.get(foreign, line).id)]
    page = form.send()
    assert page.status == 422
    assert len(page.errors()) == 1
    assert database.scalar(select(func.count()).select_from(Workshop)) == 0


def test_the_first_use_shows_three_steps(coordinator: Browser, school: School) -> None:
    page = coordinator.get("/workshops")
    assert "Nell’anno 2026/27 non c’è ancora nessun laboratorio. Per il primo bastano tre passi." in page.text
    assert page.follow("Porta l’elenco").status == 200
    factories.make_pupil(school.institute)
    page = coordinator.get("/workshops")
    assert "Fatto: 1 alunno" in page.text
    assert page.follow("Apri un laboratorio").h1 == "Apri un laboratorio"


def test_who_only_reads_gets_no_button(browser: Browser, school: School) -> None:
    workshop = school.open()
    empty = browser.sign_in(factories.make_user(Role.FACILITATOR, school.institute)).get("/workshops")
    assert "non c’è ancora nessun laboratorio per te" in empty.text
    browser.sign_in(school.irene)
    for address in ("/workshops", f"/workshops/{workshop.id}", f"/workshops/{workshop.id}/lessons"):
        page = browser.get(address)
        assert page.status == 200
        assert not {"Apri un laboratorio", "Cambia", "Sposta", "Annulla", "Iscrivi un alunno"} & set(page.links())


def test_pupils_are_enrolled_and_read_from_the_page_of_their_workshop(
    coordinator: Browser, school: School, database: Session
) -> None:
    workshop = school.open()
    factories.make_enrolment(
        workshop,
        factories.make_pupil(school.institute, first_name="Amina", last_name="Diallo"),
        first_day=workshop.first_day,
    )
    page = coordinator.get(f"/workshops/{workshop.id}")
    assert page.follow("Amina Diallo").status == 200
    assert page.follow("Iscrivi un alunno").follow(workshop.title).h1 == workshop.title
    database.get_one(Workshop, workshop.id).status = WorkshopStatus.CONCLUDED
    assert "Iscrivi un alunno" not in coordinator.get(f"/workshops/{workshop.id}").links()


def test_the_register_is_printed_for_the_days_that_are_asked(coordinator: Browser, school: School) -> None:
    workshop = school.open()
    form = coordinator.get(f"/workshops/{workshop.id}").form("Stampa il registro")
    assert form.values == {"from": ["2026-11-23"], "to": ["2026-11-23"]}
    for button, kind in (("Stampa il registro", "application/pdf"), ("Scarica in XLSX", "spreadsheetml.sheet")):
        action = form.press(button).button.get("formaction") or form.node.get("action")
        answer = coordinator.request("GET", action, query_string=form.values)
        assert kind in answer.headers["Content-Type"], button


def test_the_list_narrows_and_an_unknown_filter_is_no_filter(coordinator: Browser, school: School) -> None:
    school.open(title="Primo", slots=())
    factories.make_workshop(site=school.site, title="Secondo", status=WorkshopStatus.SUSPENDED)
    assert len(coordinator.get("/workshops").rows()) == 2
    assert coordinator.get("/workshops").form("Mostra").fill("Stato", "Sospeso").send().rows()[0][0].startswith("Sec")
    for argument in ("status=1 OR 1=1", "kind=%27", "site=x", "year=99999", "page=-3", "page=9999999999999"):
        assert coordinator.get(f"/workshops?{argument}").status == 200
    page = coordinator.get("/workshops?status=accounted")
    assert "Nessun laboratorio corrisponde a questi filtri." in page.text


def test_attendance_is_shown_from_ones_own_first_day_with_its_chip(coordinator: Browser, school: School) -> None:
    workshop = factories.make_workshop(site=school.site, facilitator=school.irene)
    liam = factories.make_pupil(school.institute, last_name="Ahmeti", first_name="Liam")
    yu_xin = factories.make_pupil(school.institute, last_name="Zhang", first_name="Yu Xin")
    early = factories.make_enrolment(workshop, liam).pupil
    late = factories.make_enrolment(workshop, yu_xin, first_day=date(2026, 11, 16)).pupil
    for day in (date(2026, 11, 9), date(2026, 11, 16)):
        lesson = factories.make_lesson(workshop, day=day, signed_by=school.irene)
        factories.make_mark(lesson, early, MarkStatus.ABSENT if day.day == 9 else MarkStatus.PRESENT)
    factories.make_mark(lesson, late)
    rows = coordinator.get(f"/workshops/{workshop.id}").rows("Presenza")
    assert rows[0][3:] == ["50 %", "1 h 30 su 3 h Sotto la soglia"]
    assert rows[1][2:] == ["16 nov", "100 %", "1 h 30 su 1 h 30 Arrivo recente"]


@pytest.mark.parametrize(
    ("role", "leads_to"),
    [(Role.FACILITATOR, "/pupils/{}/levels"), (Role.COORDINATOR, "/pupils/{}")],
)
def test_a_name_leads_to_the_card_or_for_who_reads_no_cards_to_the_levels(
    browser: Browser, school: School, role: Role, leads_to: str
) -> None:
    workshop = factories.make_workshop(site=school.site, facilitator=school.irene)
    pupils = [
        factories.make_enrolment(workshop, factories.make_pupil(school.institute, first_name=name)).pupil
        for name in ("Liam", "Sara")
    ]
    browser.sign_in(school.irene if role is Role.FACILITATOR else factories.make_user(role, school.institute))
    links = browser.get(f"/workshops/{workshop.id}").links()
    for pupil in pupils:
        assert links[f"{pupil.first_name} {pupil.last_name}"] == leads_to.format(pupil.id)


def test_the_page_of_a_workshop_costs_the_same_for_few_pupils_and_for_many(
    coordinator: Browser, school: School, statements: Callable[[], Any]
) -> None:
    workshop = school.open()

    def cost(address: str) -> int:
        with statements() as seen:
            assert coordinator.get(address).status == 200
        return len(seen)

    addresses = (f"/workshops/{workshop.id}", f"/workshops/{workshop.id}/lessons", "/workshops")
    few = [cost(address) for address in addresses]
    lessons = lessons_of(coordinator.database, workshop)
    for _number in range(12):
        pupil = factories.make_enrolment(workshop, first_day=date(2026, 11, 1)).pupil
        for lesson in lessons:
            factories.make_mark(lesson, pupil, recorded_by=school.irene)
        factories.make_workshop(site=school.site, facilitator=school.irene, funding_line_id=school.funding_line_id)
    assert [cost(address) for address in addresses] == few
    assert max(few) <= 11


def test_a_status_takes_only_the_steps_it_has(coordinator: Browser, school: School, database: Session) -> None:
    workshop = school.open()
    page = coordinator.get(f"/workshops/{workshop.id}/edit").form("Avvia").send()
    assert "Avviato" in page.text
    form = coordinator.get(f"/workshops/{workshop.id}/edit").form("Sospendi")
    form.values["status"] = ["accounted"]
    assert "Dallo stato «Avviato» il laboratorio non passa a «Rendicontato»." in form.send().text
    form.values["status"] = ["owned"]
    assert form.send().status == 400
    assert database.get_one(Workshop, workshop.id).status is WorkshopStatus.STARTED


@pytest.mark.parametrize(("role", "words"), [(Role.COORDINATOR, "senza data: aggiungi"), (Role.HEAD, "senza data ")])
def test_hours_without_a_date_lead_to_what_one_may_do(
    browser: Browser, database: Session, role: Role, words: str
) -> None:
    workshop = factories.make_workshop(planned_minutes=600)
    page = browser.sign_in(factories.make_user(role, workshop.institute)).get(f"/workshops/{workshop.id}")
    assert words in page.text
    assert ("senza data:" in page.text) is (role is Role.COORDINATOR)
