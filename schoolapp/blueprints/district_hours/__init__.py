from schoolapp.blueprints.district_hours.routes import bp

__all__ = ["bp"]
