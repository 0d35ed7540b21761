"""One account a role, and a second school's coordinator and facilitator, all with the same password."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from schoolapp.demo.names import italian_name
from schoolapp.demo.rows import Rows
from schoolapp.demo.schools import School
from schoolapp.domain.roles import ROLE_SCOPE, Role, ScopeKind
from schoolapp.domain.search_keys import search_key

ADDRESSES: tuple[tuple[str, Role, int], ...] = (
    ("facilitator", Role.FACILITATOR, 0),
    ("teacher", Role.TEACHER, 0),
    ("coordinator", Role.COORDINATOR, 0),
    ("head", Role.HEAD, 0),
    ("mediator", Role.MEDIATOR, 0),
    ("provider", Role.PROVIDER_COORDINATOR, 0),
    ("district", Role.DISTRICT_OFFICER, 0),
    ("service", Role.SERVICE_REQUESTER, 0),
    ("desk", Role.SERVICE_REQUESTER, 0),
    ("health", Role.SERVICE_REQUESTER, 0),
    ("region", Role.REGION_VIEWER, 0),
    ("admin", Role.ADMINISTRATOR, 0),
    ("coordinator2", Role.COORDINATOR, 1),
    ("facilitator2", Role.FACILITATOR, 1),
)
"""Name before @example.org, role, which school (0 is the first)."""

SERVICE_OF = {"service": "social", "desk": "desk", "health": "health"}
"""Which of the Ambito's services each account asks for."""

NAMES = {
    "facilitator": "Irene Valsecca",
    "teacher": "Paolo Gianoli",
    "coordinator": "Lucia Fontanive",
    "head": "Lidia Marini",
    "mediator": "Samira Idrissi",
    "provider": "Marco Bianchini",
    "district": "Elena Credaro",
    "service": "Anna Pedrini",
    "desk": "Carla Tognini",
    "health": "Rita Pozzoni",
    "region": "Davide Moretti",
    "admin": "Giovanni Corvi",
    "coordinator2": "Silvia Negrini",
    "facilitator2": "Andrea Bonomi",
}


@dataclass
class Accounts:
    """Makes accounts; the hash of the common password is computed once."""

    rows: Rows
    password_hash: str
    new_mark: Callable[[], str]
    """A new mark for session cookies: random in a demo people use, seeded in a repeatable one."""

    def add(self, email: str, name: str) -> int:
        return self.rows.add(
            "user_account",
            email=email,
            name=name,
            password=self.password_hash,
            search_key=search_key(f"{name} {email}"),
            active=True,
            fs_uniquifier=self.new_mark(),
        )

    def grant(self, user_id: int, role: Role, *, valid_to: date | None = None, **place: int) -> None:
        self.rows.add(
            "membership", user_id=user_id, role=role.value, valid_from=date(2020, 9, 1), valid_to=valid_to, **place
        )


def add_provider(rows: Rows, ambito_id: int) -> int:
    """The cooperative of the Ambito."""
    return rows.add("provider", ambito_id=ambito_id, name="Cooperativa sociale di prova")


def add_accounts(
    accounts: Accounts, schools: list[School], *, ambito_id: int, provider_id: int, services: dict[str, int]
) -> dict[str, int]:
    """The accounts of the demo; ids by the name before @example.org."""
    ids = {}
    for name, role, school in ADDRESSES:
        ids[name] = accounts.add(f"{name}@example.org", NAMES[name])
        place: dict[str, Any] = {
            ScopeKind.INSTITUTE: {"institute_id": schools[school].id},
            ScopeKind.PROVIDER: {"provider_id": provider_id},
            ScopeKind.DISTRICT: {"ambito_id": ambito_id},
            ScopeKind.SERVICE: {"ambito_id": ambito_id, "service_id": services[SERVICE_OF.get(name, "social")]},
            ScopeKind.EVERYWHERE: {},
        }[ROLE_SCOPE[role]]
        accounts.grant(ids[name], role, **place)
    return ids


def add_facilitator(accounts: Accounts, random: Random, school: School, address: str) -> int:
    """One more facilitator, of one school."""
    user_id = accounts.add(address, italian_name(random))
    accounts.grant(user_id, Role.FACILITATOR, institute_id=school.id)
    return user_id
