"""Term reports on paper: what they say, how they are read by ear, and that nothing is cut."""

from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
from pypdf import PdfReader

from schoolapp.documents.fonts import UnprintableText
from schoolapp.documents.report_blocks import Block, Fixed, put_on_pages
from schoolapp.documents.report_figures import pupils_a_square
from schoolapp.documents.report_frame import BODY_FOOT, FIRST_BODY
from schoolapp.documents.term_report_pupil import draw_pupil_sheets
from schoolapp.documents.term_report_school import draw_school_report
from schoolapp.documents.term_report_workshop import draw_workshop_report
from schoolapp.domain.levels import Level
from schoolapp.domain.term_report_words import ReportState, ReportWords
from schoolapp.domain.term_report_workshops import LevelCounts, PupilProgress
from schoolapp.domain.term_reports import MeetingsFigure
from tests.documents.test_structure import elements, tree_of, widths_of_rows
from tests.support.emblems import make_band
from tests.support.term_reports import (
    PROJECT,
    WORDS,
    make_lesson,
    make_month,
    make_pupil,
    make_school_report,
    make_sheet,
    make_workshop_report,
)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(
            " ".join(document[page].get_textpage().get_text_bounded().split()) for page in range(len(document))
        )
    finally:
        document.close()


def pages_of(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)


def test_the_schools_page_says_the_figures_and_what_is_missing() -> None:
    text = text_of(draw_school_report(make_school_report()))
    for words in (
        "Istituto Comprensivo «Valle Serena» · SOIC8XX00X",
        "Relazione di fine quadrimestre",
        "primo quadrimestre 2026/27",
        "Dal 14/09/2026 al 31/01/2027",
        "ore svolte di ore previste",
        "Livello complessivo, all’ingresso e adesso",
        "un quadretto, un alunno",
        "non indicati",
        "non calcolabile",
        "I colloqui non sono ancora registrati qui.",
        "Numero degli iscritti di queste classi: 5ª A.",
        "Prof.ssa Lidia Marini",
        "Lab’Impact · PROG-2463 · CUP E00E00000000000 · dati letti il 29/01/2027, 08:40",
        "pagina 1 di",
    ):
        assert words in text


def test_meetings_are_a_figure_once_they_are_recorded() -> None:
    text = text_of(draw_school_report(make_school_report(meetings=MeetingsFigure(held=9, requested=11))))
    assert "9 di 11" in text
    assert "non ancora registrati" not in text


def test_the_page_of_a_workshop_has_its_words_and_no_names_of_pupils() -> None:
    report = make_workshop_report()
    text = text_of(draw_workshop_report(report))
    for words in (WORDS.topics[:40], WORDS.progress[:40], "lunedì 08:30–09:30", "Che cosa manca", "nel sistema il"):
        assert words in text
    assert not any(pupil.name in text for pupil in report.pupils)


def test_a_copy_that_leaves_the_school_says_what_it_keeps_to_itself() -> None:
    assert "riservato" in text_of(draw_workshop_report(make_workshop_report(smallest_shown=3)))
    small = text_of(draw_workshop_report(make_workshop_report(pupils=2, smallest_shown=3)))
    assert "Il gruppo è piccolo" in small
    assert "frequenza in minuti" not in small


def test_the_sheet_says_what_the_pupil_can_do_and_what_comes_next() -> None:
    pdf = draw_pupil_sheets([make_sheet()], title="Scheda")
    text = text_of(pdf)
    for words in (
        "Selam Tesfay Gebremariam",
        "in Italia da agosto 2026 · lingua di casa: tigrino · scuola prima: 5 anni, altro alfabeto",
        "da Pre-A1 a A2",
        "resta Pre-A1",
        "non valutata",
        "Ottobre 2026",
        "1.560 di 1.800",
        "Proposte per il piano personalizzato",
    ):
        assert words in text
    assert pages_of(pdf) == 1


def test_a_class_is_one_file_and_a_whole_school_too() -> None:
    sheets = [make_sheet(name=f"Alunno {number}") for number in range(25)]
    assert pages_of(draw_pupil_sheets(sheets, title="Schede")) == 25
    report = make_school_report(workshops=2)
    alone = pages_of(draw_school_report(report))
    assert pages_of(draw_school_report(report, sheets)) == alone + 25


def test_nothing_assessed_and_nothing_written_is_said() -> None:
    pupils = [make_pupil(number, progress=PupilProgress(None, None), has_words=False) for number in range(3)]
    bare = make_workshop_report(pupils=pupils, words=ReportWords(), state=ReportState.MISSING, signed=None)
    text = text_of(draw_school_report(make_school_report(workshops=[bare])))
    for words in ("Nessun alunno è ancora valutato", "Non ancora scritto.", "da valutare", "3 valutazioni d’ingresso"):
        assert words in text


def test_an_empty_school_has_a_page_that_says_so() -> None:
    pdf = draw_school_report(make_school_report(workshops=0, classes=0))
    assert pages_of(pdf) == 1
    assert "Nessun laboratorio con lezioni nel periodo." in text_of(pdf)


def test_long_words_go_on_over_the_page_whole() -> None:
    end = "Questa è l’ultima frase."
    long = replace(WORDS, topics="\n".join(f"Giorno {number}: {WORDS.topics}" for number in range(30)), proposals=end)
    pdf = draw_workshop_report(make_workshop_report(words=long))
    text = text_of(pdf)
    assert pages_of(pdf) > 1
    assert all(f"Giorno {number}:" in text for number in range(30))
    assert end in text
    assert "Italiano per comunicare A1, segue" in text


def test_many_workshops_and_classes_lose_no_row() -> None:
    report = make_school_report(workshops=12, classes=45)
    text = text_of(draw_school_report(report))
    assert all(line.name in text for line in report.classes)
    assert all(workshop.title in text for workshop in report.workshops)


def test_long_names_find_place() -> None:
    name = "Muhammad Abdul-Rahman Chowdhury Siddiqui de los Santos Fernández Quispe"
    title = "Laboratorio di italiano per comunicare e per vivere la scuola di tutti i giorni, gruppo del mattino"
    assert name in text_of(draw_pupil_sheets([make_sheet(name=name)], title="Scheda"))
    assert title in text_of(draw_school_report(make_school_report(workshops=[make_workshop_report(title=title)])))


def test_a_name_that_would_lose_a_letter_is_refused_and_an_emoji_in_words_is_not() -> None:
    with pytest.raises(UnprintableText, match="lettere latine"):
        draw_pupil_sheets([make_sheet(name="محمد علي")], title="Scheda")
    words = replace(WORDS, topics="Le emozioni 😀 a scuola")
    assert "Le emozioni [?] a scuola" in text_of(draw_workshop_report(make_workshop_report(words=words)))


@pytest.mark.parametrize("lines", range(30, 60))
def test_signatures_never_stand_on_a_page_of_their_own(lines: int) -> None:
    blocks: list[Block] = [Fixed(5.0, lambda _pen, _top: None) for _ in range(lines)]
    pages = put_on_pages(blocks, Fixed(26.0, lambda _pen, _top: None))
    assert all(len(page) > 1 for page in pages)
    assert all(top + block.height <= BODY_FOOT + 0.01 for page in pages for top, block in page)
    assert sum(len(page) for page in pages) == lines + 1


def test_a_heading_stays_with_what_it_heads() -> None:
    room = BODY_FOOT - FIRST_BODY
    blocks: list[Block] = [
        Fixed(room - 12, lambda _pen, _top: None),
        Fixed(9.0, lambda _pen, _top: None, leads=True),
        Fixed(10.0, lambda _pen, _top: None),
    ]
    assert [len(page) for page in put_on_pages(blocks)] == [1, 2]


@pytest.mark.parametrize(
    ("most", "size"), [(0, 1), (35, 1), (36, 2), (70, 2), (150, 5), (351, 20), (1_000_000, 10_000)]
)
def test_a_square_is_one_pupil_as_long_as_there_is_room(most: int, size: int) -> None:
    levels = dict.fromkeys(Level, 0)
    assert pupils_a_square(LevelCounts(entry=levels, now={**levels, Level.A1: most})) == size


def test_the_same_report_gives_the_same_bytes() -> None:
    assert draw_school_report(make_school_report(), [make_sheet()]) == draw_school_report(
        make_school_report(), [make_sheet()]
    )


def test_a_screen_reader_finds_one_title_tables_with_heads_and_figures_in_words() -> None:
    pdf = draw_school_report(make_school_report(), [make_sheet()])
    reader = PdfReader(BytesIO(pdf), strict=True)
    assert reader.root_object["/Lang"] == "it-IT"
    tree = tree_of(pdf)
    assert len(elements(tree, "/H1")) == 1
    for table in elements(tree, "/Table"):
        assert len(set(widths_of_rows(table))) == 1
    heads = [cell["/A"]["/Scope"] for cell in elements(tree, "/TH")]
    assert set(heads) == {"/Column", "/Row"}
    alts = [figure["/Alt"] for figure in elements(tree, "/Figure")]
    assert any("37\u00a0h\u00a000 di 40\u00a0h\u00a000" in alt for alt in alts)
    assert any("annullata" in alt and "non firmata" in alt for alt in alts)
    assert any("Ascolto: da Pre-A1 a A2." in alt for alt in alts)


def test_emblems_of_who_pays_stand_on_every_page_and_are_read_once() -> None:
    project = replace(PROJECT, emblems=make_band(3))
    report = make_workshop_report(project=project, words=replace(WORDS, topics=WORDS.topics * 30))
    pdf = draw_workshop_report(report)
    assert pages_of(pdf) > 1
    alts = [str(figure["/Alt"]) for figure in elements(tree_of(pdf), "/Figure")]
    assert alts.count("Emblema Unione europea") == 1


def test_a_workshop_of_many_lessons_keeps_every_bar() -> None:
    text = text_of(draw_workshop_report(make_workshop_report(lessons=[make_lesson(number) for number in range(100)])))
    assert "21/09" in text
    assert f"{make_lesson(99).day:%d/%m}" in text


def test_every_month_is_a_row() -> None:
    months = tuple(make_month(month) for month in (9, 10, 11, 12, 1))
    text = text_of(draw_pupil_sheets([make_sheet(months=months)], title="Scheda"))
    assert all(name in text for name in ("Settembre 2026", "Dicembre 2026", "Gennaio 2027"))


def test_an_ordinary_sheet_is_one_page_also_with_two_workshops_five_months_and_something_missing() -> None:
    sheet = make_sheet()
    (workshop,) = sheet.workshops
    other = replace(workshop, workshop_id=2, title="Italiano per lo studio A2", words="", proposals="")
    months = tuple(make_month(month) for month in (9, 10, 11, 12, 1))
    full = replace(sheet, workshops=(workshop, other), months=months, progress=replace(sheet.progress, now=None))
    pdf = draw_pupil_sheets([full], title="Schede")
    assert pages_of(pdf) == 1
    text = text_of(pdf)
    for words in ("Che cosa manca", "Settembre 2026", "Italiano per lo studio A2", "Visto della scuola"):
        assert words in text


def test_a_sheet_with_many_words_goes_on_and_takes_more_than_the_signatures_along() -> None:
    (workshop,) = make_sheet().workshops
    long = replace(workshop, words="Ascolta e prova. " * 47, proposals="Continuare ancora. " * 42)
    pdf = draw_pupil_sheets([make_sheet(workshops=(long, replace(long, workshop_id=2)))], title="Schede")
    assert pages_of(pdf) == 2
    assert text_of(pdf).count("Ascolta e prova.") == 2 * 47
    assert "Continuare ancora." in PdfReader(BytesIO(pdf)).pages[1].extract_text()
