"""The one table to read: which role may do what. Where they may do it is in `queries/scope.py`."""

from enum import StrEnum

from schoolapp.domain.roles import Role


class Permission(StrEnum):
    """`<what>:<action>`, kept in alphabetical order."""

    ACCOUNTS_MANAGE = "accounts:manage"
    AUDIT_READ = "audit:read"
    ENROLMENTS_MANAGE = "enrolments:manage"
    INSTITUTES_MANAGE = "institutes:manage"
    INSTITUTES_REGISTER = "institutes:register"
    LESSONS_CORRECT = "lessons:correct"
    LESSONS_COUNTERSIGN = "lessons:countersign"
    LESSONS_READ = "lessons:read"
    LESSONS_RECORD = "lessons:record"
    PROJECTS_MANAGE = "projects:manage"
    PUPILS_IMPORT = "pupils:import"
    PUPILS_MANAGE = "pupils:manage"
    PUPILS_READ = "pupils:read"
    REFERRALS_MAKE = "referrals:make"
    REGISTERS_PRINT = "registers:print"
    WORKSHOPS_MANAGE = "workshops:manage"
    WORKSHOPS_READ = "workshops:read"


_P = Permission

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.FACILITATOR: frozenset(
        {_P.LESSONS_READ, _P.LESSONS_RECORD, _P.LESSONS_CORRECT, _P.REGISTERS_PRINT, _P.WORKSHOPS_READ}
    ),
    Role.TEACHER: frozenset({_P.PUPILS_READ, _P.REFERRALS_MAKE}),
    Role.COORDINATOR: frozenset(
        {
            _P.AUDIT_READ,
            _P.ENROLMENTS_MANAGE,
            _P.INSTITUTES_MANAGE,
            _P.LESSONS_CORRECT,
            _P.LESSONS_COUNTERSIGN,
            _P.LESSONS_READ,
            _P.PUPILS_IMPORT,
            _P.PUPILS_MANAGE,
            _P.PUPILS_READ,
            _P.REFERRALS_MAKE,
            _P.REGISTERS_PRINT,
            _P.WORKSHOPS_MANAGE,
            _P.WORKSHOPS_READ,
        }
    ),
    Role.HEAD: frozenset(
        {
            _P.AUDIT_READ,
            _P.LESSONS_COUNTERSIGN,
            _P.LESSONS_READ,
            _P.PUPILS_READ,
            _P.REGISTERS_PRINT,
            _P.WORKSHOPS_READ,
        }
    ),
    Role.MEDIATOR: frozenset(),
    Role.PROVIDER_COORDINATOR: frozenset(),
    Role.DISTRICT_OFFICER: frozenset(),
    Role.REGION_VIEWER: frozenset(),
    Role.SERVICE_REQUESTER: frozenset(),
    Role.ADMINISTRATOR: frozenset(
        {_P.ACCOUNTS_MANAGE, _P.INSTITUTES_MANAGE, _P.INSTITUTES_REGISTER, _P.PROJECTS_MANAGE}
    ),
}
