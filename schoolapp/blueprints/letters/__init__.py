from schoolapp.blueprints.letters import family, translations
from schoolapp.blueprints.letters.routes import bp

__all__ = ["bp", "family", "translations"]
