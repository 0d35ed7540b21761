"""The screens: one blueprint an entry of the menu. This is the list of all of them."""

from flask import Flask

from schoolapp.blueprints import (
    accounts,
    attendance,
    audit,
    enrolments,
    home,
    imports,
    institutes,
    projects,
    pupils,
    referrals,
    registers,
    today,
    workshops,
)

SCREENS = (
    accounts,
    attendance,
    audit,
    enrolments,
    home,
    imports,
    institutes,
    projects,
    pupils,
    referrals,
    registers,
    today,
    workshops,
)


def init_app(app: Flask) -> None:
    for screen in SCREENS:
        app.register_blueprint(screen.bp)
