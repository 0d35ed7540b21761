"""Pupils, the lists they come from, and who knows them."""

from datetime import date
from typing import Any

from schoolapp import clock
from schoolapp.domain.referral import ReferralState
from schoolapp.domain.search_keys import search_key
from schoolapp.domain.workshops import WorkshopKind
from schoolapp.models import (
    ClassMembership,
    ClassTeacher,
    Institute,
    Pupil,
    PupilCitizenship,
    PupilImport,
    PupilLanguage,
    Referral,
    SchoolClass,
    User,
)
from tests.factories.keeping import YEAR_FIRST_DAY, kept, numbers
from tests.factories.people import make_user
from tests.factories.places import make_institute


def make_pupil(institute: Institute | None = None, **values: Any) -> Pupil:
    """A pupil; `citizenships=["MA"]`, `languages=["ar"]` and `school_class=…` as they are said."""
    institute = institute or make_institute()
    number = next(numbers)
    citizenships = values.pop("citizenships", ["MA"])
    languages = values.pop("languages", ["ar"])
    school_class = values.pop("school_class", None)
    values = {"last_name": f"Benali {number}", "first_name": "Salma", "birth_date": date(2014, 3, 14), **values}
    names = f"{values['last_name']} {values['first_name']}"
    pupil = Pupil(institute_id=institute.id, search_key=search_key(names), sort_key=search_key(names), **values)
    pupil.citizenships = [PupilCitizenship(country=country) for country in citizenships]
    pupil.languages = [
        PupilLanguage(language=language, position=position) for position, language in enumerate(languages)
    ]
    if school_class is not None:
        pupil.class_memberships = [ClassMembership(school_class=school_class, valid_from=YEAR_FIRST_DAY)]
    return kept(pupil)


def make_pupil_import(institute: Institute | None = None, **values: Any) -> PupilImport:
    """A list of one new pupil, uploaded and not applied yet."""
    institute = institute or make_institute()
    return kept(
        PupilImport(
            **{
                "institute_id": institute.id,
                "uploaded_by_id": None,
                "uploaded_at": clock.now(),
                "filename": "elenco.csv",
                "content": b"Cognome;Nome;Nato il\nFall;Awa;03/05/2014\n",
                "columns": {},
                "choices": {},
                "undo": {},
                **values,
            }
        )
    )


def make_class_teacher(user: User, school_class: SchoolClass) -> ClassTeacher:
    return kept(ClassTeacher(school_class=school_class, user_id=user.id))


def make_referral(pupil: Pupil | None = None, referred_by: User | None = None, **values: Any) -> Referral:
    pupil = pupil or make_pupil()
    referred_by = referred_by or make_user()
    return kept(
        Referral(
            **{
                "institute_id": pupil.institute_id,
                "pupil": pupil,
                "referred_by_id": referred_by.id,
                "referred_at": clock.now(),
                "wanted_kind": WorkshopKind.TO_COMMUNICATE,
                "state": ReferralState.REFERRED,
                **values,
            }
        )
    )
