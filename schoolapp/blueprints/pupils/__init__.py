from schoolapp.blueprints.pupils import classes
from schoolapp.blueprints.pupils.routes import bp

__all__ = ["bp", "classes"]
