"""The printed certificate, read back from its page: what it says, in which faces, and how it is read by ear."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest
from pypdf import PdfReader

from schoolapp.documents.certificate import draw_archive, draw_certificates
from schoolapp.documents.fitting import fit_balanced
from schoolapp.documents.fonts import Face, UnprintableText
from schoolapp.domain.certificates import IssuedCertificate, SkillReached
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.workshops import WorkshopKind
from tests.documents.test_structure import children, elements, tree_of
from tests.support.certificates import make_certificate
from tests.support.emblems import make_band


def text_of(pdf: bytes, page: int = 0) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        text: str = document[page].get_textpage().get_text_bounded()
        return " ".join(text.split())
    finally:
        document.close()


def draw(**changes: object) -> bytes:
    return draw_certificates([make_certificate(**changes)])


def test_it_says_who_attended_what_when_and_how_much() -> None:
    text = text_of(draw())
    for words in (
        "ISTITUTO COMPRENSIVO «VALLE SERENA»",
        "Via dei Castagni 12, 23100 Sondrio · codice meccanografico SOIC8XX00X · plesso «Ada Negri»",
        "Attestato di frequenza",
        "Si attesta che",
        "Selam Tesfay Gebremariam",
        "data di nascita 3 maggio 2014 · luogo di nascita Asmara (Eritrea) · classe 1B, scuola secondaria di I grado",
        "ha frequentato il Laboratorio di italiano L2 «Italiano per comunicare» (livello di riferimento A1)",
        "dal 16 novembre 2026 al 28 maggio 2027",
        "54 ore su 60",
        "90 %",
        "Capisco chi parla piano di scuola e di casa.",
        "Lingua dello studio non valutata",
        "italiano.example.it/verify",
        "7F3K 9QWD M2XA 4TVB",
        "H8RC P5YN E4",
        "Sondrio, 4 giugno 2027",
        "Facilitazione linguistica",
        "Chiara Fontana",
        "Dirigente scolastico",
        "Prof. Marco Bellini",
        "Non è una certificazione linguistica: non vale per il permesso di soggiorno né per la cittadinanza.",
        "Attestato n. 2026/27-0031 · Prot. n. 0002417/IV.5 del 04/06/2027 · Lab’Impact · PROG-2463",
        "CUP E00E00000000000",
    ):
        assert words in text
    assert "mezzo stampa" not in text


@pytest.mark.parametrize(
    ("attended", "offered", "written"),
    [
        (54 * 60, 60 * 60, "54 ore su 60"),
        (43 * 60 + 30, 60 * 60, "43 h 30 su 60 h 00"),
        (60, 60, "1 ora su 1"),
        (0, 1500 * 60, "0 ore su 1.500"),
    ],
)
def test_hours_are_whole_or_with_their_minutes(attended: int, offered: int, written: str) -> None:
    assert written in text_of(draw(attended_minutes=attended, offered_minutes=offered))


def test_what_is_not_known_is_said_or_left_to_be_written() -> None:
    bare = make_certificate(birth_date=None, birth_place=None, school_class="", levels=(), head=None, facilitators=())
    text = text_of(draw_certificates([replace(bare, protocol_number=None, protocol_day=None)]))
    assert "data di nascita non indicata · classe non indicata" in text
    assert "luogo di nascita" not in text
    assert "I livelli non sono stati valutati in questo laboratorio." in text
    assert "Prot. n. ____________________ del ____ /____ /________" in text


def test_the_setting_prints_in_place_of_what_a_signature_stands() -> None:
    text = text_of(draw(printed_signature=True))
    assert "firma autografa sostituita a mezzo stampa (art. 3, c. 2, D.Lgs. 39/1993)" in text


def test_a_certificate_in_place_of_another_says_of_which() -> None:
    assert "Attestato n. 2026/27-0031 · sostituisce il n. 2026/27-0030 ·" in text_of(draw(replaces="2026/27-0030"))


def test_a_revoked_certificate_says_so_before_anything_else() -> None:
    revoked = replace(make_certificate(), revoked_at=datetime(2027, 6, 10, 9, tzinfo=UTC), replaced_by="2026/27-0032")
    pdf = draw_certificates([revoked])
    assert "ANNULLATO il 10/06/2027: questo attestato non vale. Lo sostituisce il n. 2026/27-0032." in text_of(pdf)
    assert len(elements(tree_of(pdf), "/P")) == len(elements(tree_of(draw()), "/P")) + 1


@pytest.mark.parametrize(
    ("first_name", "last_name", "printed", "remark"),
    [
        ("Nguyễn Thị Ánh", "Hà", "Nguyễn Thị Ánh Hà", "Vietnamese"),
        ("Ștefan-Ionuț", "Țurcanu", "Ștefan-Ionuț Țurcanu", "Romanian comma below"),
        ("İbrahim Çağrı", "Işık", "İbrahim Çağrı Işık", "Turkish dotted and dotless i"),
        ("Ɗan Ƙasim", "Ɓaleri Ḥasan", "Ɗan Ƙasim Ɓaleri Ḥasan", "Hausa"),
        ("Danylo", "Коваленко", "Danylo Коваленко", "two alphabets in one name"),
        ("伟", "陈", "陈伟", "Han, surname first"),
        ("ሰላም", "ተስፋይ", "ሰላም ተስፋይ", "Ethiopic"),
        ("", "Suharto", "Suharto", "one name"),
    ],
)
def test_a_name_is_printed_in_its_own_letters(first_name: str, last_name: str, printed: str, remark: str) -> None:
    assert printed in text_of(draw(first_name=first_name, last_name=last_name)), remark


@pytest.mark.parametrize("name", ["محمد علي", "ਗੁਰਪ੍ਰੀਤ", "বেগম", "Ọ̀ṣun", "Ana 😀"])
def test_a_name_that_would_lose_a_letter_is_refused(name: str) -> None:
    with pytest.raises(UnprintableText, match="scrivi la forma in lettere latine"):
        draw(first_name=name)


LONG = "Muhammad Abdul-Rahman Chowdhury Siddiqui de los Santos Fernández"
ONE_LINE = (32.0, 30.0, 28.0, 26.0, 24.0, 22.0, 20.0)
TWO_LINES = (20.0, 18.0, 16.0, 14.0, 12.0)


@pytest.mark.parametrize(
    ("name", "size", "lines"),
    [
        ("Selam Tesfay Gebremariam", 32.0, ("Selam Tesfay Gebremariam",)),
        ("Fernández Quispe Lucía Milagros del Carmen", 30.0, ("Fernández Quispe Lucía Milagros del Carmen",)),
        (LONG, 20.0, ("Muhammad Abdul-Rahman Chowdhury", "Siddiqui de los Santos Fernández")),
    ],
)
def test_a_long_name_shrinks_then_takes_two_equal_lines(name: str, size: float, lines: tuple[str, ...]) -> None:
    fitted = fit_balanced(name, Face.TITLE, 240, ONE_LINE, TWO_LINES)
    assert (fitted.size, fitted.lines) == (size, lines)


def test_one_long_word_shrinks_and_is_never_cut() -> None:
    fitted = fit_balanced("Wickramasinghe" * 5, Face.TITLE, 240, ONE_LINE, TWO_LINES)
    assert fitted.lines == ("Wickramasinghe" * 5,)
    assert fitted.size < 20


def test_what_finds_no_place_even_small_is_refused_and_not_cut() -> None:
    with pytest.raises(RuleViolation, match="troppo lungo"):
        draw(first_name="W" * 80, last_name="W" * 80)


def test_names_of_the_greatest_length_find_place() -> None:
    first_name, last_name = "Maria Antonietta " * 4 + "Guglielmina", "Ranasinghe Arachchi " * 3 + "Mudiyanselage Abcdef"
    text = text_of(
        draw(first_name=first_name, last_name=last_name, institute="Istituto " * 15, birth_place="Cittŕ" * 15)
    )
    assert f"{first_name} {last_name}" in text


def test_the_highest_level_brings_its_own_column() -> None:
    top = SkillReached(Skill.WRITING, Level.C1, "Scrivo testi complessi, con stile e precisione.")
    assert "C1" in text_of(draw(levels=(top,)))
    assert "C1" not in text_of(draw())


def test_every_line_of_the_can_do_bank_finds_place() -> None:
    from schoolapp.domain.descriptors import level_words

    for level in Level:
        levels = tuple(SkillReached(skill, level, level_words(skill, level).first_person) for skill in Skill)
        text = text_of(draw(levels=levels, kind=WorkshopKind.FOR_STUDY))
        assert all(line.can_do in text for line in levels)


def certificates(count: int) -> list[IssuedCertificate]:
    return [
        make_certificate(number, number=f"2026/27-{number:04}", first_name=f"Alunno {number}")
        for number in range(1, count + 1)
    ]


def test_a_whole_class_is_one_file_with_a_page_each() -> None:
    pdf = draw_certificates(certificates(25))
    reader = PdfReader(BytesIO(pdf))
    assert len(reader.pages) == 25
    for page in (0, 24):
        assert f"Attestato n. 2026/27-{page + 1:04}" in text_of(pdf, page)
    assert reader.metadata is not None
    assert reader.metadata.title == "Attestati di frequenza: 25, dal n. 2026/27-0001 al n. 2026/27-0025"


def test_the_title_of_a_class_names_its_first_and_last_number_in_whatever_order_the_pupils_stand() -> None:
    pdf = draw_certificates([certificates(6)[place] for place in (5, 1, 3)])
    metadata = PdfReader(BytesIO(pdf)).metadata
    assert metadata is not None
    assert metadata.title == "Attestati di frequenza: 3, dal n. 2026/27-0002 al n. 2026/27-0006"


def test_a_file_holds_of_each_face_only_the_letters_that_it_shows() -> None:
    assert len(draw()) < 70_000


def test_a_whole_class_is_also_an_archive_of_single_files_with_safe_names() -> None:
    names = ("Selam", "../../etc/passwd", "伟\\", "=1+1", "Selam")
    made = [
        make_certificate(number, number=f"2026/27-{number:04}", first_name=name) for number, name in enumerate(names, 1)
    ]
    archive = draw_archive(made)
    assert archive == draw_archive(made)
    with ZipFile(BytesIO(archive)) as files:
        assert files.namelist() == [
            "2026-27-0001-tesfay-gebremariam-selam.pdf",
            "2026-27-0002-tesfay-gebremariam-etc-passwd.pdf",
            "2026-27-0003-tesfay-gebremariam-wei.pdf",
            "2026-27-0004-tesfay-gebremariam-1-1.pdf",
            "2026-27-0005-tesfay-gebremariam-selam.pdf",
        ]
        assert files.read(files.namelist()[0]) == draw_certificates(made[:1])


def test_the_same_certificates_give_the_same_bytes() -> None:
    assert draw_certificates(certificates(3)) == draw_certificates(certificates(3))


def test_a_screen_reader_finds_the_title_the_language_the_table_and_what_pictures_show() -> None:
    pdf = draw()
    reader = PdfReader(BytesIO(pdf), strict=True)
    assert reader.root_object["/Lang"] == "it-IT"
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"]
    tree = tree_of(pdf)
    assert len(elements(tree, "/H1")) == 1
    assert len(elements(tree, "/H2")) == 3
    rows = elements(tree, "/TR")
    assert len(rows) == 1 + len(Skill)
    assert [cell["/S"] for cell in children(rows[1])] == ["/TH", "/TD", "/TD"]
    figures = [figure["/Alt"] for figure in elements(tree, "/Figure")]
    assert figures == [
        "Barra: 54 ore su 60, cioè 90\u00a0%.",
        "Codice QR dell’indirizzo https://italiano.example.it/verify/7F3K9QWDM2XA4TVBH8RCP5YNE4",
    ]


def test_every_font_is_in_the_file() -> None:
    fonts = PdfReader(BytesIO(draw())).pages[0]["/Resources"]["/Font"].get_object()
    assert all("/FontFile2" in font.get_object()["/FontDescriptor"].get_object() for font in fonts.values())


def test_the_emblems_of_the_project_stand_on_every_page_and_once_in_the_file() -> None:
    pdf = draw_certificates(certificates(3), make_band(5))
    names = [figure["/Alt"] for figure in elements(tree_of(pdf), "/Figure")]
    assert names.count("Emblema Unione europea") == 3
    pictures = {
        reference.idnum
        for page in PdfReader(BytesIO(pdf)).pages
        for reference in page["/Resources"]["/XObject"].values()
    }
    assert len(pictures) == 5
