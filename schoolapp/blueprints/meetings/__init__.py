from schoolapp.blueprints.meetings import calendar, requests
from schoolapp.blueprints.meetings.routes import bp

__all__ = ["bp", "calendar", "requests"]
