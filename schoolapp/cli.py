"""Commands of the operator: `flask --app wsgi …`."""

import os
import secrets
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup, with_appcontext
from flask_security import hash_password, verify_password

from schoolapp import clock, demo, queries, services
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.roles import ROLE_NAMES, Role
from schoolapp.extensions import db, writing
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


@click.command("demo")
@click.option("--scale", type=click.Choice(["district", "region"]), default="district", help="How much to make.")
@with_appcontext
def make_demo(scale: str) -> None:
    """Fill an empty database with the demo; existing data is never touched. Prints the accounts.

    SCHOOLAPP_DEMO_PASSWORD is their password; without it one is made up.
    """
    password = os.environ.get("SCHOOLAPP_DEMO_PASSWORD") or secrets.token_urlsafe(9)
    region = demo.Size() if scale == "region" else None
    writing.set(True)
    with db.engine.begin() as connection:
        made = demo.make(
            connection,
            now=clock.local_now(),
            password_hash=hash_password(password),
            region=region,
            tell=click.echo,
        )
    if not made:
        click.echo("I dati ci sono già: non ho cambiato nulla.")
        if not _opens_the_demo(password):
            return
    click.echo("Accessi di prova (la password è la stessa per tutti):")
    for name, role, _school in demo.ADDRESSES:
        click.echo(f"  {name + '@example.org':<28} {ROLE_NAMES[role]}")
    click.echo(f"Password: {password}")


def _opens_the_demo(password: str) -> bool:
    """Whether the data that is here is a demo made with this password."""
    name, _role, _school = demo.ADDRESSES[0]
    user = queries.accounts.by_email(f"{name}@example.org")
    return user is not None and verify_password(password, user.password or "")


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
def backup(file: Path) -> None:
    """Write the whole database into FILE, while the service runs."""
    try:
        # All tables as of one moment: SQLite reads so by itself, PostgreSQL when it is asked to.
        postgresql = db.engine.dialect.name == "postgresql"
        engine = db.engine.execution_options(isolation_level="REPEATABLE READ") if postgresql else db.engine
        with engine.connect() as connection:
            count = services.backup.write(connection, file)
    except RuleViolation as violation:
        raise click.ClickException(str(violation)) from violation
    click.echo(f"{count} righe copiate in {file}.")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
def restore(file: Path) -> None:
    """Put the rows of FILE, written by backup, into an empty database."""
    writing.set(True)
    try:
        with db.engine.begin() as connection:
            count = services.backup.restore(connection, file)
    except RuleViolation as violation:
        raise click.ClickException(str(violation)) from violation
    click.echo(f"{count} righe rimesse da {file}.")


def init_app(app: Flask) -> None:
    app.cli.add_command(backup)
    app.cli.add_command(restore)
    app.cli.add_command(make_demo)
    app.cli.add_command(accounts)
