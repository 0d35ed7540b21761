"""From the rows of a list to pupils, errors and skipped lines."""

from datetime import date

import pytest

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.pupil_list_columns import ListLayout, guess_columns
from schoolapp.domain.pupil_list_rows import parse_rows
from schoolapp.domain.pupil_lists import (
    CREATE,
    LEAVE_EMPTY,
    SKIP_LINE,
    DoubtKind,
    Field,
    KnownClass,
    KnownSite,
    ParsedList,
    ParsedRow,
    Vocabulary,
)
from schoolapp.domain.tables import Cell, Row, Table

TODAY = date(2026, 11, 22)
SCHOOL = Vocabulary(
    sites=(KnownSite(1, "Primaria di Mezzo", "SOEE000001"), KnownSite(2, "Secondaria Ponte Alto", "SOMM000001")),
    classes=(KnownClass(11, 1, "2B"), KnownClass(12, 2, "2B"), KnownClass(13, 2, "1C")),
)


def table(*rows: tuple[Cell, ...], first: int = 1) -> Table:
    width = max(len(row) for row in rows)
    return Table(
        tuple(Row(number, (*row, *(None,) * (width - len(row)))) for number, row in enumerate(rows, first) if any(row))
    )


def layout(of: Table, remembered: dict[str, Field | None] | None = None) -> ListLayout:
    return guess_columns(of, today=TODAY, remembered=remembered)


def parse(of: Table, vocabulary: Vocabulary = SCHOOL, guess: ListLayout | None = None) -> ParsedList:
    return parse_rows(of, guess or layout(of), vocabulary, today=TODAY)


def only(found: ParsedList) -> ParsedRow:
    assert not found.errors
    (row,) = found.rows
    return row


HEADER = ("Cognome", "Nome", "Data di nascita", "Classe", "Plesso", "Lingua di casa", "Cittadinanza")


def line(*, birth: Cell = "03/05/2014", school_class: Cell = "2B", site: Cell = "Primaria di Mezzo",
         language: Cell = "Arabo", country: Cell = "Marocco", last: str = "Benali") -> tuple[Cell, ...]:  # fmt: skip
    return (last, "Salma", birth, school_class, site, language, country)


def test_a_plain_line_becomes_a_pupil() -> None:
    assert only(parse(table(HEADER, line()))) == ParsedRow(
        line=2,
        last_name="Benali",
        first_name="Salma",
        birth_date=date(2014, 5, 3),
        citizenships=("MA",),
        site_id=1,
        class_name="2B",
        class_id=11,
        home_languages=("ar",),
    )


def test_title_rows_above_the_header_and_totals_below_are_not_pupils() -> None:
    found = parse(
        table(
            ("ISTITUTO COMPRENSIVO VALLE ALTA",),
            ("Elenco alunni", None, "a.s. 2026/2027"),
            (),
            HEADER,
            line(),
            (),
            ("Totale alunni: 1",),
            (None, "Stampato il 14/09/2026"),
        )
    )
    assert [row.line for row in found.rows] == [5]
    assert [(skip.line, skip.raw) for skip in found.skipped] == [(7, "Totale alunni: 1"), (8, "Stampato il 14/09/2026")]


def test_a_pupil_whose_surname_is_a_word_of_footers_is_a_pupil() -> None:
    found = parse(table(HEADER, line(last="Nota"), line(last="Fonte")))
    assert [row.last_name for row in found.rows] == ["Nota", "Fonte"]


def test_a_header_repeated_on_each_page_is_skipped_and_said() -> None:
    found = parse(table(HEADER, line(), HEADER, line(birth="03/05/2015")))
    assert [row.line for row in found.rows] == [2, 4]
    assert [skip.line for skip in found.skipped] == [3]


def test_a_title_above_a_group_says_the_class_of_its_lines() -> None:
    found = parse(
        table(
            ("Cognome", "Nome", "Nato il"),
            ("Classe 2B",),
            ("Fall", "Awa", "03/05/2014"),
            ("CLASSE 1ª C",),
            ("Diop", "Awa", "03/05/2015"),
        )
    )
    assert [(row.last_name, row.class_name) for row in found.rows] == [("Fall", "2B"), ("Diop", "1C")]


def test_numbers_prepared_for_pupils_who_are_not_there_are_skipped() -> None:
    found = parse(table(("N.", "Alunno", "Nato il"), (1, "Fall Awa", "03/05/2014"), (2,), (3,)))
    assert ([row.line for row in found.rows], [skip.line for skip in found.skipped]) == ([2], [3, 4])


def test_a_list_without_a_header_is_guessed_from_its_values() -> None:
    rows = [
        ("Fall", "Awa", "F", "03/05/2014", "Senegal", "2B"),
        ("Hoxha", "Endri", "M", "04/06/2015", "Albania", "1C"),
        ("Wang", "Xinyi", "F", "05/07/2013", "Cina", "3A"),
    ]
    guess = layout(table(*rows))
    assert guess.header_line is None
    assert guess.columns == {
        Field.LAST_NAME: 0,
        Field.FIRST_NAME: 1,
        Field.SEX: 2,
        Field.BIRTH_DATE: 3,
        Field.CITIZENSHIP: 4,
        Field.CLASS_NAME: 5,
    }
    assert len(parse(table(*rows)).rows) == 3


def test_headings_nobody_knows_are_headings_all_the_same() -> None:
    guess = layout(table(("Chi", "Quando"), ("Fall Awa", "03/05/2014"), ("Hoxha Endri", "04/06/2015")))
    assert (guess.header_line, guess.headings) == (1, ("Chi", "Quando"))
    assert guess.columns == {Field.FULL_NAME: 0, Field.BIRTH_DATE: 1}


def test_a_heading_nobody_knows_is_understood_from_its_values() -> None:
    guess = layout(table(("Alunno", "Provenienza", "Quando"), ("Fall Awa", "Senegal", "03/05/2014")))
    assert guess.columns == {Field.FULL_NAME: 0, Field.CITIZENSHIP: 1, Field.BIRTH_DATE: 2}


def test_a_heading_we_leave_alone_is_not_taken_for_something_else() -> None:
    guess = layout(table(("Alunno", "Stato di nascita"), ("Fall Awa", "Senegal")))
    assert guess.columns == {Field.FULL_NAME: 0}


def test_a_column_headed_name_that_holds_pairs_of_words_holds_both_names() -> None:
    assert layout(table(("Nome", "Classe"), ("Fall Awa", "2B"), ("Hoxha Endri", "1C"))).columns == {
        Field.FULL_NAME: 0,
        Field.CLASS_NAME: 1,
    }


def test_a_column_headed_school_that_holds_codes_is_the_code() -> None:
    guess = layout(table(("Cognome", "Nome", "Scuola"), ("Fall", "Awa", "SOEE000001")))
    assert guess.columns[Field.SITE_CODE] == 2


def test_two_columns_of_citizenship_are_the_first_and_the_second() -> None:
    found = parse(table(("Cognome", "Nome", "Cittadinanza", "Cittadinanza 2"), ("Fall", "Awa", "Senegal", "Italia")))
    assert only(found).citizenships == ("SN", "IT")


def test_what_the_school_has_said_of_its_headings_wins() -> None:
    rows = table(("Cognome", "Nome", "Provenienza", "Codice"), ("Fall", "Awa", "Senegal", "Wolof"))
    guess = layout(rows, {"provenienza": None, "codice": Field.HOME_LANGUAGES})
    assert guess.columns == {Field.LAST_NAME: 0, Field.FIRST_NAME: 1, Field.HOME_LANGUAGES: 3}


def test_columns_can_be_corrected() -> None:
    rows = table(("Cognome", "Nome"), ("Awa", "Fall"))
    corrected = layout(rows).with_columns({Field.LAST_NAME: 1, Field.FIRST_NAME: 0})
    assert only(parse(rows, guess=corrected)).last_name == "Fall"


def test_without_a_column_for_the_name_nothing_can_be_read() -> None:
    rows = table(("Classe", "Sezione"), ("2", "B"))
    with pytest.raises(RuleViolation, match="cognome e il nome"):
        parse(rows)


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"birth": "31/02/2014"}, Field.BIRTH_DATE, "La data di nascita non esiste. Scrivila come giorno/mese/anno."),
        ({"birth": "03/05/1914"}, Field.BIRTH_DATE, "112 anni"),
    ],
)
def test_a_bad_line_has_its_number_a_sentence_and_what_stands_there(
    changed: dict[str, str], field: Field, words: str
) -> None:
    found = parse(table(HEADER, line(), line(**changed)))
    (error,) = found.errors
    assert (error.line, error.field, error.raw) == (3, field, changed["birth"])
    assert words in str(error.sentence)
    assert len(found.rows) == 1


def test_all_that_is_wrong_with_a_line_is_said_at_once() -> None:
    found = parse(table(("Cognome", "Nome", "Sesso", "Nato il", "In Italia dal"), (None, None, "Q", "boh", "domani")))
    assert [error.field for error in found.errors] == [Field.LAST_NAME, Field.BIRTH_DATE, Field.ARRIVAL, Field.SEX]
    assert {error.line for error in found.errors} == {2}


def test_nobody_arrives_before_being_born() -> None:
    (error,) = parse(
        table(("Cognome", "Nome", "Nato il", "In Italia dal"), ("Fall", "Awa", "03/05/2014", "04/2014"))
    ).errors
    assert "prima della nascita" in str(error.sentence)


@pytest.mark.parametrize(
    ("heading", "value", "words"),
    [
        ("Data prima iscrizione", "01/09/2013", "prima della nascita"),
        ("Data prima iscrizione", "01/09/2090", "troppo lontana nel futuro"),
        ("Data prima iscrizione", "15/09/1890", "prima della nascita"),
        ("In Italia dal", "09/1998", "prima della nascita"),
    ],
)
def test_a_list_says_nothing_that_a_card_would_refuse(heading: str, value: str, words: str) -> None:
    found = parse(table(("Cognome", "Nome", "Nato il", heading), ("Fall", "Awa", "03/05/2014", value)))
    assert not found.rows
    (error,) = found.errors
    assert (error.line, error.raw) == (2, value)
    assert words in str(error.sentence)


def test_only_a_name_is_required() -> None:
    row = only(parse(table(("Cognome", "Nome", "Nato il", "Classe"), ("Fall", "Awa", None, None))))
    assert (row.last_name, row.birth_date, row.class_name, row.doubts) == ("Fall", None, None, ())


def test_a_pupil_with_one_name_is_a_question() -> None:
    rows = table(("Cognome", "Nome"), (None, "FATOU"))
    row = only(parse(rows))
    assert (row.last_name, row.first_name) == ("Fatou", "")
    assert [doubt.kind for doubt in row.doubts] == [DoubtKind.ONE_NAME]
    key = row.doubts[0].key
    assert only(parse(rows, Vocabulary(decisions={key: "keep"}))).doubts == ()
    left_out = parse(rows, Vocabulary(decisions={key: SKIP_LINE}))
    assert (left_out.rows, [skip.line for skip in left_out.skipped]) == ((), [2])


def test_a_whole_name_nobody_can_part_is_a_question_with_a_proposal() -> None:
    rows = table(("Cognome e nome", "Classe"), ("MOHAMED ABDI HASSAN", None), ("FALL AWA", None))
    doubtful, plain = parse(rows).rows
    assert (doubtful.last_name, doubtful.first_name) == ("Mohamed", "Abdi Hassan")
    assert [(doubt.kind, doubt.suggestion) for doubt in doubtful.doubts] == [(DoubtKind.NAME_ORDER, "1")]
    assert plain.doubts == ()
    settled, _plain = parse(rows, Vocabulary(decisions={doubtful.doubts[0].key: "2"})).rows
    assert (settled.last_name, settled.first_name, settled.doubts) == ("Mohamed Abdi", "Hassan", ())


def test_names_of_other_lines_help_to_part_a_name() -> None:
    rows = table(("Alunno", "Classe"), ("HUSSAIN ALI RAZA", None), ("KHAN ALI", None), ("AHMED RAZA", None))
    assert (parse(rows).rows[0].last_name, parse(rows).rows[0].doubts) == ("Hussain", ())


def test_names_the_school_has_help_to_part_a_name() -> None:
    rows = table(("Alunno", "Classe"), ("FLORES ROJAS VALENTINA", None))
    known = Vocabulary(first_names=frozenset({"valentina"}))
    assert only(parse(rows, known)).last_name == "Flores Rojas"


@pytest.mark.parametrize(
    ("site", "code", "expected", "remark"),
    [
        ("Primaria di Mezzo", None, 1, "by name"),
        ("PRIMARIA DI MEZZO", None, 1, "case"),
        (None, "soee000001", 1, "by code"),
        ("Scuola primaria", "SOEE000001", 1, "the code wins over a name nobody knows"),
        ("Primaria di Mezzo", "SOEE999999", 1, "the name where the code is unknown"),
        (None, None, None, "nothing said"),
    ],
)
def test_a_site_is_found(site: str | None, code: str | None, expected: int | None, remark: str) -> None:
    row = only(parse(table(("Cognome", "Nome", "Plesso", "Codice sede"), ("Fall", "Awa", site, code))))
    assert (row.site_id, row.doubts) == (expected, ()), remark


def test_an_unknown_site_is_a_question_and_its_class_waits_for_the_answer() -> None:
    rows = table(HEADER, line(site="Primaria Mezzo"))
    row = only(parse(rows))
    (doubt,) = row.doubts
    assert (doubt.kind, doubt.text, doubt.suggestion) == (DoubtKind.SITE, "Primaria Mezzo", "1")
    assert (row.site_id, row.class_name, row.class_id) == (None, "2B", None)
    settled = only(parse(rows, Vocabulary(SCHOOL.sites, SCHOOL.classes, {doubt.key: "2"})))
    assert (settled.site_id, settled.class_id, settled.doubts) == (2, 12, ())


def test_with_the_plesso_its_class_is_left_empty_even_where_another_plesso_has_one_of_that_name() -> None:
    left_empty = Vocabulary(SCHOOL.sites, SCHOOL.classes, {"site:primaria di sopra": LEAVE_EMPTY})
    found = only(parse(table(HEADER, line(site="Primaria di Sopra", school_class="1C")), left_empty))
    assert (found.site_id, found.class_id, found.doubts) == (None, None, ())


def test_a_class_that_is_not_there_can_be_made_left_empty_or_another() -> None:
    rows = table(HEADER, line(school_class="2D"), line(school_class="2^ D", birth="03/06/2014"))
    first, second = parse(rows).rows
    assert first.doubts[0].key == second.doubts[0].key == "class:1:2d"

    def settled(answer: str) -> ParsedRow:
        return parse(rows, Vocabulary(SCHOOL.sites, SCHOOL.classes, {"class:1:2d": answer})).rows[0]

    assert (settled(CREATE).create_class, settled(CREATE).doubts) == (True, ())
    assert (settled(LEAVE_EMPTY).class_id, settled(LEAVE_EMPTY).create_class) == (None, False)
    assert (settled("13").class_id, settled("13").site_id) == (13, 2)


@pytest.mark.parametrize(
    ("name", "class_id", "doubtful", "remark"),
    [
        ("1C", 13, False, "the school has one 1C"),
        ("2B", None, True, "two plessi have a 2B"),
        ("9Z", None, True, "none"),
    ],
)
def test_a_class_without_a_site(name: str, class_id: int | None, doubtful: bool, remark: str) -> None:
    row = only(parse(table(HEADER, line(site=None, school_class=name))))
    assert (row.class_id, bool(row.doubts)) == (class_id, doubtful), remark


def test_an_unknown_language_or_citizenship_is_a_question_asked_once() -> None:
    rows = table(HEADER, line(language="Moldavo", country="Marroco"), line(language="MOLDAVO", birth="04/05/2014"))
    first, second = parse(rows).rows
    assert [(doubt.key, doubt.suggestion) for doubt in first.doubts] == [
        ("country:marroco", "MA"),
        ("language:moldavo", "ro"),
    ]
    assert second.doubts[0].key == "language:moldavo"
    answered = Vocabulary(SCHOOL.sites, SCHOOL.classes, {"language:moldavo": "ro", "country:marroco": LEAVE_EMPTY})
    row = parse(rows, answered).rows[0]
    assert (row.home_languages, row.citizenships, row.doubts) == (("ro",), (), ())


def test_all_the_facts_of_a_card_are_read() -> None:
    facts = ("Fall", "Awa", "f", "05/2025", "15/09/2025", 3, "wolof e francese", "francese", "sì", "Wolof")
    row = only(
        parse(
            table(
                (
                    "Cognome",
                    "Nome",
                    "M/F",
                    "In Italia dal",
                    "Prima iscrizione in una scuola italiana",
                    "Anni di scuola all’estero",
                    "Altre lingue",
                    "Lingua per le lettere",
                    "Serve il mediatore",
                    "Lingua del mediatore",
                    "Genitore",
                    "Cellulare genitore",
                    "Codice fiscale",
                ),
                (*facts, "FALL MODOU", "333 1234567", "FLLWAA14E43Z343X"),
            )
        )
    )
    assert row == ParsedRow(
        line=2,
        last_name="Fall",
        first_name="Awa",
        sex="F",
        arrival_month=date(2025, 5, 1),
        first_enrolment=date(2025, 9, 15),
        years_abroad=3,
        home_languages=("wo", "fr"),
        letters_language="fr",
        mediator_needed=True,
        mediator_language="wo",
        contact_name="Fall Modou",
        contact_phones=("+393331234567",),
    )


def test_a_pupil_written_twice_is_read_once_or_is_an_error() -> None:
    found = parse(table(HEADER, line(), line(), line(school_class=None), line(birth="03/05/2015")))
    assert [row.line for row in found.rows] == [2, 5]
    assert [(skip.line, str(skip.reason)) for skip in found.skipped] == [(3, "Ripete la riga 2.")]
    assert [error.line for error in found.errors] == [4]
    assert "della riga 2, con notizie diverse" in str(found.errors[0].sentence)


def test_two_of_one_name_without_a_birth_date_may_be_two_people() -> None:
    found = parse(table(HEADER, line(birth=None), line(birth=None, school_class="2C")))
    assert len(found.rows) == 2


@pytest.mark.parametrize(
    ("last", "words"),
    [("???", "Manca il cognome"), ("Fall 2", "contiene un numero"), ("F" * 81, "supera 80 lettere")],
)
def test_what_is_not_a_name_is_said(last: str, words: str) -> None:
    (error,) = parse(table(("Cognome", "Nome", "Nato il"), (last, "Awa", "03/05/2014"))).errors
    assert words in str(error.sentence)


def test_every_line_of_a_list_is_a_pupil_an_error_or_said_to_be_left_out() -> None:
    rows = table(HEADER, line(), line(birth="boh"), ("Totale: 2",), line(birth="04/05/2014"), HEADER, (None, None, "x"))
    found = parse(rows)
    accounted = [item.line for items in (found.rows, found.errors, found.skipped) for item in items]
    assert set(accounted) == {row.number for row in rows.rows} - {1}
