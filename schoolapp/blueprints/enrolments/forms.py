"""The shape of what is typed about enrolments."""

from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField

from schoolapp.domain.enrolment import ENROLMENT_OUTCOME_NAMES, EnrolmentOutcome
from schoolapp.web.forms import UNSEEN, DayField, Filled, SelectChoice, SelectField, stripped
from schoolapp.web.translations import lazy_gettext as _


class CandidateSearchForm(FlaskForm):
    class Meta:
        csrf = False

    q = StringField(_("Cerca per nome"), filters=[stripped])


class EnrolForm(FlaskForm):
    """The pupil is chosen among the lines of the page."""

    pupil = StringField(_("Alunno"), validators=[Filled(_("Scegli un alunno dall’elenco."))])
    first_day = DayField(_("Dal"), validators=[Filled(_("Scrivi il primo giorno di frequenza."))])
    unlisted = HiddenField(UNSEEN)

    @property
    def pupil_id(self) -> int:
        """0, which is nobody's, where the value is no number."""
        return _whole(self.pupil.data)

    @property
    def unlisted_id(self) -> int:
        return _whole(self.unlisted.data)


class EnrolmentForm(FlaskForm):
    first_day = DayField(_("Primo giorno"), validators=[Filled(_("Scrivi il primo giorno di frequenza."))])
    last_day = DayField(_("Ultimo giorno"))
    outcome = SelectField(_("Come si è concluso"), validate_choice=False)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.outcome.choices = [
            SelectChoice("", gettext("non concluso")),
            *(SelectChoice(outcome.value, gettext(name)) for outcome, name in ENROLMENT_OUTCOME_NAMES.items()),
        ]

    @property
    def chosen_outcome(self) -> EnrolmentOutcome | None:
        return EnrolmentOutcome(self.outcome.data) if self.outcome.data in set(EnrolmentOutcome) else None


def _whole(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else 0
