"""Assessment of a pupil's Italian: when it is done, how far it is, and literacy as a fact of its own."""

from enum import StrEnum

from schoolapp.domain.wording import N_


class Moment(StrEnum):
    """In the order of a school year."""

    ENTRY = "entry"
    INTERMEDIATE = "intermediate"
    FINAL = "final"


MOMENT_NAMES: dict[Moment, str] = {
    Moment.ENTRY: N_("ingresso"),
    Moment.INTERMEDIATE: N_("intermedia"),
    Moment.FINAL: N_("finale"),
}


class AssessmentState(StrEnum):
    DRAFT = "draft"
    COMPLETE = "complete"
    SHARED = "shared"
    """The class council reads it."""


ASSESSMENT_STATE_NAMES: dict[AssessmentState, str] = {
    AssessmentState.DRAFT: N_("In compilazione"),
    AssessmentState.COMPLETE: N_("Completata"),
    AssessmentState.SHARED: N_("Condivisa con il consiglio di classe"),
}


class Literacy(StrEnum):
    """What a pupil reads. Who reads no alphabet (ALFA) is not a reader at Pre-A1: they learn something else first."""

    ALFA = "alfa"
    OTHER_ALPHABET = "other_alphabet"
    LATIN = "latin"


LITERACY_NAMES: dict[Literacy, str] = {
    Literacy.ALFA: N_("Non legge ancora in nessuna lingua (ALFA)"),
    Literacy.OTHER_ALPHABET: N_("Legge, in un altro alfabeto"),
    Literacy.LATIN: N_("Legge l’alfabeto latino"),
}
