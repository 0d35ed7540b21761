"""The person who asks or acts, as the rules see them."""

from dataclasses import dataclass
from functools import cached_property

from schoolapp.domain.permissions import ROLE_PERMISSIONS, Permission
from schoolapp.domain.roles import Role


@dataclass(frozen=True)
class Grant:
    """A role held in a place on the day of the request; all ids empty means everywhere."""

    role: Role
    institute_id: int | None = None
    ambito_id: int | None = None
    provider_id: int | None = None
    service_id: int | None = None
    place: str = ""
    """Name of the place, for the header."""


@dataclass(frozen=True)
class Actor:
    """A signed-in person with the grants that are valid today."""

    user_id: int
    name: str
    grants: tuple[Grant, ...] = ()

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """What any of the person's roles permits, wherever it is held."""
        return frozenset().union(*(ROLE_PERMISSIONS[grant.role] for grant in self.grants))

    def may(self, permission: Permission) -> bool:
        """Whether any of the person's roles gives the permission, wherever it is held."""
        return permission in self.permissions

    def grants_with(self, permission: Permission) -> tuple[Grant, ...]:
        return tuple(grant for grant in self.grants if permission in ROLE_PERMISSIONS[grant.role])

    def institutes_with(self, permission: Permission, *roles: Role) -> frozenset[int]:
        """Ids of the institutes in which the person holds the permission (by one of `roles`, if given)."""
        return frozenset(
            grant.institute_id
            for grant in self.grants_with(permission)
            if grant.institute_id is not None and (not roles or grant.role in roles)
        )
