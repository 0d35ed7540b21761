"""Institutes, their plessi, and the comuni they stand in."""

from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from schoolapp.domain.actors import Actor
from schoolapp.domain.institutes import InstituteCard, InstituteLine, InstitutePage, SiteLine
from schoolapp.domain.permissions import Permission
from schoolapp.extensions import db
from schoolapp.models import Comune, Institute, Service, Site
from schoolapp.queries import scope

PAGE_LENGTH = 50
MANAGE = Permission.INSTITUTES_MANAGE


def list_institutes(actor: Actor, *, text: str = "", page: int = 1) -> InstitutePage:
    """Institutes by name: those whose name, comune or code contain every word of `text`."""
    conditions = [scope.institutes(actor, MANAGE)]
    for word in text.split():
        columns = (Institute.name, Institute.code, Comune.name)
        conditions.append(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    found = select(Institute).outerjoin(Comune, Comune.id == Institute.comune_id).where(*conditions)
    count = db.session.scalar(found.with_only_columns(func.count(Institute.id))) or 0
    last_page = max(1, -(-count // PAGE_LENGTH))
    page = min(max(page, 1), last_page)
    sites = select(func.count(Site.id)).where(Site.institute_id == Institute.id).scalar_subquery()
    rows = db.session.execute(
        found.with_only_columns(
            Institute.id, Institute.name, Comune.name.label("comune"), Institute.code, sites, Institute.valid_to
        )
        .order_by(Institute.name, Institute.id)
        .limit(PAGE_LENGTH)
        .offset((page - 1) * PAGE_LENGTH)
    )
    lines = tuple(InstituteLine(row[0], row[1], row[2] or "", row[3], row[4], row[5]) for row in rows)
    return InstitutePage(institutes=lines, count=count, page=page, last_page=last_page)


def get(actor: Actor, institute_id: int, permission: Permission = MANAGE) -> InstituteCard:
    """One institute with its plessi. Raises NoResultFound where the person does not look after it."""
    institute = db.session.scalars(
        select(Institute)
        .options(joinedload(Institute.comune), selectinload(Institute.sites).joinedload(Site.comune))
        .where(Institute.id == institute_id, scope.institutes(actor, permission))
    ).one()
    return InstituteCard(
        id=institute.id,
        name=institute.name,
        kind=institute.kind or "",
        comune=institute.comune.name if institute.comune else "",
        code=institute.code,
        email=institute.email or "",
        address=institute.address or "",
        printed_signature=institute.printed_signature,
        valid_from=institute.valid_from,
        valid_to=institute.valid_to,
        sites=tuple(_line(site) for site in institute.sites),
    )


def site(actor: Actor, institute_id: int, site_id: int) -> SiteLine:
    """A plesso of this institute. Raises NoResultFound for one of another."""
    return _line(
        db.session.scalars(
            select(Site)
            .join(Site.institute)
            .options(joinedload(Site.comune))
            .where(Site.id == site_id, Site.institute_id == institute_id, scope.institutes(actor, MANAGE))
        ).one()
    )


def comune_named(name: str) -> Comune | None:
    """The comune of this name, however it was typed; None where there is none or there are several."""
    found = db.session.scalars(select(Comune).where(func.lower(Comune.name) == name.strip().lower()).limit(2)).all()
    return found[0] if len(found) == 1 else None


def still_open(place: type[Institute] | type[Service] | type[Site], day: date) -> ColumnElement[bool]:
    """Not closed by the day: a school whose last day is known in advance is open until then."""
    return or_(place.valid_to.is_(None), place.valid_to >= day)


def _line(site: Site) -> SiteLine:
    return SiteLine(
        id=site.id,
        name=site.name,
        kind=site.kind or "",
        comune=site.comune.name if site.comune else "",
        address=site.address or "",
        code=site.code,
        valid_from=site.valid_from,
        valid_to=site.valid_to,
    )
