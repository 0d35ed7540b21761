"""What one asks: the person who asks comes first, and sees only what `scope.py` lets through."""

from schoolapp.queries import (
    accounts,
    attendance,
    closures,
    enrolments,
    facilitators,
    health,
    imports,
    lessons,
    pupil_cards,
    pupils,
    referrals,
    roll_call,
    school_classes,
    timetable,
    workshop_pupils,
    workshops,
)

__all__ = [
    "accounts",
    "attendance",
    "closures",
    "enrolments",
    "facilitators",
    "health",
    "imports",
    "lessons",
    "pupil_cards",
    "pupils",
    "referrals",
    "roll_call",
    "school_classes",
    "timetable",
    "workshop_pupils",
    "workshops",
]
