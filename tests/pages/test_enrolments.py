"""Enrolling a pupil from the page of a workshop, and ending it."""

from collections.abc import Callable, Iterator
from datetime import date, time
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from schoolapp.domain.enrolment import EnrolmentOutcome
from schoolapp.domain.referral import ReferralState
from schoolapp.domain.roles import Role
from schoolapp.models import Enrolment, UnlistedState, Workshop
from tests import factories
from tests.support.page import Browser


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel("2026-11-23T09:00:00Z", tick=False):
        yield


@pytest.fixture
def workshop(database: Session, browser: Browser) -> Workshop:
    made = factories.make_workshop(capacity=2)
    browser.sign_in(factories.make_user(Role.COORDINATOR, made.institute))
    return made


def _enrolments(database: Session) -> int:
    return database.scalar(select(func.count()).select_from(Enrolment)) or 0


def test_a_pupil_is_searched_chosen_and_enrolled_from_today(
    browser: Browser, database: Session, workshop: Workshop
) -> None:
    pupil = factories.make_pupil(workshop.institute, last_name="Benali", first_name="Salma")
    factories.make_pupil(workshop.institute, last_name="Conti", first_name="Ada")
    page = browser.get(f"/workshops/{workshop.id}/enrolments/new")
    assert "Posti occupati il 23/11/2026: 0 su 2" in page.text
    found = page.form("Cerca").fill("Cerca per nome", "ben").send()
    assert "Conti" not in found.main.text
    done = found.form("Iscrivi").choose("Benali Salma senza classe").send()
    assert "Iscrizione salvata." in done.text
    assert "Posti occupati il 23/11/2026: 1 su 2" in done.text
    enrolment = database.scalars(select(Enrolment)).one()
    assert (enrolment.pupil_id, enrolment.first_day) == (pupil.id, date(2026, 11, 23))


def test_without_a_pupil_or_a_day_the_page_says_so(browser: Browser, database: Session, workshop: Workshop) -> None:
    factories.make_pupil(workshop.institute)
    page = browser.get(f"/workshops/{workshop.id}/enrolments/new").form("Iscrivi").fill("Dal", "31/02/2027").send()
    assert page.status == 422
    assert page.errors() == [
        "Scegli un alunno dall’elenco.",
        "Questo giorno non esiste. Scrivilo come giorno/mese/anno.",
    ]
    assert _enrolments(database) == 0


def test_a_full_workshop_says_so_and_enrols_nobody(browser: Browser, database: Session, workshop: Workshop) -> None:
    pupil = factories.make_pupil(workshop.institute)
    form = browser.get(f"/workshops/{workshop.id}/enrolments/new?pupil={pupil.id}").form("Iscrivi")
    for _ in range(2):
        factories.make_enrolment(workshop)
    page = form.send()
    assert page.status == 422
    assert "Il laboratorio è pieno: posti occupati 2 su 2." in page.text
    assert page.form("Iscrivi").values["pupil"] == [str(pupil.id)]
    assert _enrolments(database) == 2


def test_a_pupil_already_inside_is_refused(browser: Browser, database: Session, workshop: Workshop) -> None:
    pupil = factories.make_pupil(workshop.institute)
    form = browser.get(f"/workshops/{workshop.id}/enrolments/new?pupil={pupil.id}").form("Iscrivi")
    form.send()
    again = form.send()
    assert again.status == 422
    assert "È già tra gli iscritti di questo laboratorio" in again.text
    assert _enrolments(database) == 1


def test_a_foreign_pupil_in_the_form_is_a_missing_page(browser: Browser, database: Session, workshop: Workshop) -> None:
    factories.make_pupil(workshop.institute)
    form = browser.get(f"/workshops/{workshop.id}/enrolments/new").form("Iscrivi")
    for value in (str(factories.make_pupil().id), "999999", "1 OR 1=1", "²"):
        form.values["pupil"] = [value]
        assert form.send().status == 404
    foreign = factories.make_unlisted_pupil()
    form.values |= {"pupil": [str(factories.make_pupil(workshop.institute).id)], "unlisted": [str(foreign.id)]}
    assert form.send().status == 404
    assert _enrolments(database) == 0
    other = factories.make_workshop()
    assert browser.post(f"/workshops/{other.id}/enrolments/new", form.values).status == 404


def test_a_clash_of_timetable_is_told_and_the_enrolment_kept(
    browser: Browser, database: Session, workshop: Workshop
) -> None:
    other = factories.make_workshop(site=workshop.site, title="Italiano per lo studio")
    pupil = factories.make_pupil(workshop.institute)
    factories.make_enrolment(other, pupil)
    factories.make_lesson(other, day=date(2026, 11, 24))
    factories.make_lesson(workshop, day=date(2026, 11, 24), start=time(11, 0), end=time(12, 0))
    page = browser.get(f"/workshops/{workshop.id}/enrolments/new?pupil={pupil.id}").form("Iscrivi").send()
    assert "Iscrizione salvata, con un orario da guardare." in page.text
    assert "ha già un laboratorio il 24/11/2026 dalle 10:30 alle 12:00" in page.text
    assert _enrolments(database) == 2


def test_a_pupil_who_turned_up_is_enrolled_from_that_lesson(
    browser: Browser, database: Session, workshop: Workshop
) -> None:
    unlisted = factories.make_unlisted_pupil(factories.make_lesson(workshop, day=date(2026, 11, 20)), name="Omar")
    pupil = factories.make_pupil(workshop.institute, last_name="Haddad", first_name="Omar")
    page = browser.get("/referrals")
    assert "Presenti in aula ma non iscritti" in page.text
    page = browser.get(f"/workshops/{workshop.id}/enrolments/new?unlisted={unlisted.id}&pupil={pupil.id}")
    page.form("Iscrivi").send()
    database.refresh(unlisted)
    assert unlisted.state is UnlistedState.ENROLLED
    assert database.scalars(select(Enrolment)).one().first_day == date(2026, 11, 20)
    assert "non iscritti" not in browser.get("/referrals").text


def test_an_enrolment_is_ended_with_its_outcome(browser: Browser, database: Session, workshop: Workshop) -> None:
    enrolment = factories.make_enrolment(workshop)
    form = browser.get(f"/enrolments/{enrolment.id}").form("Salva l’iscrizione").fill("Ultimo giorno", "2027-01-29")
    alone = form.send()
    assert alone.status == 422
    assert alone.errors() == ["Scegli come si è concluso il percorso."]
    page = alone.form("Salva l’iscrizione").fill("Come si è concluso", "Trasferimento").send()
    assert "dal 21/09/2026 al 29/01/2027, trasferimento" in page.text
    database.refresh(enrolment)
    assert enrolment.outcome is EnrolmentOutcome.TRANSFERRED


def test_days_already_marked_cannot_be_left_out(browser: Browser, database: Session, workshop: Workshop) -> None:
    enrolment = factories.make_enrolment(workshop)
    factories.make_mark(factories.make_lesson(workshop, day=date(2026, 11, 20)), enrolment.pupil)
    form = browser.get(f"/enrolments/{enrolment.id}").form("Salva l’iscrizione").fill("Primo giorno", "2026-11-21")
    page = form.send()
    assert page.status == 422
    assert "Il 20/11/2026 c’è già una presenza segnata" in page.errors()[0]
    database.refresh(enrolment)
    assert enrolment.first_day == workshop.first_day


def test_enrolling_settles_the_referral(browser: Browser, database: Session, workshop: Workshop) -> None:
    pupil = factories.make_pupil(workshop.institute)
    referral = factories.make_referral(pupil)
    page = browser.get(f"/referrals/{referral.id}")
    page = page.form("Vai all’iscrizione").send()
    assert page.h1 == "Iscrivi un alunno"
    page.form("Iscrivi").send()
    database.refresh(referral)
    assert referral.state is ReferralState.ASSIGNED
    assert "Assegnato a un laboratorio" in browser.get("/referrals?show=decided").text


def test_the_page_asks_the_same_number_of_statements_however_many_pupils(
    browser: Browser, workshop: Workshop, statements: Callable[[], Any]
) -> None:
    counts = []
    for _ in range(2):
        for _ in range(8):
            factories.make_referral(factories.make_pupil(workshop.institute))
        with statements() as seen:
            browser.get(f"/workshops/{workshop.id}/enrolments/new?q=ben")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 8
