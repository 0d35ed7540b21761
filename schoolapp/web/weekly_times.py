"""A time of every week in a form: of a workshop, of who can come as a mediator."""

from typing import Any

from wtforms import BooleanField, Form, SelectField

from schoolapp.domain.calendar_words import weekday_name
from schoolapp.web.forms import ClockField, DayField, SelectChoice
from schoolapp.web.translations import lazy_gettext as _
from schoolapp.web.wording import translate


def chosen_number(value: object) -> int | None:
    """The number of a choice; what is none stays unchosen."""
    text = "" if value is None else str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def weekday_choices() -> list[SelectChoice]:
    """Monday to Saturday by name."""
    return [SelectChoice(number, translate(weekday_name(number))) for number in range(6)]


class WeeklyTimeForm(Form):
    """Monday to Saturday, from when to when. All empty, or ticked off, it does not exist."""

    weekday = SelectField(_("Giorno"), coerce=chosen_number, validate_choice=False)
    start = ClockField(_("Dalle"))
    end = ClockField(_("Alle"))
    valid_from = DayField(_("Vale dal"))
    valid_to = DayField(_("Vale fino al"))
    remove = BooleanField(_("Togli questo orario"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.weekday.choices = [SelectChoice("", _("scegli")), *weekday_choices()]

    @property
    def is_given(self) -> bool:
        typed = (field for field in self if field is not self.weekday and field is not self.remove)
        some = self.weekday.data not in (None, []) or any(field.raw_data and field.raw_data[0] for field in typed)
        return some and not self.remove.data

    def validate(self, extra_validators: Any = None) -> bool:
        if not self.is_given:
            for field in self:
                field.process_errors = []
            return True
        fine = bool(super().validate(extra_validators))
        for field, sentence in (
            (self.weekday, _("Scegli il giorno della settimana.")),
            (self.start, _("Scrivi a che ora comincia, per esempio 10:30.")),
            (self.end, _("Scrivi a che ora finisce, per esempio 12:00.")),
        ):
            if field.data in (None, []) and not field.errors:
                field.errors = [sentence]
                fine = False
        return fine
