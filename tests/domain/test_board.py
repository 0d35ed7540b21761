"""What a card of the board says, at most one thing."""

from datetime import date

import pytest

from schoolapp.domain.board import COLUMN_OF, Column, Flag, Progress, flag_of
from schoolapp.domain.meeting_steps import MeetingState

TODAY = date(2026, 11, 22)
S = MeetingState


def _on(day: int, month: int = 11) -> date:
    return date(2026, month, day)


@pytest.mark.parametrize(
    ("progress", "flag"),
    [
        (Progress(S.WITH_PROVIDER, Column.TO_MATCH, _on(21)), Flag.TIME_PASSED),
        (Progress(S.WITH_PROVIDER, Column.TO_MATCH, _on(22)), Flag.SOON),
        (Progress(S.WITH_PROVIDER, Column.TO_MATCH, _on(6, 12)), Flag.SOON),
        (Progress(S.WITH_PROVIDER, Column.TO_MATCH, _on(7, 12)), None),
        (Progress(S.PROPOSED, Column.WAITING, _on(3, 12), asked_on=_on(20), answer_by=_on(22)), Flag.ASKED),
        (Progress(S.PROPOSED, Column.WAITING, _on(3, 12), asked_on=_on(18), answer_by=_on(21)), Flag.NO_ANSWER),
        (Progress(S.PROPOSED, Column.WAITING, _on(3, 12)), Flag.ASKED),
        (Progress(S.PROPOSED, Column.WAITING, _on(3, 12), asked_on=_on(18), mediator_away=True), Flag.MEDIATOR_AWAY),
        (Progress(S.CONFIRMED, Column.CONFIRMED, _on(3, 12), _on(20), mediator_away=True), Flag.MEDIATOR_AWAY),
        (Progress(S.HELD, Column.TO_REPORT, _on(22), mediator_away=True), Flag.REPORT_MISSING),
        # A letter printed before the mediator was asked again told another time.
        (Progress(S.CONFIRMED, Column.CONFIRMED, _on(3, 12), _on(20), has_letter=True), Flag.LETTER_TO_PRINT),
        (
            Progress(S.CONFIRMED, Column.CONFIRMED, _on(3, 12), _on(20), has_letter=True, letter_on=_on(19)),
            Flag.LETTER_TO_PRINT,
        ),
        (
            Progress(S.CONFIRMED, Column.CONFIRMED, _on(3, 12), _on(20), has_letter=True, letter_on=_on(20)),
            Flag.LETTER_PRINTED,
        ),
        (Progress(S.CONFIRMED, Column.CONFIRMED, _on(3, 12), _on(20)), None),  # a class or a service gets no letter
        (Progress(S.CONFIRMED, Column.TO_REPORT, _on(20), _on(10), has_letter=True), Flag.REPORT_MISSING),
        (Progress(S.HELD, Column.TO_REPORT, _on(20)), Flag.REPORT_MISSING),
        (Progress(S.FAMILY_ABSENT, Column.TO_REPORT, _on(20)), Flag.FAMILY_ABSENT),
    ],
)
def test_a_card_says_the_one_thing_to_know(progress: Progress, flag: Flag | None) -> None:
    assert flag_of(progress, TODAY) is flag


def test_what_is_over_or_not_yet_with_the_cooperative_is_not_on_the_board() -> None:
    before = {S.DRAFT, S.WITH_COORDINATOR, S.WITH_DISTRICT, S.TO_COMPLETE, S.REJECTED}
    assert set(MeetingState) - set(COLUMN_OF) == before | {S.MOVED, S.CANCELLED, S.REPORTED, S.VALIDATED}
