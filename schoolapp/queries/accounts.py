"""Accounts and their memberships."""

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import joinedload, selectinload

from schoolapp import clock
from schoolapp.domain.accounts import Account, AccountPage, AccountState, HeldRole, Place
from schoolapp.domain.actors import Actor, Grant
from schoolapp.domain.roles import Role, ScopeKind
from schoolapp.domain.search_keys import search_key
from schoolapp.extensions import db
from schoolapp.models import Ambito, Comune, Institute, Membership, Provider, Service, User
from schoolapp.queries import scope
from schoolapp.queries.institutes import still_open

PAGE_LENGTH = 50
PLACES = 30

_WITH_PLACES = (
    joinedload(Membership.institute).load_only(Institute.name),
    joinedload(Membership.provider).load_only(Provider.name),
    joinedload(Membership.ambito).load_only(Ambito.name),
    joinedload(Membership.service).load_only(Service.name),
)


# Asked at every request, so it is made once, and reads columns where objects would cost as much as a small page.
_BY_SESSION_MARK = (
    select(
        User,
        Membership.role,
        Membership.institute_id,
        Membership.ambito_id,
        Membership.provider_id,
        Membership.service_id,
        Membership.valid_from,
        Membership.valid_to,
        func.coalesce(Institute.name, Provider.name, Service.name, Ambito.name, "").label("place"),
    )
    .outerjoin(User.memberships)
    .outerjoin(Membership.institute)
    .outerjoin(Membership.provider)
    .outerjoin(Membership.ambito)
    .outerjoin(Membership.service)
    .where(User.fs_uniquifier == bindparam("mark"))
    .order_by(Membership.id)
)


def by_session_mark(mark: str) -> User | None:
    """The account whose sessions carry `mark`, with the roles it holds, in one statement."""
    rows = db.session.execute(_BY_SESSION_MARK, {"mark": mark}).all()
    if not rows:
        return None
    user: User = rows[0][0]
    user.held = tuple(row for row in rows if row.role is not None)
    return user


def actor_of(user_id: int, *, day: date) -> Actor | None:
    """Who an account is to the rules, for a link that acts in its name; None where it is switched off."""
    user = db.session.scalars(
        select(User).options(selectinload(User.memberships).options(*_WITH_PLACES)).where(User.id == user_id)
    ).one()
    if not user.active:
        return None
    return Actor(
        user_id=user.id,
        name=user.name,
        grants=tuple(
            Grant(
                role=held.role,
                institute_id=held.institute_id,
                ambito_id=held.ambito_id,
                provider_id=held.provider_id,
                service_id=held.service_id,
                place=held.place,
            )
            for held in user.memberships
            if held.valid_from <= day and (held.valid_to is None or day <= held.valid_to)
        ),
    )


def locale_of(actor: Actor) -> str | None:
    """The language that the person chose for pages, None where none was chosen."""
    return db.session.scalar(select(User.locale).where(User.id == actor.user_id))


def by_email(email: str) -> User | None:
    return db.session.scalar(select(User).where(func.lower(User.email) == email.strip().lower()))


def list_accounts(
    actor: Actor, *, day: date, text: str = "", role: Role | None = None, state: AccountState, page: int = 1
) -> AccountPage:
    """Accounts by name: those whose name or address contain `text`, who hold `role` on `day`."""
    conditions = [scope.accounts(actor), *_matching(day, text, role, state)]
    count = db.session.scalar(select(func.count(User.id)).where(*conditions)) or 0
    last_page = max(1, -(-count // PAGE_LENGTH))
    page = min(max(page, 1), last_page)
    statement = (
        _accounts().where(*conditions).order_by(User.name, User.id).limit(PAGE_LENGTH).offset((page - 1) * PAGE_LENGTH)
    )
    found = tuple(_account(user) for user in db.session.scalars(statement))
    return AccountPage(accounts=found, count=count, page=page, last_page=last_page)


def get(actor: Actor, user_id: int) -> Account:
    """One account. Raises NoResultFound where the person may not see it."""
    return _account(db.session.scalars(_accounts().where(scope.accounts(actor), User.id == user_id)).one())


def session_mark(user_id: int) -> str:
    """What the sessions and links of an account carry."""
    return db.session.scalars(select(User.fs_uniquifier).where(User.id == user_id)).one()


def own(actor: Actor) -> Account:
    """The account of the person who asks."""
    return _account(db.session.scalars(_accounts().where(User.id == actor.user_id)).one())


def held_role(account: Account, membership_id: int) -> HeldRole:
    """A role of this account. Raises NoResultFound for one of somebody else."""
    for role in account.roles:
        if role.membership_id == membership_id:
            return role
    raise NoResultFound


def places(actor: Actor, kind: ScopeKind, text: str) -> tuple[Place, ...]:
    """The first places of a kind whose name contains every word of `text`; for who gives roles."""
    scope.ensure_gives_roles(actor)
    words = text.split()
    if kind is ScopeKind.INSTITUTE:
        statement = (
            select(Institute.id, Institute.name, Comune.name, Institute.code)
            .outerjoin(Comune, Comune.id == Institute.comune_id)
            .where(still_open(Institute, clock.today()))
            .where(*(_contains(word, Institute.name, Comune.name, Institute.code) for word in words))
            .order_by(Institute.name, Institute.id)
        )
        rows = db.session.execute(statement.limit(PLACES)).all()
        return tuple(Place(row[0], row[1], " · ".join(word for word in row[2:] if word)) for row in rows)
    if kind is ScopeKind.SERVICE:
        services = (
            select(Service.id, Service.name, Ambito.name)
            .join(Ambito, Ambito.id == Service.ambito_id)
            .where(still_open(Service, clock.today()))
            .where(*(_contains(word, Service.name, Ambito.name) for word in words))
            .order_by(Service.name, Service.id)
        )
        return tuple(Place(*row) for row in db.session.execute(services.limit(PLACES)))
    model = Provider if kind is ScopeKind.PROVIDER else Ambito
    named = select(model.id, model.name).where(*(_contains(word, model.name) for word in words))
    return tuple(Place(row[0], row[1]) for row in db.session.execute(named.order_by(model.name).limit(PLACES)))


def _contains(word: str, *columns: object) -> ColumnElement[bool]:
    return or_(*(column.icontains(word, autoescape=True) for column in columns))  # type: ignore[attr-defined]


def _accounts() -> Select[User]:
    return select(User).options(selectinload(User.memberships).options(*_WITH_PLACES))


def _account(user: User) -> Account:
    return Account(
        id=user.id,
        name=user.name,
        email=user.email,
        active=user.active,
        has_password=user.password is not None,
        roles=tuple(
            HeldRole(
                membership_id=membership.id,
                role=membership.role,
                place=membership.place,
                valid_from=membership.valid_from,
                valid_to=membership.valid_to,
            )
            for membership in sorted(user.memberships, key=lambda held: (held.valid_from, held.id))
        ),
    )


def _matching(day: date, text: str, role: Role | None, state: AccountState) -> list[ColumnElement[bool]]:
    conditions = [User.search_key.contains(word, autoescape=True) for word in search_key(text).split()]
    holds = exists().where(
        and_(
            Membership.user_id == User.id,
            Membership.valid_from <= day,
            or_(Membership.valid_to.is_(None), Membership.valid_to >= day),
        )
    )
    if role is not None:
        conditions.append(holds.where(Membership.role == role))
    if state is AccountState.ACTIVE:
        conditions.append(User.active.is_(True))
    elif state is AccountState.SWITCHED_OFF:
        conditions.append(User.active.is_(False))
    elif state is AccountState.WITHOUT_ROLE:
        conditions.append(User.active.is_(True) & ~holds)
    return conditions
