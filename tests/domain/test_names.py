from itertools import permutations

import pytest

from schoolapp.domain.names import PersonName, display_names, register_sort_key


def shown(*names: tuple[str, str] | tuple[str, str, str]) -> list[str]:
    people = [PersonName(key, *name) for key, name in enumerate(names)]
    by_key = display_names(people)
    return [by_key[person.key] for person in people]


@pytest.mark.parametrize(
    ("names", "expected", "remark"),
    [
        ([("Benali", "Salma")], ["Salma B."], "the usual"),
        ([("Wang", "Yu Xin")], ["Yu Xin W."], "a name of two parts stays whole"),
        ([("Hasan", "Rafi"), ("Hossain", "Rafi")], ["Rafi Ha.", "Rafi Ho."], "one letter more"),
        (
            [("Hasan", "Rafi"), ("Hossain", "Rafi"), ("Karim", "Rafi")],
            ["Rafi Ha.", "Rafi Ho.", "Rafi K."],
            "only for those who need it",
        ),
        ([("Hu", "Li"), ("Huang", "Li")], ["Li Hu", "Li Hua."], "a whole surname has no full stop"),
        ([("Singh", "Arjun"), ("Singh", "Arjun")], ["Arjun Singh (1)", "Arjun Singh (2)"], "the same names"),
        ([("Diallo", "Aïcha"), ("Diop", "Aicha")], ["Aïcha Dia.", "Aicha Dio."], "an accent does not tell apart"),
        ([("D’Amico", "Sara"), ("De Luca", "Sara")], ["Sara D’A.", "Sara De."], "an apostrophe is no letter"),
        ([("Chen", "Wenjing", "Giulia")], ["Giulia C."], "the called name"),
        ([("Chen", "Wenjing", "  ")], ["Wenjing C."], "an empty called name is none"),
        ([("Abebe", "")], ["Abebe"], "a person of one name"),
        ([("Abebe", ""), ("Tesfaye", "Abebe")], ["Abebe", "Abebe T."], "beside one who is called the same"),
        ([("Abebe", ""), ("Abebe", "")], ["Abebe (1)", "Abebe (2)"], "two of one name"),
        ([("Коваленко", "Олена")], ["Олена К."], "another alphabet"),
    ],
)
def test_the_name_on_the_tablet(names: list[tuple[str, str]], expected: list[str], remark: str) -> None:
    assert shown(*names) == expected


def test_the_name_of_a_pupil_does_not_depend_on_the_order_of_the_group() -> None:
    group = [
        PersonName(7, "Hossain", "Rafi"),
        PersonName(3, "Hasan", "Rafi"),
        PersonName(5, "Hasan", "Rafi"),
        PersonName(1, "Haq", "Rafi"),
    ]
    results = [display_names(order) for order in permutations(group)]
    assert all(result == results[0] for result in results)
    assert results[0] == {1: "Rafi Haq", 3: "Rafi Hasan (1)", 5: "Rafi Hasan (2)", 7: "Rafi Ho."}


def test_no_two_pupils_of_a_group_are_shown_alike() -> None:
    group = [("Diop", "Awa"), ("Diop", "Awa"), ("Diop", "Awa"), ("Di", "Awa"), ("Diopé", "Awa"), ("D’Iop", "Awa")]
    assert len(set(shown(*group))) == len(group)


@pytest.mark.parametrize(
    ("earlier", "later", "remark"),
    [
        (("Bianchi", "Ada"), ("Rossi", "Ada"), "by surname"),
        (("Rossi", "Ada"), ("Rossi", "Ugo"), "then by name"),
        (("De", "Zoe"), ("De Luca", "Ada"), "a shorter surname first, whatever the name"),
        (("Šarić", "Ana"), ("Sarti", "Ana"), "accents count for nothing"),
        (("bianchi", "Ugo"), ("Rossi", "Ada"), "nor does case"),
        (("Øst", "Ida"), ("Pini", "Ada"), "letters of other languages stand where Italians look for them"),
        (("Alì", "Omar"), ("Ali", "Zaid"), "the same surname with and without an accent"),
    ],
)
def test_the_order_of_a_register(earlier: tuple[str, str], later: tuple[str, str], remark: str) -> None:
    assert register_sort_key(*earlier) < register_sort_key(*later)


def test_a_sort_key_fits_its_column() -> None:
    assert len(register_sort_key("诸葛" * 40, "亮" * 80)) == 180
