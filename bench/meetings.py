"""A request for a mediator on its whole way, each step by the person whose step it is, over HTTP."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

import sqlalchemy as sa

from bench.client import Ask, Client, encoded
from schoolapp import clock
from schoolapp.domain.meetings import LanguageLevel
from schoolapp.domain.roles import Role
from schoolapp.extensions import db
from schoolapp.models import (
    ClassMembership,
    ClassTeacher,
    FundingLine,
    HourBudget,
    Institute,
    MediatorLanguage,
    MediatorProfile,
    Membership,
    OutboxMessage,
    Provider,
    Pupil,
    SchoolYear,
    User,
)

ASKED = 12
"""Pages and forms that are sent for one request, from its first page to the teacher who reads that it is confirmed."""

_A_DAY = 9
"""Meetings of an hour from eight o'clock."""


@dataclass(frozen=True)
class Way:
    """Who takes part, as session marks, and what about."""

    teacher: str
    coordinator: str
    district: str
    provider: str
    mediator: str
    email: str
    pupil_id: int
    budget_id: int


def request_to_confirmed(client: Client, institute_id: int) -> Ask:
    """Teacher, coordinator, Ambito, cooperative, mediator by the link of the message, and the teacher again."""
    with client.app.app_context():
        way = _way(institute_id)
    people = {name: client.of(getattr(way, name)) for name in ("teacher", "coordinator", "district", "provider")}
    nobody = client.of(None)
    turn = 0

    def ask() -> bytes:
        nonlocal turn
        day = clock.today() + timedelta(days=16 + turn // _A_DAY)
        start = f"{8 + turn % _A_DAY:02}:00"
        turn += 1
        address = _write(people["teacher"], way, day, start)
        for who in ("coordinator", "district"):
            _press(people[who], address, "Approva")
        people["provider"].get("/board")()
        _press(people["provider"], address.replace("/meetings/", "/board/"), f"Proponi a {way.mediator}")
        with client.app.app_context():
            link = _link(way.email)
        _press(nobody, link, "Sì, vengo")
        content = people["teacher"].get(address)()
        assert "Il colloquio è confermato" in content.decode()
        return content

    return ask


def _write(teacher: Client, way: Way, day: date, start: str) -> str:
    """Write the request and send it; its address."""
    path = f"/meetings/new?pupil={way.pupil_id}"
    form = teacher.page(path).form("Invia al referente")
    form.fill("Motivo", "Colloquio scuola–famiglia").fill("Lingua", "arabo")
    form.fill("slot1_day", day.isoformat()).fill("slot1_start", start)
    values = form.values | {"do": ["send"], "budget_id": [way.budget_id]}
    return teacher.sent(path, encoded(values))


def _press(person: Client, address: str, button: str) -> None:
    form = person.page(address).form(button)
    named = {form.button.get("name"): [form.button.get("value")]} if form.button.get("name") else {}
    person.sent(form.node.get("action") or address, encoded(form.values | named))


def _link(email: str) -> str:
    """The address in the last message that waits to be sent to the mediator."""
    statement = sa.select(OutboxMessage.body).where(OutboxMessage.to_address == email).order_by(OutboxMessage.id.desc())
    found = re.search(r"/answer/\S+", db.session.scalars(statement.limit(1)).one())
    assert found is not None
    return found[0]


def _way(institute_id: int) -> Way:
    """People of each role and hours that the Ambito approves request by request; made where the data has none."""
    institute = db.session.get_one(Institute, institute_id)
    pupil_id, class_id = db.session.execute(
        sa.select(Pupil.id, ClassMembership.class_id)
        .join(ClassMembership, ClassMembership.pupil_id == Pupil.id)
        .where(Pupil.institute_id == institute_id, ClassMembership.valid_to.is_(None), Pupil.archived_at.is_(None))
        .order_by(Pupil.id)
        .limit(1)
    ).one()
    name = f"Cooperativa di misura {institute.ambito_id}"
    provider = db.session.scalar(sa.select(Provider).where(Provider.name == name))
    if provider is None:
        provider = Provider(name=name, ambito_id=institute.ambito_id, valid_from=clock.today())
        db.session.add(provider)
        db.session.flush()
    teacher = _person(Role.TEACHER, institute_id=institute_id)
    db.session.add(ClassTeacher(class_id=class_id, user_id=teacher.id))
    mediator = _person(Role.MEDIATOR, provider_id=provider.id)
    languages = [MediatorLanguage(language="ar", level=LanguageLevel.MOTHER_TONGUE)]
    db.session.add(MediatorProfile(user_id=mediator.id, languages=languages))
    way = Way(
        teacher=teacher.fs_uniquifier,
        coordinator=_person(Role.COORDINATOR, institute_id=institute_id).fs_uniquifier,
        district=_person(Role.DISTRICT_OFFICER, ambito_id=institute.ambito_id).fs_uniquifier,
        provider=_person(Role.PROVIDER_COORDINATOR, provider_id=provider.id).fs_uniquifier,
        mediator=mediator.name,
        email=mediator.email,
        pupil_id=pupil_id,
        budget_id=_budget(institute),
    )
    db.session.commit()
    return way


def _person(role: Role, **place: int) -> User:
    mark = uuid4().hex
    user = User(email=f"{mark}@example.org", name=f"Persona {mark[:6]}", fs_uniquifier=mark)
    user.memberships = [Membership(role=role, valid_from=clock.today() - timedelta(days=30), **place)]
    db.session.add(user)
    db.session.flush()
    return user


def _budget(institute: Institute) -> int:
    today = clock.today()
    line = FundingLine(name=f"Linea di misura {uuid4().hex[:6]}", ambito_id=institute.ambito_id)
    db.session.add(line)
    db.session.flush()
    budget = HourBudget(
        institute_id=institute.id,
        ambito_id=institute.ambito_id,
        school_year_id=db.session.scalars(
            sa.select(SchoolYear.id).where(SchoolYear.first_day <= today, SchoolYear.last_day >= today)
        ).one(),
        funding_line_id=line.id,
        granted_minutes=1_000_000,
        needs_grant=True,
    )
    db.session.add(budget)
    db.session.flush()
    return budget.id
