"""No letter is lost on paper: each text has one face for the whole of it, or a sentence."""

from mmap import mmap

import pytest
from reportlab.pdfbase import pdfmetrics

from schoolapp.documents.fonts import FACE_FILES, Face, UnprintableText, cleaned, face_for, legible, signs_of


@pytest.mark.parametrize(
    ("text", "font", "remark"),
    [
        ("Țurcanu Ștefan-Ionuț", "NotoSans_600SemiBold", "Romanian comma below"),
        ("Hà Nguyễn Thị Ánh", "NotoSans_600SemiBold", "Vietnamese, two marks on a letter"),
        ("Ɓaleri Ɗan Ƙasim Ḥasan", "NotoSans_600SemiBold", "hooked letters of Hausa, dots below"),
        ("Коваленко Данило", "NotoSans_600SemiBold", "Cyrillic"),
        ("Παπαδοπούλου", "NotoSans_600SemiBold", "Greek"),
        ("陈伟 (Chen Wei)", "NotoSerifSC_600SemiBold", "Han, one face for the whole name"),
        ("ሰላም ተስፋይ", "NotoSansEthiopic_600SemiBold", "Ethiopic"),
        ("თამარ", "NotoSansGeorgian_600SemiBold", "Georgian"),
        ("Արմեն", "NotoSansArmenian_600SemiBold", "Armenian"),
    ],
)
def test_names_of_many_alphabets_are_printed(text: str, font: str, remark: str) -> None:
    assert face_for(Face.SEMIBOLD, cleaned(text)) == font, remark


def test_a_letter_the_title_face_lacks_moves_the_whole_text_to_another() -> None:
    assert face_for(Face.TITLE, "Ibrahim") == "Lora_600SemiBold"
    assert face_for(Face.TITLE, "Ɓaleri") == "NotoSerif_600SemiBold"


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("محمد علي", "right to left"),
        ("陈伟 Ştefan", "no face has Han and these Latin letters"),
        ("Ọ̀ṣun", "a mark that reportlab would set beside its letter"),
        ("अमित", "in the font, but reportlab cannot join the letters"),
        ("ਗੁਰਪ੍ਰੀਤ", "Gurmukhi"),
        ("Ana 😀", "an emoji in a name"),
        ("a→b", "an arrow"),
    ],
)
def test_a_name_that_cannot_be_printed_is_refused_with_a_sentence(text: str, remark: str) -> None:
    with pytest.raises(UnprintableText) as refused:
        face_for(Face.SEMIBOLD, text)
    assert text in str(refused.value), remark
    assert "lettere latine" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("e\u0301", "é"),
        ("due\nrighe", "due righe"),
        ("\u202eabc\u200b", "abc"),
        ("a\x00b", "ab"),
    ],
)
def test_letters_are_composed_and_invisible_signs_dropped(text: str, clean: str) -> None:
    assert cleaned(text) == clean


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("La famiglia 👨‍👩‍👧 e la casa", "La famiglia [?] e la casa"),
        ("مدرسة = scuola", "[?] = scuola"),
        ("Il corpo", "Il corpo"),
    ],
)
def test_free_text_shows_where_a_sign_could_not_be_printed(text: str, printed: str) -> None:
    assert legible(Face.SEMIBOLD, text) == printed


def test_a_face_is_left_in_its_file_and_not_copied_into_the_memory_of_the_service() -> None:
    font = FACE_FILES[Face.REGULAR][0]
    signs_of(font)
    kept = pdfmetrics.getFont(font).face
    assert isinstance(kept._ttf_data, mmap)
    assert kept.glyphToChar == {}
