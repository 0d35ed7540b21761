"""What one does: check, write, flush, leave an audit row. Never commits, knows no Flask."""

from schoolapp.services import accounts, audit, backup, closures, lessons, school_years, timetable, workshops

__all__ = ["accounts", "audit", "backup", "closures", "lessons", "school_years", "timetable", "workshops"]
