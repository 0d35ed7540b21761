"""What bringing in a list would do, compared with the pupils of the school."""

from dataclasses import replace
from datetime import date

import pytest

from schoolapp.domain.pupil_imports import (
    Change,
    ImportPlan,
    KnownPupil,
    Outcome,
    digest,
    known_as,
    plan_import,
    same_pupil_doubt,
)
from schoolapp.domain.pupil_lists import CREATE, SKIP_LINE, Field, ParsedList, ParsedRow

BORN = date(2014, 5, 3)
ROW = ParsedRow(line=2, last_name="Fall", first_name="Awa", birth_date=BORN)
PUPIL = KnownPupil(id=1, last_name="Fall", first_name="Awa", birth_date=BORN)


def plan(*rows: ParsedRow, known: tuple[KnownPupil, ...] = (PUPIL,), **decisions: str) -> ImportPlan:
    answers = {key.replace("__", ":"): answer for key, answer in decisions.items()}
    return plan_import(ParsedList(rows, (), ()), known, answers)


def outcome(row: ParsedRow, *known: KnownPupil) -> Outcome:
    made = plan(row, known=known)
    assert made.questions == ()
    return made.rows[0].outcome


@pytest.mark.parametrize(
    ("row", "pupil", "expected", "remark"),
    [
        (ROW, PUPIL, Outcome.UNCHANGED, "the same"),
        (ROW, replace(PUPIL, last_name="FALL", first_name="Awà"), Outcome.UNCHANGED, "the school's spelling stays"),
        (ROW, replace(PUPIL, birth_date=date(2010, 1, 1)), Outcome.NEW, "the same name, another child"),
        (replace(ROW, birth_date=None), replace(PUPIL, birth_date=None), Outcome.UNCHANGED, "no date in either"),
        (
            replace(ROW, birth_date=None, class_id=7),
            replace(PUPIL, birth_date=None, class_id=None),
            Outcome.CHANGED,
            "no date, and a class at last",
        ),
    ],
)
def test_a_line_is_a_pupil_by_names_and_birth_date(
    row: ParsedRow, pupil: KnownPupil, expected: Outcome, remark: str
) -> None:
    assert outcome(row, pupil) is expected, remark


@pytest.mark.parametrize(
    ("row", "pupil", "remark"),
    [
        (replace(ROW, birth_date=None), PUPIL, "the list has no date"),
        (ROW, replace(PUPIL, birth_date=None), "the card has no date"),
        (replace(ROW, birth_date=None, class_id=7), replace(PUPIL, birth_date=None, class_id=8), "two classes"),
        (replace(ROW, first_name="Awa Maria"), PUPIL, "a second name"),
        (replace(ROW, last_name="Awa", first_name="Fall"), PUPIL, "swapped names"),
        (ROW, replace(PUPIL, archived=True), "the card is in the archive"),
    ],
)
def test_a_line_that_only_resembles_a_pupil_is_a_question(row: ParsedRow, pupil: KnownPupil, remark: str) -> None:
    (question,) = plan(row, known=(pupil,)).questions
    assert [key for key, _reason in question.candidates] == [1], remark


def test_the_answer_decides() -> None:
    row = replace(ROW, first_name="Awa Maria")
    key = same_pupil_doubt(row).key.replace(":", "__")
    assert plan(row, **{key: "1"}).rows[0].pupil_id == 1
    assert plan(row, **{key: CREATE}).rows[0].outcome is Outcome.NEW
    left_out = plan(row, **{key: SKIP_LINE})
    assert (left_out.rows, [line.line for line in left_out.skipped]) == ((), [2])


def test_an_answer_about_a_pupil_who_is_gone_is_asked_again() -> None:
    row = replace(ROW, first_name="Awa Maria")
    assert len(plan(row, **{same_pupil_doubt(row).key.replace(":", "__"): "99"}).questions) == 1


def test_a_twin_who_is_new_is_not_taken_for_the_one_who_has_a_line() -> None:
    twin = replace(ROW, line=3, first_name="Awe")
    made = plan(ROW, twin)
    assert made.questions == ()
    assert [planned.outcome for planned in made.rows] == [Outcome.UNCHANGED, Outcome.NEW]


@pytest.mark.parametrize(
    ("said", "known", "expected", "remark"),
    [
        ({"sex": "F"}, {}, [Change(Field.SEX, None, "F")], "a fact the card did not have"),
        ({}, {"sex": "F"}, [], "what the list does not say stays"),
        ({"arrival_month": date(2025, 5, 1)}, {"arrival_month": date(2025, 5, 1)}, [], "the same fact"),
        ({"citizenships": ("MA",)}, {"citizenships": ("IT", "MA")}, [], "the card knows more"),
        (
            {"citizenships": ("IT",)},
            {"citizenships": ("MA",)},
            [Change(Field.CITIZENSHIP, ("MA",), ("IT",))],
            "another citizenship",
        ),
        ({"home_languages": ("ar",)}, {"home_languages": ("ar", "fr")}, [], "the card knows more"),
        (
            {"home_languages": ("uk",)},
            {"home_languages": ("ru",)},
            [Change(Field.HOME_LANGUAGES, ("ru",), ("uk",))],
            "another language",
        ),
        ({"class_id": 7, "class_name": "2B"}, {"class_id": 7}, [], "the same class"),
        ({"class_id": 7, "class_name": "2B"}, {"class_id": 8}, [Change(Field.CLASS_NAME, 8, 7)], "another class"),
        ({"class_name": "2D"}, {"class_id": 8}, [], "a class nobody knows changes nothing"),
        (
            {"class_name": "2D", "create_class": True},
            {"class_id": 8},
            [Change(Field.CLASS_NAME, 8, "2D")],
            "a class to be made",
        ),
        ({"contact_phones": ("+39333",)}, {"contacts": (("Modou", "+39333"),)}, [], "a known telephone"),
        (
            {"contact_phones": ("+39340",)},
            {"contacts": (("Modou", "+39333"),)},
            [Change(Field.CONTACT_PHONE, ("+39333",), ("+39333", "+39340"))],
            "one telephone more",
        ),
        ({"contact_name": "MODOU"}, {"contacts": (("Modou", None),)}, [], "a known name"),
        ({"contact_name": "Awa"}, {}, [Change(Field.CONTACT_NAME, (), ("Awa",))], "a new name"),
        ({"mediator_language": "wo"}, {}, [], "the language of a mediator nobody needs"),
        (
            {"mediator_language": "wo"},
            {"mediator_needed": True},
            [Change(Field.MEDIATOR_LANGUAGE, None, "wo")],
            "the language of the mediator they need",
        ),
    ],
)
def test_only_what_the_list_says_otherwise_changes(
    said: dict[str, object], known: dict[str, object], expected: list[Change], remark: str
) -> None:
    row, pupil = replace(ROW, **said), replace(PUPIL, **known)  # type: ignore[arg-type]
    (planned,) = plan(row, known=(pupil,)).rows
    assert list(planned.changes) == expected, remark
    assert planned.outcome is (Outcome.CHANGED if expected else Outcome.UNCHANGED), remark


def test_a_fingerprint_changes_with_any_fact() -> None:
    assert digest(PUPIL) == digest(replace(PUPIL))
    assert digest(PUPIL) != digest(replace(PUPIL, home_languages=("wo",)))
    assert known_as(PUPIL)["birth_date"] == "2014-05-03"
