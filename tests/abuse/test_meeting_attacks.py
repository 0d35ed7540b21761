"""Attacks on mediated meetings, carried out over HTTP with forms that were tampered with."""

import ast
import re
from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from schoolapp import services
from schoolapp.domain.links import LinkPurpose
from schoolapp.domain.meeting_reports import Present, ReportFacts
from schoolapp.domain.meeting_steps import MeetingAction, MeetingState
from schoolapp.domain.meetings import MeetingMode
from schoolapp.domain.roles import Role
from schoolapp.models import (
    Appointment,
    AuditEvent,
    CulturalNote,
    HourBudget,
    MeetingEvent,
    MeetingReport,
    MeetingRequest,
    OutboxMessage,
    PersonalLink,
    ProposedSlot,
    User,
)
from tests import factories
from tests.support.letters import make_letter
from tests.support.meetings import ENDS, NOW, STARTS, MeetingPlace
from tests.support.page import Browser

SCHOOLAPP = Path(__file__).resolve().parents[2] / "schoolapp"

S = MeetingState
WRITTEN = (MeetingRequest, MeetingEvent, Appointment, ProposedSlot, HourBudget, OutboxMessage, CulturalNote)


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def rows(database: Session) -> list[list[tuple[object, ...]]]:
    """All that an attack on a meeting could have changed."""
    database.expire_all()
    return [
        [
            tuple(row)
            for row in database.execute(select(*table.__table__.columns).order_by(*table.__table__.primary_key))
        ]
        for table in WRITTEN
    ]


def post(browser: Browser, url: str, **fields: object) -> TestResponse:
    """Send a form that no page has offered, with a token of the person's own session."""
    token = browser.get("/account").form("Esci").values["csrf_token"][0]
    return browser.request("POST", url, data={"csrf_token": token, **fields})


def steps(request: MeetingRequest) -> list[tuple[str, dict[str, object]]]:
    """Every address of a request at which something can be sent."""
    at = f"/meetings/{request.id}"
    report = {"family_came": "yes", "start": "16:30", "end": "17:30", "present": "mother"}
    return [
        *((f"{at}/step", {"action": action.value, "reason": "motivo"}) for action in MeetingAction),
        (f"{at}/confirm", {"action": "validate"}),
        (f"{at}/confirm", {"action": "dispute", "reason": "motivo"}),
        (f"{at}/report", {"version": request.version, **report}),
        (f"{at}/edit", {"version": request.version, "do": "send"}),
        (f"/mediators/conflict/{request.id}", {}),
        (f"/board/{request.id}/propose", {"mediator_id": "1", "slot": "1", "version": request.version}),
    ]


@pytest.mark.parametrize("state", [S.DRAFT, S.WITH_COORDINATOR, S.WITH_PROVIDER, S.PROPOSED, S.CONFIRMED, S.REPORTED])
@pytest.mark.parametrize("role", ["mediator", "teacher", "provider", "service"])
def test_a_colleague_moves_nothing_of_mine(
    browser: Browser, place: MeetingPlace, database: Session, role: str, state: MeetingState
) -> None:
    """A5, A12: the same role of the same place, or with a request of their own, finds nothing and changes nothing."""
    if role == "mediator":
        who = factories.make_mediator(place.provider)
    elif role == "teacher":
        who = factories.make_user(Role.TEACHER, place.institute)
    elif role == "provider":
        who = factories.make_user()
        factories.make_membership(who, Role.PROVIDER_COORDINATOR, provider=factories.make_provider())
    else:
        who = place.anna
    mine = place.request(state)
    database.commit()
    before = rows(database)
    browser.sign_in(who)
    for url, fields in steps(mine):
        status = post(browser, url, **fields).status_code
        assert status in (403, 404, 405), f"{url} {fields}: {status}"
    assert rows(database) == before


def test_a_coordinator_proposes_no_mediator_of_another_cooperative(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    """A5: a booking under somebody who is not theirs."""
    request = place.request(S.WITH_PROVIDER)
    stranger = factories.make_mediator()
    database.commit()
    before = rows(database)
    browser.sign_in(place.marco)
    fields = {"mediator_id": stranger.id, "slot": "1", "version": request.version}
    assert post(browser, f"/board/{request.id}/propose", **fields).status_code == 422
    assert rows(database) == before


def test_nobody_makes_or_ends_the_calendar_of_a_colleague(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    """A5: whose calendar it is comes from who is signed in."""
    place.request(S.CONFIRMED)
    theirs = services.links.make(purpose=LinkPurpose.CALENDAR_FEED, user_id=place.nadia.id, expires_at=None)
    colleague = factories.make_mediator(place.provider)
    browser.sign_in(colleague)
    for url in ("/account/calendar", "/account/calendar/stop"):
        post(browser, url, user_id=place.nadia.id, user=place.nadia.id, person_id=place.nadia.id)
    feeds = select(PersonalLink.user_id, PersonalLink.expires_at).filter_by(purpose=LinkPurpose.CALENDAR_FEED)
    links = database.execute(feeds.order_by(PersonalLink.id)).all()
    assert links[0] == (place.nadia.id, None)
    assert [user_id for user_id, _ in links[1:]] == [colleague.id]
    assert browser.request("GET", f"/calendar/{theirs}.ics").status_code == 200


def test_a_request_takes_no_pupil_class_or_budget_of_another_school(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    """A12: ids in address and fields are checked again, each against who asks."""
    other = MeetingPlace()
    draft = place.draft()
    database.commit()
    before = rows(database)
    browser.sign_in(place.paola)
    assert browser.request("GET", f"/meetings/new?pupil={other.pupil.id}").status_code == 404
    assert browser.request("GET", f"/meetings/new?service={other.service.id}").status_code == 404
    wish = {
        "reason": "talk",
        "language": "ar",
        "mode": "in_place",
        "minutes": "60",
        "invited_by": "mediator",
        "slot1_day": "2026-12-03",
        "slot1_start": "16:30",
    }
    foreign = {
        "pupil_id": other.pupil.id,
        "institute_id": other.institute.id,
        "requester_id": place.lucia.id,
        "provider_id": other.provider.id,
        "state": "confirmed",
    }
    assert post(browser, f"/meetings/new?pupil={other.pupil.id}", **wish).status_code == 404
    assembly = {**wish, "reason": "class_assembly", "class_id": other.school_class.id}
    assert post(browser, "/meetings/new?assembly=1", **assembly).status_code == 422
    assert rows(database) == before
    assert post(browser, f"/meetings/{draft.id}/edit", version="0", **wish, **foreign).status_code == 303
    database.expire_all()
    assert (draft.pupil_id, draft.institute_id, draft.requester_id, draft.provider_id, draft.state) == (
        place.pupil.id,
        place.institute.id,
        place.paola.id,
        None,
        S.DRAFT,
    )
    post(browser, f"/meetings/{draft.id}/edit", version="1", **wish, budget_id=other.budget.id)
    database.expire_all()
    assert draft.budget_id == place.budget.id


def test_two_tabs_the_second_is_told_and_nothing_of_it_is_kept(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    draft = place.draft()
    browser.sign_in(place.paola)
    first = browser.get(f"/meetings/{draft.id}/edit").form("Salva bozza").fill("Luogo", "aula 1")
    second = browser.get(f"/meetings/{draft.id}/edit").form("Salva bozza").fill("Luogo", "aula 2")
    first.send()
    told = second.send()
    assert told.status == 422
    assert any("Intanto la richiesta è cambiata" in error for error in told.errors())
    database.expire_all()
    assert draft.place == "aula 1"


SCANNERS = (
    {"Purpose": "prefetch", "Sec-Purpose": "prefetch;prerender"},
    {"X-Moz": "prefetch"},
    {"User-Agent": "Mozilla/5.0 (compatible; MailScanner; +https://example.org)"},
)


def links_of(place: MeetingPlace, database: Session) -> tuple[str, str]:
    """A mediator's answer that waits, and a family's."""
    asked = place.walked_to(S.PROPOSED)
    body = database.scalars(select(OutboxMessage.body).where(OutboxMessage.to_address == place.nadia.email)).one()
    found = re.search(r"http://localhost(/answer/\S+)", body)
    assert found is not None
    week = ENDS - STARTS
    confirmed = place.draft()
    confirmed.state = S.CONFIRMED
    appointment = factories.make_appointment(
        confirmed, factories.make_mediator(place.provider), starts_at=ENDS, ends_at=ENDS + week, state="confirmed"
    )
    factories.make_family_letter(confirmed, contents=make_letter())
    secret = services.links.make(
        purpose=LinkPurpose.FAMILY_ANSWER,
        request_id=confirmed.id,
        appointment_id=appointment.id,
        expires_at=appointment.ends_at,
    )
    assert asked.state is S.PROPOSED
    return found.group(1), f"/f/{secret}"


@pytest.mark.parametrize("headers", SCANNERS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_what_opens_mail_ahead_of_people_answers_nothing(
    browser: Browser, place: MeetingPlace, database: Session, method: str, headers: dict[str, str]
) -> None:
    """C2: with the answer in the address as well, and with a method that pretends to be another one."""
    addresses = links_of(place, database)
    database.commit()
    before = rows(database)
    for address in addresses:
        for query in ("", "?accept=1&answer=yes", "?_method=POST&decline=1&reason=x"):
            more = {**headers, "X-HTTP-Method-Override": "POST"}
            assert browser.request(method, address + query, headers=more).status_code == 200
    assert rows(database) == before
    assert database.scalars(select(PersonalLink.used_at)).all() == [None, None]


def test_a_link_is_exchanged_for_no_other(browser: Browser, place: MeetingPlace, database: Session) -> None:
    """C3: each secret opens its own door alone, whatever the method."""
    answer, family = (address.rsplit("/", 1)[1] for address in links_of(place, database))
    feed = services.links.make(purpose=LinkPurpose.CALENDAR_FEED, user_id=place.nadia.id, expires_at=None)
    database.commit()
    before = rows(database)
    wrong = [f"/answer/{family}", f"/answer/{feed}", f"/f/{answer}", f"/f/{feed}"]
    for address in wrong:
        assert browser.request("GET", address).status_code == 410, address
        assert post_as_stranger(browser, address).status_code == 410, address
    for secret in (answer, family):
        assert browser.request("GET", f"/calendar/{secret}.ics").status_code == 410
    assert rows(database) == before


def post_as_stranger(browser: Browser, url: str) -> TestResponse:
    token = browser.get("/sign-in").form("Entra").values["csrf_token"][0]
    return browser.request("POST", url, data={"csrf_token": token, "accept": "1", "answer": "yes"})


@pytest.mark.parametrize(
    "typed", ["javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "https://x.example"]
)
def test_an_address_that_was_typed_is_a_text_and_no_link(
    browser: Browser, place: MeetingPlace, database: Session, typed: str
) -> None:
    """D3: also where a place is that of a call in video."""
    request = place.walked_to(S.PROPOSED, place=typed, mode=MeetingMode.VIDEO)
    request.note = typed
    body = database.scalars(select(OutboxMessage.body).where(OutboxMessage.to_address == place.nadia.email)).one()
    found = re.search(r"http://localhost(/answer/\S+)", body)
    assert found is not None
    for person, url in ((place.paola, f"/meetings/{request.id}"), (place.nadia, f"/meetings/{request.id}")):
        page = browser.sign_in(person).get(url)
        assert typed in page.text
        assert not any(typed in (link.get("href") or "") for link in page.main.all("a"))
    answer = browser.get(found.group(1))
    assert not any(typed in (link.get("href") or "") for link in answer.main.all("a"))


def test_what_offices_write_is_a_text_on_every_page_of_others(
    app: Flask, browser: Browser, place: MeetingPlace, database: Session
) -> None:
    """D4: names of services, lines and schools, and the owner of the installation, come from trusted people too."""
    script = "<script>alert(1)</script>"
    place.service.name = f"{script}s"
    place.service.place = script
    place.institute.name = f"{script}i"
    place.provider.name = script
    place.budget.funding_line.name = script
    owner, app.config["OWNER_NAME"] = app.config["OWNER_NAME"], script
    try:
        request, case = place.request(S.PROPOSED), place.service_draft()
        shown = 0
        for person, urls in (
            (
                place.paola,
                ("/meetings", "/budgets", f"/meetings/{request.id}", f"/meetings/new?pupil={place.pupil.id}"),
            ),
            (place.anna, ("/meetings", "/budgets", f"/meetings/{case.id}", "/meetings/new")),
            (place.elena, ("/budgets", "/budgets/new", "/meetings/grants?show=sent")),
            (place.marco, ("/meetings", "/board", f"/meetings/{request.id}")),
            (place.nadia, ("/meetings", f"/meetings/{request.id}", "/timesheets")),
        ):
            browser.sign_in(person)
            for url in urls:
                body = browser.request("GET", url).get_data(as_text=True)
                assert script not in body, f"{person.name} {url}"
                shown += "&lt;script&gt;" in body
        assert shown > 8, "the script stands on few pages: the test has lost its teeth"
    finally:
        app.config["OWNER_NAME"] = owner


CALLS_OUT = {
    "aiohttp",
    "ftplib",
    "http.client",
    "httpx",
    "requests",
    "socket",
    "telnetlib",
    "urllib.request",
    "urllib3",
}


def test_nothing_in_the_program_fetches_an_address() -> None:
    """E7: no address that somebody typed is ever opened: nothing here opens addresses, and mail goes to one server."""
    speaks: dict[str, set[str]] = {}
    for file in SCHOOLAPP.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            for name in names:
                if name in CALLS_OUT or name == "smtplib":
                    speaks.setdefault(name, set()).add(file.relative_to(SCHOOLAPP).as_posix())
    assert speaks == {"smtplib": {"web/mail.py"}}


def test_no_note_or_reason_stands_in_the_register_of_changes(place: MeetingPlace, database: Session) -> None:
    """What is written freely about a family is not copied to where it is kept for years."""
    words = "la nonna è malata"
    request = place.walked_to(S.CONFIRMED, note=words)
    step = services.meetings.take_step
    step(place.teacher, request.id, MeetingAction.MOVE, at=NOW, reason=words)
    step(place.teacher, request.id, MeetingAction.RESCHEDULE, at=NOW, slots=place.wish().slots)
    step(place.cooperative, request.id, MeetingAction.PROPOSE, at=NOW, offer=place.offer())
    step(place.mediator, request.id, MeetingAction.ACCEPT, at=NOW)
    _report_with(place, request, words)
    changes = database.scalars(select(AuditEvent.changes)).all()
    assert len(changes) > 5
    assert words not in repr(changes)
    kept = database.execute(select(OutboxMessage.subject, OutboxMessage.body, OutboxMessage.calendar)).all()
    assert words not in repr(kept)
    assert database.scalar(select(func.count()).select_from(CulturalNote)) == 1


def _report_with(place: MeetingPlace, request: MeetingRequest, words: str) -> None:
    facts = ReportFacts(
        family_came=True,
        start=time(16, 30),
        end=time(17, 30),
        present=(Present.MOTHER,),
        agreements=words,
        cultural_note=words,
    )
    services.meeting_reports.write(place.mediator, request.id, facts, at=ENDS, version=request.version)


def test_a_cultural_note_is_on_no_page_but_those_of_its_two_readers(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    words = "Il capofamiglia saluta per primo"
    request = place.request(S.CONFIRMED)
    _report_with(place, request, words)
    colleague = factories.make_user(Role.COORDINATOR, place.institute)
    readers: dict[User, bool] = {
        place.paola: True,
        place.nadia: True,
        place.lucia: False,
        colleague: False,
        place.lidia: False,
        place.marco: False,
        place.elena: False,
        place.anna: False,
    }
    database.get_one(MeetingReport, request.id).agreements = ""
    database.flush()
    with time_machine.travel(ENDS, tick=False):
        for person, reads in readers.items():
            browser.sign_in(person)
            body = browser.request("GET", f"/meetings/{request.id}").get_data(as_text=True)
            assert (words in body) is reads, person.name
            for url in ("/meetings", "/timesheets", "/timesheets?month=2026-12", "/board"):
                assert words not in browser.request("GET", url).get_data(as_text=True)
