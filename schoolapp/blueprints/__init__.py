"""The screens: one blueprint an entry of the menu. This is the list of all of them."""

from flask import Flask

from schoolapp.blueprints import home


def init_app(app: Flask) -> None:
    for screen in (home,):
        app.register_blueprint(screen.bp)
