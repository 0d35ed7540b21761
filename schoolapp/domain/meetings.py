"""Mediated meetings: what is asked, for whom, and in which words. Who may do what next is in `meeting_steps.py`."""

from datetime import date
from enum import StrEnum

from schoolapp.domain.wording import N_


class MeetingContext(StrEnum):
    """The plan's four places of mediation. Only the school's names a pupil."""

    SCHOOL = "school"
    SOCIAL = "social"
    DESK = "desk"
    HEALTH = "health"


MEETING_CONTEXT_NAMES: dict[MeetingContext, str] = {
    MeetingContext.SCHOOL: N_("Scuola"),
    MeetingContext.SOCIAL: N_("Servizio sociale"),
    MeetingContext.DESK: N_("Sportello informativo"),
    MeetingContext.HEALTH: N_("Servizio sanitario"),
}


class MeetingReason(StrEnum):
    """A closed list: a free reason is where health and family facts would be written."""

    WELCOME = "welcome"
    TALK = "talk"
    REPORT_CARD = "report_card"
    ORIENTATION = "orientation"
    PERSONAL_PLAN = "personal_plan"
    CLASS_ASSEMBLY = "class_assembly"
    ATTENDANCE = "attendance"
    MOTHER_TONGUE = "mother_tongue"
    PHONE_CALL = "phone_call"
    TRANSLATION = "translation"
    CHILD_PROTECTION = "child_protection"
    FRAGILITY = "fragility"
    JOB_PLACEMENT = "job_placement"
    DESK = "desk"
    VACCINATION = "vaccination"


MEETING_REASON_NAMES: dict[MeetingReason, str] = {
    MeetingReason.WELCOME: N_("Prima accoglienza"),
    MeetingReason.TALK: N_("Colloquio scuola–famiglia"),
    MeetingReason.REPORT_CARD: N_("Consegna della valutazione"),
    MeetingReason.ORIENTATION: N_("Orientamento"),
    MeetingReason.PERSONAL_PLAN: N_("Piano personalizzato"),
    MeetingReason.CLASS_ASSEMBLY: N_("Assemblea di classe"),
    MeetingReason.ATTENDANCE: N_("Frequenza a scuola"),
    MeetingReason.MOTHER_TONGUE: N_("Valutazione in lingua madre"),
    MeetingReason.PHONE_CALL: N_("Telefonata mediata"),
    MeetingReason.TRANSLATION: N_("Traduzione di un documento"),
    MeetingReason.CHILD_PROTECTION: N_("Tutela minori"),
    MeetingReason.FRAGILITY: N_("Fragilità sociale"),
    MeetingReason.JOB_PLACEMENT: N_("Inserimento lavorativo"),
    MeetingReason.DESK: N_("Sportello"),
    MeetingReason.VACCINATION: N_("Vaccinazioni"),
}

REASONS_OF: dict[MeetingContext, tuple[MeetingReason, ...]] = {
    MeetingContext.SCHOOL: tuple(MeetingReason)[:10],
    MeetingContext.SOCIAL: (MeetingReason.CHILD_PROTECTION, MeetingReason.FRAGILITY, MeetingReason.JOB_PLACEMENT),
    MeetingContext.DESK: (MeetingReason.DESK,),
    MeetingContext.HEALTH: (MeetingReason.VACCINATION,),
}


class MeetingMode(StrEnum):
    IN_PLACE = "in_place"
    PHONE = "phone"
    VIDEO = "video"


MEETING_MODE_NAMES: dict[MeetingMode, str] = {
    MeetingMode.IN_PLACE: N_("Di persona"),
    MeetingMode.PHONE: N_("Al telefono"),
    MeetingMode.VIDEO: N_("In video"),
}


class InvitedBy(StrEnum):
    """Who tells the family; the mediator's call is work of its own."""

    MEDIATOR = "mediator"
    REQUESTER = "requester"


def invited_by_names(context: MeetingContext) -> dict[InvitedBy, str]:
    """Letters are about a pupil: a service that invites does it in its own way."""
    return {
        InvitedBy.MEDIATOR: N_("Il mediatore, per telefono"),
        InvitedBy.REQUESTER: N_("Chi chiede, con la lettera") if context is MeetingContext.SCHOOL else N_("Chi chiede"),
    }


def request_label(year_starts: date, number: int) -> str:
    """2026-118: the request's name on the phone, in a subject, in a calendar."""
    return f"{year_starts.year}-{number}"


class AppointmentState(StrEnum):
    """What became of the time that a mediator was asked for."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    CANCELLED = "cancelled"


APPOINTMENT_STATE_NAMES: dict[AppointmentState, str] = {
    AppointmentState.PROPOSED: N_("in attesa di risposta"),
    AppointmentState.CONFIRMED: N_("confermato"),
    AppointmentState.DECLINED: N_("rifiutato"),
    AppointmentState.CANCELLED: N_("annullato"),
}


OPEN_APPOINTMENTS = (AppointmentState.PROPOSED, AppointmentState.CONFIRMED)
"""Those that take the mediator's time."""


class LanguageLevel(StrEnum):
    """How well a mediator speaks a language."""

    MOTHER_TONGUE = "mother_tongue"
    FLUENT = "fluent"
    BASIC = "basic"


LANGUAGE_LEVEL_NAMES: dict[LanguageLevel, str] = {
    LanguageLevel.MOTHER_TONGUE: N_("lingua madre"),
    LanguageLevel.FLUENT: N_("parlata bene"),
    LanguageLevel.BASIC: N_("parlata un po’"),
}
