"""Who is told what at each step. The table has a row for every step there is."""

from datetime import date, datetime
from itertools import product

import pytest

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.calendar_entries import CalendarMethod
from schoolapp.domain.languages import LANGUAGES
from schoolapp.domain.meeting_messages import MeetingFacts, body, kind_of, subject
from schoolapp.domain.meeting_steps import STEPS, MeetingAction, MeetingState, Party
from schoolapp.domain.meeting_tellings import TELLS_NOBODY, Door, Telling, is_about_a_time, tellings
from schoolapp.domain.meetings import REASONS_OF, MeetingContext, MeetingMode, MeetingReason

S, A, P = MeetingState, MeetingAction, Party
R, C = CalendarMethod.REQUEST, CalendarMethod.CANCEL

FACTS = MeetingFacts(
    label="2026-118",
    context=MeetingContext.SCHOOL,
    reason=MeetingReason.TALK,
    language="ar",
    minutes=60,
    mode=MeetingMode.IN_PLACE,
    asker="IC Paesi Orobici",
    place="IC Paesi Orobici, sala colloqui",
    starts_at=datetime(2026, 12, 3, 16, 30, tzinfo=SCHOOL_ZONE),
    ends_at=datetime(2026, 12, 3, 17, 30, tzinfo=SCHOOL_ZONE),
    answer_by=date(2026, 11, 27),
)

TABLE: list[tuple[MeetingState, MeetingAction, MeetingState, set[tuple[Party, CalendarMethod | None]], str]] = [
    (S.DRAFT, A.SEND, S.WITH_COORDINATOR, {(P.COORDINATOR, None)}, "a school's request"),
    (S.DRAFT, A.SEND, S.WITH_DISTRICT, {(P.DISTRICT, None)}, "a service's, whose budget asks approval"),
    (S.DRAFT, A.SEND, S.WITH_PROVIDER, {(P.PROVIDER, None)}, "a service's"),
    (S.TO_COMPLETE, A.SEND, S.WITH_COORDINATOR, {(P.COORDINATOR, None)}, "completed"),
    (S.WITH_COORDINATOR, A.APPROVE, S.WITH_DISTRICT, {(P.DISTRICT, None)}, "each request is granted"),
    (S.WITH_COORDINATOR, A.APPROVE, S.WITH_PROVIDER, {(P.PROVIDER, None)}, "straight on"),
    (S.WITH_COORDINATOR, A.RETURN, S.TO_COMPLETE, {(P.REQUESTER, None)}, ""),
    (S.WITH_COORDINATOR, A.REJECT, S.REJECTED, {(P.REQUESTER, None)}, ""),
    (S.WITH_DISTRICT, A.GRANT, S.WITH_PROVIDER, {(P.PROVIDER, None)}, ""),
    (S.WITH_DISTRICT, A.RETURN, S.TO_COMPLETE, {(P.REQUESTER, None)}, ""),
    (S.WITH_DISTRICT, A.REJECT, S.REJECTED, {(P.REQUESTER, None)}, ""),
    (S.WITH_PROVIDER, A.PROPOSE, S.PROPOSED, {(P.MEDIATOR, R)}, "with the link of the answer"),
    (S.WITH_PROVIDER, A.MOVE, S.MOVED, {(P.REQUESTER, None), (P.PROVIDER, None)}, "no mediator is free at those times"),
    (S.PROPOSED, A.ACCEPT, S.CONFIRMED, {(P.REQUESTER, R), (P.MEDIATOR, R), (P.PROVIDER, None)}, ""),
    (S.PROPOSED, A.DECLINE, S.WITH_PROVIDER, {(P.PROVIDER, None), (P.MEDIATOR, C)}, "out of the calendar again"),
    (S.CONFIRMED, A.DECLINE, S.WITH_PROVIDER, {(P.PROVIDER, None), (P.MEDIATOR, C), (P.REQUESTER, C)}, "fell ill"),
    (S.PROPOSED, A.WITHDRAW, S.WITH_PROVIDER, {(P.MEDIATOR, C)}, "who asked never heard of this mediator"),
    (S.CONFIRMED, A.WITHDRAW, S.WITH_PROVIDER, {(P.MEDIATOR, C), (P.REQUESTER, C)}, ""),
    (S.CONFIRMED, A.MOVE, S.MOVED, {(P.MEDIATOR, C), (P.REQUESTER, C), (P.PROVIDER, None)}, ""),
    (S.MOVED, A.RESCHEDULE, S.WITH_PROVIDER, {(P.PROVIDER, None)}, "with other times"),
    (S.CONFIRMED, A.HOLD, S.HELD, set(), "who asked was there"),
    (S.CONFIRMED, A.MISS, S.FAMILY_ABSENT, set(), "who asked was there"),
    (S.HELD, A.REPORT, S.REPORTED, {(P.REQUESTER, None)}, "to confirm the hours"),
    (S.FAMILY_ABSENT, A.REPORT, S.REPORTED, {(P.REQUESTER, None)}, "to confirm the hours"),
    (S.REPORTED, A.DISPUTE, S.HELD, {(P.MEDIATOR, None)}, "to correct the report"),
    (S.REPORTED, A.VALIDATE, S.VALIDATED, set(), "it stands in the timesheet"),
    (S.VALIDATED, A.DISPUTE, S.HELD, {(P.MEDIATOR, None)}, "a mistake was found later"),
    (S.DRAFT, A.CANCEL, S.CANCELLED, set(), "nobody has seen it"),
    (S.TO_COMPLETE, A.CANCEL, S.CANCELLED, set(), "it waited for who cancels it"),
    (S.WITH_COORDINATOR, A.CANCEL, S.CANCELLED, {(P.REQUESTER, None), (P.COORDINATOR, None)}, ""),
    (S.WITH_DISTRICT, A.CANCEL, S.CANCELLED, {(P.REQUESTER, None), (P.DISTRICT, None)}, ""),
    (S.WITH_PROVIDER, A.CANCEL, S.CANCELLED, {(P.REQUESTER, None), (P.PROVIDER, None)}, ""),
    (S.PROPOSED, A.CANCEL, S.CANCELLED, {(P.REQUESTER, None), (P.PROVIDER, None), (P.MEDIATOR, C)}, ""),
    (S.CONFIRMED, A.CANCEL, S.CANCELLED, {(P.REQUESTER, C), (P.PROVIDER, None), (P.MEDIATOR, C)}, ""),
    (S.MOVED, A.CANCEL, S.CANCELLED, {(P.REQUESTER, None), (P.PROVIDER, None)}, ""),
]

EVERY_TELLING = [
    telling for before, action, after, _, _ in TABLE for telling in tellings(action, before=before, after=after)
]


@pytest.mark.parametrize(("before", "action", "after", "told", "remark"), TABLE)
def test_a_step_tells(
    before: MeetingState,
    action: MeetingAction,
    after: MeetingState,
    told: set[tuple[Party, CalendarMethod | None]],
    remark: str,
) -> None:
    found = tellings(action, before=before, after=after)
    assert {(telling.to, telling.calendar) for telling in found} == told, remark
    assert len(found) == len(told)


def test_the_table_has_every_step() -> None:
    assert {(before, action) for before, action, *_ in TABLE} == set(STEPS)
    assert {action for _, action, _, told, _ in TABLE if not told} <= TELLS_NOBODY | {A.CANCEL}


def test_what_changes_a_calendar_is_about_a_time() -> None:
    for before, action, after, _, _ in TABLE:
        if before is S.WITH_PROVIDER and action is A.MOVE:
            assert not is_about_a_time(action, before)  # nobody was asked yet: an older time must not be named
        if any(telling.calendar for telling in tellings(action, before=before, after=after)):
            assert is_about_a_time(action, before)


def test_only_the_question_to_the_mediator_opens_without_signing_in() -> None:
    assert {telling.to for telling in EVERY_TELLING if telling.door is Door.ANSWER} == {P.MEDIATOR}


def written(telling: Telling, facts: MeetingFacts = FACTS, locale: str = "it") -> str:
    return body(
        telling,
        facts,
        str,
        locale=locale,
        name="Nadia",
        address="https://laboratori.example.org/meetings/7",
        owner="Ambito di Sondrio",
    )


@pytest.mark.parametrize("telling", EVERY_TELLING)
def test_a_message_greets_says_and_leads_on(telling: Telling) -> None:
    text = written(telling)
    assert text.startswith("Ciao Nadia,\n\n")
    assert "https://laboratori.example.org/meetings/7" in text
    assert text.endswith("Ambito di Sondrio\n")
    assert "%(" not in text
    assert "!" not in text
    assert len(subject(telling, FACTS, str)) <= 60
    assert "2026-118" in subject(telling, FACTS, str)


def test_the_mediator_reads_when_where_which_language_and_what() -> None:
    (asked,) = tellings(A.PROPOSE, before=S.WITH_PROVIDER, after=S.PROPOSED)
    text = written(asked)
    for line in (
        "Quando: giovedì 3 dicembre 2026, 16:30–17:30",
        "Dove: IC Paesi Orobici, sala colloqui",
        "Lingua: arabo",
        "Che cosa: Colloquio scuola–famiglia",
        "Rispondi qui entro venerdì 27 novembre 2026, senza password:",
    ):
        assert line in text.splitlines()


def test_a_call_has_no_place() -> None:
    (asked,) = tellings(A.PROPOSE, before=S.WITH_PROVIDER, after=S.PROPOSED)
    text = written(asked, MeetingFacts(**{**FACTS.__dict__, "mode": MeetingMode.PHONE}))
    assert "Come: Al telefono" in text.splitlines()
    assert "Chi chiede: IC Paesi Orobici" in text.splitlines()
    assert "sala colloqui" not in text


def test_who_decides_by_number_reads_the_number_and_the_time_it_costs() -> None:
    (for_district,) = tellings(A.APPROVE, before=S.WITH_COORDINATOR, after=S.WITH_DISTRICT)
    text = written(for_district)
    assert "Durata: 60 minuti" in text
    for hidden in ("arabo", "Orobici", "Colloquio scuola", "dicembre"):
        assert hidden not in text


@pytest.mark.parametrize("context", [context for context in MeetingContext if context is not MeetingContext.SCHOOL])
def test_why_a_service_asks_stands_in_no_message(context: MeetingContext) -> None:
    reasons = REASONS_OF[context]
    assert len({kind_of(context, reason) for reason in reasons}) == 1


def test_every_message_can_be_written_of_every_language_and_reason() -> None:
    for telling, language in product(EVERY_TELLING[:3], LANGUAGES):
        facts = MeetingFacts(**{**FACTS.__dict__, "language": language.code})
        assert "%(" not in written(telling, facts, "en")
