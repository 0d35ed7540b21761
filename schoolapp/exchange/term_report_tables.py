"""The tables of a term report: sheets of one workbook, or a CSV file each."""

from enum import StrEnum
from typing import Final

from schoolapp.domain.wording import N_


class Table(StrEnum):
    """The value stands in addresses."""

    FACTS = "facts"
    WORKSHOPS = "workshops"
    CLASSES = "classes"
    LESSONS = "lessons"
    LEVELS = "levels"
    SHEETS = "sheets"
    SKILLS = "skills"
    MONTHS = "months"
    WORDS = "words"
    MISSING = "missing"


TABLE_NAMES: Final[dict[Table, str]] = {
    Table.FACTS: N_("Dati"),
    Table.WORKSHOPS: N_("Laboratori"),
    Table.CLASSES: N_("Classi"),
    Table.LESSONS: N_("Lezioni"),
    Table.LEVELS: N_("Livelli"),
    Table.SHEETS: N_("Schede"),
    Table.SKILLS: N_("Abilità"),
    Table.MONTHS: N_("Mesi"),
    Table.WORDS: N_("Parole"),
    Table.MISSING: N_("Che cosa manca"),
}

SCHOOL_TABLES: Final = (Table.FACTS, Table.WORKSHOPS, Table.CLASSES, Table.LEVELS, Table.MISSING)
WORKSHOP_TABLES: Final = (Table.FACTS, Table.LESSONS, Table.LEVELS, Table.WORDS, Table.MISSING)
PUPIL_TABLES: Final = (Table.SHEETS, Table.SKILLS, Table.MONTHS, Table.WORDS, Table.MISSING)
"""In the order of the workbook."""
