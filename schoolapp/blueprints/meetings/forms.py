"""The shape of what is typed about requests for a mediator."""

from collections.abc import Sequence
from typing import Any, TypeVar

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from schoolapp.blueprints.pupils.forms import WholeField, class_choices, whole
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.meeting_wishes import MOST_SLOTS, PARTICIPANT_NAMES, MeetingWish, Participant, Slot
from schoolapp.domain.meetings import (
    MEETING_MODE_NAMES,
    MEETING_REASON_NAMES,
    REASONS_OF,
    InvitedBy,
    MeetingContext,
    MeetingMode,
    MeetingReason,
    invited_by_names,
)
from schoolapp.domain.wording import N_
from schoolapp.queries.budgets import BudgetLine
from schoolapp.queries.meetings import MeetingCard
from schoolapp.queries.school_classes import ClassChoice
from schoolapp.web.formats import hours, hours_in_words
from schoolapp.web.forms import UNSEEN, Chosen, ClockField, DayField, Filled, SelectChoice, SelectField, stripped
from schoolapp.web.name_fields import language_field, usual_language_field
from schoolapp.web.translations import lazy_gettext as _

Word = TypeVar("Word", MeetingReason, MeetingMode, InvitedBy)

LENGTHS = (30, 45, 60, 90, 120, 180, 240, 300, 360)
USUAL_LENGTH = 60
SAME = "same"


class SlotsForm(FlaskForm):
    """One to three times, each a day and an hour; an empty one does not exist."""

    slot1_day = DayField(_("Giorno 1"))
    slot1_start = ClockField(_("Ora 1"))
    slot2_day = DayField(_("Giorno 2"))
    slot2_start = ClockField(_("Ora 2"))
    slot3_day = DayField(_("Giorno 3"))
    slot3_start = ClockField(_("Ora 3"))

    def slots(self) -> tuple[Slot, ...]:
        """Raises RuleViolation where a day has no hour or an hour no day."""
        found = []
        for number in range(1, MOST_SLOTS + 1):
            day, start = self[f"slot{number}_day"].data, self[f"slot{number}_start"].data
            if day is None and start is None:
                continue
            if start is None:
                raise RuleViolation(N_("Scrivi anche l’ora, per esempio 16:30."), field=f"slot{number}_start")
            if day is None:
                raise RuleViolation(N_("Scrivi anche il giorno."), field=f"slot{number}_day")
            found.append(Slot(day, start))
        return tuple(found)


class StepForm(SlotsForm):
    """The button pressed says the step; reason and times go with some of them."""

    action = StringField(UNSEEN)
    version = StringField(UNSEEN)
    reason = TextAreaField(_("Motivo"), filters=[stripped])

    @property
    def read_version(self) -> int | None:
        return whole(self.version.data)


class MeetingForm(SlotsForm):
    """A request of a school or of a service: each sees only the fields of its own."""

    version = StringField(UNSEEN)
    reason = SelectField(_("Motivo"), validate_choice=False, validators=[Chosen(_("Scegli il motivo dall’elenco."))])
    class_id = SelectField(_("Classe"), coerce=whole, validate_choice=False)
    case_code = StringField(_("Codice del caso"), filters=[stripped])
    families = WholeField(_("Quante famiglie aspettate"))
    language = language_field(_("Lingua"))
    second_language = usual_language_field(_("Va bene anche"))
    mode = RadioField(_("Come"), validate_choice=False, validators=[Filled(_("Scegli come."))])
    minutes = SelectField(
        _("Durata"), coerce=whole, validate_choice=False, validators=[Filled(_("Scegli la durata dall’elenco."))]
    )
    place = StringField(_("Luogo"), filters=[stripped])
    same_mediator = SelectField(_("Mediatore"), validate_choice=False)
    gender_wanted = SelectField(_("Preferenza"), validate_choice=False)
    participants = SelectMultipleField(
        _("Chi ci sarà, con la famiglia?"),
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    invited_by = RadioField(_("Chi la invita?"), validate_choice=False, validators=[Filled(_("Scegli chi la invita."))])
    note = TextAreaField(_("Nota per chi organizza"), filters=[stripped])
    budget_id = SelectField(_("Monte ore"), coerce=whole, validate_choice=False)

    def __init__(
        self,
        *,
        context: MeetingContext,
        assembly: bool,
        classes: Sequence[ClassChoice] = (),
        budgets: Sequence[BudgetLine] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.context = context
        self.assembly = assembly
        school = context is MeetingContext.SCHOOL
        if school:
            del self.case_code
            reasons = [each for each in REASONS_OF[context] if (each is MeetingReason.CLASS_ASSEMBLY) is assembly]
        else:
            reasons = list(REASONS_OF[context])
        if not (school and assembly):
            del self.class_id
        else:
            self.class_id.choices = class_choices(classes, gettext("scegli la classe"))
        if context is MeetingContext.SOCIAL or (school and not assembly):
            del self.families
        if not school:
            del self.participants
        self._offer(reasons)
        if len(budgets) > 1:
            self.budget_id.choices = [
                SelectChoice(
                    str(line.id),
                    gettext("%(line)s: restano %(left)s", line=line.funding_line, left=hours(line.figure.left)),
                )
                for line in budgets
            ]
        else:
            del self.budget_id

    def _offer(self, reasons: Sequence[MeetingReason]) -> None:
        self.reason.choices = [SelectChoice(each.value, gettext(MEETING_REASON_NAMES[each])) for each in reasons]
        if len(reasons) > 1:
            self.reason.choices.insert(0, SelectChoice("", gettext("scegli il motivo")))
        self.mode.choices = [SelectChoice(each.value, gettext(name)) for each, name in MEETING_MODE_NAMES.items()]
        lengths = sorted({*LENGTHS, self.minutes.data or USUAL_LENGTH})
        self.minutes.choices = [SelectChoice(str(each), hours_in_words(each)) for each in lengths]
        self.same_mediator.choices = [
            SelectChoice("", gettext("Chi è libero")),
            SelectChoice(SAME, gettext("Lo stesso di prima, se può")),
        ]
        self.gender_wanted.choices = [
            SelectChoice("", gettext("Nessuna")),
            SelectChoice("F", gettext("Una donna")),
            SelectChoice("M", gettext("Un uomo")),
        ]
        self.invited_by.choices = [
            SelectChoice(each.value, gettext(name)) for each, name in invited_by_names(self.context).items()
        ]
        if "participants" in self:
            names = {**PARTICIPANT_NAMES, Participant.REQUESTER: N_("Io")}
            self.participants.choices = [SelectChoice(each.value, gettext(name)) for each, name in names.items()]

    @property
    def read_version(self) -> int:
        """The version the person read; one that never was where the form does not say."""
        found = whole(self.version.data)
        return -1 if found is None else found

    def _get(self, name: str) -> Any:
        return self[name].data if name in self else None

    def wish(self, *, pupil_id: int | None, budgets: Sequence[BudgetLine]) -> MeetingWish:
        """What was typed. Raises RuleViolation where a word is none of ours."""
        budget_id = self._get("budget_id") or (budgets[0].id if budgets else None)
        return MeetingWish(
            reason=_word(MeetingReason, self.reason.data, "reason"),
            language=self.language.data or "",
            second_language=self.second_language.data or None,
            minutes=self.minutes.data or 0,
            mode=_word(MeetingMode, self.mode.data, "mode"),
            invited_by=_word(InvitedBy, self.invited_by.data, "invited_by"),
            slots=self.slots(),
            place=self.place.data or "",
            participants=tuple(each for each in Participant if each.value in (self._get("participants") or [])),
            same_mediator=self.same_mediator.data == SAME,
            gender_wanted=self.gender_wanted.data if self.gender_wanted.data in {"F", "M"} else None,
            note=self.note.data or "",
            pupil_id=pupil_id,
            class_id=self._get("class_id"),
            case_code=self._get("case_code") or None,
            families=self._get("families"),
            budget_id=budget_id,
        )


def values_of(card: MeetingCard, class_id: int | None) -> dict[str, Any]:
    """A request as the form shows it for change."""
    slots: dict[str, Any] = {}
    for number, slot in enumerate(card.slots, 1):
        slots |= {f"slot{number}_day": slot.day, f"slot{number}_start": slot.start}
    return {
        "version": str(card.version),
        "reason": card.reason.value,
        "class_id": class_id,
        "case_code": card.case_code,
        "families": card.families,
        "language": card.language,
        "second_language": card.second_language,
        "mode": card.mode.value,
        "minutes": card.minutes,
        "place": card.place,
        "same_mediator": SAME if card.same_mediator else "",
        "gender_wanted": card.gender_wanted or "",
        "participants": [each.value for each in card.participants],
        "invited_by": card.invited_by.value,
        "note": card.note,
        "budget_id": card.budget_id,
        **slots,
    }


def _word(kind: type[Word], value: str | None, field: str) -> Word:
    try:
        return kind(value or "")
    except ValueError:
        raise RuleViolation(N_("Scegli una voce dell’elenco."), field=field) from None
