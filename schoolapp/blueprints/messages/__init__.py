from schoolapp.blueprints.messages.routes import bp

__all__ = ["bp"]
