"""Sentences of the letters that a mediator of the demo has confirmed: one language whole, one begun."""

from datetime import datetime, timedelta

from schoolapp.demo.rows import Rows
from schoolapp.domain.letters import bank

CONFIRMED: dict[str, int | None] = {"fr": None, "ar": 19}
"""Language → how many of its sentences, in their order; None for all of them."""


def add_confirmed_sentences(rows: Rows, mediator_id: int, now: datetime) -> None:
    at = now - timedelta(days=9)
    for language, count in CONFIRMED.items():
        for minute, name in enumerate(list(bank.SENTENCES[language])[:count]):
            rows.add(
                "checked_sentence",
                language=language,
                sentence=name,
                version=bank.sentence_version(language, name),
                checked_by_id=mediator_id,
                checked_at=at + timedelta(minutes=minute),
            )
