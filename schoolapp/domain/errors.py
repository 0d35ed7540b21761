"""The one way in which a rule says no."""

from schoolapp.domain.wording import Sentence


class RuleViolation(Exception):
    """A sentence for a person and, where there is one, the name of the form field it belongs to.

    The same sentence reaches the field of a form, the line of an import and the answer to a tablet.
    """

    def __init__(self, message: str, *, field: str | None = None, **values: object) -> None:
        self.sentence = Sentence(message, values)
        self.field = field
        super().__init__(str(self.sentence))
