"""Levels of one pupil as rows: the table over time, each assessment with its evidence, and what follows from them."""

from collections.abc import Mapping

from schoolapp.domain.assessment import ASSESSMENT_STATE_NAMES, LITERACY_NAMES, MOMENT_NAMES
from schoolapp.domain.assessment_sheets import KeptAssessment
from schoolapp.domain.descriptors import by_code
from schoolapp.domain.level_tables import PupilLevels
from schoolapp.domain.levels import LEVEL_NAMES, SKILL_NAMES, Level, Skill
from schoolapp.domain.profiles import Profile
from schoolapp.domain.workshops import WORKSHOP_KIND_NAMES
from schoolapp.exchange.levels import ANSWERS, NOT_ASSESSED
from schoolapp.exchange.sheets import Cell, Sheet, sheet_csv, workbook

_NOT_SAID = "non indicato"


def pupil_levels_csv(pupil: PupilLevels) -> bytes:
    """A row for each assessment, drafts too, with its evidence."""
    return sheet_csv(_assessments(pupil))


def pupil_levels_xlsx(pupil: PupilLevels) -> bytes:
    """Three sheets: «Livelli nel tempo» as on the page, «Valutazioni» as in the CSV, «Riepilogo»."""
    sheets = [_over_time(pupil), _assessments(pupil), _summary(pupil)]
    return workbook(sheets, title=f"Livelli di {pupil.name}", author=pupil.institute, read_at=pupil.read_at)


def _over_time(pupil: PupilLevels) -> Sheet:
    profiles = pupil.history.profiles
    rows: list[tuple[Cell, ...]] = [
        (SKILL_NAMES[skill], *(_level(profile.levels, skill) for profile in profiles)) for skill in SKILL_NAMES
    ]
    rows.append(("Complessivo", *(_overall(profile) for profile in profiles)))
    heads = (f"{MOMENT_NAMES[each.moment].capitalize()} {each.day:%d/%m/%Y}" for each in profiles)
    return Sheet("Livelli nel tempo", ("Abilità", *heads), tuple(rows))


def _level(levels: Mapping[Skill, Level], skill: Skill) -> str:
    return LEVEL_NAMES[levels[skill]] if skill in levels else NOT_ASSESSED


def _overall(profile: Profile) -> str:
    return LEVEL_NAMES[profile.overall] if profile.overall else "non calcolato"


def _assessments(pupil: PupilLevels) -> Sheet:
    headings = (
        "Cognome e nome",
        "Classe",
        "Momento",
        "Giorno",
        "Stato",
        *SKILL_NAMES.values(),
        "Complessivo",
        "Perché questo livello",
        "Leggere e scrivere",
        "Che cosa sa fare",
        "Nota",
        "Chi valuta",
    )
    return Sheet("Valutazioni", headings, tuple(_assessment(pupil, item) for item in pupil.assessments))


def _assessment(pupil: PupilLevels, item: KeptAssessment) -> tuple[Cell, ...]:
    facts = item.facts
    seen = [each.text for code, each in by_code(item.scale_version).items() if code in facts.descriptors]
    return (
        pupil.name,
        pupil.school_class,
        MOMENT_NAMES[item.moment],
        facts.day,
        ASSESSMENT_STATE_NAMES[item.state],
        *(_level(facts.levels, skill) for skill in SKILL_NAMES),
        LEVEL_NAMES[facts.overall] if facts.overall else "non calcolato",
        facts.overall_why,
        LITERACY_NAMES[facts.literacy] if facts.literacy else _NOT_SAID,
        " ".join(seen),
        facts.note,
        item.assessor,
    )


def _summary(pupil: PupilLevels) -> Sheet:
    improvement, placement = pupil.history.latest_year.improvement, pupil.placement
    if placement.kind is None or placement.level is None:
        suggested = "non serve un laboratorio" if placement.known else "non si può ancora dire"
    elif placement.literacy_first:
        suggested = f"{WORKSHOP_KIND_NAMES[placement.kind]}, gruppo che impara a leggere e scrivere"
    else:
        suggested = f"{WORKSHOP_KIND_NAMES[placement.kind]}, gruppo verso {LEVEL_NAMES[placement.level]}"
    rows: tuple[tuple[Cell, ...], ...] = (
        ("Alunno", pupil.name, ""),
        ("Classe", pupil.school_class, pupil.site),
        (
            f"Almeno un livello in più nell’anno {pupil.history.label}".strip(),
            ANSWERS[improvement.answer],
            str(improvement.reason),
        ),
        ("Il gruppo adatto", suggested, "; ".join(map(str, placement.reasons))),
        ("Dati letti il", pupil.on, ""),
    )
    return Sheet("Riepilogo", ("Voce", "Valore", "Perché"), rows)
