"""Whether two records are the same pupil."""

from datetime import date

import pytest

from schoolapp.domain.pupil_matching import Likeness, Person, PupilIndex, compare, phonetic_key

BORN = date(2014, 3, 2)
LATER = date(2015, 6, 7)


def person(name: str, born: date | None = BORN, sex: str | None = None) -> Person:
    last, _, first = name.partition(", ")
    return Person(last, first, born, sex)


@pytest.mark.parametrize(
    ("one", "other", "likeness", "remark"),
    [
        ("Benali, Salma", "BENALI, SALMA", Likeness.EXACT, "case"),
        ("Huamán, Zoé", "Huaman, Zoe", Likeness.EXACT, "accents"),
        ("Dall'O', Pietro", "Dall’O’, Pietro", Likeness.EXACT, "apostrophes"),
        ("Kovalenko, Nazar", "Коваленко, Назар", Likeness.EXACT, "another alphabet"),
        ("Hossain, Rafi", "Rafi, Hossain", Likeness.LIKELY, "swapped names"),
        ("Hossain, Rafi", "Hussain, Rafi", Likeness.LIKELY, "another transliteration"),
        ("Rafi, Hossain", "Hussain, Rafi", Likeness.LIKELY, "swapped and transliterated"),
        ("Mohamed, Ali", "Muhammad, Ali", Likeness.LIKELY, "another transliteration"),
        ("Mohammed, Ali", "Muhammad, Ali", Likeness.LIKELY, "another transliteration"),
        ("Khan, Ayesha", "Khan, Aisha", Likeness.LIKELY, "another transliteration"),
        ("Bouzid, Youssef", "Buzid, Yusuf", Likeness.LIKELY, "French and English spelling"),
        ("Shevchenko, Sofiia", "Ševčenko, Sofija", Likeness.LIKELY, "two ways to write Ukrainian"),
        ("El Amrani, Hiba", "Elamrani, Hiba", Likeness.LIKELY, "written together"),
        ("Hussain, Ali", "Hussain, Ali Raza", Likeness.LIKELY, "a second name left out"),
        ("Rojas, Ana", "Flores Rojas, Ana", Likeness.LIKELY, "a second last name left out"),
        ("Singh, Arjun", "Singh, Gurpreet", Likeness.NO, "the same last name, another child"),
        ("Fall, Awa", "Diop, Awa", Likeness.NO, "the same first name, another child"),
        ("Rossi, Luca", "Bianchi, Ada", Likeness.NO, "nothing in common"),
        ("Rossi, ", "Rossi, Ada", Likeness.NO, "half a name is not enough"),
    ],
)
def test_two_people_born_on_the_same_day(one: str, other: str, likeness: Likeness, remark: str) -> None:
    for pair in ((person(one), person(other)), (person(other), person(one))):
        match = compare(*pair)
        assert match.likeness is likeness, remark
        assert (str(match.reason) == "") == (likeness is Likeness.NO)


@pytest.mark.parametrize(
    ("one", "other", "likeness", "remark"),
    [
        (BORN, None, Likeness.LIKELY, "one date missing"),
        (None, None, Likeness.LIKELY, "both dates missing"),
        (date(2014, 3, 4), date(2014, 4, 3), Likeness.LIKELY, "day and month swapped"),
        (date(2014, 3, 4), date(2015, 3, 4), Likeness.LIKELY, "another year"),
        (date(2014, 3, 4), date(2014, 3, 14), Likeness.LIKELY, "another day"),
        (date(2014, 3, 4), date(2016, 12, 1), Likeness.NO, "two children of one name"),
    ],
)
def test_the_same_names_with_other_dates(one: date | None, other: date | None, likeness: Likeness, remark: str) -> None:
    assert compare(person("Wang, Xinyi", one), person("Wang, Xinyi", other)).likeness is likeness, remark


def test_another_spelling_without_a_birth_date_is_nobody() -> None:
    assert compare(person("Hossain, Rafi", None), person("Hussain, Rafi")).likeness is Likeness.NO


def test_brother_and_sister_of_the_same_day_are_two() -> None:
    assert compare(person("Hussain, Amir", sex="M"), person("Hussain, Amira", sex="F")).likeness is Likeness.NO
    assert compare(person("Hussain, Noor", sex="M"), person("Hussain, Noor", sex="F")).likeness is Likeness.EXACT


@pytest.mark.parametrize(
    "words", [("mohamed", "muhammad", "mohammed"), ("hossain", "hussein"), ("youssef", "yusuf"), ("jamal", "djamel")]
)
def test_transliterations_sound_alike(words: tuple[str, ...]) -> None:
    assert len({phonetic_key(word) for word in words}) == 1


def test_an_index_finds_the_exact_one_first() -> None:
    index = PupilIndex(
        [
            (1, person("Hussain, Rafi")),
            (2, person("Rafi, Hossain")),
            (3, person("Hossain, Rafi")),
            (4, person("Hossain, Rafi", LATER)),
            (5, person("Fall, Awa")),
        ]
    )
    assert [key for key, _match in index.matches(person("Hossain, Rafi"))] == [3, 2, 1]
    assert index.matches(person("Diop, Awa")) == []


def test_a_birthday_that_many_share_still_finds_the_alike() -> None:
    crowd = PupilIndex([(n, person(f"Cognome{chr(97 + n // 26)}{chr(97 + n % 26)}, Nome{n}")) for n in range(200)])
    crowd.add(999, person("Hossain, Rafi"))
    assert [key for key, _match in crowd.matches(person("Hussain, Rafi"))] == [999]
