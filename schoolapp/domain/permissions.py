"""The one table to read: which role may do what. Where they may do it is in `queries/scope.py`."""

from enum import StrEnum

from schoolapp.domain.roles import Role


class Permission(StrEnum):
    """`<what>:<action>`, kept in alphabetical order."""

    ACCOUNTS_MANAGE = "accounts:manage"
    ASSESSMENTS_READ = "assessments:read"
    ASSESSMENTS_RECORD = "assessments:record"
    ASSESSMENTS_SHARE = "assessments:share"
    AUDIT_READ = "audit:read"
    BUDGETS_MANAGE = "budgets:manage"
    BUDGETS_READ = "budgets:read"
    CERTIFICATES_ISSUE = "certificates:issue"
    CERTIFICATES_READ = "certificates:read"
    CLASS_SHARES_READ = "class_shares:read"
    ENROLMENTS_MANAGE = "enrolments:manage"
    HOURS_COUNT = "hours:count"
    HOURS_READ = "hours:read"
    INSTITUTES_MANAGE = "institutes:manage"
    INSTITUTES_REGISTER = "institutes:register"
    LESSONS_CORRECT = "lessons:correct"
    LESSONS_COUNTERSIGN = "lessons:countersign"
    LESSONS_READ = "lessons:read"
    LESSONS_RECORD = "lessons:record"
    MEDIATORS_MANAGE = "mediators:manage"
    MEETINGS_ANSWER = "meetings:answer"
    MEETINGS_APPROVE = "meetings:approve"
    MEETINGS_COUNT = "meetings:count"
    MEETINGS_GRANT = "meetings:grant"
    MEETINGS_MATCH = "meetings:match"
    MEETINGS_READ = "meetings:read"
    MEETINGS_REQUEST = "meetings:request"
    MESSAGES_READ = "messages:read"
    PROJECTS_MANAGE = "projects:manage"
    PUPILS_IMPORT = "pupils:import"
    PUPILS_MANAGE = "pupils:manage"
    PUPILS_READ = "pupils:read"
    REFERRALS_MAKE = "referrals:make"
    REGISTERS_PRINT = "registers:print"
    REPORTS_COUNTERSIGN = "reports:countersign"
    REPORTS_READ = "reports:read"
    REPORTS_WRITE = "reports:write"
    TRANSLATIONS_CHECK = "translations:check"
    WORKSHOPS_MANAGE = "workshops:manage"
    WORKSHOPS_READ = "workshops:read"


_P = Permission

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.FACILITATOR: frozenset(
        {
            _P.ASSESSMENTS_READ,
            _P.ASSESSMENTS_RECORD,
            _P.ASSESSMENTS_SHARE,
            _P.HOURS_READ,
            _P.LESSONS_CORRECT,
            _P.LESSONS_READ,
            _P.LESSONS_RECORD,
            _P.REGISTERS_PRINT,
            _P.REPORTS_READ,
            _P.REPORTS_WRITE,
            _P.WORKSHOPS_READ,
        }
    ),
    Role.TEACHER: frozenset(
        {
            _P.ASSESSMENTS_READ,
            _P.MEETINGS_READ,
            _P.MEETINGS_REQUEST,
            _P.PUPILS_READ,
            _P.REFERRALS_MAKE,
            _P.REPORTS_READ,
        }
    ),
    Role.COORDINATOR: frozenset(
        {
            _P.ASSESSMENTS_READ,
            _P.ASSESSMENTS_RECORD,
            _P.ASSESSMENTS_SHARE,
            _P.AUDIT_READ,
            _P.BUDGETS_READ,
            _P.CERTIFICATES_ISSUE,
            _P.CERTIFICATES_READ,
            _P.CLASS_SHARES_READ,
            _P.ENROLMENTS_MANAGE,
            _P.HOURS_READ,
            _P.INSTITUTES_MANAGE,
            _P.LESSONS_CORRECT,
            _P.LESSONS_COUNTERSIGN,
            _P.LESSONS_READ,
            _P.MEETINGS_APPROVE,
            _P.MEETINGS_READ,
            _P.MEETINGS_REQUEST,
            _P.PUPILS_IMPORT,
            _P.PUPILS_MANAGE,
            _P.PUPILS_READ,
            _P.REFERRALS_MAKE,
            _P.REGISTERS_PRINT,
            _P.REPORTS_COUNTERSIGN,
            _P.REPORTS_READ,
            _P.WORKSHOPS_MANAGE,
            _P.WORKSHOPS_READ,
        }
    ),
    Role.HEAD: frozenset(
        {
            _P.ASSESSMENTS_READ,
            _P.AUDIT_READ,
            _P.BUDGETS_READ,
            _P.CERTIFICATES_ISSUE,
            _P.CERTIFICATES_READ,
            _P.CLASS_SHARES_READ,
            _P.HOURS_READ,
            _P.LESSONS_COUNTERSIGN,
            _P.LESSONS_READ,
            _P.MEETINGS_READ,
            _P.PUPILS_READ,
            _P.REGISTERS_PRINT,
            _P.REPORTS_COUNTERSIGN,
            _P.REPORTS_READ,
            _P.WORKSHOPS_READ,
        }
    ),
    Role.MEDIATOR: frozenset({_P.HOURS_READ, _P.MEETINGS_ANSWER, _P.MEETINGS_READ, _P.TRANSLATIONS_CHECK}),
    Role.PROVIDER_COORDINATOR: frozenset({_P.HOURS_READ, _P.MEDIATORS_MANAGE, _P.MEETINGS_MATCH, _P.MEETINGS_READ}),
    Role.DISTRICT_OFFICER: frozenset({_P.BUDGETS_MANAGE, _P.BUDGETS_READ, _P.HOURS_COUNT, _P.MEETINGS_GRANT}),
    Role.REGION_VIEWER: frozenset(),
    Role.SERVICE_REQUESTER: frozenset({_P.BUDGETS_READ, _P.MEETINGS_COUNT, _P.MEETINGS_READ, _P.MEETINGS_REQUEST}),
    Role.ADMINISTRATOR: frozenset(
        {_P.ACCOUNTS_MANAGE, _P.INSTITUTES_MANAGE, _P.INSTITUTES_REGISTER, _P.MESSAGES_READ, _P.PROJECTS_MANAGE}
    ),
}
