"""Files as schools have them, files that only look like lists, and files made to do harm."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.tables import Table, cell_text
from schoolapp.exchange.tables import read_table

FILES = Path(__file__).parent / "files"
SHARED = Path(__file__).parents[2] / ".." / "shared" / "data"


def read(content: bytes, filename: str = "elenco.csv") -> Table:
    return read_table(content, filename)


def table_or_nothing(content: bytes, filename: str = "elenco.csv") -> Table | None:
    """What is read, or None after a refusal in words; anything else that is raised fails the test."""
    try:
        return read_table(content, filename)
    except RuleViolation:
        return None


def cells(table: Table) -> list[tuple[object, ...]]:
    return [row.cells for row in table.rows]


def workbook(**sheets: list[list[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return out.getvalue()


def package(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def locked(content: bytes) -> bytes:
    """The package as programs mark one whose parts are encrypted: a flag in the directory at its end."""
    directory = content.index(b"PK\x01\x02")
    return content[: directory + 8] + bytes([content[directory + 8] | 1]) + content[directory + 9 :]


def opendocument(body: str) -> bytes:
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="Foglio1">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return package(
        **{
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def ods_row(*texts: str) -> str:
    return "<table:table-row>" + "".join(map(ods_cell, texts)) + "</table:table-row>"


def ods_cell(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


LIST = "Cognome;Nome;Città\nDall'O';Niccolò;Perù\nÇela;Ergi;Forlì\n"
EXPECTED = [("Cognome", "Nome", "Città"), ("Dall'O'", "Niccolò", "Perù"), ("Çela", "Ergi", "Forlì")]


@pytest.mark.parametrize(
    ("content", "remark"),
    [
        (LIST.encode(), "utf-8"),
        (LIST.encode("utf-8-sig"), "utf-8 with its mark, as Excel saves it"),
        (LIST.encode("cp1252"), "Windows, as most school programs export"),
        (LIST.replace("\n", "\r\n").encode("cp1252"), "Windows line ends"),
        (LIST.replace("\n", "\r").encode("mac-roman"), "an old Mac: its letters and its line ends"),
        (LIST.encode("utf-16"), "utf-16 with its mark, little end first"),
        (b"\xfe\xff" + LIST.encode("utf-16-be"), "utf-16 with its mark, big end first"),
        (LIST.encode("utf-16-le"), "utf-16 without a mark"),
        (LIST.encode("utf-16-be"), "utf-16 without a mark, big end first"),
        (LIST.replace(";", "\t").encode("utf-16"), "«Unicode text» of Excel: tabs in utf-16"),
        (LIST.replace(";", "\t").encode("cp1252"), "tabs"),
        (LIST.replace(";", ",").encode(), "commas"),
        (LIST.replace(";", "|").encode(), "bars"),
        (b"sep=;\n" + LIST.encode(), "a first line that tells Excel the separator"),
        (LIST.encode() + b"\x1a", "the end-of-file sign of DOS"),
        (LIST.replace("Niccolò", '"Niccolò"').encode(), "quotes"),
        (LIST.replace("Niccolò", "\u00a0Niccolò \u200b").encode(), "spaces nobody sees"),
        (LIST.replace("\n", ";;\n").encode() + b";;;;\n;;;;\n", "empty columns and rows at the end"),
    ],
)
def test_a_text_list_is_read_whatever_its_encoding_and_separator(content: bytes, remark: str) -> None:
    assert cells(read(content)) == EXPECTED, remark


def test_commas_inside_cells_do_not_win_over_the_true_separator() -> None:
    table = read(b"Alunno;Indirizzo\nHoxha, Endri;Via Roma, 3, Sondrio\nFall, Awa;Via Po, 1, Chiuro\n")
    assert cells(table)[1] == ("Hoxha, Endri", "Via Roma, 3, Sondrio")


def test_rows_keep_the_number_of_the_line_on_which_they_begin() -> None:
    table = read(b'Elenco\n\nCognome;Note\n"Fall";"due\nrighe"\n;;\nDiop;una\n')
    assert [row.number for row in table.rows] == [1, 3, 4, 7]


def test_a_declared_separator_counts_as_a_line() -> None:
    assert [row.number for row in read(b"sep=;\nCognome;Nome\nFall;Awa\n").rows] == [2, 3]


def test_a_quote_that_nobody_closes_does_not_swallow_the_list() -> None:
    lines = ["Cognome;Nome"] + [f"Hoxha{n};Endri" for n in range(60)]
    lines[5] = '"Hoxha;Endri'
    assert len(read("\n".join(lines).encode()).rows) == 61


def test_one_column_without_a_separator_is_a_table_too() -> None:
    assert cells(read(b"Alunno\nFall Awa\nDiop Awa\n")) == [("Alunno",), ("Fall Awa",), ("Diop Awa",)]


def test_a_workbook_keeps_dates_and_whole_numbers() -> None:
    table = read(
        workbook(
            Elenco=[
                ["N.", "Cognome", "Nato il", "Media", "Con mediatore"],
                [1, "Fall", date(2015, 3, 4), 7.5, True],
                [2.0, " Diop ", datetime.fromisoformat("2016-01-02T08:30"), "", False],
            ]
        ),
        "elenco.xlsx",
    )
    assert cells(table) == [
        ("N.", "Cognome", "Nato il", "Media", "Con mediatore"),
        (1, "Fall", date(2015, 3, 4), 7.5, "sì"),
        (2, "Diop", datetime.fromisoformat("2016-01-02T08:30"), None, "no"),
    ]
    assert table.sheet == "Elenco"


def test_rows_of_a_workbook_are_numbered_as_the_spreadsheet_numbers_them() -> None:
    table = read(workbook(A=[[], ["Titolo"], [], ["Cognome", "Nome"], [], ["Fall", "Awa"]]))
    assert [row.number for row in table.rows] == [2, 4, 6]


def test_of_several_sheets_the_first_that_looks_like_a_list_is_taken_and_said() -> None:
    table = read(
        workbook(
            Copertina=[["Istituto Comprensivo"], ["Anno scolastico"]],
            Vuoto=[],
            Alunni=[["Cognome", "Nome"], ["Fall", "Awa"]],
            Docenti=[["Cognome", "Nome"], ["Rossi", "Ada"]],
        )
    )
    assert (table.sheet, table.other_sheets) == ("Alunni", ("Copertina", "Docenti"))


@pytest.mark.parametrize("name", ["classe-2b.xls", "classe-2b.ods"])
def test_old_excel_and_libreoffice_files_are_read_alike(name: str) -> None:
    table = read((FILES / name).read_bytes(), name)
    assert [(row.number, row.cells) for row in table.rows] == [
        (1, ("I.C. VALLE ALTA - elenco della classe 2ª B", None, None, None)),
        (3, ("Cognome", "Nome", "D. nascita", "Cittad.")),
        (4, ("Benali", "Salma", date(2016, 3, 4), "Marocco")),
        (5, ("Dall'O'", "Niccolò", date(2016, 11, 30), "Italia")),
        (6, ("Kovalenko", "Nazar", date(2015, 12, 27), "Ucraina")),
    ]


def test_the_content_tells_what_a_file_is_not_its_name() -> None:
    assert cells(read(LIST.replace(";", "\t").encode("cp1252"), "elenco.xls")) == EXPECTED
    assert cells(read(workbook(A=[list(row) for row in EXPECTED]), "elenco.csv")) == EXPECTED


def test_a_web_page_saved_as_a_spreadsheet_is_read() -> None:
    page = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8">
    <style>td {a: b}</style>
    <script>var x = "<td>no</td>";</script></head><body><table><tr><td>menu</td></tr></table>
    <TABLE border=1><tr><td colspan="3"><b>Elenco&nbsp;alunni</b></td></tr>
    <tr><th>Cognome<th>Nome<th>Citt&agrave;</tr>
    <tr><td>Dall'O'</td><td>Niccol&ograve;<br>Maria</td><td></td></tr>
    <tr><td>&Ccedil;ela</td><td>Ergi <table><tr><td>x</td></tr></table></td><td>Forl&igrave;</td></tr></TABLE>
    </body></html>"""
    table = read(page.encode("cp1252"), "elenco.xls")
    assert [(row.number, row.cells) for row in table.rows] == [
        (1, ("Elenco alunni", None, None)),
        (2, ("Cognome", "Nome", "Città")),
        (3, ("Dall'O'", "Niccolò Maria", None)),
        (4, ("Çela", "Ergi x", "Forlì")),
    ]


@pytest.mark.parametrize("broken", ["<td", "<table", "<a", "<!--", "<table><tr><td>", "</td></table>", "&amp"])
def test_a_broken_web_page_is_read_at_once(broken: str) -> None:
    table_or_nothing(b"<html><table><tr><td>" + broken.encode() * (1_000_000 // len(broken)))


@pytest.mark.parametrize(
    ("content", "words", "remark"),
    [
        (b"", "vuoto", "nothing"),
        (b"\xef\xbb\xbf\r\n \r\n", "vuoto", "blank lines"),
        (b";;;\n;;;\n", "vuoto", "only separators"),
        (b"%PDF-1.7\n...", "PDF", "a PDF"),
        (b"<html><body><p>Cognome</p></body></html>", "pagina web senza elenco", "a web page without a table"),
        (b"<table></table>", "pagina web senza elenco", "an empty table"),
        (b'<?xml version="1.0"?><Workbook/>', "formato vecchio", "Excel 2003 XML"),
        (b"\x89PNG\r\n\x1a\n0000", "non è un elenco", "a picture"),
        (b"\xff\xd8\xff\xe0 JFIF", "non è un elenco", "a photograph"),
        (bytes(range(1, 32)) * 20, "non è un elenco", "a program"),
        (b"{\\rtf1 Cognome}", "non è un elenco", "a formatted text"),
        (b"Cognome;Nome\nF\x81ll;Aw\x90\x00", "non è un elenco", "a NUL inside"),
        (b"Cognome;Nome\nPr\x81fer\x9d\xa4;Awa\n", "lettere accentate", "letters of an unknown alphabet"),
        (package(**{"word/document.xml": b"<w/>"}), "documento di testo", "a Word document"),
        (package(mimetype=b"application/vnd.oasis.opendocument.text"), "documento di testo", "an ODT"),
        (package(**{"elenco.csv": LIST.encode()}), "non è un elenco", "a list inside a ZIP"),
        (locked(workbook(A=[["Cognome", "Nome"]])), "password", "a workbook in a ZIP with a password"),
        (b"PK\x03\x04 broken", "rovinato", "half a download"),
        (workbook(A=[["Cognome", "Nome"]])[:-300], "rovinato", "a workbook cut short"),
        (package(**{"xl/workbook.xml": b"<nonsense"}), "rovinato", "a workbook with nonsense inside"),
        (workbook(A=[], B=[]), "vuoto", "a workbook without cells"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "rovinato", "an old Excel file full of nothing"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password", "protected"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "non è un elenco", "old Word"),
        (("a;" * 300 + "\n").encode() * 3, "200 colonne", "too wide"),
        (b"Fall;Awa\n" * 20_001, "20000 righe", "too long"),
        (b"x" * 5_000_001, "5 MB", "too big"),
        (b'Cognome;Nome\n"' + b"x" * 200_000 + b'";Awa\n', "troppo lunga", "one endless cell"),
    ],
)
def test_what_is_not_a_readable_list_gets_a_sentence(content: bytes, words: str, remark: str) -> None:
    with pytest.raises(RuleViolation) as refusal:
        read(content, "elenco.xls")
    assert words in str(refusal.value), remark
    assert refusal.value.field == "file"


def test_a_workbook_that_unpacks_to_too_much_is_never_unpacked() -> None:
    bomb = package(**{"xl/workbook.xml": b"<w/>", "xl/worksheets/sheet1.xml": b" " * 120_000_000})
    assert len(bomb) < 200_000
    with pytest.raises(RuleViolation, match="troppo grande"):
        read(bomb, "elenco.xlsx")


def sparse_workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Cognome")
        sheet.write(1_048_575, 16_383, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "remark"),
    [
        (sparse_workbook(), "two cells, at the two ends of the largest sheet there is"),
        (
            opendocument(
                '<table:table-row table:number-rows-repeated="1000000">'
                '<table:table-cell table:number-columns-repeated="16000" office:value-type="string">'
                "<text:p>x</text:p></table:table-cell></table:table-row>"
            ),
            "one cell repeated sixteen thousand million times",
        ),
    ],
)
def test_a_small_file_that_asks_for_all_the_memory_ends_in_a_sentence(content: bytes, remark: str) -> None:
    with pytest.raises(RuleViolation) as refusal:
        read(content, "elenco.xlsx")
    assert str(refusal.value), remark


def test_the_empty_rows_libreoffice_repeats_to_the_end_of_the_sheet_cost_nothing() -> None:
    table = read(
        opendocument(
            ods_row("Cognome", "Nome")
            + ods_row("Fall", "Awa")
            + '<table:table-row table:number-rows-repeated="1048574">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        ),
        "elenco.ods",
    )
    assert cells(table) == [("Cognome", "Nome"), ("Fall", "Awa")]


@settings(deadline=None, max_examples=300)
@given(
    st.one_of(
        st.binary(max_size=400),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=200).map(str.encode),
        st.text(alphabet="ab\"';,\t|\r\nàè", max_size=200).map(lambda text: text.encode("cp1252")),
        st.text(alphabet='<>/tablrdh ="3&;a', max_size=200).map(lambda text: b"<table><tr><td>" + text.encode()),
        st.text(alphabet="Cognome;Ñ\n", max_size=100).map(lambda text: text.encode("utf-16")),
    )
)
def test_any_bytes_are_a_table_or_a_sentence(content: bytes) -> None:
    table = table_or_nothing(content)
    if table is not None:
        assert table.rows
        assert {len(row.cells) for row in table.rows} == {table.width}
        assert [row.number for row in table.rows] == sorted({row.number for row in table.rows})


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=40), st.sampled_from(["classe-2b.xls", "classe-2b.ods"]))
def test_a_damaged_workbook_is_a_table_or_a_sentence(at: int, noise: bytes, name: str) -> None:
    whole = (FILES / name).read_bytes()
    table_or_nothing(whole[:at] + noise + whole[at + len(noise) :], name)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [(None, ""), ("Fall", "Fall"), (2, "2"), (2.0, "2"), (2.5, "2.5"), (date(2015, 3, 4), "04/03/2015")],
)
def test_a_cell_is_shown_as_a_person_reads_it(cell: str | int | float | date | None, expected: str) -> None:
    assert cell_text(cell) == expected


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "rows", "first"),
    [("alunni-segreteria.csv", 57, "COGNOME"), ("elenco-alunni-registro.xlsx", 51, "ISTITUTO COMPRENSIVO")],
)
def test_the_real_lists_are_read(name: str, rows: int, first: str) -> None:
    if not (SHARED / name).exists():
        pytest.skip("the real lists are not here")
    table = read((SHARED / name).read_bytes(), name)
    assert len(table.rows) == rows
    assert str(table.rows[0].cells[0]).startswith(first)
