"""Hour budgets as the Ambito grants them and as schools and services read them."""

from collections.abc import Iterator

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from schoolapp.models import HourBudget, Service
from tests import factories
from tests.support.meetings import NOW, MeetingPlace
from tests.support.page import Browser


@pytest.fixture
def place(place: MeetingPlace) -> Iterator[MeetingPlace]:
    with time_machine.travel(NOW, tick=False):
        yield place


def test_the_ambito_grants_hours_and_raises_them(browser: Browser, place: MeetingPlace, database: Session) -> None:
    line = factories.make_funding_line(name="Fondi comunali", ambito_id=place.ambito.id)
    browser.sign_in(place.elena)
    form = browser.get("/budgets").follow("Assegna ore").form("Assegna le ore")
    form.fill("A chi", place.institute.name).fill("Linea di finanziamento", "Fondi comunali").fill("Ore", "20:30")
    page = form.choose("L’Ambito approva ogni richiesta").send()
    assert "Monte ore assegnato." in page.text
    assert "Restano 20 ore e 30 minuti" in page.text
    raised = page.form("Cambia il monte ore").fill("Ore", "10").fill("Motivo", "Integrazione di gennaio").send()
    assert raised.rows("Ore assegnate")[0][1:3] == ["+10 h", "Integrazione di gennaio"]
    less = (
        raised.form("Cambia il monte ore")
        .fill("Ore", "5")
        .choose("Togli queste ore")
        .fill("Motivo", "Non usate")
        .send()
    )
    assert less.rows("Ore assegnate")[0][1] == "−5 h"
    budget = database.scalars(select(HourBudget).where(HourBudget.funding_line_id == line.id)).one()
    assert (budget.granted_minutes, budget.needs_grant) == (25 * 60 + 30, True)
    changed = less.form("Basta l’approvazione della scuola").send()
    assert "l’Ambito ha già approvato il monte ore" in changed.text


@pytest.mark.parametrize(
    ("hours", "reason", "sentence"),
    [
        ("", "Accordo", "Scrivi quante ore, per esempio 10."),
        ("molte", "Accordo", "Scrivi le ore così: 60, oppure 60:30."),
        ("10", "", "Scrivi il motivo, per esempio «Integrazione di gennaio»."),
    ],
)
def test_what_is_wrong_in_an_addendum_is_said(
    browser: Browser, place: MeetingPlace, hours: str, reason: str, sentence: str
) -> None:
    browser.sign_in(place.elena)
    form = browser.get(f"/budgets/{place.budget.id}").form("Cambia il monte ore")
    page = form.fill("Ore", hours).fill("Motivo", reason).send()
    assert page.status == 422
    assert sentence in page.errors()
    assert place.budget.granted_minutes == 600


def test_the_same_budget_twice_is_refused(browser: Browser, place: MeetingPlace) -> None:
    browser.sign_in(place.elena)
    form = browser.get("/budgets/new").form("Assegna le ore")
    empty = form.send()
    assert "Scegli la scuola o il servizio." in empty.errors()
    form.fill("A chi", place.institute.name).fill("Linea di finanziamento", str(place.budget.funding_line_id))
    page = form.fill("Ore", "10").send()
    assert any("C’è già un monte ore" in error for error in page.errors())


def test_owners_and_lines_of_other_ambiti_are_not_taken(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    other = MeetingPlace()
    browser.sign_in(place.elena)
    form = browser.get("/budgets/new").form("Assegna le ore").fill("Ore", "10")
    form.values["funding_line_id"] = [str(other.budget.funding_line_id)]
    for owner in (f"institute-{other.institute.id}", f"service-{other.service.id}", "institute-x", "ambito-1"):
        form.values["owner"] = [owner]
        assert form.send().status == 422
    assert database.scalar(select(HourBudget.id).where(HourBudget.ambito_id == other.ambito.id).offset(2)) is None
    assert browser.request("GET", f"/budgets/{other.budget.id}").status_code == 404


def test_a_school_and_a_service_read_their_own(browser: Browser, place: MeetingPlace) -> None:
    for user, budget, other in (
        (place.lucia, place.budget, place.service_budget),
        (place.lidia, place.budget, place.service_budget),
        (place.anna, place.service_budget, place.budget),
    ):
        browser.sign_in(user)
        page = browser.get(f"/budgets/{budget.id}")
        assert "Cambia il monte ore" not in page.text
        assert browser.request("GET", f"/budgets/{other.id}").status_code == 404
        assert browser.request("POST", f"/budgets/{budget.id}/changes").status_code in {400, 403}


def test_the_ambito_adds_a_service(browser: Browser, place: MeetingPlace, database: Session) -> None:
    browser.sign_in(place.elena)
    form = browser.get("/budgets/services/new").form("Aggiungi il servizio")
    form.fill("Nome del servizio", "Ambulatorio vaccinazioni").fill("Che cosa fa", "Servizio sanitario")
    page = form.send()
    assert "Servizio aggiunto." in page.text
    assert "Ambulatorio vaccinazioni" in page.text
    assert any("già un servizio" in error for error in form.send().errors())
    made = database.scalars(select(Service).where(Service.name == "Ambulatorio vaccinazioni")).one()
    assert made.ambito_id == place.ambito.id
