"""The screens: one blueprint an entry of the menu. This is the list of all of them."""

from flask import Flask

from schoolapp.blueprints import (
    accounts,
    assessments,
    attendance,
    audit,
    board,
    budgets,
    certificates,
    class_shares,
    desk,
    district_hours,
    enrolments,
    home,
    imports,
    institutes,
    letters,
    links,
    mediators,
    meetings,
    messages,
    projects,
    pupils,
    referrals,
    registers,
    reports,
    timesheets,
    today,
    verification,
    workshops,
)

SCREENS = (
    accounts,
    assessments,
    attendance,
    audit,
    board,
    budgets,
    certificates,
    class_shares,
    desk,
    district_hours,
    enrolments,
    home,
    imports,
    institutes,
    links,
    letters,
    mediators,
    meetings,
    messages,
    projects,
    pupils,
    referrals,
    registers,
    reports,
    timesheets,
    today,
    verification,
    workshops,
)


def init_app(app: Flask) -> None:
    for screen in SCREENS:
        app.register_blueprint(screen.bp)
