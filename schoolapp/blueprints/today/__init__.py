from schoolapp.blueprints.today.routes import bp

__all__ = ["bp"]
