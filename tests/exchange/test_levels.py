"""Levels as spreadsheets: the figures of the read model, and nothing that a spreadsheet would run."""

import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

from python_calamine import CalamineWorkbook

from schoolapp.domain.assessment import Literacy, Moment
from schoolapp.domain.class_shares import ClassShare, CountedPupil
from schoolapp.domain.findings import Finding
from schoolapp.domain.level_tables import LevelLine, LevelsTable
from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.profile_history import ProfileHistory
from schoolapp.domain.profiles import Profile
from schoolapp.domain.wording import Sentence
from schoolapp.exchange.class_shares import shares_csv, shares_xlsx
from schoolapp.exchange.levels import levels_csv, levels_xlsx

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
)


def test_the_csv_has_a_line_a_pupil_with_each_moment_and_skill() -> None:
    heading, first, second, third = csv.reader(
        StringIO(levels_csv(TABLE).decode("utf-8-sig"), newline=""), delimiter=";"
    )
    assert heading[2:4] == ["Ingresso: giorno", "Ingresso: Ascolto"]
    assert first[0] == "'=Fall Awa"
    assert first[2:10] == ["01/10/2026", *["Pre-A1"] * 5, "non valutata", "Pre-A1"]
    assert first[-2:] == ["sì", "da Pre-A1 a A1"]
    assert second[-2:] == ["non calcolabile", "manca una valutazione dopo quella d’ingresso"]
    assert third[2:11] == ["", *["non valutata"] * 6, "", ""]


def test_the_workbook_has_the_rows_of_the_csv_and_the_sums_of_the_read_model() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(levels_xlsx(TABLE)))
    rows = book.get_sheet_by_name("Livelli").to_python(skip_empty_area=False)
    assert [row[0] for row in rows[1:]] == ["'=Fall Awa", "Ly Hoang", "Zahi Salma"]
    assert rows[1][2] == date(2026, 10, 1)
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
