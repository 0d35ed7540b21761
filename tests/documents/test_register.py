"""The printed register, read back from its pages."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from schoolapp.documents.fonts import UnprintableText
from schoolapp.documents.italian import number, percent
from schoolapp.documents.register import draw_empty_register, draw_register
from schoolapp.documents.register_back import CLOSING, HEAD, back_pages
from schoolapp.documents.register_frame import FOOT_RULE, TABLE_TOP
from schoolapp.documents.register_grid import row_height
from schoolapp.domain.attendance import MarkStatus
from schoolapp.domain.registers import Signature, WorkshopRegister
from tests.support.registers import cancelled_lesson, make_lesson, make_register, planned_lesson, unsigned_lesson


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, lines and spaces made single spaces."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def text_of(pdf: bytes) -> str:
    return " ".join(pages_of(pdf))


@pytest.mark.parametrize("lessons", [0, 1, 10, 11, 35])
@pytest.mark.parametrize("pupils", [0, 1, 16, 18, 19, 40])
def test_pages_are_as_many_as_the_sheets_need(pupils: int, lessons: int) -> None:
    sheets = max(1, -(-lessons // 10))
    fronts = max(1, -(-pupils // 18))
    summary = fronts if sheets > 1 else 0
    pdf = draw_register(make_register(lessons=lessons, names=pupils))
    assert len(PdfReader(BytesIO(pdf)).pages) == sheets * (fronts + 1) + summary


@pytest.mark.parametrize(
    ("pupils", "lessons", "pages"),
    [(0, 0, 2), (14, 0, 2), (14, 4, 2), (14, 11, 4), (16, 10, 2), (17, 10, 3), (40, 0, 4)],
)
def test_the_form_to_fill_in_has_two_spare_rows(pupils: int, lessons: int, pages: int) -> None:
    written = pages_of(draw_empty_register(make_register(lessons=lessons, names=pupils)))
    assert len(written) == pages
    assert "modulo da compilare a penna" in written[0].lower()
    last_front = [page for page in written if "Presenti alla lezione" in page][-1]
    last_row = pupils + 2 if pupils else 16
    assert f" {last_row - 1} {last_row} Presenti alla lezione" in last_front


def test_every_page_stands_alone() -> None:
    register = make_register(lessons=11, names=19)
    pages = pages_of(draw_register(register))
    for position, page in enumerate(pages, 1):
        for fact in (
            f"pagina {position} di {len(pages)}",
            "Registro del laboratorio di italiano L2",
            "Istituto Comprensivo «Valle Serena», SOIC8XX00X",
            "Registro di progetto: non sostituisce il registro elettronico di classe",
            "Italiano per comunicare, gruppo A1",
            "Plesso «Ada Negri», aula 7",
            "Lab’Impact, piano regionale per l’integrazione",
            "PROG-2463",
            "E00E00000000000",
            "2026/27",
            "dati letti il 12/02/2027, 09:14",
        ):
            assert fact in page


def test_each_row_says_letters_minutes_and_totals() -> None:
    register = make_register()
    front = pages_of(draw_register(register))[0]
    for pupil in register.pupils:
        marks = []
        for mark in pupil.marks:
            if mark is None:
                marks.append("–")
            else:
                minutes = mark.counted_minutes
                marks.append(f"{mark.letter} {minutes}" if minutes else str(mark.letter))
        figure = pupil.figure
        totals = f"{number(figure.attended)} {number(figure.offered)} {percent(figure.percent)}".replace("\u00a0", " ")
        assert f"{pupil.name} {pupil.school_class} {' '.join(marks)} {totals}" in front
    whole = register.figure
    totals = f"{number(whole.attended)} {number(whole.offered)} {percent(whole.percent)}".replace("\u00a0", " ")
    counts = " ".join(str(lesson.present) for lesson in register.lessons)
    assert f"Presenti alla lezione {counts} {totals}" in front


def test_the_presences_of_the_back_are_those_of_the_front() -> None:
    register = make_register()
    back = pages_of(draw_register(register))[1]
    for lesson in register.lessons:
        assert f"{lesson.minutes} {lesson.topic} {lesson.present}" in back


def test_the_back_says_minutes_hours_and_hours_from_the_start() -> None:
    register = make_register(lessons=4, names=2, held_minutes_from_start=1770)
    back = pages_of(draw_register(register))[1]
    assert "Minuti svolti nel foglio 300" in back
    assert "Ore svolte nel foglio 5 h 00" in back
    assert "29 h 30 di 60 h 00" in back


def test_a_register_of_several_sheets_ends_with_the_totals_of_the_period() -> None:
    register = make_register(lessons=13, names=5)
    summary = pages_of(draw_register(register))[-1]
    assert "riepilogo del periodo" in summary
    for pupil in register.pupils:
        figure = pupil.figure
        assert re.search(
            rf"{re.escape(pupil.name)} .* {number(figure.attended)} {number(figure.offered)} {figure.percent} %",
            summary,
        )
    assert f"in minuti {number(register.held_minutes)}" in summary


def test_a_cancelled_lesson_is_barred_and_says_why_on_both_sides() -> None:
    lessons = [make_lesson(0), cancelled_lesson(1, "assemblea di plesso"), make_lesson(2)]
    front, back = pages_of(draw_register(make_register(lessons=lessons, names=12)))
    assert "Annullata: assemblea di plesso" in front
    assert "Annullata: assemblea di plesso" in back


def test_a_reason_too_long_for_the_column_stands_whole_on_the_back() -> None:
    reason = "manca l’accompagnamento " * 12
    front, back = pages_of(draw_register(make_register(lessons=[cancelled_lesson(0, reason.strip())], names=1)))
    assert "Annullata, motivo sul retro" in front
    assert reason.strip() in back


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"held": False, "present": 3, "signed": None, "countersigned": None},
            ["60 min", "non firmata", "Chiara Fontana non firmata nel sistema"],
        ),
        ({"countersigned": None}, ["in attesa"]),
        ({"topic": " "}, ["Argomento non indicato."]),
        ({"held": False, "signed": None, "countersigned": None, "topic": ""}, ["non registrata"]),
    ],
)
def test_what_is_missing_is_a_phrase(changes: dict[str, Any], words: list[str]) -> None:
    register = make_register(lessons=[make_lesson(0, **changes)], names=3)
    written = text_of(draw_register(register))
    for word in words:
        assert word in written


def test_a_lesson_to_come_is_said_to_be_planned() -> None:
    register = make_register(lessons=[make_lesson(0), planned_lesson(12)], names=3)
    front, back = pages_of(draw_register(register))
    assert "prevista" in front
    assert "Lezione prevista." in back


def test_a_lesson_of_the_same_day_is_still_to_come() -> None:
    planned = planned_lesson(0)
    read_at = datetime.combine(planned.day, time(7, 30), tzinfo=UTC)
    front, back = pages_of(draw_register(make_register(lessons=[planned], names=3, read_at=read_at)))
    assert "prevista" in front
    assert "Lezione prevista." in back


def test_how_many_were_there_stands_on_the_last_front_of_a_sheet() -> None:
    fronts = [page for page in pages_of(draw_register(make_register(names=40))) if "fronte" in page]
    assert ["Presenti alla lezione" in front for front in fronts] == [False, False, True]
    assert ["Altri alunni" in front for front in fronts] == [True, True, False]


@pytest.mark.parametrize(("lessons", "strokes"), [(9, 1), (10, 0)])
def test_columns_without_a_lesson_are_closed_by_a_stroke(lessons: int, strokes: int) -> None:
    contents = PdfReader(BytesIO(draw_register(make_register(lessons=lessons)))).pages[0].get_contents()
    assert contents is not None
    lines = re.findall(rb"([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l S", contents.get_data())
    assert sum(x != other_x and y != other_y for x, y, other_x, other_y in lines) == strokes


@pytest.mark.parametrize(("rows", "height"), [(1, 7.0), (16, 7.0), (17, 6.4), (18, 6.4)])
def test_more_than_sixteen_rows_are_a_little_lower(rows: int, height: float) -> None:
    assert row_height(rows) == height


@pytest.mark.parametrize("words", range(60, 180, 10))
def test_there_is_always_room_for_the_signatures_under_the_last_row(words: int) -> None:
    register = make_register(lessons=[make_lesson(index, topic="parola " * words) for index in range(4)], names=1)
    foot = sum(row.height for row in back_pages(register)[-1]) + CLOSING
    assert TABLE_TOP + HEAD + foot <= FOOT_RULE


def test_a_project_without_codes_says_so() -> None:
    register = make_register(names=1, project_title=None, project_code=None, cup=None, institute_code=None)
    front = pages_of(draw_register(register))[0]
    assert "Progetto non indicato Codice non indicato CUP non indicato" in front
    assert "None" not in front


def test_a_pupil_nobody_marked_is_shown_and_explained() -> None:
    register = make_register(lessons=1, names=2, mark=lambda pupil, _: (None if pupil else MarkStatus.PRESENT, None))
    front = pages_of(draw_register(register))[0]
    assert "Begum Nusrat 2ª B ? 0 0 –" in front
    assert "da segnare" in front


def test_a_sheet_without_lessons_or_pupils_says_so() -> None:
    front, back = pages_of(draw_register(make_register(lessons=0, names=0)))
    assert "Nessuna lezione nel periodo." in front
    assert "Nessun alunno iscritto nel periodo." in front
    assert "Nessuna lezione nel periodo." in back


def test_long_names_of_many_alphabets_are_whole() -> None:
    names = [
        "Țurcanu Ștefan-Ionuț",
        "Hà Nguyễn Thị Ánh Tuyết",
        "Ɓaleri Ƙasim Ḥasan",
        "Коваленко Данило",
        "Wickramasinghe Arachchige Mudiyanselage Don Sebastian Gunawardena Bandara",
        "de los Ángeles Fernández Quispe Mamani Huanca Lucía Milagros del Rosario",
    ]
    for draw in (draw_register, draw_empty_register):
        written = text_of(draw(make_register(names=names)))
        for name in names:
            assert name in written


def test_a_name_that_cannot_be_printed_stops_the_print_with_a_sentence() -> None:
    for draw in (draw_register, draw_empty_register):
        with pytest.raises(UnprintableText, match="محمد"):
            draw(make_register(names=["محمد"]))


def test_an_emoji_in_a_topic_does_not_stop_the_print() -> None:
    back = pages_of(draw_register(make_register(lessons=[make_lesson(0, topic="La casa 🏠")], names=1)))[1]
    assert "La casa [?]" in back
    assert "la stampa non ha questo segno" in back


def test_long_topics_go_on_over_pages_and_nothing_is_lost() -> None:
    words = [f"parola{index}" for index in range(900)]
    lessons = [make_lesson(0, topic=" ".join(words)), make_lesson(1)]
    pages = pages_of(draw_register(make_register(lessons=lessons, names=2)))
    assert len(pages) > 2
    written = " ".join(pages[1:])
    assert all(word in written for word in words)
    assert "segue" in written
    assert "Per la scuola" in pages[-1]
    assert all("Per la scuola" not in page for page in pages[:-1])


def test_signatures_are_never_alone_on_a_page() -> None:
    for length in range(20, 140, 12):
        lessons = [make_lesson(index, topic="argomento " * length) for index in range(4)]
        last = pages_of(draw_register(make_register(lessons=lessons, names=1)))[-1]
        assert "Per la scuola" in last
        assert "argomento" in last


def test_several_who_teach_sign_on_lines_of_their_own() -> None:
    people = ("Chiara Fontana", "Amina Benali", "Luca Rossi")
    back = pages_of(draw_register(make_register(names=2, facilitators=people, countersigner=None)))[1]
    assert back.count("Chi fa lezione") == 4
    many = pages_of(draw_register(make_register(names=2, facilitators=(*people, "Eva Neri"))))[1]
    assert many.count("Chi fa lezione") == 2
    assert "Eva Neri" in many


def test_the_same_register_gives_the_same_bytes() -> None:
    register = make_register(lessons=12, names=19)
    first = draw_register(register)
    draw_register(make_register(names=["Ɓaleri"]))
    assert draw_register(register) == first
    assert draw_empty_register(register) == draw_empty_register(register)


def test_threads_that_print_together_do_not_mix_their_letters() -> None:
    registers = [make_register(lessons=5, names=[f"Alunna {chr(65 + index)}", "Ştefan"]) for index in range(8)]
    alone = [draw_register(register) for register in registers]
    with ThreadPoolExecutor(max_workers=4) as pool:
        assert list(pool.map(draw_register, registers)) == alone


def test_the_file_says_its_title_language_author_and_date() -> None:
    reader = PdfReader(BytesIO(draw_register(make_register())))
    assert reader.metadata is not None
    assert reader.metadata.title == (
        "Registro del laboratorio di italiano L2: Italiano per comunicare, gruppo A1, dal 11/01/2027 al 11/02/2027"
    )
    assert reader.metadata.author == "Istituto Comprensivo «Valle Serena»"
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.isoformat() == "2027-02-12T08:14:00+00:00"
    assert reader.root_object["/Lang"] == "it-IT"
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"]


def test_every_font_is_inside_the_file() -> None:
    reader = PdfReader(BytesIO(draw_register(make_register())))
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            assert "/FontFile2" in font.get_object()["/FontDescriptor"]


def test_the_form_to_fill_in_prints_the_days_of_lessons_and_leaves_out_cancelled_ones() -> None:
    lessons = [planned_lesson(0), cancelled_lesson(1), planned_lesson(2)]
    front, back = pages_of(draw_empty_register(make_register(lessons=lessons, names=3)))
    assert "lun 11/01" in front
    assert "gio 14/01" not in front
    assert "lun 18/01/27 08:30–09:30 60" in back
    assert "Ahmeti Arber" in front


def test_a_signer_with_a_long_name_is_whole() -> None:
    name = "Prof.ssa Maria Antonietta Della Valle Bianchi Castelli"
    signed = Signature(name, make_lesson(0).signed.at)
    register: WorkshopRegister = make_register(lessons=[make_lesson(0, signed=signed)], names=1)
    back = pages_of(draw_register(replace(register, countersigner=name)))[1]
    assert back.count(name) == 2


WORDS = "Maria Antonietta degli Alberti di San Bartolomeo in Valmalenco e della sponda orobica "


def of_length(length: int) -> str:
    return (WORDS * 8)[:length].strip()


def test_the_longest_texts_that_the_forms_accept_are_printed() -> None:
    person = of_length(120)
    register = make_register(
        lessons=[
            make_lesson(0, topic=of_length(500), facilitator=person, signed=Signature(person, make_lesson().signed.at)),
            cancelled_lesson(1, of_length(200)),
            unsigned_lesson(2, facilitator=person),
        ],
        names=[of_length(161)] * 18,
        title=of_length(120),
        institute=of_length(160),
        site=of_length(110),
        place=of_length(80),
        facilitators=(person, "Amina Benali", "Luca Rossi"),
        countersigner=f"{person}, dirigente scolastico",
        project_title=of_length(120),
        project_code=("PROG-2463/" * 4)[:40],
        funding_line=of_length(80),
    )
    for draw in (draw_register, draw_empty_register):
        assert person in text_of(draw(register))


def test_people_without_place_are_counted_not_dropped() -> None:
    people = tuple(f"Persona Numero {index} dal Cognome Piuttosto Lungo" for index in range(30))
    front, back = pages_of(draw_register(make_register(names=1, facilitators=people)))
    for page in (front, back):
        assert re.search(r"Persona Numero 0 dal Cognome Piuttosto Lungo, .* e altre persone: \d+", page)
