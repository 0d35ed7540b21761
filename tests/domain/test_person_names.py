"""Names as school lists write them."""

import pytest

from schoolapp.domain.person_names import KnownNames, SplitName, split_after, split_full_name, tidy_name

KNOWN = KnownNames(last=frozenset({"hussain", "flores"}), first=frozenset({"ali", "raza", "valentina", "maria"}))


@pytest.mark.parametrize(
    ("text", "expected", "remark"),
    [
        ("ROSSI", "Rossi", "capitals"),
        ("rossi", "Rossi", "small letters"),
        ("El Amrani", "El Amrani", "as it should be: left alone"),
        ("EL AMRANI", "El Amrani", "particles in capitals"),
        ("DELL'AGOSTINO", "Dell'Agostino", "an apostrophe inside"),
        ("DALL'O'", "Dall'O'", "an apostrophe that belongs to the name"),
        ("D’ANGELO", "D’Angelo", "a typographic apostrophe"),
        ("QUISPE HUAMÁN", "Quispe Huamán", "two last names, an accent"),
        ("FLORES-ROJAS", "Flores-Rojas", "a hyphen"),
        ("MCDONALD", "McDonald", "Mc"),
        ("McDonald", "McDonald", "written well already"),
        ("DeLuca", "DeLuca", "the school's own choice stays"),
        ("ÇELA", "Çela", "a letter with a tail"),
        ("ŞİMŞEK", "Şimşek", "the Turkish İ has no second dot when small"),
        ("  Fall   Awa ", "Fall Awa", "spaces"),
        ("Mohamed ALI", "Mohamed Ali", "one word in capitals"),
    ],
)
def test_capitals_become_names_as_they_are_written(text: str, expected: str, remark: str) -> None:
    assert tidy_name(text) == expected, remark


@pytest.mark.parametrize(
    ("text", "expected"),
    [("NICCOLO'", "Niccolò"), ("Noe'", "Noè"), ("GIOSUE' MARIA", "Giosuè Maria"), ("Ma'", "Ma'"), ("D'JON", "D'Jon")],
)
def test_a_final_apostrophe_of_a_first_name_is_an_accent(text: str, expected: str) -> None:
    assert tidy_name(text, is_first_name=True) == expected


@pytest.mark.parametrize(
    ("text", "last", "first", "certain", "remark"),
    [
        ("Hoxha, Endri", "Hoxha", "Endri", True, "a comma parts them"),
        ("GJOKA Endri", "Gjoka", "Endri", True, "capitals are the last name"),
        ("Endri GJOKA", "Gjoka", "Endri", True, "capitals are the last name, wherever they stand"),
        ("DELL'AGOSTINO Luca", "Dell'Agostino", "Luca", True, "capitals with an apostrophe"),
        ("DALL'O' Niccolò", "Dall'O'", "Niccolò", True, "a name that ends with an apostrophe"),
        ("QUISPE HUAMÁN Valentina", "Quispe Huamán", "Valentina", True, "two last names in capitals"),
        ("EL FASSI Amine", "El Fassi", "Amine", True, "a particle in capitals"),
        ("AHMED Ali Raza", "Ahmed", "Ali Raza", True, "two first names"),
        ("FALL", "Fall", "", True, "one name is a last name"),
        ("FALL AWA", "Fall", "Awa", True, "two words, all capitals"),
        ("Fall Awa", "Fall", "Awa", True, "two words"),
        ("EL AMRANI HIBA", "El Amrani", "Hiba", True, "a particle belongs to the next word"),
        ("Ben Salah Youssef", "Ben Salah", "Youssef", True, "a particle belongs to the next word"),
        ("De La Cruz Juan", "De La Cruz", "Juan", True, "two particles"),
        ("HUSSAIN ALI RAZA", "Hussain", "Ali Raza", True, "first names known from other lines"),
        ("Flores Rojas Valentina", "Flores Rojas", "Valentina", True, "a first name known from other lines"),
        ("Mohamed Abdi Hassan", "Mohamed", "Abdi Hassan", False, "nobody knows: the first word, and a question"),
        ("DE LA CRUZ ROJAS ANA", "De La Cruz", "Rojas Ana", False, "particles, then nobody knows"),
    ],
)
def test_a_whole_name_is_parted(text: str, last: str, first: str, certain: bool, remark: str) -> None:
    assert split_full_name(text, KNOWN) == SplitName(last, first, certain), remark


@pytest.mark.parametrize(
    ("text", "last", "first", "certain"),
    [
        ("Luca De Rossi", "De Rossi", "Luca", True),
        ("Endri Gjoka", "Gjoka", "Endri", True),
        ("Sara Pia Rossi", "Rossi", "Sara Pia", False),
        ("Valentina Quispe Huamán", "Quispe Huamán", "Valentina", True),
    ],
)
def test_the_first_name_may_come_first(text: str, last: str, first: str, certain: bool) -> None:
    assert split_full_name(text, KNOWN, first_name_first=True) == SplitName(last, first, certain)


def test_a_person_may_say_where_the_last_name_ends() -> None:
    assert split_after("MOHAMED ABDI HASSAN", 2) == SplitName("Mohamed Abdi", "Hassan")
    assert split_after("SARA PIA ROSSI", 1, first_name_first=True) == SplitName("Rossi", "Sara Pia")
