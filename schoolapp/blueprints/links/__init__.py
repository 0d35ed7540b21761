from schoolapp.blueprints.links import calendars
from schoolapp.blueprints.links.routes import bp

__all__ = ["bp", "calendars"]
