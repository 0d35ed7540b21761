"""A pupil's way through a workshop: the entry test, the suggested group, the final levels, the certificate."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
import time_machine
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from schoolapp.domain.levels import Skill
from schoolapp.domain.roles import Role
from schoolapp.models import IssuedDocument, User
from tests import factories
from tests.support.concluded import concluded_workshop
from tests.support.page import Browser, Page


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel("2026-11-20T09:00:00Z", tick=False) as traveller:
        yield traveller


def assess(sheet: Page, levels: str, button: str = "Completa") -> Page:
    form = sheet.form(button)
    for skill, word in zip(Skill, levels.split(), strict=False):
        form.values[f"level-{skill}"] = ["" if word == "-" else word]
    return form.send()


def test_from_the_entry_test_to_the_certificate(browser: Browser, database: Session, clock: Any) -> None:
    school = concluded_workshop({"Awa": 4, "Ben": 1})
    awa, workshop = school.pupils["Awa"], school.workshop
    irene = database.scalars(select(User).where(User.name == "Irene Valsecca")).one()
    teacher = factories.make_user(Role.TEACHER, school.institute)
    factories.make_class_teacher(teacher, awa.class_memberships[0].school_class)

    browser.sign_in(school.coordinator)
    sheet = browser.get(f"/pupils/{awa.id}").follow("Fai la valutazione d’ingresso")
    page = assess(sheet, "a1 pre_a1 pre_a1 pre_a1 pre_a1")
    assert "Italiano per comunicare, gruppo verso A1" in page.text
    assert "NAI per la legge: sì" in browser.get(f"/pupils/{awa.id}").text

    clock.move_to("2026-12-21T09:00:00Z")
    browser.sign_in(irene)
    group = browser.get(f"/workshops/{workshop.id}/levels?moment=final")
    done = assess(group.follow("Valuta Awa Diop"), "a2 a1 a2 a1 a1", "Completa e passa a Ben Diop")
    assert done.h1 == "Ben Diop"
    shared = browser.get(f"/workshops/{workshop.id}/levels?moment=final").form("Condividi le valutazioni").send()
    assert "1 valutazione condivisa." in shared.text

    browser.sign_in(teacher)
    read = browser.get("/levels").follow("Diop Awa")
    assert "Finale, 21 dicembre 2026" in read.text
    assert "Ingresso, 20 novembre 2026" not in read.text  # the entry test was not shared

    browser.sign_in(school.coordinator)
    history = browser.get(f"/pupils/{awa.id}/levels")
    assert "In un mese almeno un livello in più in tutte le abilità." in history.text
    assert "sì, da Pre-A1 a A1" in history.text

    clock.move_to("2027-01-11T11:00:00Z")
    browser.sign_in(school.coordinator)
    issued = browser.get(f"/workshops/{workshop.id}/certificates").form("Emetti gli attestati").send()
    assert "1 attestato emesso." in issued.text
    document = database.scalars(select(IssuedDocument)).one()
    paper = browser.request("GET", f"/certificates/{document.id}/certificate.pdf")
    assert paper.status_code == 200
    words = " ".join(PdfReader(BytesIO(paper.data)).pages[0].extract_text().split())
    assert "Awa Diop" in words
    assert "Capisco chi parla piano di scuola e di casa." in words
    assert "Leggo avvisi e testi brevi con immagini." in words
    assert "Non è una certificazione linguistica" in words
