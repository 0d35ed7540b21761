"""What a rule finds about a person: an answer that may be unknown, and always its reason."""

from dataclasses import dataclass

from schoolapp.domain.wording import Sentence


@dataclass(frozen=True)
class Finding:
    """Yes, no, or None where a fact is missing. The reason is a clause that stands beside the answer."""

    answer: bool | None
    reason: Sentence
