"""The shape of what is typed about referrals."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext, ngettext
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TextAreaField

from schoolapp.domain.referral import ReferralAction
from schoolapp.domain.workshops import WORKSHOP_KIND_NAMES, WorkshopKind
from schoolapp.queries.enrolments import Places
from schoolapp.web.forms import UNSEEN, Filled, SelectChoice, SelectField, stripped
from schoolapp.web.translations import lazy_gettext as _


class ReferralForm(FlaskForm):
    wanted_kind = RadioField(
        _("Che laboratorio serve?"), validate_choice=False, validators=[Filled(_("Scegli il tipo di laboratorio."))]
    )
    note = TextAreaField(_("Nota per chi decide"), filters=[stripped])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.wanted_kind.choices = [
            SelectChoice(kind.value, gettext(name)) for kind, name in WORKSHOP_KIND_NAMES.items()
        ]

    @property
    def chosen_kind(self) -> WorkshopKind | None:
        return WorkshopKind(self.wanted_kind.data) if self.wanted_kind.data in set(WorkshopKind) else None


class DecisionForm(FlaskForm):
    """The button pressed says the action."""

    action = StringField(UNSEEN)
    why = TextAreaField(_("Motivo"), filters=[stripped])

    @property
    def chosen_action(self) -> ReferralAction | None:
        return ReferralAction(self.action.data) if self.action.data in set(ReferralAction) else None


class AssignForm(FlaskForm):
    """Where to enrol the pupil; the enrolment itself is on its own page."""

    class Meta:
        csrf = False

    workshop = SelectField(_("Laboratorio"), validate_choice=False)

    def __init__(self, workshops: Sequence[Places], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.workshop.choices = [
            SelectChoice(str(item.workshop_id), f"{item.title} · {item.site_name} · {_places(item)}")
            for item in workshops
        ]


def _places(item: Places) -> str:
    if not item.free:
        return str(gettext("pieno"))
    return str(ngettext("1 posto libero", "%(num)s posti liberi", item.free))
