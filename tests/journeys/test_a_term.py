"""A term in the life: from the school's own list of pupils to a signed, corrected, countersigned, printed register."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
import time_machine
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.roles import Role
from schoolapp.models import Institute, Pupil
from tests import factories
from tests.support.page import Browser, Page

LIST = (
    "Istituto Comprensivo Valle Alta;;;;;;\n"
    "Cognome e nome;Sesso;Data di nascita;Cittadinanza;Lingua;Plesso;Classe\n"
    "DIALLO AMINA;F;14/03/2014;Senegal;Wolof;Primaria Ponte Alto;2B\n"
    "SINGH ARJUN;M;02/11/2014;India;Punjabi;Primaria Ponte Alto;2B\n"
    "MORARU BOGDAN;M;30/01/2015;Romania;Rumeno;Primaria Ponte Alto;2B\n"
    "Totale alunni;3;;;;;\n"
)


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(_moment("2026-11-20T09:00"), tick=False) as traveller:
        yield traveller


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SCHOOL_ZONE)


@pytest.fixture
def school(database: Session, clock: Any) -> Institute:
    institute = factories.make_institute(name="IC Valle Alta")
    factories.make_class(factories.make_site(institute, name="Primaria Ponte Alto"), name="2B")
    factories.make_funding_line(ambito_id=institute.ambito_id, name="FAMI")
    return institute


def test_from_a_list_of_pupils_to_a_printed_register(
    browser: Browser, database: Session, school: Institute, clock: Any
) -> None:
    people = {
        role: factories.make_user(role, school, name=name)
        for role, name in (
            (Role.COORDINATOR, "Lucia Fontanive"),
            (Role.FACILITATOR, "Irene Valsecca"),
            (Role.HEAD, "Lidia Marini"),
        )
    }
    browser.sign_in(people[Role.COORDINATOR])
    _bring_in_the_list(browser)
    workshop = _open_a_workshop(browser)
    for name in ("Diallo Amina", "Singh Arjun", "Moraru Bogdan"):
        _enrol(browser, workshop, name)

    clock.move_to(_moment("2026-11-23T10:40"))
    browser.sign_in(people[Role.FACILITATOR])
    register = browser.get("/today").follow("Fai l’appello")
    signed = _call_the_roll(register, database)
    assert "Irene Valsecca" in signed.text

    clock.move_to(_moment("2026-11-24T08:00"))
    browser.sign_in(people[Role.FACILITATOR])  # overnight the session has ended
    _correct(signed, database)
    browser.sign_in(people[Role.HEAD])
    corrections = browser.get("/audit").follow("Correzioni dopo la firma")
    assert "Era in biblioteca con noi" in corrections.text
    _countersign(browser)
    text = _printed(browser, workshop)
    for words in ("Diallo Amina", "Irene Valsecca", "Lidia Marini", "PROG-2463", "I mesi e le stagioni", "pagina 1 di"):
        assert words in text


def _bring_in_the_list(browser: Browser) -> None:
    upload = browser.get("/pupils").follow("Importa")
    columns = upload.form("Continua").fill("File dell’elenco", (BytesIO(LIST.encode("cp1252")), "alunni.csv")).send()
    checked = columns.form("Controlla l’elenco").send()
    done = checked.form("Importa l’elenco").send()
    assert done.h1 == "Elenco importato"


def _open_a_workshop(browser: Browser) -> str:
    """Its address."""
    form = browser.get("/workshops/new").form("Apri il laboratorio")
    form.fill("Nome", "Italiano per comunicare A1").choose("Italiano per comunicare").fill("Livello", "A1")
    form.fill("Posti", "10").fill("Plesso", "Primaria Ponte Alto").fill("Luogo", "aula 4").choose("Irene Valsecca")
    form.fill("Ore previste", "30").fill("first_day", "2026-11-23").fill("last_day", "2027-02-26")
    form.fill("slots-0-weekday", "lunedì").fill("slots-0-start", "10:30").fill("slots-0-end", "12:00")
    form.fill("Ore a carico di", "FAMI (PROG-2463)")
    page = form.send()
    assert page.h1 == "Italiano per comunicare A1", page.errors()
    return page.url


def _enrol(browser: Browser, workshop: str, name: str) -> None:
    page = browser.get(workshop).follow("Iscrivi un alunno")
    form = page.form("Iscrivi").fill("Dal", "23/11/2026")
    form.choose(name).send()
    assert name.split()[1] in browser.get(workshop).text


def _call_the_roll(register: Page, database: Session) -> Page:
    form = register.form("Firma la lezione")
    pupils = {pupil.first_name: pupil.id for pupil in database.scalars(select(Pupil))}
    form.values[f"mark-{pupils['Amina']}"] = ["present"]
    form.values[f"mark-{pupils['Arjun']}"] = ["late"]
    form.values[f"minutes-{pupils['Arjun']}"] = ["12"]
    form.values[f"mark-{pupils['Bogdan']}"] = ["absent"]
    form.values["topic"] = ["I mesi e le stagioni"]
    signed = form.send()
    assert "Lezione firmata" in signed.text, signed.text
    return signed


def _correct(signed: Page, database: Session) -> None:
    """Bogdan was there after all."""
    bogdan = database.scalars(select(Pupil.id).where(Pupil.first_name == "Bogdan")).one()
    page = signed.follow("Correggi")
    form = page.form("Salva la correzione")
    form.values[f"mark-{bogdan}"] = ["present"]
    form.values["reason"] = ["Era in biblioteca con noi"]
    corrected = form.send()
    assert "Era in biblioteca con noi" in corrected.text, corrected.text


def _countersign(browser: Browser) -> None:
    browser.get("/countersign").form("Metti il visto").send()


def _printed(browser: Browser, workshop: str) -> str:
    path = workshop.removeprefix("http://localhost")
    response = browser.request("GET", f"{path}/register.pdf?from=2026-11-01&to=2026-11-30")
    assert response.mimetype == "application/pdf"
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(response.data)).pages)
