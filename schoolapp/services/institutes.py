"""Schools entered by hand: institutes by the administration, plessi by the school itself."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.institutes import ministry_code
from schoolapp.domain.periods import ensure_period
from schoolapp.domain.wording import N_
from schoolapp.extensions import db
from schoolapp.models import Comune, Institute, Site
from schoolapp.queries import institutes as questions


@dataclass(frozen=True)
class SchoolFacts:
    """What is written of an institute or a plesso; empty means unknown."""

    name: str
    comune: str = ""
    code: str = ""
    kind: str = ""
    email: str = ""
    address: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


def create(facts: SchoolFacts) -> Institute:
    institute = Institute(name=facts.name)
    _fill(institute, facts)
    db.session.add(institute)
    db.session.flush()
    return institute


def change(institute_id: int, facts: SchoolFacts) -> Institute:
    institute = db.session.get_one(Institute, institute_id)
    _fill(institute, facts)
    db.session.flush()
    return institute


def set_papers(institute_id: int, *, address: str, printed_signature: bool) -> Institute:
    """How the school's papers come out: its address, and whether the head's name is printed in place of a signature."""
    institute = db.session.get_one(Institute, institute_id)
    institute.address, institute.printed_signature = address or None, printed_signature
    db.session.flush()
    return institute


def create_site(institute_id: int, facts: SchoolFacts) -> Site:
    site = Site(institute_id=institute_id, name=facts.name)
    _fill_site(site, facts)
    db.session.add(site)
    db.session.flush()
    return site


def change_site(institute_id: int, site_id: int, facts: SchoolFacts) -> Site:
    """Another name, or an end: a plesso that closes keeps its workshops and registers."""
    site = db.session.scalars(select(Site).where(Site.id == site_id, Site.institute_id == institute_id)).one()
    _fill_site(site, facts)
    db.session.flush()
    return site


def _fill_site(site: Site, facts: SchoolFacts) -> None:
    with db.session.no_autoflush:
        same_name = db.session.scalar(
            select(Site.id).where(
                Site.institute_id == site.institute_id, Site.name == facts.name, Site.id.is_distinct_from(site.id)
            )
        )
        if same_name is not None:
            raise RuleViolation(N_("La scuola ha già un plesso con questo nome."), field="name")
        _fill(site, facts)
        site.address = facts.address or None


def _fill(school: Institute | Site, facts: SchoolFacts) -> None:
    ensure_period(facts.valid_from or date.min, facts.valid_to, field="valid_to")
    code = ministry_code(facts.code)
    with db.session.no_autoflush:
        if code is not None and _is_taken(school, code):
            raise RuleViolation(N_("Questo codice è già di un’altra scuola."), field="code")
        school.comune_id = _comune_id(facts.comune)
    school.name, school.code = facts.name, code
    school.kind, school.email = facts.kind or None, facts.email or None
    school.valid_from, school.valid_to = facts.valid_from, facts.valid_to


def _is_taken(school: Institute | Site, code: str) -> bool:
    model = type(school)
    taken = db.session.scalar(select(model.id).where(model.code == code, model.id.is_distinct_from(school.id)))
    return taken is not None


def _comune_id(name: str) -> int | None:
    if not name:
        return None
    comune: Comune | None = questions.comune_named(name)
    if comune is None:
        raise RuleViolation(N_("Non conosciamo un comune con questo nome: controlla come si scrive."), field="comune")
    return comune.id
