"""Letters as they come out of the printer, read back from their PDF: one sheet, two languages, nothing turned."""

import re
import subprocess
import unicodedata
from io import BytesIO

import pypdfium2
import pytest
from pypdf import PdfReader

from schoolapp.documents import family_letters
from schoolapp.documents.family_letters import TOO_LONG, UNPRINTABLE, Letter, draw_letters, sheet
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.letters import bank
from schoolapp.domain.letters.contents import LetterContents
from schoolapp.domain.letters.kinds import WITH_REPLY, LetterKind
from tests.support.emblems import make_band
from tests.support.letters import make_letter

A4_WIDTH = 595.0
LEAST_WHITE = 8.0
"""Points between a letter and its foot: less, and a line seems to run into the signature."""
DARK = 200
LINE_GAP = 2.5
"""Points: signs further apart than this, up or down, stand on two lines."""

PAGE = "https://scuola.example.org/l/f/abcdefghijklmnopqrstuv"

BROKEN_WHEN_COPIED = {"ur": 0.7, "ar": 0.2, "fa": 0.15, "zh": 0.25, "bn": 0.05, "hi": 0.05}
"""Share of a page's words that may come back changed: Nastaliq hangs its letters, and punctuation moves in lines from
right to left. The page behind the QR is the twin of the paper for who listens."""


def with_page(letter: LetterContents) -> Letter:
    return Letter(letter, PAGE if letter.kind in WITH_REPLY else "")


@pytest.fixture(scope="module")
def invitations() -> dict[str, bytes]:
    letters = [with_page(make_letter(language=language)) for language in bank.LETTER_LANGUAGES]
    return dict(zip(bank.LETTER_LANGUAGES, draw_letters(letters), strict=True))


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        text: str = document[0].get_textpage().get_text_bounded()
    finally:
        document.close()
    return _comparable(text)


def lines_as_seen(pdf: bytes) -> list[str]:
    """The signs of each column from left to right, line by line, as an eye meets them: no program orders them."""
    columns: tuple[list[tuple[float, float, str]], ...] = ([], [])
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0].get_textpage()
        for at in range(page.count_chars()):
            sign = page.get_text_range(at, 1)
            left, _, right, _ = page.get_charbox(at)
            middle = sum(page.get_charbox(at, loose=True)[1::2]) / 2
            if right > left and sign.strip() and unicodedata.category(sign) != "Cf":
                columns[left > A4_WIDTH / 2].append((middle, left, sign))
    finally:
        document.close()
    return [line for column in columns for line in _lines(sorted(column))]


def white_above_the_signature(pdf: bytes) -> float:
    """Points between the last ink of the letter and the line on which the head signs."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        text = page.get_textpage()
        found = text.search("Il dirigente scolastico")
        at, _ = found.get_next()
        top = int(page.get_height() - max(text.get_charbox(each)[3] for each in range(at, at + 23))) - 1
        above = page.render(scale=1, grayscale=True).to_pil().crop((0, 0, int(A4_WIDTH), top))
        found.close()
    finally:
        document.close()
    ink = above.point(lambda grey: 255 if grey < DARK else 0).getbbox()
    return float(top - ink[3]) if ink else float(top)


def _lines(signs: list[tuple[float, float, str]]) -> list[str]:
    lines: list[list[tuple[float, str]]] = []
    before = 0.0
    for middle, left, sign in signs:
        if middle - before > LINE_GAP:
            lines.append([])
        lines[-1].append((left, sign))
        before = middle
    return ["".join(sign for _, sign in sorted(line)) for line in lines]


def _comparable(text: str) -> str:
    composed = unicodedata.normalize("NFKC", text)
    return " ".join("".join(sign for sign in composed if unicodedata.category(sign) != "Cf").split())


def _words(letter: LetterContents) -> set[str]:
    said = " ".join(
        piece.text for name in letter.body() for piece in letter.said(name, letter.language) if not piece.value
    )
    return set(_comparable(said).split())


@pytest.mark.parametrize("language", bank.LETTER_LANGUAGES)
def test_an_invitation_is_one_sheet_that_says_its_words(language: str, invitations: dict[str, bytes]) -> None:
    pdf = invitations[language]
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    text = text_of(pdf)
    italian = "Invito al colloquio vi invitiamo a scuola. Il mediatore è gratuito. 16:30 14/01/2027"
    assert {word for word in italian.split() if word not in text} == set()
    words = _words(make_letter(language=language))
    lost = {word for word in words if word not in text}
    assert len(lost) <= len(words) * BROKEN_WHEN_COPIED.get(language, 0.0), lost


@pytest.mark.parametrize("language", ["ar", "ur", "fa"])
def test_names_times_and_telephone_keep_their_order_among_words_from_right_to_left(
    language: str,
) -> None:
    letters = (make_letter(language=language, people="Bianchi"), make_letter(LetterKind.WORKSHOP, language))
    lines, workshop = ("\n".join(lines_as_seen(pdf)) for pdf in draw_letters([Letter(letter) for letter in letters]))
    for kept, times in (("YasmineElAmrani", 3), ("Bianchi", 2), ("0342000000", 3)):
        assert lines.count(kept) == times, kept  # beside, and inside, the family's language
    for kept in ("10:30–12:00", "08:30–10:00"):
        assert workshop.count(kept) == 2, kept


@pytest.mark.parametrize("kind", list(LetterKind))
def test_every_letter_fits_on_one_sheet_in_every_language(kind: LetterKind) -> None:
    letters = [with_page(make_letter(kind, language)) for language in bank.LETTER_LANGUAGES]
    for language, pdf in zip(bank.LETTER_LANGUAGES, draw_letters(letters), strict=True):
        assert len(PdfReader(BytesIO(pdf)).pages) == 1
        assert white_above_the_signature(pdf) >= LEAST_WHITE, language


def test_only_letters_to_answer_have_a_slip() -> None:
    slips = {kind: sheet(with_page(make_letter(kind)))["reply"] is not None for kind in LetterKind}
    assert {kind for kind, slip in slips.items() if slip} == {LetterKind.INVITATION, LetterKind.MOVED}


def test_a_translation_that_nobody_has_checked_says_so_and_a_checked_one_names_the_language() -> None:
    unchecked, checked = draw_letters(
        [Letter(make_letter(language="fr")), Letter(make_letter(language="fr", checked=True))]
    )
    mark = "Traduzione non ancora controllata da un mediatore"
    assert mark in text_of(unchecked)
    assert "Traduction pas encore vérifiée par un médiateur" in text_of(unchecked)
    assert mark not in text_of(checked)
    assert "français" in text_of(checked)


def test_a_letter_in_italian_alone_has_no_second_column() -> None:
    text = text_of(draw_letters([Letter(make_letter(language="it"))])[0])
    assert text.count("Gentile famiglia") == 1
    assert "Lingua della famiglia" not in text


def test_the_page_is_tagged_and_each_passage_says_its_language(invitations: dict[str, bytes]) -> None:
    pdf = invitations["ar"]
    root = PdfReader(BytesIO(pdf)).trailer["/Root"]
    assert root["/Lang"].startswith("it")
    assert root["/MarkInfo"]["/Marked"]
    metadata = root["/Metadata"].get_data().decode()
    assert re.search(r"pdfuaid:part>1<", metadata)
    assert re.search(r"pdfaid:part>2<", metadata)
    assert re.search(r"pdfaid:conformance>A<", metadata)
    languages, headings = set(), 0
    for element in _elements(root["/StructTreeRoot"]):
        languages.add(element.get("/Lang"))
        headings += element.get("/S") == "/H1"
    assert "ar" in languages
    assert headings == 2  # one a language


def _elements(node):  # type: ignore[no-untyped-def]
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(kid, dict):
            yield kid
            yield from _elements(kid)


def test_the_emblems_of_the_project_stand_at_the_foot_with_their_names() -> None:
    plain, with_emblems = draw_letters(
        [Letter(make_letter(language="ur")), Letter(make_letter(language="ur"), PAGE, make_band(5))]
    )
    assert len(PdfReader(BytesIO(with_emblems)).pages) == 1
    assert _pictures(plain) == []
    assert [name for name in _pictures(with_emblems) if not name.startswith("Codice QR")] == [
        emblem.name for emblem in make_band(5)
    ]


def _pictures(pdf: bytes) -> list[str]:
    """What each picture says to who does not see it, in the order of the page."""
    root = PdfReader(BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]
    return [str(element["/Alt"]) for element in _elements(root) if element.get("/S") == "/Figure"]


def test_the_same_letter_is_the_same_page(invitations: dict[str, bytes]) -> None:
    again = draw_letters([with_page(make_letter(language="bn"))])[0]
    assert text_of(again) == text_of(invitations["bn"])


def test_what_people_typed_is_set_as_they_typed_it() -> None:
    typed = '#eval("1") *x* $y$ <a@b> \\ @ref'
    letter = make_letter(language="es", last_name=typed, people='#read("/etc/passwd")', place=("= Aula", "// 3"))
    text = text_of(draw_letters([Letter(letter)])[0])
    assert typed in text
    assert '#read("/etc/passwd")' in text.replace("/ ", "/")
    assert "= Aula // 3" in text


def test_a_letter_that_would_not_fit_is_refused_with_a_sentence() -> None:
    with pytest.raises(RuleViolation) as refused:
        draw_letters([with_page(make_letter(language="ta", people="Elena Bianchi, " * 80))])
    assert refused.value.sentence.message == TOO_LONG


def test_a_long_letter_gets_smaller_before_it_is_refused() -> None:
    letter = make_letter(language="ta", people=", ".join(["Maria Elena Bianchi"] * 6))
    assert len(PdfReader(BytesIO(draw_letters([with_page(letter)])[0])).pages) == 1


def test_a_letter_is_the_same_page_whatever_letters_are_drawn_with_it() -> None:
    people = ("Elena Bianchi", ", ".join(["Maria Elena Bianchi"] * 6), "Elena Bianchi")
    letters = [with_page(make_letter(language="ta", people=each)) for each in people]
    assert draw_letters(letters) == [draw_letters([letter])[0] for letter in letters]


def test_letters_that_no_face_of_ours_has_are_refused() -> None:
    with pytest.raises(RuleViolation) as refused:
        draw_letters([Letter(make_letter(language="fr", first_name="ꓥꓲꓢꓴ"))])
    assert refused.value.sentence.message == UNPRINTABLE


def test_a_name_in_another_alphabet_is_printed() -> None:
    pdf = draw_letters([Letter(make_letter(language="ar", first_name="Ιωάννα", last_name="გიორგაძე"))])[0]
    assert "გიორგაძე" in text_of(pdf)


def test_the_program_that_sets_letters_gets_no_more_than_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {}

    def run(command: list[str], **options: object) -> subprocess.CompletedProcess[bytes]:
        asked.update(options, command=command)
        return subprocess.CompletedProcess(command, 0, stdout=b"[]")

    monkeypatch.setattr(family_letters.subprocess, "run", run)
    draw_letters([Letter(make_letter())])
    assert "-I" in asked["command"]
    assert asked["timeout"] <= 120
    assert set(asked["env"]) <= {"PATH", "SYSTEMROOT"}
    assert b"Yasmine" in asked["input"]
    assert not any("Yasmine" in part for part in asked["command"])
