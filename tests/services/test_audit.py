"""Every change leaves a row by itself: who, what, old → new, in the same transaction."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from schoolapp.domain.actors import Actor
from schoolapp.domain.audit_words import COLUMNS, NOT_SHOWN, SUBJECTS, WORDS
from schoolapp.domain.permissions import Permission
from schoolapp.domain.roles import Role
from schoolapp.models import Audited, AuditEvent, Base, Contact, Mark, Pupil, PupilCitizenship, PupilLanguage
from schoolapp.queries import scope
from schoolapp.queries.audit import REFERENCES
from schoolapp.transaction import transaction
from tests import factories

NOT_AUDITED = {
    "ambito": "comes with the installation",
    "assessed_descriptor": "its service writes it into the row of the assessment",
    "assessed_level": "its service writes it into the row of the assessment",
    "audit_event": "is the audit itself",
    "cultural_note": "only its author and who asked may ever read it",
    "desk_contacts": "counts, written with their hours",
    "card_reading": "is a log of its own: who read a pupil's card",
    "comune": "comes with the Ministry's register",
    "meeting_event": "is the story of a request: who did what and when",
    "outbox_message": "is made by what is audited",
    "personal_link": "is made by what is audited",
    "proposed_slot": "written with its request, replaced with it",
    "mark": "its services call audit.record, one row a lesson",
    "remembered_heading": "what a school's lists call things: no fact about anybody",
    "remembered_word": "what a school's lists call things: no fact about anybody",
    "school_year": "comes with the calendar",
    "term": "comes with the calendar",
}
"""Tables without an automatic trace, and why."""


@pytest.fixture
def actor(database: Session) -> Actor:
    return factories.make_actor(Role.COORDINATOR)


def events(database: Session, subject: str) -> list[AuditEvent]:
    return list(database.scalars(select(AuditEvent).where(AuditEvent.subject == subject).order_by(AuditEvent.id)).all())


def test_each_table_leaves_a_trace_or_says_why_not() -> None:
    mappers = Base.registry.mappers
    silent = {str(mapper.local_table) for mapper in mappers if not issubclass(mapper.class_, Audited)}
    assert silent == set(NOT_AUDITED)


def test_each_table_and_column_of_the_audit_has_a_word() -> None:
    for mapper in Base.registry.mappers:
        if not issubclass(mapper.class_, Audited):
            continue
        table = mapper.local_table
        assert isinstance(table, sa.Table)
        assert table.name in SUBJECTS
        for attribute in mapper.column_attrs:
            name = attribute.key
            if name in NOT_SHOWN or name in mapper.class_.audit_exclude:
                continue
            assert name in COLUMNS, f"{table.name}.{name}"
            if isinstance(table.c[name].type, sa.Enum):
                assert set(table.c[name].type.enums) == set(WORDS[(table.name, name)]), f"{table.name}.{name}"
            foreign = bool(table.c[name].foreign_keys)
            assert not foreign or name in REFERENCES, f"{table.name}.{name}"


def test_what_is_made_changed_and_deleted_is_kept_with_its_author(database: Session, actor: Actor) -> None:
    pupil = factories.make_pupil()
    with transaction(actor):
        contact = Contact(pupil=pupil, name="Amina Benali", phone="+393331234567")
        database.add(contact)
    with transaction(actor):
        contact.phone = "+393337654321"
    with transaction(actor):
        database.delete(contact)
    made, changed, deleted = events(database, "contact")
    assert (made.action, changed.action, deleted.action) == ("created", "changed", "deleted")
    assert made.changes["name"] == [None, "Amina Benali"]
    assert changed.changes == {"phone": ["+393331234567", "+393337654321"]}
    assert deleted.changes["phone"] == ["+393337654321", None]
    assert {event.user_id for event in (made, changed, deleted)} == {actor.user_id}
    assert {event.institute_id for event in (made, changed, deleted)} == {pupil.institute_id}
    assert all(event.at.tzinfo is not None for event in (made, changed, deleted))


def test_what_is_undone_leaves_no_trace(database: Session, actor: Actor) -> None:
    pupil = factories.make_pupil()
    database.commit()
    before = len(events(database, "pupil"))

    def fail_in_the_middle() -> None:
        with transaction(actor):
            pupil.last_name = "Altro"
            database.flush()
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        fail_in_the_middle()
    assert len(events(database, "pupil")) == before
    assert database.get_one(Pupil, pupil.id).last_name != "Altro"


def test_what_the_database_refused_leaves_no_trace_in_what_follows(database: Session, actor: Actor) -> None:
    """A flush that fails in its middle has noted what came before the failure."""
    institute_id = factories.make_institute().id
    database.commit()

    def refused() -> None:
        with transaction(actor):
            database.add(
                Pupil(institute_id=institute_id, last_name="Rifiutata", first_name="", search_key="", sort_key="")
            )
            database.add(Contact(pupil_id=10**6, name="Di nessuno"))

    with pytest.raises(sa.exc.IntegrityError):
        refused()
    with transaction(actor):
        factories.make_pupil()
    assert all("Rifiutata" not in str(event.changes) for event in events(database, "pupil"))


def test_a_value_set_to_what_it_was_is_no_change(database: Session, actor: Actor) -> None:
    pupil = factories.make_pupil()
    before = len(events(database, "pupil"))
    with transaction(actor):
        pupil.last_name = str(pupil.last_name)
        pupil.birth_date = date(2014, 3, 14)
    assert len(events(database, "pupil")) == before


def test_the_old_value_is_known_even_where_it_had_not_been_loaded(database: Session, actor: Actor) -> None:
    pupil = factories.make_pupil(last_name="Benali")
    database.commit()
    database.expire(pupil)
    with transaction(actor):
        pupil.last_name = "Ben Ali"
    assert events(database, "pupil")[-1].changes == {"last_name": ["Benali", "Ben Ali"]}


def test_values_that_are_nobodys_business_stay_out(database: Session, actor: Actor) -> None:
    user = factories.make_user(password="old")
    with transaction(actor):
        user.password = "new"
        user.fs_uniquifier = "m" * 64
    assert [event.action for event in events(database, "user_account") if event.subject_id == user.id] == ["created"]
    assert not any({"password", "fs_uniquifier"} & set(event.changes) for event in events(database, "user_account"))


def test_a_child_taken_from_its_parent_is_still_of_the_parents_school(database: Session, actor: Actor) -> None:
    pupil = factories.make_pupil(citizenships=["MA", "FR"], languages=["ar", "fr"])
    with transaction(actor):
        pupil.citizenships = [c for c in pupil.citizenships if c.country == "MA"]
        pupil.languages.remove(pupil.languages[1])
    for subject in ("pupil_citizenship", "pupil_language"):
        event = events(database, subject)[-1]
        assert (event.action, event.subject_id, event.institute_id) == ("deleted", pupil.id, pupil.institute_id)


def test_children_know_their_school_without_a_statement_more(
    database: Session, actor: Actor, statements: Callable[[], Any]
) -> None:
    pupil = factories.make_pupil()
    assert (pupil.contacts, len(pupil.citizenships), len(pupil.languages)) == ([], 1, 1)
    with transaction(actor), statements() as few:
        pupil.contacts.append(Contact(name="uno"))
        database.flush()
    assert len(pupil.contacts) + len(pupil.citizenships) + len(pupil.languages) == 3
    with transaction(actor), statements() as many:
        pupil.contacts.extend(Contact(name=str(number)) for number in range(5))
        pupil.citizenships.append(PupilCitizenship(country="IT"))
        pupil.languages.append(PupilLanguage(language="it", position=1))
        database.flush()
    assert not [statement for statement in many if statement.startswith("SELECT") and "FROM institute" in statement]
    assert sum(statement.startswith("INSERT INTO audit_event") for statement in few) == 1
    assert sum(statement.startswith("INSERT INTO audit_event") for statement in many) == 1


def test_a_command_of_the_operator_has_no_author(database: Session) -> None:
    with transaction(None):
        factories.make_institute(name="IC Nuovo")
    assert events(database, "institute")[-1].user_id is None


def test_marks_leave_their_trace_by_their_service() -> None:
    assert not issubclass(Mark, Audited)


def test_only_who_may_reads_the_audit_of_a_school(database: Session) -> None:
    for role in (Role.FACILITATOR, Role.TEACHER, Role.ADMINISTRATOR):
        assert not factories.make_actor(role).may(Permission.AUDIT_READ)
        assert str(scope.audit_events(factories.make_actor(role))) == "false"
