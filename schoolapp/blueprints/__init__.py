"""The screens: one blueprint an entry of the menu. This is the list of all of them."""

from flask import Flask

from schoolapp.blueprints import (
    accounts,
    attendance,
    audit,
    enrolments,
    home,
    imports,
    pupils,
    referrals,
    registers,
    today,
    workshops,
)


def init_app(app: Flask) -> None:
    for screen in (
        accounts,
        attendance,
        audit,
        enrolments,
        home,
        imports,
        pupils,
        referrals,
        registers,
        today,
        workshops,
    ):
        app.register_blueprint(screen.bp)
