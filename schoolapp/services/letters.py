"""Letters to families: printed and kept, answered by the family."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.documents.family_letters import Letter, draw_letters
from schoolapp.domain.letters import bank
from schoolapp.domain.letters.drafts import FamilyPage, LetterChoices, LetterDraft, contents_of
from schoolapp.domain.letters.kinds import FamilyAnswer
from schoolapp.domain.links import LinkPurpose
from schoolapp.extensions import db
from schoolapp.models import FamilyLetter, MeetingRequest
from schoolapp.queries.letters import page_of
from schoolapp.queries.sentences import is_checked
from schoolapp.services import links, meeting_messages


@dataclass(frozen=True)
class Printing:
    """By whom, when, and how the family's page is reached with the secret of a link."""

    by_id: int
    at: datetime
    page_address: Callable[[str], str]


def print_letter(draft: LetterDraft, choices: LetterChoices, *, printing: Printing) -> tuple[FamilyLetter, bytes]:
    """The letter as it is kept, and its PDF. The link on it is told nowhere else.

    Raises RuleViolation where a choice does not fit, or the sheet does not hold all of it: then nothing is kept.
    """
    checked = is_checked(choices.language, choices.kind, draft.mode)
    contents = contents_of(draft, choices, printed_on=printing.at.astimezone(SCHOOL_ZONE).date(), checked=checked)
    letter = FamilyLetter(
        institute_id=draft.institute_id,
        request_id=draft.request_id,
        pupil_id=draft.pupil_id,
        kind=contents.kind.value,
        language=contents.language,
        bank_version=bank.BANK_VERSION,
        contents=contents.to_json(),
        printed_at=printing.at,
        printed_by_id=printing.by_id,
    )
    db.session.add(letter)
    db.session.flush()
    address = ""
    if contents.has_reply and draft.request_id is not None:
        secret = links.make(
            purpose=LinkPurpose.FAMILY_ANSWER,
            request_id=draft.request_id,
            appointment_id=draft.appointment_id,
            expires_at=draft.ends_at,
        )
        address = printing.page_address(secret)
    return letter, draw_letters([Letter(contents, address, draft.emblems)])[0]


def look(secret: str) -> FamilyPage:
    """The page behind a letter's QR; nothing changes. Raises LinkGone."""
    return page_of(links.look(secret, LinkPurpose.FAMILY_ANSWER))


def answer(secret: str, answer: FamilyAnswer) -> FamilyPage:
    """Take a family's one answer and tell who asked; other copies of the letter open no more. Raises LinkGone.

    The request is held before its links, as by every step: a copy answered, or the meeting moved, at the same moment
    waits its turn.
    """
    request_id = links.look(secret, LinkPurpose.FAMILY_ANSWER).request_id
    db.session.execute(select(MeetingRequest.id).where(MeetingRequest.id == request_id).with_for_update())
    link = links.use(secret, LinkPurpose.FAMILY_ANSWER, answer=answer.value)
    page = page_of(link)
    assert link.request_id is not None
    links.take_back(purpose=LinkPurpose.FAMILY_ANSWER, request_id=link.request_id)
    meeting_messages.tell_of_family(link.request_id)
    return page
