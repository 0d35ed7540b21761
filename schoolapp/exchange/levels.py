"""Levels of a workshop or of a school as rows: one a pupil, moment and skill side by side, and the sums apart."""

from collections.abc import Sequence

from schoolapp.domain.assessment import ASSESSMENT_STATE_NAMES, LITERACY_NAMES, MOMENT_NAMES, Moment
from schoolapp.domain.assessment_sheets import WorkshopProgress
from schoolapp.domain.findings import Finding
from schoolapp.domain.level_tables import LevelLine, LevelsTable, MomentState
from schoolapp.domain.levels import LEVEL_NAMES, SKILL_NAMES, Level, Skill
from schoolapp.domain.profiles import Profile
from schoolapp.exchange.sheets import Cell, Sheet, sheet_csv, workbook

NOT_ASSESSED = "non valutata"
NOT_BEGUN = "da fare"
ANSWERS = {True: "sì", False: "no", None: "non calcolabile"}


def levels_csv(table: LevelsTable) -> bytes:
    return sheet_csv(_pupils(table))


def levels_xlsx(table: LevelsTable, workshops: Sequence[WorkshopProgress] = ()) -> bytes:
    """«Livelli» with a row a pupil, «Riepilogo» with the sums; «Laboratori», how far they are, where there are any."""
    title = f"Livelli: {table.title}" if table.title else f"Livelli dell’anno {table.school_year}"
    sheets = [_pupils(table), _sums(table), *([_progress(workshops)] if workshops else [])]
    return workbook(sheets, title=title, author=table.institute, read_at=table.read_at)


def progress_csv(workshops: Sequence[WorkshopProgress]) -> bytes:
    """How far the assessments of each workshop are, on the pupils enrolled today."""
    return sheet_csv(_progress(workshops))


def _pupils(table: LevelsTable) -> Sheet:
    columns = [
        f"{MOMENT_NAMES[moment].capitalize()}: {name}"
        for moment in Moment
        for name in ("stato", "giorno", *SKILL_NAMES.values(), "complessivo", "perché", "leggere e scrivere")
    ]
    return Sheet(
        "Livelli",
        ("Cognome e nome", "Classe", *columns, "Almeno un livello in più", "Perché"),
        tuple(_row(table, line) for line in table.lines),
    )


def _row(table: LevelsTable, line: LevelLine) -> tuple[Cell, ...]:
    states = {moment: table.states.get((line.pupil_id, moment)) for moment in Moment}
    cells = [cell for moment in Moment for cell in _profile(line.at(moment), states[moment])]
    found = line.history.improvement
    return (line.name, line.school_class, *cells, _answer(found), str(found.reason))


def _profile(profile: Profile | None, found: MomentState | None) -> tuple[Cell, ...]:
    state = ASSESSMENT_STATE_NAMES[found.state] if found else NOT_BEGUN
    if profile is None:
        return (state, None, *[NOT_ASSESSED] * len(Skill), None, None, None)
    return (
        state,
        profile.day,
        *(LEVEL_NAMES[profile.levels[skill]] if skill in profile.levels else NOT_ASSESSED for skill in Skill),
        LEVEL_NAMES[profile.overall] if profile.overall else None,
        found.overall_why if found else None,
        LITERACY_NAMES[profile.literacy] if profile.literacy else "non indicato",
    )


def _progress(workshops: Sequence[WorkshopProgress]) -> Sheet:
    moments = [name.capitalize() for name in MOMENT_NAMES.values()]
    headings = (
        "Laboratorio",
        "Plesso",
        "Alunni",
        *moments,
        *(f"In bozza: {each}" for each in moments),
        "Da condividere",
    )
    rows: list[tuple[Cell, ...]] = [
        (
            each.title,
            each.site,
            each.pupils,
            *(each.done[moment] for moment in MOMENT_NAMES),
            *(each.drafts[moment] for moment in MOMENT_NAMES),
            each.to_share,
        )
        for each in workshops
    ]
    return Sheet("Laboratori", headings, tuple(rows))


def _answer(found: Finding) -> str:
    return ANSWERS[found.answer]


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
