"""Levels of a workshop or of a school as rows: one a pupil, moment and skill side by side, and the sums apart."""

from schoolapp.domain.assessment import LITERACY_NAMES, MOMENT_NAMES, Moment
from schoolapp.domain.findings import Finding
from schoolapp.domain.level_tables import LevelLine, LevelsTable
from schoolapp.domain.levels import LEVEL_NAMES, SKILL_NAMES, Level, Skill
from schoolapp.domain.profiles import Profile
from schoolapp.exchange.sheets import Cell, Sheet, sheet_csv, workbook

NOT_ASSESSED = "non valutata"
_ANSWERS = {True: "sì", False: "no", None: "non calcolabile"}


def levels_csv(table: LevelsTable) -> bytes:
    return sheet_csv(_pupils(table))


def levels_xlsx(table: LevelsTable) -> bytes:
    """Two sheets: «Livelli» with a row a pupil, «Riepilogo» with the sums."""
    title = f"Livelli: {table.title}" if table.title else f"Livelli dell’anno {table.school_year}"
    return workbook([_pupils(table), _sums(table)], title=title, author=table.institute, read_at=table.read_at)


def _pupils(table: LevelsTable) -> Sheet:
    columns = [
        f"{MOMENT_NAMES[moment].capitalize()}: {name}"
        for moment in Moment
        for name in ("giorno", *SKILL_NAMES.values(), "complessivo", "leggere e scrivere")
    ]
    return Sheet(
        "Livelli",
        ("Cognome e nome", "Classe", *columns, "Almeno un livello in più", "Perché"),
        tuple(_row(line) for line in table.lines),
    )


def _row(line: LevelLine) -> tuple[Cell, ...]:
    cells = [cell for moment in Moment for cell in _profile(line.at(moment))]
    found = line.history.improvement
    return (line.name, line.school_class, *cells, _answer(found), str(found.reason))


def _profile(profile: Profile | None) -> tuple[Cell, ...]:
    if profile is None:
        return (None, *[NOT_ASSESSED] * len(Skill), None, None)
    return (
        profile.day,
        *(LEVEL_NAMES[profile.levels[skill]] if skill in profile.levels else NOT_ASSESSED for skill in Skill),
        LEVEL_NAMES[profile.overall] if profile.overall else None,
        LITERACY_NAMES[profile.literacy] if profile.literacy else "non indicato",
    )


def _answer(found: Finding) -> str:
    return _ANSWERS[found.answer]


def _sums(table: LevelsTable) -> Sheet:
    counts = {moment: table.overall_levels(moment) for moment in Moment}
    rows: list[tuple[Cell, ...]] = [
        (LEVEL_NAMES[level], *(counts[moment][level] for moment in Moment)) for level in Level
    ]
    rows += [
        ("Alunni", len(table.lines), None, None),
        ("Almeno un livello in più", table.improved, None, None),
        ("Nessun livello in più", table.not_improved, None, None),
        ("Non calcolabile: manca l’ingresso o una valutazione dopo", table.not_comparable, None, None),
        ("Dati letti il", table.on, None, None),
    ]
    heads = (name.capitalize() for name in MOMENT_NAMES.values())
    return Sheet("Riepilogo", ("Livello complessivo", *heads), tuple(rows))
