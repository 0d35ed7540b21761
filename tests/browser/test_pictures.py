"""The pictures of the README: the page of the day on a tablet, what is printed, and a profile over time.

Each run draws them into .artifacts/; with UPDATE_PICTURES=1 also into docs/, where the README shows them.
"""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest
import time_machine
from PIL import Image
from playwright.sync_api import expect
from sqlalchemy import select

from schoolapp import demo
from schoolapp.clock import SCHOOL_ZONE
from schoolapp.documents.family_letters import Letter, draw_letters
from schoolapp.domain.assessment import Moment
from schoolapp.extensions import db
from schoolapp.models import Assessment, IssuedDocument, Term, User, Workshop
from tests.support.letters import make_letter
from tests.support.site import Site

ROOT = Path(__file__).resolve().parents[2]
MOMENT = datetime(2026, 11, 23, 10, 5, tzinfo=SCHOOL_ZONE)
AFTER_THE_TERM = datetime(2027, 2, 12, 10, 5, tzinfo=SCHOOL_ZONE)


@pytest.fixture
def school_day(site: Site) -> Iterator[Site]:
    """The demo on a Monday morning, 25 minutes before a lesson."""
    with time_machine.travel(MOMENT, tick=True), site.writing():
        demo.make(db.session.connection(), now=MOMENT, password_hash="none")
    with time_machine.travel(MOMENT, tick=True):
        yield site


def _person(site: Site, name: str) -> User:
    with site.writing():
        return db.session.scalars(select(User).where(User.email == f"{name}@example.org")).one()


def _keep(picture: Image.Image, name: str) -> None:
    folders = [ROOT / ".artifacts"]
    if os.environ.get("UPDATE_PICTURES") == "1":
        folders.append(ROOT / "docs")
    for folder in folders:
        folder.mkdir(exist_ok=True)
        picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=128).save(folder / f"{name}.png", optimize=True)


def test_the_page_of_the_day(school_day: Site) -> None:
    page = school_day.open("/today", user=_person(school_day, "facilitator"), width=800, height=900)
    expect(page.get_by_text("Prossima lezione")).to_be_visible()
    file = ROOT / ".artifacts" / "today-full.png"
    page.screenshot(path=file)
    _keep(Image.open(file), "today")


def test_a_printed_register(school_day: Site) -> None:
    with school_day.writing():
        workshop_id = db.session.scalars(select(Workshop.id).order_by(Workshop.id)).first()
    page = school_day.window(user=_person(school_day, "coordinator"))
    answer = page.request.get(
        f"{school_day.address}/workshops/{workshop_id}/register.pdf?from=2026-09-01&to=2026-11-22"
    )
    assert answer.ok
    document = pypdfium2.PdfDocument(answer.body())
    picture = document[0].render(scale=1.3).to_pil()
    document.close()
    _keep(picture, "register")


def test_a_profile_over_time(school_day: Site) -> None:
    with school_day.writing():
        pupil_id = db.session.scalars(
            select(Assessment.pupil_id)
            .where(
                Assessment.moment == Moment.INTERMEDIATE,
                Assessment.completed_at.is_not(None),
                Assessment.institute_id == 1,
            )
            .order_by(Assessment.id)
        ).first()
    page = school_day.open(
        f"/pupils/{pupil_id}/levels", user=_person(school_day, "coordinator"), width=1180, height=900
    )
    figure = page.get_by_role("region", name="Livelli nel tempo").first
    expect(figure.get_by_text("Gli stessi dati in tabella")).to_be_visible()
    file = ROOT / ".artifacts" / "profile-full.png"
    figure.screenshot(path=file)
    _keep(Image.open(file), "profile")


def test_a_certificate(school_day: Site) -> None:
    with school_day.writing():
        valid = db.session.scalars(select(IssuedDocument).where(IssuedDocument.revoked_at.is_(None))).all()
        certificate_id = max(valid, key=lambda document: (len(document.contents["levels"]), -document.id)).id
    page = school_day.window(user=_person(school_day, "coordinator"))
    answer = page.request.get(f"{school_day.address}/certificates/{certificate_id}/certificate.pdf")
    assert answer.ok
    document = pypdfium2.PdfDocument(answer.body())
    picture = document[0].render(scale=1.3).to_pil()
    document.close()
    _keep(picture, "certificate")


def test_a_term_report(site: Site) -> None:
    with time_machine.travel(AFTER_THE_TERM, tick=True):
        with site.writing():
            demo.make(db.session.connection(), now=AFTER_THE_TERM, password_hash="none")
            term_id = db.session.scalars(select(Term.id).order_by(Term.first_day)).first()
        page = site.window(user=_person(site, "coordinator"))
        answer = page.request.get(f"{site.address}/reports/schools/1/report.pdf?term={term_id}")
        assert answer.ok
    document = pypdfium2.PdfDocument(answer.body())
    picture = document[0].render(scale=1.3).to_pil()
    document.close()
    _keep(picture, "report")


def test_a_letter_in_urdu_beside_italian() -> None:
    pdf = draw_letters([Letter(make_letter(language="ur"), "https://scuola.example.org/f/TPzJ0aYm5lXk0wq3uS8c9A")])[0]
    document = pypdfium2.PdfDocument(pdf)
    picture = document[0].render(scale=1.3).to_pil()
    document.close()
    _keep(picture, "letter")


def test_the_board_and_who_can_go(school_day: Site) -> None:
    page = school_day.open("/board", user=_person(school_day, "provider"), width=1280, height=900)
    expect(page.get_by_role("heading", name="Da abbinare")).to_be_visible()
    file = ROOT / ".artifacts" / "board-full.png"
    page.screenshot(path=file, full_page=True)
    _keep(Image.open(file), "board")
    page.locator(".board-to_match .board-card a").first.click()
    expect(page.get_by_text("su 100").first).to_be_visible()
    page.screenshot(path=ROOT / ".artifacts" / "matching-full.png", full_page=True)
    for width in (320, 800):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=ROOT / ".artifacts" / f"matching-{width}.png", full_page=True)
        page.go_back()
        page.screenshot(path=ROOT / ".artifacts" / f"board-{width}.png", full_page=True)
        page.go_forward()
