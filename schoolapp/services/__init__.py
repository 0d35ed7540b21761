"""What one does: check, write, flush, leave an audit row. Never commits, knows no Flask."""

from schoolapp.services import (
    accounts,
    attendance,
    audit,
    backup,
    closures,
    enrolments,
    lessons,
    pupils,
    referrals,
    school_classes,
    school_years,
    timetable,
    workshops,
)

__all__ = [
    "accounts",
    "attendance",
    "audit",
    "backup",
    "closures",
    "enrolments",
    "lessons",
    "pupils",
    "referrals",
    "school_classes",
    "school_years",
    "timetable",
    "workshops",
]
