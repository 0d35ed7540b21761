from schoolapp.blueprints.budgets.routes import bp

__all__ = ["bp"]
