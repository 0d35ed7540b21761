"""Pupils: written down, changed, moved to another class, archived. Never deleted."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.names import pupil_search_key, register_sort_key
from schoolapp.domain.pupils import PupilFacts, email_address, ensure_pupil, phone_number, tidy
from schoolapp.domain.wording import N_
from schoolapp.extensions import db
from schoolapp.models import (
    CardReading,
    ClassMembership,
    Contact,
    Pupil,
    PupilCitizenship,
    PupilLanguage,
    SchoolClass,
)


def create(*, institute_id: int, facts: PupilFacts, class_id: int | None, today: date) -> Pupil:
    """A new pupil of the institute, in the class if one is given."""
    ensure_pupil(facts, on=today)
    pupil = Pupil(institute_id=institute_id)
    _write(pupil, facts)
    db.session.add(pupil)
    db.session.flush()
    set_class(pupil, class_id=class_id, on=today)
    return pupil


def update(pupil: Pupil, *, facts: PupilFacts, class_id: int | None, today: date) -> Pupil:
    """The pupil with these facts in place of the old ones."""
    ensure_pupil(facts, on=today)
    _write(pupil, facts)
    db.session.flush()
    set_class(pupil, class_id=class_id, on=today)
    return pupil


def set_class(pupil: Pupil, *, class_id: int | None, on: date) -> None:
    """From `on` the pupil is in this class, or in none: the old membership ends the day before."""
    now = db.session.scalar(
        select(ClassMembership).where(ClassMembership.pupil_id == pupil.id, ClassMembership.valid_to.is_(None))
    )
    if (now.class_id if now else None) == class_id:
        return
    if class_id is not None:
        _ensure_class_of(pupil.institute_id, class_id)
    if now is not None and class_id is not None and now.valid_from >= on:
        now.class_id = class_id  # put in the wrong class and corrected at once: nobody was in the other one
        db.session.flush()
        return
    if now is not None:
        now.valid_to = max(now.valid_from, on - timedelta(days=1))
        db.session.flush()  # before the new one: a pupil has one class at a time
    if class_id is not None:
        db.session.add(ClassMembership(pupil=pupil, class_id=class_id, valid_from=on))
        db.session.flush()


def archive(pupil: Pupil, *, at: datetime) -> None:
    """Out of the lists; registers and attendance stay as they are."""
    if pupil.archived_at is not None:
        raise RuleViolation(N_("La scheda è già in archivio."))
    pupil.archived_at = at
    db.session.flush()


def unarchive(pupil: Pupil) -> None:
    """Back in the lists."""
    pupil.archived_at = None
    db.session.flush()


def note_reading(*, pupil_id: int, user_id: int, at: datetime) -> CardReading:
    """Leave who opened the card, and when."""
    reading = CardReading(pupil_id=pupil_id, user_id=user_id, at=at)
    db.session.add(reading)
    db.session.flush()
    return reading


def _ensure_class_of(institute_id: int, class_id: int) -> None:
    found = db.session.scalar(
        select(SchoolClass.id).where(SchoolClass.id == class_id, SchoolClass.institute_id == institute_id)
    )
    if found is None:
        raise RuleViolation(N_("Scegli una classe dell’istituto dall’elenco."), field="class_id")


def _write(pupil: Pupil, facts: PupilFacts) -> None:
    pupil.last_name = tidy(facts.last_name)
    pupil.first_name = tidy(facts.first_name)
    pupil.called_name = tidy(facts.called_name) or None
    pupil.search_key = pupil_search_key(pupil.last_name, pupil.first_name, pupil.called_name)
    pupil.sort_key = register_sort_key(pupil.last_name, pupil.first_name)
    pupil.birth_date = facts.birth_date
    pupil.birth_place = tidy(facts.birth_place) or None
    pupil.sex = facts.sex
    pupil.arrival_month = facts.arrival_month.replace(day=1) if facts.arrival_month else None
    pupil.first_enrolment = facts.first_enrolment
    pupil.years_abroad = facts.years_abroad
    pupil.alphabets = None if facts.alphabets is None else " ".join(facts.alphabets)
    pupil.letters_language = facts.letters_language
    pupil.mediator_needed = facts.mediator_needed
    pupil.mediator_language = facts.mediator_language if facts.mediator_needed else None
    pupil.entry_level = facts.entry_level
    _write_citizenships(pupil, facts)
    _write_languages(pupil, facts)
    _write_contacts(pupil, facts)


def _write_citizenships(pupil: Pupil, facts: PupilFacts) -> None:
    wanted = list(dict.fromkeys(facts.citizenships))
    kept = [item for item in pupil.citizenships if item.country in wanted]
    have = {item.country for item in kept}
    pupil.citizenships = kept + [PupilCitizenship(country=country) for country in wanted if country not in have]


def _write_languages(pupil: Pupil, facts: PupilFacts) -> None:
    have = {item.language: item for item in pupil.languages}
    wanted = list(dict.fromkeys(facts.languages))
    pupil.languages = [have.get(language) or PupilLanguage(language=language) for language in wanted]
    for position, item in enumerate(pupil.languages):
        item.position = position


def _write_contacts(pupil: Pupil, facts: PupilFacts) -> None:
    """The first stays the first: a contact is the same one while it stands in its place."""
    wanted = [contact for contact in facts.contacts if not contact.is_empty]
    have = list(pupil.contacts)[: len(wanted)]
    pupil.contacts = have + [Contact() for _ in wanted[len(have) :]]
    for position, (item, contact) in enumerate(zip(pupil.contacts, wanted, strict=True)):
        item.name = tidy(contact.name)
        item.relation = tidy(contact.relation) or None
        item.phone = phone_number(contact.phone) if contact.phone else None
        item.email = email_address(contact.email) if contact.email else None
        item.position = position
