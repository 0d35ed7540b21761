"""Pupils written down, changed, moved and archived."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from schoolapp import services
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.levels import Level
from schoolapp.domain.pupils import ContactFacts, PupilFacts
from schoolapp.models import AuditEvent, ClassMembership, Pupil
from tests import factories

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)

FULL = PupilFacts(
    last_name="  D’Angelo   Ben ",
    first_name="Niccolò",
    called_name="Nico",
    birth_date=date(2014, 3, 14),
    sex="M",
    arrival_month=date(2026, 1, 20),
    first_enrolment=date(2026, 2, 2),
    years_abroad=6,
    alphabets=("Arab", "Latn"),
    letters_language="fr",
    mediator_needed=True,
    mediator_language="ar",
    entry_level=Level.PRE_A1,
    citizenships=("MA", "IT", "MA"),
    languages=("ary", "zgh"),
    contacts=(ContactFacts("Fatima", "madre", "340 123 4567", "fatima@esempio.it"), ContactFacts()),
)


def _create(facts: PupilFacts = FULL, **values: object) -> Pupil:
    institute = factories.make_institute()
    return services.pupils.create(institute_id=institute.id, facts=facts, class_id=None, today=TODAY, **values)  # type: ignore[arg-type]


def test_a_pupil_is_kept_with_every_fact(database: Session) -> None:
    pupil = _create()
    database.expire_all()
    assert (pupil.last_name, pupil.first_name, pupil.called_name) == ("D’Angelo Ben", "Niccolò", "Nico")
    assert pupil.search_key == "d angelo ben niccolo nico dangeloben"
    assert pupil.sort_key == "d angelo ben  niccolo"
    assert pupil.arrival_month == date(2026, 1, 1)
    assert pupil.alphabets == "Arab Latn"
    assert [item.country for item in pupil.citizenships] == ["IT", "MA"]
    assert [item.language for item in pupil.languages] == ["ary", "zgh"]
    assert [(contact.name, contact.phone) for contact in pupil.contacts] == [("Fatima", "+393401234567")]


def test_a_surname_is_enough_and_the_rest_stays_unknown(database: Session) -> None:
    pupil = _create(PupilFacts(last_name="Benali"))
    database.expire_all()
    assert (pupil.birth_date, pupil.sex, pupil.alphabets, pupil.mediator_needed, pupil.entry_level) == (None,) * 5
    assert (pupil.citizenships, pupil.languages, pupil.contacts) == ([], [], [])


def test_who_reads_no_alphabet_is_not_unknown(database: Session) -> None:
    assert _create(PupilFacts(last_name="Benali", alphabets=())).alphabets == ""


def test_changes_keep_what_stays_and_leave_old_and_new_in_the_audit(database: Session) -> None:
    pupil = _create()
    changed = PupilFacts(
        last_name="Dangelo",
        citizenships=("IT", "FR"),
        languages=("zgh", "fr"),
        contacts=(ContactFacts("Omar", "padre", "340 123 4567"),),
    )
    services.pupils.update(pupil, facts=changed, class_id=None, today=TODAY)
    database.expire_all()
    assert pupil.search_key == "dangelo"
    assert [item.country for item in pupil.citizenships] == ["FR", "IT"]
    assert [item.language for item in pupil.languages] == ["zgh", "fr"]
    assert [contact.name for contact in pupil.contacts] == ["Omar"]
    audit = database.scalars(
        select(AuditEvent).where(AuditEvent.subject == "pupil", AuditEvent.action == "changed")
    ).all()
    assert audit[-1].changes["last_name"] == ["D’Angelo Ben", "Dangelo"]
    assert audit[-1].institute_id == pupil.institute_id
    assert "search_key" not in audit[-1].changes


def test_a_mediator_who_is_not_needed_has_no_language(database: Session) -> None:
    facts = PupilFacts(last_name="Benali", mediator_needed=False, mediator_language="ar")
    assert _create(facts).mediator_language is None


def test_a_new_class_closes_the_old_one_the_day_before(database: Session) -> None:
    site = factories.make_site()
    old, new = factories.make_class(site, name="2A"), factories.make_class(site, name="2B")
    pupil = factories.make_pupil(site.institute, school_class=old)
    services.pupils.set_class(pupil, class_id=new.id, on=TODAY)
    memberships = database.scalars(
        select(ClassMembership).where(ClassMembership.pupil_id == pupil.id).order_by(ClassMembership.id)
    ).all()
    assert [(m.class_id, m.valid_from, m.valid_to) for m in memberships] == [
        (old.id, factories.YEAR_FIRST_DAY, date(2026, 11, 21)),
        (new.id, TODAY, None),
    ]


def test_a_class_chosen_by_mistake_and_corrected_the_same_day_leaves_one_membership(database: Session) -> None:
    site = factories.make_site()
    wrong, right = factories.make_class(site, name="2A"), factories.make_class(site, name="2B")
    pupil = services.pupils.create(
        institute_id=site.institute_id, facts=PupilFacts(last_name="Benali"), class_id=wrong.id, today=TODAY
    )
    services.pupils.set_class(pupil, class_id=right.id, on=TODAY)
    services.pupils.set_class(pupil, class_id=right.id, on=TODAY)
    kept = database.scalars(select(ClassMembership).where(ClassMembership.pupil_id == pupil.id)).all()
    assert [(m.class_id, m.valid_to) for m in kept] == [(right.id, None)]


def test_a_pupil_may_leave_the_class_without_another(database: Session) -> None:
    school_class = factories.make_class()
    pupil = factories.make_pupil(school_class.site.institute, school_class=school_class)
    services.pupils.set_class(pupil, class_id=None, on=TODAY)
    open_ones = select(ClassMembership).where(ClassMembership.pupil_id == pupil.id, ClassMembership.valid_to.is_(None))
    assert database.scalar(open_ones) is None


def test_a_class_of_another_institute_is_refused(database: Session) -> None:
    pupil = factories.make_pupil()
    with pytest.raises(RuleViolation) as refused:
        services.pupils.set_class(pupil, class_id=factories.make_class().id, on=TODAY)
    assert refused.value.field == "class_id"


def test_a_pupil_is_archived_once_and_comes_back(database: Session) -> None:
    pupil = factories.make_pupil()
    services.pupils.archive(pupil, at=AT)
    assert pupil.archived_at == AT
    with pytest.raises(RuleViolation):
        services.pupils.archive(pupil, at=AT)
    services.pupils.unarchive(pupil)
    assert pupil.archived_at is None
