"""What may be kept of a pupil."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.names import SEARCH_KEY_LENGTH, pupil_search_key
from schoolapp.domain.pupils import PupilFacts, age_on, email_address, ensure_pupil, phone_number, tidy, written_phone

TODAY = date(2026, 11, 22)

REFUSED = [
    ({"last_name": "  "}, "last_name", "no surname"),
    ({"last_name": "- 2"}, "last_name", "not a letter in it"),
    ({"birth_date": date(2027, 3, 14)}, "birth_date", "not born yet"),
    ({"birth_date": date(1914, 3, 14)}, "birth_date", "1914 for 2014"),
    ({"birth_date": date(2025, 3, 14)}, "birth_date", "too young for any school"),
    ({"birth_date": date(2014, 3, 14), "arrival_month": date(2014, 2, 1)}, "arrival_year", "here before birth"),
    ({"arrival_month": date(2028, 2, 1)}, "arrival_year", "more than a year ahead"),
    ({"birth_date": date(2014, 3, 14), "first_enrolment": date(2014, 3, 14)}, "first_enrolment", "enrolled at birth"),
    ({"first_enrolment": date(2030, 3, 14)}, "first_enrolment", "far in the future"),
    ({"first_enrolment": date(2000, 9, 15)}, "first_enrolment", "enrolled longer ago than anyone at school lives"),
    ({"arrival_month": date(2000, 9, 1)}, "arrival_year", "here longer than anyone at school lives"),
    ({"years_abroad": 21}, "years_abroad", "more years than a school has"),
]


@pytest.mark.parametrize(("values", "field", "_remark"), REFUSED, ids=[row[2] for row in REFUSED])
def test_facts_that_cannot_be_true_are_refused_at_their_field(
    values: dict[str, object], field: str, _remark: str
) -> None:
    facts = PupilFacts(**{"last_name": "Benali", **values})  # type: ignore[arg-type]
    with pytest.raises(RuleViolation) as refused:
        ensure_pupil(facts, on=TODAY)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"birth_date": date(2014, 3, 14), "arrival_month": date(2014, 3, 1)},
        {"arrival_month": date(2027, 1, 1)},
        {"arrival_month": date(2001, 9, 1), "first_enrolment": date(2001, 9, 15)},
        {"birth_date": date(2012, 2, 29), "first_enrolment": date(2026, 11, 23), "years_abroad": 0},
    ],
    ids=[
        "only a surname",
        "arrived in the month of birth",
        "arrives soon",
        "as long ago as can be",
        "enrolled from tomorrow",
    ],
)
def test_everything_but_the_surname_may_stay_unknown(values: dict[str, object]) -> None:
    ensure_pupil(PupilFacts(last_name="Benali", **values), on=TODAY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "kept", "read"),
    [
        ("340 123 4567", "+393401234567", "340 123 4567"),
        ("+39 340.1234567", "+393401234567", "340 123 4567"),
        ("0342 526111", "+390342526111", "0342 526111"),
        ("00212 612 345678", "+212612345678", "+212 6 12 34 56 78"),
    ],
)
def test_a_phone_number_is_kept_as_the_network_dials_it(typed: str, kept: str, read: str) -> None:
    assert phone_number(typed) == kept
    assert written_phone(kept) == read


@pytest.mark.parametrize("typed", ["340", "dopo le 16", "+39", "340 123 4567 890 123"])
def test_what_nobody_could_dial_is_refused(typed: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        phone_number(typed)
    assert refused.value.field == "phone"


def test_an_address_without_its_half_is_refused() -> None:
    assert email_address(" Fatima@Esempio.IT ") == "Fatima@esempio.it"
    with pytest.raises(RuleViolation):
        email_address("fatima@")


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2014, 3, 14), date(2026, 3, 13), 11),
        (date(2014, 3, 14), date(2026, 3, 14), 12),
        (date(2012, 2, 29), date(2026, 2, 28), 13),
        (date(2012, 2, 29), date(2026, 3, 1), 14),
    ],
)
def test_age_in_whole_years(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


def test_a_surname_of_two_words_is_also_found_in_one() -> None:
    assert pupil_search_key("D’Angelo", "Niccolò") == "d angelo niccolo dangelo"
    assert pupil_search_key("El Idrissi", "Salma", "Sally") == "el idrissi salma sally elidrissi"


NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)  # as in st.text(), made in no time


@given(NAMES, NAMES)
def test_the_key_always_fits_its_column(last_name: str, first_name: str) -> None:
    assert len(pupil_search_key(last_name, first_name)) <= SEARCH_KEY_LENGTH


def test_signs_that_nobody_sees_are_left_out_and_the_joiners_of_persian_stay() -> None:
    assert tidy("\u202eRo\u00adssi \u2066Maria\u2069\u200b\ufeff") == "Rossi Maria"
    assert tidy("نیم\u200cروز") == "نیم\u200cروز"
