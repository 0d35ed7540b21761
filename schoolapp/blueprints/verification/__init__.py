from schoolapp.blueprints.verification.routes import bp

__all__ = ["bp"]
