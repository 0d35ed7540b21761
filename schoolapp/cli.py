"""Commands of the operator: `flask --app wsgi …`."""

import click
from flask import Flask
from flask.cli import AppGroup
from flask_security import hash_password

from schoolapp import clock, services
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.roles import Role
from schoolapp.transaction import transaction

accounts = AppGroup("accounts", help="Accounts of the people who sign in.")


@accounts.command("create-administrator")
@click.argument("email")
@click.argument("name")
@click.password_option()
def create_administrator(email: str, name: str, password: str) -> None:
    """Make the first account: the administrator makes the others in the pages."""
    try:
        with transaction(None):
            user = services.accounts.create(email=email, name=name, password_hash=hash_password(password))
            services.accounts.grant(user, role=Role.ADMINISTRATOR, valid_from=clock.today())
    except RuleViolation as violation:
        raise click.ClickException(str(violation)) from violation
    click.echo(f"{email}: accesso creato.")


def init_app(app: Flask) -> None:
    app.cli.add_command(accounts)
