"""The share of newly enrolled pupils in each class."""

from schoolapp.blueprints.class_shares.routes import bp

__all__ = ["bp"]
