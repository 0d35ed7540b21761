from schoolapp.blueprints.certificates import papers
from schoolapp.blueprints.certificates.routes import bp

__all__ = ["bp", "papers"]
