from schoolapp.blueprints.accounts import roles
from schoolapp.blueprints.accounts.routes import bp

__all__ = ["bp", "roles"]
