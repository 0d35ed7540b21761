"""What one asks: the person who asks comes first, and sees only what `scope.py` lets through."""

from schoolapp.queries import accounts, attendance, closures, facilitators, health, timetable, workshops

__all__ = ["accounts", "attendance", "closures", "facilitators", "health", "timetable", "workshops"]
