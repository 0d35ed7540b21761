from schoolapp.blueprints.audit.routes import bp

__all__ = ["bp"]
