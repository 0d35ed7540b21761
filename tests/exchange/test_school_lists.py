"""Whole files in the styles schools have, from bytes to pupils."""

import io
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from schoolapp.domain.pupil_list_columns import ListLayout, guess_columns
from schoolapp.domain.pupil_list_rows import parse_rows
from schoolapp.domain.pupil_lists import Field, KnownClass, KnownSite, ParsedList, Vocabulary
from schoolapp.exchange.tables import read_table

FILES = Path(__file__).parent / "files"
SHARED = Path(__file__).parents[2] / ".." / "shared" / "data"
TODAY = date(2026, 11, 22)
SCHOOL = Vocabulary(
    sites=(
        KnownSite(1, "Scuola primaria Torelli", "SOEE000001"),
        KnownSite(2, "Scuola secondaria di I grado Torelli", "SOMM000001"),
        KnownSite(3, "Scuola primaria di Albosaggia"),
    ),
    classes=tuple(
        KnownClass(site * 100 + year * 10 + "ABC".index(section), site, f"{year}{section}")
        for site in (1, 2, 3)
        for year in range(1, 6)
        for section in "ABC"
    ),
)


def bring(content: bytes, filename: str = "elenco.csv") -> tuple[ListLayout, ParsedList]:
    table = read_table(content, filename)
    layout = guess_columns(table, today=TODAY)
    return layout, parse_rows(table, layout, SCHOOL, today=TODAY)


def names(found: ParsedList) -> list[tuple[str, str]]:
    return [(row.last_name, row.first_name) for row in found.rows]


def xlsx(rows: list[list[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("Alunni")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def test_an_export_of_the_school_office_with_semicolons_in_windows_letters() -> None:
    text = (
        "COGNOME;NOME;SESSO;DATA_NASCITA;CODICE_FISCALE;CITTADINANZA;ANNO_CORSO;SEZIONE;CODICE_SEDE\r\n"
        "ÇELA;ERGI;M;02/01/2015;;Albania;1;A;SOMM000001\r\n"
        "DALL'O';NICCOLO';M;04/01/2017;;Italia;4;B;\r\n"
        "FLORES ROJAS;VALENTINA;F;25/05/2013;;Perù;3;B;SOMM000001\r\n"
    )
    layout, found = bring(text.encode("cp1252"))
    assert names(found) == [("Çela", "Ergi"), ("Dall'O'", "Niccolò"), ("Flores Rojas", "Valentina")]
    assert [row.class_id for row in found.rows] == [210, None, 231]
    assert found.errors == ()
    assert Field.TAX_CODE in layout.columns


def test_a_printout_of_the_register_with_titles_and_totals_and_one_column_for_the_name() -> None:
    layout, found = bring(
        xlsx(
            [
                ["ISTITUTO COMPRENSIVO VALLE ALTA"],
                ["Elenco alunni per classe - a.s. 2026/2027"],
                [],
                ["N.", "Cognome e Nome", "Data nascita", "Cittadinanza", "Classe", "Sez.", "Plesso"],
                [1, "EL AMRANI Hiba", date(2016, 3, 4), "MAROCCO", 4, "B", "Scuola primaria di Albosaggia"],
                [2, "KOVALENKO Nazar", "18/11/2015", "UCRAINA", 5, "A", "Scuola primaria Torelli"],
                [3, "AHMED Ali Raza", 42_000, "PAKISTAN", 5, "A", "Scuola primaria Torelli"],
                [],
                [None, "Totale alunni: 3"],
            ]
        ),
        "elenco.xlsx",
    )
    assert layout.header_line == 4
    assert names(found) == [("El Amrani", "Hiba"), ("Kovalenko", "Nazar"), ("Ahmed", "Ali Raza")]
    assert [row.birth_date for row in found.rows] == [date(2016, 3, 4), date(2015, 11, 18), date(2014, 12, 27)]
    assert [row.class_id for row in found.rows] == [341, 150, 150]
    assert [skip.line for skip in found.skipped] == [9]


def test_unicode_text_with_tabs() -> None:
    text = "Alunno\tNato il\tLingua madre\tClasse\r\nFall, Awa\t3 maggio 2014\tWolof\t1ª C\r\n"
    _layout, found = bring(text.encode("utf-16"), "elenco.txt")
    (row,) = found.rows
    assert (row.last_name, row.birth_date, row.home_languages, row.class_name) == (
        "Fall",
        date(2014, 5, 3),
        ("wo",),
        "1C",
    )


def test_english_headings_with_commas() -> None:
    text = (
        "Last name,First name,Date of birth,Gender,Citizenship,Home language,Class\n"
        "Hossain,Rafi,2013-08-20,Male,Bangladesh,Bangla,2B\n"
        '"Singh","Gurpreet",2015-04-01,Male,India,"Punjabi, Hindi",1C\n'
    )
    _layout, found = bring(text.encode())
    assert [(row.sex, row.citizenships, row.home_languages) for row in found.rows] == [
        ("M", ("BD",), ("bn",)),
        ("M", ("IN",), ("pa", "hi")),
    ]


def test_an_excel_97_list_of_one_class_whose_title_says_the_class() -> None:
    _layout, found = bring((FILES / "classe-2b.xls").read_bytes(), "classe-2b.xls")
    assert names(found) == [("Benali", "Salma"), ("Dall'O'", "Niccolò"), ("Kovalenko", "Nazar")]
    assert {row.class_name for row in found.rows} == {"2B"}


def test_a_libreoffice_list_is_read_as_the_same_in_excel() -> None:
    assert bring((FILES / "classe-2b.ods").read_bytes()) == bring((FILES / "classe-2b.xls").read_bytes())


def test_a_list_without_any_header() -> None:
    text = "HOXHA ENDRI;28/04/2015;M;Albania\nWANG XINYI;20/01/2013;F;Cina\nEL FASSI AMINE;11/11/2014;M;Marocco\n"
    layout, found = bring(text.encode())
    assert layout.header_line is None
    assert names(found) == [("Hoxha", "Endri"), ("Wang", "Xinyi"), ("El Fassi", "Amine")]
    assert [row.line for row in found.rows] == [1, 2, 3]


def test_weird_dates_and_repetitions_each_get_their_own_answer() -> None:
    text = (
        "Cognome;Nome;Nato il;In Italia dal\n"
        "Fall;Awa;3.5.14;mag-25\n"
        "Diop;Awa;31/02/2014;\n"
        "Haddad;Aya;2014-05-03;2025\n"
        "Fall;Awa;03/05/2014;05/2025\n"
        "Lin;Yutong;05/13/2014;\n"
        "Khan;Hira;;n.d.\n"
    )
    _layout, found = bring(text.encode())
    assert [row.line for row in found.rows] == [2, 7]
    assert [(error.line, error.raw) for error in found.errors] == [(3, "31/02/2014"), (4, "2025"), (6, "05/13/2014")]
    assert [skip.line for skip in found.skipped] == [5]


def test_notes_with_line_breaks_do_not_move_the_numbers() -> None:
    text = 'Cognome;Nome;Note;Nato il\nFall;Awa;"prima riga\nseconda riga";03/05/2014\nDiop;Awa;;boh\n'
    _layout, found = bring(text.encode())
    assert [row.line for row in found.rows] == [2]
    assert [error.line for error in found.errors] == [4]


def test_a_list_of_five_thousand_lines_is_read() -> None:
    lines = ["Cognome e nome;Nato il;Cittadinanza;Lingua di casa;Classe;Plesso"]
    lines += [
        f"COGNOME{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)} Nome;{1 + n % 28:02}/05/{2010 + n % 9};"
        f"Marocco / Italia;arabo, francese;{1 + n % 5}{'ABC'[n % 3]};Scuola primaria Torelli"
        for n in range(5_000)
    ]
    _layout, found = bring("\n".join(lines).encode())
    assert (len(found.rows), found.errors) == (5_000, ())


@pytest.mark.parametrize("sign", ["(", "a ", "classe ", "1 ", "T", "e ", "🙂", "El "])
def test_a_cell_of_a_hundred_thousand_signs_is_read_at_once(sign: str) -> None:
    huge = sign * (100_000 // len(sign))
    text = f"Cognome e nome;{huge};Nato il;Cittadinanza;Lingua;Plesso;Classe;Tel\n"
    text += f"{huge};;;;;;;\n" + "Fall Awa;" + ";".join([huge] * 7) + "\n"
    bring(text.encode())  # a pattern that never ends meets the time limit of the tests


def test_thousands_of_unknown_words_end_soon() -> None:
    lines = ["Cognome;Nome;Nato il;Cittadinanza;Lingua;Plesso;Classe"]
    lines += [f"Singh;Nome{'abcdefghij'[n % 10]};01/01/2014;Paese{n}x;Lingua{n}x;Plesso{n};{n}Z" for n in range(2_000)]
    _layout, found = bring("\n".join(lines).encode())
    assert len(found.rows) + len(found.errors) + len(found.skipped) == 2_000


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "pupils", "skipped", "header"),
    [("alunni-segreteria.csv", 56, 0, 1), ("elenco-alunni-registro.xlsx", 46, 1, 5)],
)
def test_the_real_lists_are_read_without_an_error(name: str, pupils: int, skipped: int, header: int) -> None:
    if not (SHARED / name).exists():
        pytest.skip("the real lists are not here")
    layout, found = bring((SHARED / name).read_bytes(), name)
    assert (layout.header_line, len(found.rows), len(found.skipped), found.errors) == (header, pupils, skipped, ())
    assert all(row.birth_date and row.citizenships and row.home_languages and row.class_name for row in found.rows)
    assert not [row for row in found.rows for doubt in row.doubts if doubt.kind != "class"]
    assert ("Dall'O'", "Niccolò" if name.endswith("xlsx") else "Pietro") in names(found)
