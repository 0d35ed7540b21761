from schoolapp.blueprints.attendance import signed as _signed  # noqa: F401 (its routes join the blueprint)
from schoolapp.blueprints.attendance.routes import bp

__all__ = ["bp"]
