from schoolapp.blueprints.projects import emblems as emblems
from schoolapp.blueprints.projects.routes import bp

__all__ = ["bp"]
