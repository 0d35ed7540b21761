from schoolapp.blueprints.registers.routes import bp

__all__ = ["bp"]
