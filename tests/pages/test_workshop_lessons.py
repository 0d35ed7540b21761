"""Single lessons and closures on their pages."""

from collections.abc import Iterator
from datetime import date, time

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from schoolapp.models import Lesson
from tests import factories
from tests.support.page import Browser
from tests.support.school import School, lessons_of


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    with time_machine.travel("2026-11-20T11:00:00Z", tick=False):
        yield


@pytest.fixture
def coordinator(school: School, browser: Browser) -> Browser:
    return browser.sign_in(school.lucia)


def test_a_lesson_is_moved_cancelled_and_recovered_from_the_list(
    coordinator: Browser, school: School, database: Session
) -> None:
    workshop = school.open()
    page = coordinator.get(f"/workshops/{workshop.id}").follow("Tutte le lezioni").follow("Sposta")
    page = page.form("Salva la lezione").fill("Luogo", "biblioteca").send()
    assert page.errors() == ["Scrivi il motivo in poche parole."]
    page = page.form("Salva la lezione").fill("Motivo", "aula 4 occupata").send()
    assert page.rows("Da oggi")[0][1:4] == ["biblioteca: aula 4 occupata", "Irene Valsecca", "Spostata"]
    page = page.follow("Annulla").form("Annulla la lezione").send()
    assert page.errors() == ["Di’ chi annulla: la scuola o chi conduce.", "Scrivi il motivo in poche parole."]
    form = page.form("Annulla la lezione").choose("Annullata dalla scuola").fill("Motivo", "sciopero")
    page = form.send()
    assert page.rows("Da oggi")[0][3] == "Annullata"
    page = page.follow("Recupera").form("Metti in calendario").fill("Giorno", "2026-11-27").send()
    assert "sciopero · recuperata il 27 nov" in page.text
    assert "recupero del 23 nov" in page.text
    gone, *_rest = lessons_of(database, workshop)
    assert "già recuperata" in coordinator.get(f"/workshops/{workshop.id}/lessons/{gone.id}/recover").text


def test_a_cancelled_lesson_goes_back_into_the_calendar(coordinator: Browser, school: School) -> None:
    workshop = school.open()
    page = coordinator.get(f"/workshops/{workshop.id}/lessons").follow("Annulla")
    page = page.form("Annulla la lezione").choose("Annullata dalla scuola").fill("Motivo", "sciopero").send()
    page = page.form("Rimetti in calendario").send()
    assert "La lezione è di nuovo in calendario." in page.text
    assert page.rows("Da oggi")[0][3] == "Prevista"


def test_a_lesson_that_is_signed_is_neither_moved_nor_cancelled(coordinator: Browser, school: School) -> None:
    workshop = factories.make_workshop(site=school.site, facilitator=school.irene)
    lesson = factories.make_lesson(workshop, day=date(2026, 11, 16), signed_by=school.irene)
    address = f"/workshops/{workshop.id}/lessons/{lesson.id}"
    assert "è firmata: non si può spostare" in coordinator.get(f"{address}/move").text
    assert "è firmata: non si può annullare" in coordinator.get(f"{address}/cancel").text
    token = coordinator.get(f"/workshops/{workshop.id}/lessons/new").form("Aggiungi questa").values["csrf_token"]
    values = {"csrf_token": token, "by": ["school"], "reason": ["sciopero"]}
    assert coordinator.post(f"{address}/cancel", values).status == 422


def test_a_lesson_under_another_workshop_does_not_exist(coordinator: Browser, school: School) -> None:
    workshop = school.open()
    beside = factories.make_workshop(site=school.site)
    lesson = factories.make_lesson(workshop, day=date(2026, 11, 27))
    for act in ("move", "cancel", "recover"):
        assert coordinator.get(f"/workshops/{beside.id}/lessons/{lesson.id}/{act}").status == 404
    page = coordinator.get(f"/workshops/{beside.id}/edit")
    token = page.form("Salva").values["csrf_token"]
    address = f"/workshops/{beside.id}/lessons/{lesson.id}/restore"
    assert coordinator.post(address, {"csrf_token": token}).status == 404


def test_hours_without_a_date_lead_to_the_lessons_that_fill_them(
    coordinator: Browser, school: School, database: Session
) -> None:
    workshop = school.open()
    first = lessons_of(database, workshop)[0]
    page = coordinator.get(f"/workshops/{workshop.id}/lessons/{first.id}/cancel").form("Annulla la lezione")
    page.choose("Annullata dalla scuola").fill("Motivo", "sciopero").send()
    page = coordinator.get(f"/workshops/{workshop.id}").follow("aggiungi 1 lezione")
    assert "Lunedì 14 dicembre, 10:30–12:00, aula 4" in page.text
    page = page.form("Aggiungi la lezione").send()
    assert "1 lezione in più in calendario." in page.text
    assert "senza data" not in page.text


def test_an_extra_lesson_is_added_and_a_closed_day_is_refused(
    coordinator: Browser, school: School, database: Session
) -> None:
    factories.make_closure()
    workshop = school.open(slots=())
    form = coordinator.get(f"/workshops/{workshop.id}").follow("Aggiungi una lezione").form("Aggiungi questa")
    page = form.fill("Giorno", "2026-12-08").fill("Dalle", "9:00").fill("Alle", "10:00").send()
    assert page.errors() == ["Il 08/12/2026 la scuola è chiusa: Immacolata. Riapre il 09/12/2026."]
    page = page.form("Aggiungi questa").fill("Giorno", "2026-12-09").send()
    assert "Lezione aggiunta." in page.text
    assert database.scalar(select(func.count()).select_from(Lesson)) == 1


def test_a_closure_of_the_school_cancels_its_lessons_and_gives_them_back(coordinator: Browser, school: School) -> None:
    factories.make_closure()
    workshop = school.open()
    page = coordinator.get("/workshops").follow("Chiusure")
    form = page.form("Aggiungi la chiusura")
    assert form.send().errors() == [
        "Scrivi il giorno della chiusura.",
        "Scrivi il motivo in poche parole, per esempio «Elezioni».",
    ]
    page = form.fill("Dal", "2026-11-23").fill("Al", "2026-11-25").fill("Motivo", "Elezioni").send()
    assert "Chiusura aggiunta. 2 lezioni annullate." in page.text
    assert [row[2] for row in page.rows()] == ["della scuola Togli", "calendario regionale"]
    assert coordinator.get(f"/workshops/{workshop.id}").text.count("Chiusura") == 2
    page = page.form("Togli").send()
    assert "Chiusura tolta. 2 lezioni di nuovo in calendario." in page.text


def test_a_closure_of_the_region_or_of_another_school_is_not_ones_own(
    coordinator: Browser, school: School, database: Session
) -> None:
    regional = factories.make_closure()
    theirs = factories.make_closure(institute_id=School().institute.id)
    token = coordinator.get("/workshops/closures").form("Aggiungi").values["csrf_token"]
    for closure in (regional, theirs):
        assert coordinator.post(f"/workshops/closures/{closure.id}/remove", {"csrf_token": token}).status == 404
    form = coordinator.get("/workshops/closures").form("Aggiungi la chiusura")
    form.fill("Dal", "2026-11-23").fill("Motivo", "Elezioni")
    form.values["institute_id"] = [str(School().institute.id)]
    page = form.send()
    assert database.scalar(select(func.count()).select_from(Lesson)) == 0
    assert page.status in {200, 404}


@pytest.mark.parametrize(("count", "months"), [(40, 0), (41, 2)])
def test_many_lessons_are_parted_by_month(
    coordinator: Browser, school: School, count: int, months: int, database: Session
) -> None:
    workshop = factories.make_workshop(school.institute, school.irene)
    for number in range(count):
        day = date(2026, 11, 23) if number < 2 else date(2026, 12, 1)
        factories.make_lesson(workshop, day=day, start=time(8, number), end=time(9, number))
    page = coordinator.get(f"/workshops/{workshop.id}/lessons")
    parts = [node for node in page.root.all("details") if node.get("class") == "more"]
    assert [part.all("summary")[0].text for part in parts] == [
        "Novembre 2026 2 lezioni",
        "Dicembre 2026 39 lezioni",
    ][:months]
    assert ["open" in part.attributes for part in parts] == [True, False][:months]
