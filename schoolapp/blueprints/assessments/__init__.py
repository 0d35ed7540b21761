"""Levels of Italian: the group of a workshop, one pupil's sheet, profiles over time."""

from schoolapp.blueprints.assessments import exports, routes, sheets
from schoolapp.blueprints.assessments.routes import bp

__all__ = ["bp", "exports", "routes", "sheets"]
