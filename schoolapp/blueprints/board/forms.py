"""What the coordinator of a cooperative chooses."""

from flask_wtf import FlaskForm
from wtforms import HiddenField

from schoolapp.web.forms import UNSEEN, SelectField


class ProposalForm(FlaskForm):
    """One mediator at one of the times; each mediator's column has a form of its own."""

    mediator_id = HiddenField(UNSEEN)
    version = HiddenField(UNSEEN)
    slot = SelectField(UNSEEN, validate_choice=False)

    def number(self, name: str) -> int:
        """What was sent, or a number that nothing has."""
        written = self[name].data or ""
        return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else -1
