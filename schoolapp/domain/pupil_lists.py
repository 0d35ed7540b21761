"""A school's own list of pupils: which facts a column may hold, and what a line becomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from schoolapp.domain.search_keys import search_key
from schoolapp.domain.wording import N_, Sentence


class Field(StrEnum):
    """What a column holds. The order is the one in which a form offers them."""

    FULL_NAME = "full_name"
    FULL_NAME_FIRST = "full_name_first"
    LAST_NAME = "last_name"
    FIRST_NAME = "first_name"
    SEX = "sex"
    BIRTH_DATE = "birth_date"
    BIRTH_PLACE = "birth_place"
    CITIZENSHIP = "citizenship"
    SECOND_CITIZENSHIP = "second_citizenship"
    SITE_CODE = "site_code"
    SITE_NAME = "site_name"
    CLASS_NAME = "class_name"
    SECTION = "section"
    ARRIVAL = "arrival"
    FIRST_ENROLMENT = "first_enrolment"
    YEARS_ABROAD = "years_abroad"
    HOME_LANGUAGES = "home_languages"
    OTHER_LANGUAGES = "other_languages"
    LETTERS_LANGUAGE = "letters_language"
    MEDIATOR_NEEDED = "mediator_needed"
    MEDIATOR_LANGUAGE = "mediator_language"
    CONTACT_NAME = "contact_name"
    CONTACT_PHONE = "contact_phone"
    TAX_CODE = "tax_code"


FIELD_NAMES: dict[Field, str] = {
    Field.FULL_NAME: N_("Cognome e nome"),
    Field.FULL_NAME_FIRST: N_("Nome e cognome"),
    Field.LAST_NAME: N_("Cognome"),
    Field.FIRST_NAME: N_("Nome"),
    Field.SEX: N_("Sesso"),
    Field.BIRTH_DATE: N_("Data di nascita"),
    Field.BIRTH_PLACE: N_("Luogo di nascita"),
    Field.CITIZENSHIP: N_("Cittadinanza"),
    Field.SECOND_CITIZENSHIP: N_("Seconda cittadinanza"),
    Field.SITE_CODE: N_("Codice del plesso"),
    Field.SITE_NAME: N_("Plesso"),
    Field.CLASS_NAME: N_("Classe"),
    Field.SECTION: N_("Sezione"),
    Field.ARRIVAL: N_("In Italia da (mese)"),
    Field.FIRST_ENROLMENT: N_("Prima iscrizione in una scuola italiana"),
    Field.YEARS_ABROAD: N_("Anni di scuola all’estero"),
    Field.HOME_LANGUAGES: N_("Lingua di casa"),
    Field.OTHER_LANGUAGES: N_("Altre lingue di casa"),
    Field.LETTERS_LANGUAGE: N_("Lingua delle lettere"),
    Field.MEDIATOR_NEEDED: N_("Serve il mediatore"),
    Field.MEDIATOR_LANGUAGE: N_("Lingua del mediatore"),
    Field.CONTACT_NAME: N_("Contatto: nome"),
    Field.CONTACT_PHONE: N_("Contatto: telefono"),
    Field.TAX_CODE: N_("Codice fiscale (non lo salviamo)"),
}

NAME_FIELDS = frozenset({Field.FULL_NAME, Field.FULL_NAME_FIRST, Field.LAST_NAME, Field.FIRST_NAME})


class DoubtKind(StrEnum):
    """A question that only the school can answer."""

    NAME_ORDER = "name_order"
    ONE_NAME = "one_name"
    SITE = "site"
    CLASS = "class"
    COUNTRY = "country"
    LANGUAGE = "language"
    SAME_PUPIL = "same_pupil"


@dataclass(frozen=True)
class Doubt:
    """A question about what a line says. Lines that ask the same thing have the same `key`, and one answer settles all.

    `suggestion` is what we would answer (a country's or language's code, how many words the last name has).
    """

    kind: DoubtKind
    text: str
    sentence: Sentence
    suggestion: str | None = None
    site_id: int | None = None

    @property
    def key(self) -> str:
        return doubt_key(self.kind, self.text, self.site_id)


def doubt_key(kind: DoubtKind, text: str, site_id: int | None = None) -> str:
    """The name under which an answer is kept: "language:moldavo", "class:12:2d"."""
    place = "" if site_id is None else f"{site_id}:"
    return f"{kind}:{place}{search_key(text)}"


LEAVE_EMPTY = ""
"""The answer "it says nothing": the fact stays unknown."""
CREATE = "new"
"""The answer "make it": for a plesso or a class the school does not have yet, for a pupil who is another one."""
SKIP_LINE = "skip"
"""The answer "leave this line out"."""
KEEP = "keep"


@dataclass(frozen=True)
class KnownSite:
    id: int
    name: str
    code: str | None = None


@dataclass(frozen=True)
class KnownClass:
    id: int
    site_id: int
    name: str


@dataclass(frozen=True)
class Vocabulary:
    """What the school has and what it has already answered (`decisions`: key of a doubt → answer)."""

    sites: tuple[KnownSite, ...] = ()
    classes: tuple[KnownClass, ...] = ()
    decisions: Mapping[str, str] = field(default_factory=dict)
    first_names: frozenset[str] = frozenset()
    last_names: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ParsedRow:
    """One pupil of the list. None, and an empty tuple, mean that the list says nothing about it.

    `create_site` names a plesso to be made, `create_class` says that the class is: `site_id` is then below zero, one
    number a new plesso.
    """

    line: int
    last_name: str
    first_name: str
    sex: str | None = None
    birth_date: date | None = None
    birth_place: str | None = None
    citizenships: tuple[str, ...] = ()
    site_id: int | None = None
    create_site: str | None = None
    class_name: str | None = None
    class_id: int | None = None
    create_class: bool = False
    arrival_month: date | None = None
    first_enrolment: date | None = None
    years_abroad: int | None = None
    home_languages: tuple[str, ...] = ()
    letters_language: str | None = None
    mediator_needed: bool | None = None
    mediator_language: str | None = None
    contact_name: str | None = None
    contact_phones: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class LineError:
    """A line that cannot be brought in: why, which fact, and what stands there."""

    line: int
    sentence: Sentence
    raw: str
    field: Field | None = None


@dataclass(frozen=True)
class SkippedLine:
    """A line that is no pupil (a total, a footer, a heading again, a repetition): shown, so that nothing is lost."""

    line: int
    raw: str
    reason: Sentence


@dataclass(frozen=True)
class ParsedList:
    rows: tuple[ParsedRow, ...]
    errors: tuple[LineError, ...]
    skipped: tuple[SkippedLine, ...]
