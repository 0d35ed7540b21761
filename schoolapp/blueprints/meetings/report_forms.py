"""The shape of what a mediator types after a meeting."""

from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from schoolapp.blueprints.pupils.forms import WholeField, whole
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.meeting_reports import PRESENT_NAMES, Extra, Present, ReportFacts, who_may_be_there
from schoolapp.domain.wording import N_
from schoolapp.web.forms import UNSEEN, ClockField, DayField, Filled
from schoolapp.web.translations import lazy_gettext as _


class ReportForm(FlaskForm):
    """How it went. A call or a debriefing without minutes does not exist."""

    version = StringField(UNSEEN)
    family_came = RadioField(_("È venuto qualcuno?"), validate_choice=False, validators=[Filled(_("Scegli sì o no."))])
    start = ClockField(_("Inizio"), validators=[Filled(_("Scrivi l’ora, per esempio 16:30."))])
    end = ClockField(_("Fine"), validators=[Filled(_("Scrivi l’ora, per esempio 17:30."))])
    present = SelectMultipleField(
        _("Chi c’era, con te?"),
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    agreements = TextAreaField(_("Accordi presi"))
    another_meeting = BooleanField(_("Serve un altro colloquio"))
    call_minutes = WholeField(_("Minuti della telefonata"))
    call_day = DayField(_("Giorno della telefonata"))
    call_start = ClockField(_("Ora della telefonata"))
    debriefing_minutes = WholeField(_("Minuti della restituzione"))
    debriefing_day = DayField(_("Giorno della restituzione"))
    debriefing_start = ClockField(_("Ora della restituzione"))
    cultural_note = TextAreaField(_("Nota culturale"))

    def __init__(self, *, at_school: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        came = gettext("Sì, la famiglia è venuta") if at_school else gettext("Sì, il colloquio c’è stato")
        self.family_came.choices = [("yes", came), ("no", gettext("No, ho aspettato e non è venuto nessuno"))]
        self.present.choices = [
            (each.value, gettext(PRESENT_NAMES[each])) for each in who_may_be_there(at_school=at_school)
        ]

    @property
    def read_version(self) -> int:
        """The version the person read; one that never was where the form does not say."""
        found = whole(self.version.data)
        return -1 if found is None else found

    def facts(self) -> ReportFacts:
        """What was typed. Raises RuleViolation where something is missing."""
        assert self.start.data is not None
        assert self.end.data is not None
        chosen = self.present.data or []
        if self.family_came.data not in ("yes", "no"):
            raise RuleViolation(N_("Scegli sì o no."), field="family_came")
        return ReportFacts(
            family_came=self.family_came.data == "yes",
            start=self.start.data,
            end=self.end.data,
            present=tuple(each for each in Present if each.value in chosen),
            agreements=self.agreements.data or "",
            another_meeting=self.another_meeting.data,
            call=self._extra("call"),
            debriefing=self._extra("debriefing"),
            cultural_note=self.cultural_note.data or "",
        )

    def _extra(self, name: str) -> Extra | None:
        minutes, day, start = (self[f"{name}_{part}"].data for part in ("minutes", "day", "start"))
        if minutes is None:
            if start is not None:
                raise RuleViolation(N_("Scrivi anche quanti minuti."), field=f"{name}_minutes")
            return None
        if day is None:
            raise RuleViolation(N_("Scrivi anche il giorno."), field=f"{name}_day")
        if start is None:
            raise RuleViolation(N_("Scrivi anche l’ora, per esempio 16:30."), field=f"{name}_start")
        return Extra(day, start, minutes)
