from schoolapp.blueprints.timesheets.routes import bp

__all__ = ["bp"]
