from schoolapp.blueprints.workshops import closures, lessons, timetable
from schoolapp.blueprints.workshops.routes import bp

__all__ = ["bp", "closures", "lessons", "timetable"]
