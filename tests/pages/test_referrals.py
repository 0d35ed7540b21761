"""A teacher refers a pupil; the coordinator decides."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from schoolapp.domain.referral import ReferralState
from schoolapp.domain.roles import Role
from schoolapp.models import Institute, Referral, UnlistedState, User
from tests import factories
from tests.support.page import Browser


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel("2026-11-23T09:00:00Z", tick=False):
        yield


@pytest.fixture
def institute(database: Session) -> Institute:
    return factories.make_institute()


@pytest.fixture
def teacher(institute: Institute) -> User:
    user = factories.make_user(Role.TEACHER, institute)
    factories.make_class_teacher(user, factories.make_class(factories.make_site(institute)))
    return user


def _own_pupil(teacher: User, institute: Institute) -> Any:
    school_class = factories.make_class(factories.make_site(institute), name="3C")
    factories.make_class_teacher(teacher, school_class)
    return factories.make_pupil(institute, school_class=school_class, last_name="Benali", first_name="Salma")


def test_a_teacher_refers_a_pupil_and_follows_it(browser: Browser, institute: Institute, teacher: User) -> None:
    pupil = _own_pupil(teacher, institute)
    browser.sign_in(teacher)
    page = browser.get(f"/pupils/{pupil.id}").follow("Segnala per un laboratorio")
    assert "Niente notizie su salute o famiglia." in page.text
    form = page.form("Invia la segnalazione").choose("Italiano per lo studio").fill("Nota per chi decide", "Al mattino")
    listed = form.send()
    assert "Segnalazione inviata." in listed.text
    assert [row[0] for row in listed.rows("Segnalazioni")] == ["Benali Salma"]
    detail = listed.follow("Benali Salma")
    assert "Al mattino" in detail.text
    assert "Metti in lista d’attesa" not in detail.text
    done = detail.form("Chiudi: non necessita").send()
    assert "Non necessita" in done.text
    assert "Nessuna segnalazione da decidere" in browser.get("/referrals").text


def test_a_referral_without_a_kind_or_a_second_one_is_refused(
    browser: Browser, database: Session, institute: Institute, teacher: User
) -> None:
    pupil = _own_pupil(teacher, institute)
    browser.sign_in(teacher)
    form = browser.get(f"/pupils/{pupil.id}/referrals/new").form("Invia").fill("Nota per chi decide", "Al mattino")
    refused = form.send()
    assert refused.status == 422
    assert refused.errors() == ["Scegli il tipo di laboratorio."]
    assert "Al mattino" in refused.text
    form.values["wanted_kind"] = ["anything"]
    assert form.send().status == 422
    form.values["wanted_kind"] = ["for_study"]
    form.values["note"] = ["a" * 201]
    assert form.send().errors() == ["Al massimo 200 lettere: bastano poche parole."]
    form.values["note"] = ["ok"]
    form.send()
    assert "già una segnalazione da decidere" in form.send().text
    assert database.scalar(select(func.count()).select_from(Referral)) == 1


def test_a_teacher_refers_only_pupils_of_the_own_classes(
    browser: Browser, database: Session, institute: Institute, teacher: User
) -> None:
    mine = _own_pupil(teacher, institute)
    browser.sign_in(teacher)
    form = browser.get(f"/pupils/{mine.id}/referrals/new").form("Invia").choose("Italiano per lo studio")
    for other in (factories.make_pupil(institute), factories.make_pupil()):
        assert browser.get(f"/pupils/{other.id}/referrals/new").status == 404
        assert browser.post(f"/pupils/{other.id}/referrals/new", form.values).status == 404
    assert database.scalar(select(func.count()).select_from(Referral)) == 0


def test_the_coordinator_takes_the_steps_of_the_way(browser: Browser, database: Session, institute: Institute) -> None:
    referral = factories.make_referral(factories.make_pupil(institute))
    browser.sign_in(factories.make_user(Role.COORDINATOR, institute))
    page = browser.get(f"/referrals/{referral.id}").form("Metti in lista d’attesa").send()
    assert "In lista d’attesa" in page.text
    refused = page.form("Rinvia ad altra risorsa").send()
    assert refused.status == 422
    assert "Scrivi a quale risorsa" in refused.errors()[0]
    sent = refused.form("Rinvia ad altra risorsa").fill("Motivo", "CPIA di Morbegno").send()
    assert "Rinviato ad altra risorsa" in sent.text
    assert "CPIA di Morbegno" in sent.text
    assert "In valutazione" in sent.form("Riapri").send().text
    database.refresh(referral)
    assert referral.state is ReferralState.UNDER_REVIEW


def test_who_coordinates_another_school_decides_nothing_here(
    browser: Browser, database: Session, institute: Institute, teacher: User
) -> None:
    factories.make_membership(teacher, Role.COORDINATOR, factories.make_institute())
    referral = factories.make_referral(_own_pupil(teacher, institute), teacher)
    browser.sign_in(teacher)
    form = browser.get(f"/referrals/{referral.id}").form("Chiudi: non necessita")
    refused = browser.post(f"/referrals/{referral.id}/decision", form.values | {"action": ["wait"]})
    assert (refused.status, refused.errors()) == (422, ["Questo passo spetta a chi è referente intercultura."])
    database.refresh(referral)
    assert referral.state is ReferralState.REFERRED


def test_a_step_that_is_none_changes_nothing(browser: Browser, database: Session, institute: Institute) -> None:
    referral = factories.make_referral(factories.make_pupil(institute))
    browser.sign_in(factories.make_user(Role.COORDINATOR, institute))
    form = browser.get(f"/referrals/{referral.id}").form("Valuta")
    for action in ("", "explode", "reopen", "assign"):
        values = form.values | {"action": [action]}
        assert browser.post(f"/referrals/{referral.id}/decision", values).status == 422
    database.refresh(referral)
    assert referral.state is ReferralState.REFERRED


def test_foreign_referrals_and_proposals_do_not_exist(
    browser: Browser, database: Session, institute: Institute
) -> None:
    mine = factories.make_referral(factories.make_pupil(institute))
    foreign, unlisted = factories.make_referral(), factories.make_unlisted_pupil()
    browser.sign_in(factories.make_user(Role.COORDINATOR, institute))
    form = browser.get(f"/referrals/{mine.id}").form("Valuta")
    values = form.values | {"action": ["review"]}
    assert browser.post(f"/referrals/{foreign.id}/decision", values).status == 404
    assert browser.post(f"/referrals/unlisted/{unlisted.id}/dismiss", values).status == 404
    assert browser.get(f"/referrals/{foreign.id}").status == 404
    elsewhere = factories.make_workshop()
    assert browser.get(f"/referrals/{mine.id}/assign?workshop={elsewhere.id}").status == 404
    database.refresh(foreign)
    database.refresh(unlisted)
    assert (foreign.state, unlisted.state) == (ReferralState.REFERRED, UnlistedState.PROPOSED)


def test_the_head_reads_and_does_not_decide(browser: Browser, institute: Institute) -> None:
    referral = factories.make_referral(factories.make_pupil(institute))
    browser.sign_in(factories.make_user(Role.HEAD, institute))
    assert len(browser.get("/referrals").rows("Segnalazioni")) == 1
    page = browser.get(f"/referrals/{referral.id}")
    assert page.status == 200
    assert "Altrimenti" not in page.text
    assert page.main.all("form") == []


def test_a_proposal_is_closed_without_enrolling(browser: Browser, database: Session) -> None:
    lesson = factories.make_lesson()
    unlisted = factories.make_unlisted_pupil(lesson)
    browser.sign_in(factories.make_user(Role.COORDINATOR, lesson.workshop.institute))
    page = browser.get("/referrals").form("Non iscrivere").send()
    assert "Proposta chiusa senza iscrizione." in page.text
    database.refresh(unlisted)
    assert unlisted.state is UnlistedState.DISMISSED


def test_pages_ask_the_same_number_of_statements_however_many_referrals(
    browser: Browser, institute: Institute, statements: Callable[[], Any]
) -> None:
    browser.sign_in(factories.make_user(Role.COORDINATOR, institute))
    counts = []
    for _ in range(2):
        for _ in range(6):
            last = factories.make_referral(factories.make_pupil(institute))
            factories.make_unlisted_pupil(factories.make_lesson(factories.make_workshop(institute)))
        seen_by_path = []
        for path in ("/referrals", f"/referrals/{last.id}"):
            with statements() as seen:
                assert browser.get(path).status == 200
            seen_by_path.append(len(seen))
        counts.append(seen_by_path)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 4
