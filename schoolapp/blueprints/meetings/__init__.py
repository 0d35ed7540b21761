from schoolapp.blueprints.meetings import calendar, reports, requests
from schoolapp.blueprints.meetings.routes import bp

__all__ = ["bp", "calendar", "reports", "requests"]
