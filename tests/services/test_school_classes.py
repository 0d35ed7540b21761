"""Classes made by hand, and who teaches them."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from schoolapp import queries, services
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.roles import Role
from tests import factories

TODAY = date(2026, 11, 22)


def test_a_class_is_made_once(database: Session) -> None:
    site = factories.make_site()
    made = services.school_classes.create(site=site, name=" 2B ", on=TODAY)
    assert (made.name, made.institute_id) == ("2B", site.institute_id)
    for name in ("2B", ""):
        with pytest.raises(RuleViolation):
            services.school_classes.create(site=site, name=name, on=TODAY)


def test_only_a_teacher_of_the_institute_teaches_the_class(database: Session) -> None:
    school_class = factories.make_class()
    institute = school_class.site.institute
    teacher = factories.make_user(Role.TEACHER, institute)
    former, future = factories.make_user(), factories.make_user()
    factories.make_membership(former, Role.TEACHER, institute, valid_to=date(2026, 11, 21))
    factories.make_membership(future, Role.TEACHER, institute, valid_from=date(2026, 11, 23))
    head = factories.make_user(Role.HEAD, institute)
    assert [person.id for person in queries.school_classes.list_possible_teachers(school_class, on=TODAY)] == [
        teacher.id
    ]
    for stranger in (factories.make_user(Role.TEACHER), head, former, future):
        with pytest.raises(RuleViolation):
            services.school_classes.add_teacher(school_class, user_id=stranger.id, on=TODAY)
    services.school_classes.add_teacher(school_class, user_id=teacher.id, on=TODAY)
    services.school_classes.add_teacher(school_class, user_id=teacher.id, on=TODAY)
    assert [person.id for person in queries.school_classes.list_teachers(school_class)] == [teacher.id]
    assert queries.school_classes.list_possible_teachers(school_class, on=TODAY) == []
    services.school_classes.remove_teacher(school_class, user_id=teacher.id)
    services.school_classes.remove_teacher(school_class, user_id=teacher.id)
    assert queries.school_classes.list_teachers(school_class) == []
