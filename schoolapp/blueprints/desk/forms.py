"""The shape of a session at a desk."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm

from schoolapp.blueprints.pupils.forms import WholeField
from schoolapp.domain.desk import DeskSession
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.wording import N_
from schoolapp.web.forms import Chosen, ClockField, DayField, Filled, SelectChoice, SelectField
from schoolapp.web.name_fields import usual_language_field
from schoolapp.web.translations import lazy_gettext as _

LANGUAGES = 5


class SessionForm(FlaskForm):
    """When, who, and up to five languages with their people; an empty line does not exist."""

    mediator_id = SelectField(
        _("Chi c’era allo sportello"), validate_choice=False, validators=[Chosen(_("Scegli chi c’era allo sportello."))]
    )
    day = DayField(_("Giorno"), validators=[Filled(_("Scrivi il giorno."))])
    start = ClockField(_("Dalle"), validators=[Filled(_("Scrivi l’ora così: 10:30."))])
    end = ClockField(_("Alle"), validators=[Filled(_("Scrivi l’ora così: 10:30."))])
    language1 = usual_language_field(_("Lingua 1"))
    people1 = WholeField(_("Persone 1"))
    language2 = usual_language_field(_("Lingua 2"))
    people2 = WholeField(_("Persone 2"))
    language3 = usual_language_field(_("Lingua 3"))
    people3 = WholeField(_("Persone 3"))
    language4 = usual_language_field(_("Lingua 4"))
    people4 = WholeField(_("Persone 4"))
    language5 = usual_language_field(_("Lingua 5"))
    people5 = WholeField(_("Persone 5"))

    def __init__(self, *, mediators: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.mediator_id.choices = [
            SelectChoice("", gettext("scegli")),
            *(SelectChoice(str(number), name) for number, name in mediators),
        ]

    def session(self) -> DeskSession:
        """What was typed, in a form that validates. Raises RuleViolation where half a line is there."""
        assert self.day.data is not None
        assert self.start.data is not None
        assert self.end.data is not None
        return DeskSession(
            mediator_id=int(self.mediator_id.data),
            day=self.day.data,
            start=self.start.data,
            end=self.end.data,
            contacts=self._contacts(),
        )

    def _contacts(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for number in range(1, LANGUAGES + 1):
            language, people = self[f"language{number}"].data, self[f"people{number}"].data
            if language is None and not people:
                continue
            if language is None:
                raise RuleViolation(N_("Scegli la lingua dall’elenco."), field=f"language{number}")
            if not people:
                raise RuleViolation(N_("Scrivi quante persone sono venute, per esempio 4."), field=f"people{number}")
            if language in found:
                raise RuleViolation(N_("Questa lingua c’è già: somma le persone."), field=f"language{number}")
            found[language] = people
        return found
