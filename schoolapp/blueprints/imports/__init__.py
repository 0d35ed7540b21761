"""Bringing in a school's list of pupils."""

from schoolapp.blueprints.imports.routes import bp

__all__ = ["bp"]
