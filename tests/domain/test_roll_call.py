"""What is kept and what is sent, brought together."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from schoolapp.domain.attendance import AbsenceReason, MarkStatus
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.lessons import LessonFacts
from schoolapp.domain.roll_call import (
    KeptMark,
    MarkValue,
    RollCall,
    RollCallRow,
    Sent,
    SentMark,
    merge,
    value_of_code,
)

ME, OTHER = 1, 2
AMINA, ARJUN = 12, 13
PRESENT, ABSENT = MarkValue(MarkStatus.PRESENT), MarkValue(MarkStatus.ABSENT)
LATE = MarkValue(MarkStatus.LATE, missed_minutes=12)
FETCHED_BY_NOBODY = MarkValue(MarkStatus.ABSENT, reason=AbsenceReason.NOT_FETCHED)


def kept(value: MarkValue, version: int = 1, author_id: int = OTHER) -> KeptMark:
    return KeptMark(value, version, author_id, "Marco Dassi", datetime(2026, 11, 23, 9, 41, tzinfo=UTC))


def roll_call(amina: KeptMark | None = None, topic: str = "", activities: tuple[str, ...] = ()) -> RollCall:
    """A lesson of 90 minutes with two pupils; `amina` is what is kept of the first."""
    return RollCall(
        lesson_id=1,
        workshop_id=1,
        institute_id=1,
        version=1,
        title="Italiano per comunicare A1",
        site="Primaria Ponte Alto",
        place="aula 4",
        facts=LessonFacts(date(2026, 11, 23), time(10, 30), time(12), topic, enrolled=2, marked=int(amina is not None)),
        activities=activities,
        rows=(RollCallRow(AMINA, "Amina D.", amina), RollCallRow(ARJUN, "Arjun S.")),
        facilitator_id=ME,
        facilitator="Irene Valsecca",
        cancelled_why="",
        signed_at=None,
        signer="",
        countersigned_at=None,
        countersigner="",
        may_record=True,
        may_correct=True,
        may_countersign=False,
    )


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (PRESENT, "P"),
        (ABSENT, "A"),
        (FETCHED_BY_NOBODY, "A not_fetched"),
        (LATE, "R 12"),
        (MarkValue(MarkStatus.LEFT_EARLY, missed_minutes=5), "U 5"),
        (MarkValue(MarkStatus.CLASS_ACTIVITY), "G"),
        (MarkValue(MarkStatus.EXEMPT), "E"),
    ],
)
def test_a_mark_is_written_as_a_code_and_read_back(value: MarkValue, code: str) -> None:
    assert value.code == code
    assert value_of_code(code) == value


@pytest.mark.parametrize("code", [None, "", "X", "P 3", "R", "R x", "R ²", "A nobody", "PP"])
def test_what_nobody_can_have_written_is_no_mark(code: str | None) -> None:
    assert value_of_code(code) is None


@pytest.mark.parametrize(
    ("before", "sent", "written", "conflicts", "remark"),
    [
        (None, SentMark(PRESENT), True, 0, "a first mark"),
        (None, SentMark(None), False, 0, "nothing chosen"),
        (kept(PRESENT), SentMark(PRESENT, 1, "P"), False, 0, "what is kept, sent back"),
        (kept(PRESENT), SentMark(LATE, 1, "P"), True, 0, "changed by who has read the newest version"),
        (kept(ABSENT), SentMark(FETCHED_BY_NOBODY, 1, "A"), True, 0, "the reason alone"),
        (kept(ABSENT), SentMark(PRESENT, 0, ""), False, 1, "someone else marked first"),
        (kept(ABSENT, version=2), SentMark(PRESENT, 1, "P"), False, 0, "left alone here, changed there"),
        (kept(ABSENT, version=2), SentMark(LATE, 1, "P"), False, 1, "changed here and there"),
        (kept(LATE, version=2), SentMark(LATE, 1, "P"), False, 0, "both say the same"),
        (kept(ABSENT, version=2, author_id=ME), SentMark(LATE, 1, "P"), True, 0, "changed twice by oneself"),
    ],
)
def test_what_becomes_of_a_mark(
    before: KeptMark | None, sent: SentMark, written: bool, conflicts: int, remark: str
) -> None:
    merged = merge(roll_call(before), Sent(marks={AMINA: sent}), actor_id=ME)
    assert ([mark.pupil_id for mark in merged.written] == [AMINA]) is written, remark
    assert len(merged.conflicts) == conflicts, remark


@pytest.mark.parametrize(
    ("before", "read_version", "removed", "remark"),
    [
        (kept(PRESENT), 1, True, "the version that was read"),
        (kept(ABSENT, version=2), 1, False, "changed meanwhile by someone else"),
        (kept(ABSENT, version=2, author_id=ME), 1, True, "changed twice by oneself"),
        (None, 0, False, "nothing to take back"),
    ],
)
def test_a_mark_is_taken_back(before: KeptMark | None, read_version: int, removed: bool, remark: str) -> None:
    merged = merge(roll_call(before), Sent({AMINA: SentMark(None, read_version, "P", cleared=True)}), actor_id=ME)
    assert (AMINA in merged.removed) is removed, remark
    assert (AMINA in merged.stamps) is (before is not None and not removed), remark
    assert merged.written == ()


def test_a_new_version_is_one_more_than_the_one_it_replaces() -> None:
    merged = merge(roll_call(kept(PRESENT, version=3)), Sent(marks={AMINA: SentMark(LATE, 3, "P")}), actor_id=ME)
    assert merged.stamps == {AMINA: "4 R 12"}
    assert (merged.written[0].worth.attended, merged.written[0].worth.offered) == (78, 90)


def test_the_lesson_knows_how_many_will_be_marked() -> None:
    merged = merge(roll_call(kept(PRESENT)), Sent(marks={ARJUN: SentMark(ABSENT)}), actor_id=ME)
    assert merged.facts.marked == 2


def test_a_pupil_who_is_not_enrolled_rejects_everything() -> None:
    with pytest.raises(RuleViolation):
        merge(roll_call(), Sent(marks={AMINA: SentMark(PRESENT), 99: SentMark(PRESENT)}), actor_id=ME)


def test_wrong_minutes_name_the_row() -> None:
    too_late = MarkValue(MarkStatus.LATE, missed_minutes=90)
    with pytest.raises(RuleViolation) as refusal:
        merge(roll_call(), Sent(marks={AMINA: SentMark(too_late)}), actor_id=ME)
    assert refusal.value.field == f"minutes-{AMINA}"


@pytest.mark.parametrize(
    ("before", "sent", "after", "remark"),
    [
        ("", Sent({}, topic="I mesi"), "I mesi", "written"),
        ("I mesi", Sent({}, topic="I giorni", read_topic="I mesi"), "I giorni", "changed"),
        ("I mesi", Sent({}, topic="", read_topic="I mesi"), "", "taken away"),
        ("I mesi", Sent({}, topic="", read_topic=""), "I mesi", "written meanwhile by someone else, left alone here"),
        ("I mesi", Sent({}), "I mesi", "not in the form"),
    ],
)
def test_what_becomes_of_the_topic(before: str, sent: Sent, after: str, remark: str) -> None:
    assert merge(roll_call(topic=before), sent, actor_id=ME).topic == after, remark


def test_a_topic_has_its_length() -> None:
    with pytest.raises(RuleViolation) as refusal:
        merge(roll_call(), Sent({}, topic="a" * 501), actor_id=ME)
    assert refusal.value.field == "topic"


def test_activities_are_kept_in_the_order_in_which_they_are_offered() -> None:
    merged = merge(roll_call(), Sent({}, topic="", activities=("lettura", "ascolto")), actor_id=ME)
    assert merged.activities == ("ascolto", "lettura")


@pytest.mark.parametrize(
    ("ticked", "read", "after", "remark"),
    [
        (("gioco",), (), ("gioco",), "ticked here"),
        ((), (), ("ascolto",), "ticked meanwhile by someone else, left alone here"),
        ((), ("ascolto",), (), "taken away"),
        (None, (), ("ascolto",), "not in the form"),
    ],
)
def test_what_becomes_of_the_activities(
    ticked: tuple[str, ...] | None, read: tuple[str, ...], after: tuple[str, ...], remark: str
) -> None:
    call = replace(roll_call(), activities=("ascolto",))
    sent = Sent({}, topic="", activities=ticked, read_activities=read)
    assert merge(call, sent, actor_id=ME).activities == after, remark
