from schoolapp.blueprints.mediators.routes import bp

__all__ = ["bp"]
