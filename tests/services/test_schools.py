"""The Ministry's register brings institutes and plessi up to date."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from schoolapp import services
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.roles import Role
from schoolapp.exchange.schools import SchoolRecord
from schoolapp.models import Institute, Site
from schoolapp.services.schools import RegisterCounts
from schoolapp.transaction import transaction
from tests import factories

TODAY = date(2026, 11, 23)

OFFICE = SchoolRecord(
    school_year="2026/27",
    region="LOMBARDIA",
    province="SONDRIO",
    institute_code="SOIC000001",
    institute_name="VALLE ALTA",
    code="SOIC000001",
    name="VALLE ALTA",
    address="VIA ROMA 3",
    postal_code="23100",
    comune_code="I829",
    comune_name="SONDRIO",
    kind="ISTITUTO COMPRENSIVO",
    is_head_office=True,
    is_state=True,
    email="a@example.org",
    certified_email=None,
    website=None,
)
PRIMARY = replace(OFFICE, code="SOEE000001", name="PRIMARIA DI MEZZO", kind="SCUOLA PRIMARIA", is_head_office=False)
LOWER = replace(OFFICE, code="SOMM000001", name="PONTE ALTO", kind="SCUOLA PRIMO GRADO", is_head_office=False)
LICEO = replace(
    OFFICE,
    institute_code="SOPS000001",
    institute_name="LICEO",
    code="SOPS000001",
    name="LICEO",
    kind="LICEO SCIENTIFICO",
)
PARITARIA = replace(
    OFFICE, institute_code="SO1A000001", institute_name="ASILO", code="SO1A000001", name="ASILO", is_state=False
)


def update(*records: SchoolRecord) -> RegisterCounts:
    return services.schools.update_register(records, today=TODAY)


def sites(database: Session, code: str = "SOIC000001") -> dict[str | None, Site]:
    database.expire_all()
    statement = select(Site).join(Institute).where(Institute.code == code)
    return {site.code: site for site in database.scalars(statement)}


def institute(database: Session, code: str = "SOIC000001") -> Institute:
    database.expire_all()
    return database.scalars(select(Institute).where(Institute.code == code)).one()


def test_an_institute_has_its_schools_and_its_office_is_none_of_them(database: Session) -> None:
    counts = update(OFFICE, PRIMARY, LOWER)
    assert (counts.new_institutes, counts.new_sites) == (1, 2)
    made = institute(database)
    assert (made.name, made.kind, made.email) == ("Valle Alta", "ISTITUTO COMPRENSIVO", "a@example.org")
    assert made.valid_from == date(2026, 9, 1)
    assert made.comune is not None
    assert (made.comune.name, made.comune.belfiore_code) == ("Sondrio", "I829")
    assert sites(database).keys() == {"SOEE000001", "SOMM000001"}


def test_a_head_office_that_has_pupils_is_a_school_too(database: Session) -> None:
    update(LICEO, PARITARIA)
    assert sites(database, "SOPS000001").keys() == {"SOPS000001"}
    assert sites(database, "SO1A000001").keys() == {"SO1A000001"}
    assert not institute(database, "SO1A000001").is_state


def test_the_same_file_twice_changes_nothing(database: Session) -> None:
    update(OFFICE, PRIMARY, LOWER)
    assert update(OFFICE, PRIMARY, LOWER) == RegisterCounts()


def test_what_changed_is_updated_in_place(database: Session) -> None:
    update(OFFICE, PRIMARY)
    before = sites(database)["SOEE000001"].id
    counts = update(OFFICE, replace(PRIMARY, name="PRIMARIA NUOVA"))
    assert counts.changed_sites == 1
    assert (sites(database)["SOEE000001"].id, sites(database)["SOEE000001"].name) == (before, "Primaria Nuova")


def test_a_code_that_disappears_was_open_until_the_day_before_the_school_year(database: Session) -> None:
    update(OFFICE, PRIMARY, LOWER)
    counts = update(*(replace(record, school_year="2027/28") for record in (OFFICE, PRIMARY)))
    assert counts.closed_sites == 1
    assert sites(database)["SOMM000001"].valid_to == date(2027, 8, 31)
    assert sites(database)["SOEE000001"].valid_to is None


def test_a_code_that_comes_back_is_open_again(database: Session) -> None:
    update(OFFICE, PRIMARY, LOWER)
    update(*(replace(record, school_year="2027/28") for record in (OFFICE, PRIMARY)))
    update(*(replace(record, school_year="2028/29") for record in (OFFICE, PRIMARY, LOWER)))
    assert sites(database)["SOMM000001"].valid_to is None


def test_an_institute_that_disappears_is_closed_and_kept(database: Session) -> None:
    update(OFFICE, PRIMARY, LICEO)
    counts = update(replace(LICEO, school_year="2027/28"))
    assert (counts.closed_institutes, counts.closed_sites) == (1, 1)
    assert institute(database).valid_to == date(2027, 8, 31)


def test_a_file_of_an_earlier_year_does_not_close_what_is_younger_than_it(database: Session) -> None:
    update(OFFICE, PRIMARY, LOWER, LICEO)
    counts = update(*(replace(record, school_year="2023/24") for record in (OFFICE, PRIMARY)))
    assert (counts.closed_institutes, counts.closed_sites) == (0, 0)


@pytest.mark.parametrize("years", [("2026/27", "2027/28"), ("2027/28", "2026/27")])
def test_of_two_years_in_a_file_the_later_one_counts_whatever_its_order(
    database: Session, years: tuple[str, str]
) -> None:
    update(OFFICE, PRIMARY, LOWER)
    update(*(replace(record, school_year=year) for record, year in zip((OFFICE, PRIMARY), years, strict=True)))
    assert sites(database)["SOMM000001"].valid_to == date(2027, 8, 31)


@pytest.mark.parametrize(
    ("record", "remark"),
    [
        (replace(PARITARIA, school_year="2027/28"), "the paritarie say nothing of the state schools"),
        (
            replace(LICEO, institute_code="COPS000001", code="COPS000001", province="COMO", school_year="2027/28"),
            "Como says nothing of Sondrio",
        ),
    ],
)
def test_a_file_closes_only_what_it_could_have_named(database: Session, record: SchoolRecord, remark: str) -> None:
    update(OFFICE, PRIMARY)
    counts = update(record)
    assert (counts.closed_institutes, counts.closed_sites) == (0, 0), remark


def test_what_was_entered_by_hand_is_found_by_name_and_gets_its_code(database: Session) -> None:
    by_hand = factories.make_institute(name="Valle Alta", code=None)
    site = factories.make_site(by_hand, name="Primaria di Mezzo", code=None)
    branch = factories.make_site(by_hand, name="Succursale", code=None)
    counts = update(OFFICE, PRIMARY)
    assert (counts.new_institutes, counts.new_sites) == (0, 0)
    assert institute(database).id == by_hand.id
    assert sites(database)["SOEE000001"].id == site.id
    assert branch.valid_to is None


def test_names_are_written_as_a_person_writes_them(database: Session) -> None:
    office = replace(OFFICE, institute_name='I.C. "PAESI OROBICI"', name='I.C. "PAESI OROBICI"')
    update(office, replace(PRIMARY, name="S. NICOLO'", comune_name="CHIESA IN VALMALENCO", comune_code="C628"))
    assert institute(database).name == "I.C. «Paesi Orobici»"
    site = sites(database)["SOEE000001"]
    assert site.comune is not None
    assert (site.name, site.comune.name) == ("S. Nicolò", "Chiesa in Valmalenco")


def test_a_name_that_a_person_wrote_stays(database: Session) -> None:
    update(OFFICE, PRIMARY, LOWER)
    actor = factories.make_user(Role.COORDINATOR, institute(database))
    database.commit()
    with transaction(factories.actor_of(actor)):
        sites(database)["SOEE000001"].name = "Primaria «Ada Negri»"
    with transaction(factories.actor_of(actor)):
        institute(database).name = "IC Valle Alta"
    renamed = [replace(record, name=f"{record.name} NUOVA") for record in (PRIMARY, LOWER)]
    update(replace(OFFICE, institute_name="VALLE BASSA", email="b@example.org"), *renamed)
    assert institute(database).name == "IC Valle Alta"
    assert institute(database).email == "b@example.org"
    assert {site.name for site in sites(database).values()} == {"Primaria «Ada Negri»", "Ponte Alto Nuova"}


def test_an_institute_belongs_to_the_ambito_of_its_comune(database: Session) -> None:
    ambito = factories.make_ambito()
    factories.make_comune(name="Sondrio", province="SONDRIO", ambito_id=ambito.id)
    update(OFFICE, PRIMARY)
    assert institute(database).ambito_id == ambito.id


def test_an_institute_stays_in_the_ambito_that_a_person_chose(database: Session) -> None:
    chosen = factories.make_ambito()
    factories.make_comune(name="Sondrio", province="SONDRIO", ambito_id=factories.make_ambito().id)
    factories.make_institute(name="Valle Alta", code="SOIC000001", ambito_id=chosen.id)
    update(OFFICE, PRIMARY)
    assert institute(database).ambito_id == chosen.id


def test_two_plessi_with_one_name_are_told_apart(database: Session) -> None:
    update(OFFICE, PRIMARY, replace(PRIMARY, code="SOEE000002", comune_name="CHIURO", comune_code="C651"))
    assert {site.name for site in sites(database).values()} == {"Primaria di Mezzo", "Primaria di Mezzo (Chiuro)"}
    assert (
        update(OFFICE, PRIMARY, replace(PRIMARY, code="SOEE000002", comune_name="CHIURO", comune_code="C651"))
        == RegisterCounts()
    )


def test_a_plesso_passes_to_another_institute(database: Session) -> None:
    update(OFFICE, PRIMARY, LOWER)
    update(
        *(replace(record, school_year="2027/28") for record in (OFFICE, PRIMARY)),
        replace(LICEO, school_year="2027/28"),
        replace(LOWER, school_year="2027/28", institute_code="SOPS000001", institute_name="LICEO"),
    )
    assert sites(database, "SOPS000001").keys() == {"SOPS000001", "SOMM000001"}


def test_a_province_without_schools_is_said(database: Session) -> None:
    with pytest.raises(RuleViolation, match="nessuna scuola"):
        update()
