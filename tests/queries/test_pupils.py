"""The list of pupils and its search: only what the person may see, in the order of a register."""

import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from schoolapp import queries, services
from schoolapp.domain.actors import Actor
from schoolapp.domain.permissions import Permission
from schoolapp.domain.pupils import PupilFacts
from schoolapp.domain.roles import Role
from schoolapp.domain.search_keys import search_key
from schoolapp.queries.pupils import OTHER_LANGUAGE, PupilFilters
from tests import factories

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def _names(actor: Actor, **filters: Any) -> list[str]:
    return [row.name for row in queries.pupils.list_pupils(actor, PupilFilters(**filters)).rows]


def _make(institute_id: int, last_name: str, first_name: str = "", called: str | None = None) -> None:
    facts = PupilFacts(last_name=last_name, first_name=first_name, called_name=called)
    services.pupils.create(institute_id=institute_id, facts=facts, class_id=None, today=TODAY)


def test_pupils_stand_in_the_order_of_a_register(database: Session) -> None:
    institute = factories.make_institute()
    for last, first in (("De Luca", "Ada"), ("Élodie", "Zoé"), ("De", "Zita"), ("benali", "Omar"), ("Zanoli", "Ugo")):
        _make(institute.id, last, first)
    actor = factories.make_actor(Role.COORDINATOR, institute)
    assert _names(actor) == ["benali Omar", "De Zita", "De Luca Ada", "Élodie Zoé", "Zanoli Ugo"]


SEARCHES = [
    ("benali", True, "the surname"),
    ("BENÀLI", True, "accents and case do not matter"),
    ("salm ben", True, "beginnings of words, in any order"),
    ("zahra", True, "a word in the middle"),
    ("fatimazahra", True, "names of two words written in one"),
    ("sally", True, "what she is called"),
    ("alima", False, "not the middle of a word"),
    ("benali omar", False, "every word counts"),
    ("%", True, "a sign alone asks nothing"),
    ("be_ali", False, "no wildcards"),
]


@pytest.mark.parametrize(("text", "found", "_remark"), SEARCHES, ids=[row[2] for row in SEARCHES])
def test_search(database: Session, text: str, found: bool, _remark: str) -> None:
    institute = factories.make_institute()
    _make(institute.id, "Benali", "Salma Fatima-Zahra", "Sally")
    _make(institute.id, "Fatima Zahra", "Noor") if "fatimazahra" in text else None
    actor = factories.make_actor(Role.COORDINATOR, institute)
    assert bool(_names(actor, text=text)) is found


_LETTERS = "abcdefghilmnoprstuvzàèéìòùçñșțšđäöü’- "
_NAMES = st.text(alphabet=_LETTERS, min_size=1, max_size=30).filter(lambda name: search_key(name) != "")


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(last=_NAMES, first=_NAMES, data=st.data())
def test_any_beginnings_of_the_words_find_the_pupil_however_they_are_typed(
    database: Session, last: str, first: str, data: st.DataObject
) -> None:
    institute = factories.make_institute()
    _make(institute.id, last, first)
    actor = factories.make_actor(Role.COORDINATOR, institute)
    words = data.draw(st.permutations(search_key(f"{last} {first}").split()))[:6]
    typed = " ".join(word[: data.draw(st.integers(1, len(word)))] for word in words)
    plain = "".join(sign for sign in unicodedata.normalize("NFD", typed) if not unicodedata.combining(sign))
    for text in (typed, plain.upper(), f"  {typed} "):
        assert len(_names(actor, text=text)) == 1


def test_filters_narrow_the_list(database: Session) -> None:
    institute = factories.make_institute()
    site = factories.make_site(institute)
    second = factories.make_class(site, name="2A")
    third = factories.make_class(factories.make_site(institute), name="3A")
    ada = factories.make_pupil(institute, last_name="Ada", school_class=second, languages=["ur"])
    factories.make_pupil(institute, last_name="Bo", school_class=third, languages=["ha"])
    factories.make_pupil(institute, last_name="Ciro", languages=[], archived_at=AT)
    workshop = factories.make_workshop(institute)
    factories.make_enrolment(workshop, ada)
    actor = factories.make_actor(Role.COORDINATOR, institute)
    with time_machine.travel(AT, tick=False):
        assert _names(actor) == ["Ada Salma", "Bo Salma"]
        assert _names(actor, class_id=third.id) == ["Bo Salma"]
        assert _names(actor, site_id=site.id) == ["Ada Salma"]
        assert _names(actor, language="ur") == ["Ada Salma"]
        assert _names(actor, language=OTHER_LANGUAGE) == ["Bo Salma"]
        assert _names(actor, enrolled=True) == ["Ada Salma"]
        assert _names(actor, enrolled=False) == ["Bo Salma"]
        assert _names(actor, archived=True) == ["Ciro Salma"]
        row = queries.pupils.list_pupils(actor, PupilFilters()).rows[0]
    assert (row.class_name, row.site_name, row.languages, row.workshops) == (
        "2A",
        site.name,
        ("ur",),
        (workshop.title,),
    )


def test_an_enrolment_that_has_ended_is_no_enrolment(database: Session) -> None:
    workshop = factories.make_workshop()
    factories.make_enrolment(workshop, last_day=date(2026, 11, 20))
    actor = factories.make_actor(Role.COORDINATOR, workshop.institute)
    with time_machine.travel(AT, tick=False):
        assert _names(actor, enrolled=True) == []


def test_a_teacher_finds_only_pupils_of_the_own_classes(database: Session) -> None:
    site = factories.make_site()
    mine, other = factories.make_class(site, name="2A"), factories.make_class(site, name="2B")
    teacher = factories.make_user(Role.TEACHER, site.institute)
    factories.make_class_teacher(teacher, mine)
    ada = factories.make_pupil(site.institute, last_name="Ada", school_class=mine)
    bo = factories.make_pupil(site.institute, last_name="Bo", school_class=other)
    actor = factories.actor_of(teacher)
    assert _names(actor) == ["Ada Salma"]
    assert _names(actor, text="bo") == []
    assert _names(actor, class_id=other.id) == []
    assert queries.pupils.get(actor, ada.id) is ada
    with pytest.raises(NoResultFound):
        queries.pupils.get(actor, bo.id)
    with pytest.raises(NoResultFound):
        queries.pupils.get(actor, ada.id, Permission.PUPILS_MANAGE)
    services.pupils.set_class(ada, class_id=other.id, on=TODAY)
    assert _names(actor) == []


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.MEDIATOR, Role.DISTRICT_OFFICER, Role.ADMINISTRATOR])
def test_who_may_not_read_pupils_finds_none(database: Session, role: Role) -> None:
    pupil = factories.make_pupil()
    institute = None
    if role is Role.FACILITATOR:
        institute = database.get_one(type(factories.make_institute()), pupil.institute_id)
    assert _names(factories.make_actor(role, institute)) == []


def test_a_page_holds_fifty_and_a_page_too_far_is_the_last(database: Session) -> None:
    institute = factories.make_institute()
    for number in range(61):
        factories.make_pupil(institute, last_name=f"A {number:02}")
    actor = factories.make_actor(Role.COORDINATOR, institute)
    first = queries.pupils.list_pupils(actor, PupilFilters())
    last = queries.pupils.list_pupils(actor, PupilFilters(), page=99)
    assert (len(first.rows), first.total, first.last_page) == (50, 61, 2)
    assert (len(last.rows), last.page) == (11, 2)
    assert {row.id for row in first.rows}.isdisjoint(row.id for row in last.rows)


def test_the_list_takes_three_statements_however_many_rows(database: Session, statements: Callable[[], Any]) -> None:
    institute = factories.make_institute()
    actor = factories.make_actor(Role.COORDINATOR, institute)
    for count in (1, 30):
        for _ in range(count):
            factories.make_pupil(institute)
        with statements() as seen:
            queries.pupils.list_pupils(actor, PupilFilters(text="ben"))
        assert len(seen) == 3


def test_a_class_lists_who_is_in_it_now_and_an_enrolment_counts_on_its_last_day(database: Session) -> None:
    school_class = factories.make_class()
    institute = school_class.site.institute
    stays = factories.make_pupil(institute, school_class=school_class, last_name="Resta", first_name="")
    left = factories.make_pupil(institute, school_class=school_class, last_name="Esce", first_name="")
    services.pupils.set_class(left, class_id=None, on=date(2026, 11, 10))
    factories.make_enrolment(factories.make_workshop(site=school_class.site), stays, last_day=TODAY)
    factories.make_enrolment(factories.make_workshop(site=school_class.site), left, last_day=date(2026, 11, 21))
    actor = factories.make_actor(Role.COORDINATOR, institute)
    with time_machine.travel(AT):
        assert _names(actor, class_id=school_class.id) == ["Resta"]
        assert _names(actor, enrolled=True) == ["Resta"]
        assert _names(actor, enrolled=False) == ["Esce"]
