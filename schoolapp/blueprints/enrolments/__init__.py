from schoolapp.blueprints.enrolments.routes import bp

__all__ = ["bp"]
