"""Term reports: the school's, a workshop's, a pupil's; what is missing; the words and their signatures."""

from schoolapp.blueprints.reports import files, pupils, school, writing
from schoolapp.blueprints.reports.routes import bp

__all__ = ["bp", "files", "pupils", "school", "writing"]
