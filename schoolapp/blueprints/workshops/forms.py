"""The shape of what is typed about workshops, their timetable, single lessons and closures."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    FieldList,
    FormField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from schoolapp.domain.lessons import CANCELLED_BY_NAMES, CancelledBy
from schoolapp.domain.levels import LEVEL_NAMES, Level
from schoolapp.domain.timetable import Slot
from schoolapp.domain.workshop_cards import LessonLine, WorkshopCard
from schoolapp.domain.workshops import WORKSHOP_KIND_NAMES, WorkshopKind
from schoolapp.services.workshops import WorkshopPlan
from schoolapp.web.forms import Chosen, ClockField, DayField, Filled, HoursField, SelectChoice, SelectField, stripped
from schoolapp.web.translations import lazy_gettext as _
from schoolapp.web.weekly_times import WeeklyTimeForm, chosen_number

MOST_SLOTS = 12
_TOO_LONG = _("È troppo lungo: accorcialo un po’.")
Choices = Sequence[tuple[int, str]]


def _choices(pairs: Iterable[tuple[Any, str]], first: str | None = None) -> list[SelectChoice]:
    options = [SelectChoice(value, label) for value, label in pairs]
    return options if first is None else [SelectChoice("", first), *options]


class WholeNumberField(IntegerField):
    """A whole number, with our sentence where it is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        text = valuelist[0].strip() if valuelist else ""
        if text:
            if not (text.isascii() and text.isdigit() and len(text) < 7):
                raise ValueError(_("Scrivi un numero intero."))
            self.data = int(text)


class SlotForm(WeeklyTimeForm):
    """A weekly time of a workshop, perhaps elsewhere than the others."""

    place = StringField(_("Luogo, se diverso"), filters=[stripped], validators=[Length(max=80, message=_TOO_LONG)])

    def slot(self) -> Slot:
        assert self.weekday.data is not None
        assert self.start.data is not None
        assert self.end.data is not None
        return Slot(
            self.weekday.data,
            self.start.data,
            self.end.data,
            self.valid_from.data,
            self.valid_to.data,
            self.place.data or "",
        )


class WorkshopForm(FlaskForm):
    title = StringField(
        _("Nome"),
        filters=[stripped],
        validators=[Filled(_("Scrivi il nome del laboratorio.")), Length(max=120, message=_TOO_LONG)],
    )
    kind = RadioField(_("Tipo"), validate_choice=False, validators=[Chosen(_("Scegli il tipo di laboratorio."))])
    level = SelectField(_("Livello"), validate_choice=False, validators=[Chosen(_("Scegli il livello."))])
    site_id = SelectField(
        _("Plesso"), coerce=chosen_number, validate_choice=False, validators=[Filled(_("Scegli il plesso."))]
    )
    place = StringField(_("Luogo"), filters=[stripped], validators=[Length(max=80, message=_TOO_LONG)])
    capacity = WholeNumberField(_("Posti"), validators=[Filled(_("Scrivi quanti posti ci sono, per esempio 10."))])
    facilitator_ids = SelectMultipleField(
        _("Chi conduce"),
        coerce=chosen_number,
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    planned_hours = HoursField(
        _("Ore previste"), validators=[Filled(_("Scrivi quante ore durerà il laboratorio, per esempio 60."))]
    )
    first_day = DayField(_("Dal"), validators=[Filled(_("Scrivi il primo giorno."))])
    last_day = DayField(_("Al"), validators=[Filled(_("Scrivi l’ultimo giorno."))])
    slots = FieldList(FormField(SlotForm), max_entries=MOST_SLOTS)
    funding_line_id = SelectField(
        _("Ore a carico di"),
        coerce=chosen_number,
        validate_choice=False,
        validators=[Filled(_("Scegli chi paga le ore."))],
    )
    threshold_percent = WholeNumberField(
        _("Soglia di presenza per l’attestato, in percentuale"),
        default=70,
        validators=[Filled(_("Scrivi la soglia: di solito è 70."))],
    )

    def __init__(self, *, sites: Choices, people: Choices, funding: Choices, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind.choices = _choices((kind.value, _(WORKSHOP_KIND_NAMES[kind])) for kind in WorkshopKind)
        self.level.choices = _choices(((level.value, _(LEVEL_NAMES[level])) for level in Level), first=_("scegli"))
        self.site_id.choices = _choices(sites, first=_("scegli") if len(sites) != 1 else None)
        self.facilitator_ids.choices = _choices(people)
        self.funding_line_id.choices = _choices(funding, first=_("scegli") if len(funding) != 1 else None)
        if not self.slots.entries:
            self.slots.append_entry()

    def add_slot(self) -> None:
        if len(self.slots.entries) < MOST_SLOTS:
            self.slots.append_entry()

    def given_slots(self) -> list[tuple[int, Slot]]:
        """The slots that count, each with its number in the form."""
        return [(number, entry.form.slot()) for number, entry in enumerate(self.slots.entries) if entry.form.is_given]

    def plan(self) -> WorkshopPlan:
        """What was typed; the form has been found valid."""
        assert self.first_day.data is not None
        assert self.last_day.data is not None
        return WorkshopPlan(
            title=self.title.data or "",
            kind=WorkshopKind(self.kind.data),
            level=Level(self.level.data),
            site_id=self.site_id.data,
            place=self.place.data or "",
            capacity=self.capacity.data or 0,
            planned_minutes=self.planned_hours.data or 0,
            threshold_percent=self.threshold_percent.data or 0,
            funding_line_id=self.funding_line_id.data,
            first_day=self.first_day.data,
            last_day=self.last_day.data,
            facilitator_ids=tuple(number for number in self.facilitator_ids.data or () if number is not None),
            slots=tuple(slot for _number, slot in self.given_slots()),
        )


def values_of(card: WorkshopCard) -> dict[str, Any]:
    """The form's fields as the workshop has them now."""
    return {
        "title": card.title,
        "kind": card.kind.value,
        "level": card.level.value,
        "site_id": card.site_id,
        "place": card.place,
        "capacity": card.capacity,
        "facilitator_ids": [person.user_id for person in card.facilitators if person.valid_to is None],
        "planned_hours": card.planned_minutes,
        "first_day": card.first_day,
        "last_day": card.last_day,
        "funding_line_id": card.funding_line_id,
        "threshold_percent": card.threshold_percent,
        "slots": [
            {
                "weekday": slot.weekday,
                "start": slot.start,
                "end": slot.end,
                "place": slot.place,
                "valid_from": None if slot.valid_from == card.first_day else slot.valid_from,
                "valid_to": slot.valid_to,
            }
            for slot in card.slots
        ],
    }


class LessonForm(FlaskForm):
    """Day, times, place and person of one lesson; why, where it is moved."""

    day = DayField(_("Giorno"), validators=[Filled(_("Scrivi il giorno."))])
    start = ClockField(_("Dalle"), validators=[Filled(_("Scrivi a che ora comincia, per esempio 10:30."))])
    end = ClockField(_("Alle"), validators=[Filled(_("Scrivi a che ora finisce, per esempio 12:00."))])
    place = StringField(_("Luogo"), filters=[stripped], validators=[Length(max=80, message=_TOO_LONG)])
    facilitator_id = SelectField(
        _("Chi conduce"),
        coerce=chosen_number,
        validate_choice=False,
        validators=[Filled(_("Scegli chi conduce la lezione."))],
    )
    reason = StringField(_("Motivo"), filters=[stripped], validators=[Length(max=200, message=_TOO_LONG)])

    def __init__(self, *, people: Choices, asks_reason: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.facilitator_id.choices = _choices(people, first=_("scegli") if len(people) != 1 else None)
        if not asks_reason:
            del self.reason

    @property
    def times(self) -> dict[str, Any]:
        """What the services take; the form has been found valid."""
        return {
            "day": self.day.data,
            "start": self.start.data,
            "end": self.end.data,
            "place": self.place.data or "",
            "facilitator_id": self.facilitator_id.data,
        }


def values_of_lesson(lesson: LessonLine) -> dict[str, Any]:
    return {
        "day": lesson.day,
        "start": lesson.start,
        "end": lesson.end,
        "place": lesson.place,
        "facilitator_id": lesson.facilitator_id,
    }


class CancelForm(FlaskForm):
    by = RadioField(
        _("Chi annulla"),
        validate_choice=False,
        validators=[Chosen(_("Di’ chi annulla: la scuola o chi conduce."))],
    )
    reason = TextAreaField(
        _("Motivo"),
        filters=[stripped],
        validators=[Filled(_("Scrivi il motivo in poche parole.")), Length(max=200, message=_TOO_LONG)],
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.by.choices = _choices(
            (by.value, _(CANCELLED_BY_NAMES[by])) for by in (CancelledBy.SCHOOL, CancelledBy.FACILITATOR)
        )


class ClosureForm(FlaskForm):
    institute_id = SelectField(
        _("Scuola"), coerce=chosen_number, validate_choice=False, validators=[Filled(_("Scegli la scuola."))]
    )
    first_day = DayField(_("Dal"), validators=[Filled(_("Scrivi il giorno della chiusura."))])
    last_day = DayField(_("Al"))
    name = StringField(
        _("Motivo"),
        filters=[stripped],
        validators=[
            Filled(_("Scrivi il motivo in poche parole, per esempio «Elezioni».")),
            Length(max=80, message=_TOO_LONG),
        ],
    )

    def __init__(self, *, institutes: Choices, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.institute_id.choices = _choices(institutes)
        if len(institutes) == 1:
            self.institute_id.data = institutes[0][0]
