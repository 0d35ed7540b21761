"""Sentences of the letters: those a mediator may check, and whether a whole letter has been checked."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import NoResultFound

from schoolapp.domain.actors import Actor
from schoolapp.domain.languages import ITALIAN
from schoolapp.domain.letters import bank
from schoolapp.domain.letters.drafts import SentenceLine, SentencePage
from schoolapp.domain.letters.kinds import LetterKind, sentences_of
from schoolapp.domain.meetings import LanguageLevel, MeetingMode
from schoolapp.extensions import db
from schoolapp.models import CheckedSentence, MediatorLanguage, User


def languages_of(actor: Actor) -> tuple[str, ...]:
    """The languages of our letters that a mediator may check: those spoken well."""
    spoken = db.session.scalars(
        select(MediatorLanguage.language).where(
            MediatorLanguage.user_id == actor.user_id, MediatorLanguage.level != LanguageLevel.BASIC
        )
    )
    ours = {bank.letter_language(code) for code in spoken} - {None, ITALIAN}
    return tuple(language for language in bank.LETTER_LANGUAGES if language in ours)


def page(actor: Actor, language: str | None = None) -> SentencePage | None:
    """The sentences of a language of the person, the first of them where none is named; None where they have none.

    Raises NoResultFound for a language that is not theirs.
    """
    languages = languages_of(actor)
    if language is None and not languages:
        return None
    language = language or languages[0]
    if language not in languages:
        raise NoResultFound
    rows = db.session.execute(
        select(CheckedSentence.sentence, CheckedSentence.version, CheckedSentence.checked_at, User.name)
        .join(User, User.id == CheckedSentence.checked_by_id)
        .where(CheckedSentence.language == language)
    )
    found = {(name, version): (at, by) for name, version, at, by in rows}
    return SentencePage(
        language,
        languages,
        tuple(
            _line(language, name, *found.get((name, bank.sentence_version(language, name)), (None, "")))
            for name in bank.SENTENCES[language]
        ),
    )


def _line(language: str, name: str, at: datetime | None, by: str) -> SentenceLine:
    version = bank.sentence_version(language, name)
    return SentenceLine(name, version, bank.parts(ITALIAN, name), bank.parts(language, name), at, by)


def is_checked(language: str, kind: LetterKind, mode: MeetingMode) -> bool:
    """Whether a mediator has confirmed every sentence of such a letter as it reads now."""
    if language == ITALIAN:
        return True
    rows = db.session.execute(
        select(CheckedSentence.sentence, CheckedSentence.version).where(CheckedSentence.language == language)
    )
    checked = {(name, version) for name, version in rows}
    return checked >= {(name, bank.sentence_version(language, name)) for name in sentences_of(kind, mode)}
