from schoolapp.blueprints.institutes.routes import bp

__all__ = ["bp"]
