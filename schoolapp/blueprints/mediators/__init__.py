from schoolapp.blueprints.mediators import availability
from schoolapp.blueprints.mediators.routes import bp

__all__ = ["availability", "bp"]
