"""Translations of the letters' sentences, which a mediator confirms one by one."""

from datetime import datetime

from sqlalchemy import select

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.letters import bank
from schoolapp.domain.wording import N_
from schoolapp.extensions import db
from schoolapp.models import CheckedSentence


def check(language: str, name: str, *, version: int, by_id: int, at: datetime) -> None:
    """A mediator has read a translation and found it right. Raises RuleViolation where it has changed since."""
    _ensure_current(language, name, version)
    known = select(CheckedSentence.id).filter_by(language=language, sentence=name, version=version)
    if db.session.scalar(known) is None:
        db.session.add(
            CheckedSentence(language=language, sentence=name, version=version, checked_by_id=by_id, checked_at=at)
        )
        db.session.flush()


def take_back(language: str, name: str, *, version: int) -> None:
    """A mediator takes a confirmation back: the letters say again that it was not checked."""
    _ensure_current(language, name, version)
    for found in db.session.scalars(
        select(CheckedSentence).filter_by(language=language, sentence=name, version=version)
    ):
        db.session.delete(found)
    db.session.flush()


def _ensure_current(language: str, name: str, version: int) -> None:
    if name not in bank.SENTENCES[language] or version != bank.sentence_version(language, name):
        raise RuleViolation(N_("Intanto questa frase è cambiata: leggila di nuovo."))
