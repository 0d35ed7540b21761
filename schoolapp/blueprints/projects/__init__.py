from schoolapp.blueprints.projects.routes import bp

__all__ = ["bp"]
