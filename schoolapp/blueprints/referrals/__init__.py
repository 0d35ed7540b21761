from schoolapp.blueprints.referrals.routes import bp

__all__ = ["bp"]
