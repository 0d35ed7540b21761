"""Classes made by hand, and their teachers."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from schoolapp import services
from schoolapp.domain.roles import Role
from schoolapp.models import AuditEvent, ClassTeacher, Institute, SchoolClass
from tests import factories
from tests.support.page import Browser


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel("2026-11-23T09:00:00Z", tick=False):
        yield


@pytest.fixture
def institute(database: Session, browser: Browser) -> Institute:
    made = factories.make_institute()
    browser.sign_in(factories.make_user(Role.COORDINATOR, made))
    return made


def test_a_class_is_made_and_gets_its_teacher(browser: Browser, institute: Institute) -> None:
    factories.make_site(institute, name="Primaria Rivolta")
    teacher = factories.make_user(Role.TEACHER, institute, name="Paola Gerosa")
    form = browser.get("/classes").form("Aggiungi la classe").fill("Plesso", "Primaria Rivolta").fill("Classe", "2B")
    page = form.send()
    assert page.h1 == "Classe 2B"
    page = page.form("Aggiungi il docente").fill("Docente", teacher.name).send()
    assert "Docente aggiunto." in page.text
    assert browser.get("/classes").rows("Classi") == [
        ["2B , Primaria Rivolta", "Primaria Rivolta", "0", "Paola Gerosa"]
    ]
    page = page.form("Togli Paola Gerosa").send()
    assert "Docente tolto." in page.text
    assert "Nessun docente" in page.text


def test_the_same_class_twice_or_without_a_name_is_refused(
    browser: Browser, database: Session, institute: Institute
) -> None:
    site = factories.make_site(institute)
    factories.make_class(site, name="2B")
    form = browser.get("/classes").form("Aggiungi la classe").fill("Plesso", site.name)
    assert form.send().errors() == ["Scrivi il nome della classe, per esempio 2B."]
    twice = form.fill("Classe", "2B").send()
    assert twice.status == 422
    assert twice.errors() == [f"La classe 2B di {site.name} c’è già."]
    assert twice.form("Aggiungi la classe").values["name"] == ["2B"]
    assert len(database.scalars(select(SchoolClass)).all()) == 1


def test_foreign_sites_classes_and_teachers_do_not_exist(
    browser: Browser, database: Session, institute: Institute
) -> None:
    mine = factories.make_class(factories.make_site(institute))
    foreign_class, foreign_teacher = factories.make_class(), factories.make_user(Role.TEACHER)
    form = browser.get("/classes").form("Aggiungi la classe").fill("Classe", "9Z")
    form.values["site_id"] = [str(foreign_class.site_id)]
    assert form.send().status == 404
    form.values["site_id"] = ["x"]
    assert form.send().status == 422
    factories.make_user(Role.TEACHER, institute)
    add = browser.get(f"/classes/{mine.id}").form("Aggiungi il docente")
    add.values["user_id"] = [str(foreign_teacher.id)]
    assert add.send().status == 422
    assert browser.get(f"/classes/{foreign_class.id}").status == 404
    assert browser.post(f"/classes/{foreign_class.id}/teachers", add.values).status == 404
    assert database.scalars(select(ClassTeacher)).all() == []
    assert len(database.scalars(select(SchoolClass)).all()) == 2


def test_who_was_given_a_class_and_lost_it_stands_in_the_audit_of_the_school(
    browser: Browser, institute: Institute, database: Session
) -> None:
    school_class = factories.make_class(factories.make_site(institute))
    teacher = factories.make_user(Role.TEACHER, institute)
    services.school_classes.add_teacher(school_class, user_id=teacher.id, on=date(2026, 11, 23))
    services.school_classes.remove_teacher(school_class, user_id=teacher.id)
    rows = database.execute(
        select(AuditEvent.action, AuditEvent.institute_id).where(AuditEvent.subject == "class_teacher")
    )
    assert rows.all() == [("created", institute.id), ("deleted", institute.id)]
