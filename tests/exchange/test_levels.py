"""Levels as spreadsheets: the figures of the read model, and nothing that a spreadsheet would run."""

import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import pytest
from python_calamine import CalamineWorkbook

from schoolapp.domain.assessment import AssessmentState, Literacy, Moment
from schoolapp.domain.assessment_sheets import KeptAssessment, SheetFacts, WorkshopProgress
from schoolapp.domain.class_shares import ClassShare, CountedPupil
from schoolapp.domain.descriptors import by_code
from schoolapp.domain.findings import Finding
from schoolapp.domain.level_tables import LevelLine, LevelsTable, MomentState, PupilLevels
from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.placement import suggest_placement
from schoolapp.domain.profile_history import ProfileHistory
from schoolapp.domain.profiles import Profile
from schoolapp.domain.wording import Sentence
from schoolapp.exchange.class_shares import shares_csv, shares_xlsx
from schoolapp.exchange.levels import levels_csv, levels_xlsx, progress_csv
from schoolapp.exchange.pupil_levels import pupil_levels_csv, pupil_levels_xlsx

READ_AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def made(number: int, moment: Moment, day: date, level: Level, **more: Level) -> Profile:
    levels = {**dict.fromkeys(list(Skill)[:5], level), **{Skill(skill): each for skill, each in more.items()}}
    return Profile(number, moment, day, levels, level, Literacy.LATIN if number == 1 else None, 1)


TABLE = LevelsTable(
    title="Italiano per comunicare A1",
    institute="IC Valle",
    school_year="2026/27",
    on=date(2026, 11, 22),
    read_at=READ_AT,
    lines=(
        LevelLine(
            1,
            "=Fall Awa",
            "3C",
            ProfileHistory.of(
                [
                    made(1, Moment.ENTRY, date(2026, 10, 1), Level.PRE_A1),
                    made(2, Moment.INTERMEDIATE, date(2026, 11, 10), Level.A1, study=Level.PRE_A1),
                ]
            ),
        ),
        LevelLine(2, "Ly Hoang", "3C", ProfileHistory.of([made(3, Moment.ENTRY, date(2026, 10, 2), Level.A1)])),
        LevelLine(3, "Zahi Salma", "", ProfileHistory(())),
    ),
    states={
        (1, Moment.ENTRY): MomentState(AssessmentState.COMPLETE, "+ di quanto dica la prova"),
        (1, Moment.INTERMEDIATE): MomentState(AssessmentState.SHARED, ""),
        (2, Moment.ENTRY): MomentState(AssessmentState.SHARED, ""),
        (2, Moment.INTERMEDIATE): MomentState(AssessmentState.DRAFT, ""),
    },
)


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def pupil_levels(name: str = "=Fall Awa") -> PupilLevels:
    """The first pupil of the table, with a draft of a final assessment."""
    history = TABLE.lines[0].history
    facts = SheetFacts(
        day=date(2026, 11, 20),
        levels={Skill.READING: Level.A2},
        descriptors=frozenset({"reading.a2.1"}),
        note="-1 errore: legge bene",
    )
    draft = KeptAssessment(
        id=9,
        pupil_id=1,
        workshop_id=None,
        moment=Moment.FINAL,
        state=AssessmentState.DRAFT,
        scale_version=1,
        version=1,
        facts=facts,
        assessor="Irene Valsecca",
        completed_at=None,
        shared_at=None,
        shared_by=None,
    )
    return PupilLevels(
        name=name,
        school_class="3C",
        site="Primaria",
        institute="IC Valle",
        on=date(2026, 11, 22),
        read_at=READ_AT,
        history=history,
        assessments=(draft,),
        placement=suggest_placement(history.latest, ()),
    )


@pytest.mark.parametrize("start", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_name_of_a_pupil_is_run_by_a_spreadsheet(start: str) -> None:
    line = LevelLine(1, start, start, ProfileHistory(()))
    table = LevelsTable(title=None, institute="IC", school_year="2026/27", on=TABLE.on, read_at=READ_AT, lines=(line,))
    progress = WorkshopProgress(1, start, start, 0, dict.fromkeys(Moment, 0), dict.fromkeys(Moment, 0), 0)
    for content in (levels_csv(table), pupil_levels_csv(pupil_levels(start)), progress_csv([progress])):
        assert read_csv(content)[1][0] == f"'{start}"
        assert read_csv(content)[1][1] in {f"'{start}", "3C"}
    book = CalamineWorkbook.from_filelike(BytesIO(pupil_levels_xlsx(pupil_levels(start))))
    assert book.get_sheet_by_name("Valutazioni").to_python()[1][0] == f"'{start}"


def test_the_file_of_a_pupil_says_what_the_page_says() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(pupil_levels_xlsx(pupil_levels())))
    over_time = book.get_sheet_by_name("Livelli nel tempo").to_python(skip_empty_area=False)
    assert over_time[0] == ["Abilità", "Ingresso 01/10/2026", "Intermedia 10/11/2026"]
    assert over_time[1] == ["Ascolto", "Pre-A1", "A1"]
    assert over_time[6] == ["Lingua dello studio", "non valutata", "Pre-A1"]
    assert over_time[7] == ["Complessivo", "Pre-A1", "A1"]
    kept = dict(zip(*read_csv(pupil_levels_csv(pupil_levels())), strict=True))
    assert (kept["Stato"], kept["Lettura"], kept["Ascolto"]) == ("In compilazione", "A2", "non valutata")
    assert kept["Che cosa sa fare"] == by_code()["reading.a2.1"].text
    assert (kept["Complessivo"], kept["Nota"]) == ("non calcolato", "'-1 errore: legge bene")
    summary = {row[0]: row[1:] for row in book.get_sheet_by_name("Riepilogo").to_python(skip_empty_area=False)}
    assert summary["Almeno un livello in più nell’anno 2026/27"] == ["sì", "da Pre-A1 a A1"]
    assert summary["Il gruppo adatto"] == ["Italiano per comunicare, gruppo verso A2", "livello complessivo A1"]


def test_how_far_the_workshops_are_is_a_table_and_a_sheet_beside_the_levels() -> None:
    done = {Moment.ENTRY: 7, Moment.INTERMEDIATE: 2, Moment.FINAL: 0}
    drafts = {Moment.ENTRY: 1, Moment.INTERMEDIATE: 0, Moment.FINAL: 0}
    progress = WorkshopProgress(1, "Italiano A1", "Primaria", 9, done, drafts, 3)
    assert read_csv(progress_csv([progress]))[1] == ["Italiano A1", "Primaria", "9", "7", "2", "0", "1", "0", "0", "3"]
    book = CalamineWorkbook.from_filelike(BytesIO(levels_xlsx(TABLE, [progress])))
    assert book.get_sheet_by_name("Laboratori").to_python()[1][2:] == [9, 7, 2, 0, 1, 0, 0, 3]
    assert "Laboratori" not in CalamineWorkbook.from_filelike(BytesIO(levels_xlsx(TABLE))).sheet_names
    assert (progress.left(Moment.ENTRY), progress.left(Moment.FINAL)) == (2, 9)


def test_the_csv_has_a_line_a_pupil_with_each_moment_and_skill() -> None:
    heading, first, second, third = csv.reader(
        StringIO(levels_csv(TABLE).decode("utf-8-sig"), newline=""), delimiter=";"
    )
    assert heading[2:5] == ["Ingresso: stato", "Ingresso: giorno", "Ingresso: Ascolto"]
    assert first[0] == "'=Fall Awa"
    assert first[2:12] == [
        "Completata",
        "01/10/2026",
        *["Pre-A1"] * 5,
        "non valutata",
        "Pre-A1",
        "'+ di quanto dica la prova",
    ]
    assert first[-2:] == ["sì", "da Pre-A1 a A1"]
    assert second[-2:] == ["non calcolabile", "manca una valutazione dopo quella d’ingresso"]
    assert second[13] == "In compilazione"
    assert third[2:13] == ["da fare", "", *["non valutata"] * 6, "", "", ""]


def test_the_workbook_has_the_rows_of_the_csv_and_the_sums_of_the_read_model() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(levels_xlsx(TABLE)))
    rows = book.get_sheet_by_name("Livelli").to_python(skip_empty_area=False)
    assert [row[0] for row in rows[1:]] == ["'=Fall Awa", "Ly Hoang", "Zahi Salma"]
    assert rows[1][3] == date(2026, 10, 1)
    sums = {row[0]: row[1:] for row in book.get_sheet_by_name("Riepilogo").to_python(skip_empty_area=False)}
    assert sums["Pre-A1"] == [1, 0, 0]
    assert sums["A1"] == [1, 1, 0]
    assert [sums[name][0] for name in ("Alunni", "Almeno un livello in più", "Nessun livello in più")] == [3, 1, 0]
    assert (TABLE.improved, TABLE.not_improved, TABLE.not_comparable) == (1, 0, 2)
    assert levels_xlsx(TABLE) == levels_xlsx(TABLE)


def test_the_shares_say_what_is_not_known() -> None:
    pupils = tuple(
        CountedPupil(number, f"Alunno {number}", Finding(answer, Sentence("perché sì")))
        for number, answer in enumerate([True, None, False])
    )
    shares = [
        ClassShare(1, "2B", "Primaria", 1, date(2026, 11, 22), None, 20, pupils),
        ClassShare(2, "3C", "Primaria", 1, date(2026, 11, 22), 5, 20, pupils),
    ]
    lines = list(csv.reader(StringIO(shares_csv(shares).decode("utf-8-sig"), newline=""), delimiter=";"))
    assert lines[1][2:8] == ["non indicato", "1", "1", "non calcolabile", "20", "Non calcolabile"]
    assert lines[2][2:8] == ["5", "1", "1", "20", "20", "Raggiunge la quota"]
    book = CalamineWorkbook.from_filelike(BytesIO(shares_xlsx(shares, institute="IC Valle", read_at=READ_AT)))
    evidence = book.get_sheet_by_name("Alunni").to_python(skip_empty_area=False)
    assert [row[3] for row in evidence[1:4]] == ["sì", "da chiarire", "no"]
