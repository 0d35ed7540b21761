"""Commands of the operator: `flask --app wsgi …`."""

import os
import secrets
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext
from flask_security import hash_password, verify_password

from schoolapp import clock, queries, services, worker
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.pupil_imports import Outcome
from schoolapp.domain.pupil_lists import DoubtKind
from schoolapp.domain.roles import ROLE_NAMES, Role
from schoolapp.exchange.schools import read_schools
from schoolapp.extensions import db, writing
from schoolapp.transaction import transaction

SETTLED = {
    DoubtKind.SITE: "Plesso e classe lasciati vuoti.",
    DoubtKind.CLASS: "Classe lasciata vuota.",
    DoubtKind.COUNTRY: "Cittadinanza lasciata vuota.",
    DoubtKind.LANGUAGE: "Lingua lasciata vuota.",
    DoubtKind.NAME_ORDER: "Salvato così.",
    DoubtKind.ONE_NAME: "Salvato così.",
    DoubtKind.SAME_PUPIL: "Lasciato fuori: decidi tu dalla pagina dell’importazione.",
}
"""What the command does where a person would be asked."""

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
    from schoolapp import demo  # what it holds is for this command: the service goes without

    password = os.environ.get("SCHOOLAPP_DEMO_PASSWORD") or secrets.token_urlsafe(9)
    region = demo.Size() if scale == "region" else None
    with transaction(None):
        made = demo.make(
            db.session.connection(),
            now=clock.local_now(),
            password_hash=hash_password(password),
            region=region,
            tell=click.echo,
        )
    if not made:
        click.echo("I dati ci sono già: non ho cambiato nulla.")
        if not _opens_the_demo(password, demo.ADDRESSES[0][0]):
            return
    click.echo("Accessi di prova (la password è la stessa per tutti):")
    for name, role, _school in demo.ADDRESSES:
        click.echo(f"  {name + '@example.org':<28} {ROLE_NAMES[role]}")
    click.echo(f"Password: {password}")


def _opens_the_demo(password: str, name: str) -> bool:
    """Whether the data that is here is a demo made with this password: whether one of its people has it."""
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


@click.command("import-pupils")
@click.option("--institute", "code", required=True, help="Ministerial code of the institute.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def import_pupils(code: str, file: Path) -> None:
    """Bring in a school's own list of pupils: all of FILE or, when a line is wrong, nothing of it."""
    try:
        with transaction(None):
            done = services.import_unattended.bring_in(
                institute_id=services.schools.find_institute(code).id,
                filename=file.name,
                content=file.read_bytes(),
                now=clock.now(),
                today=clock.today(),
            )
    except RuleViolation as violation:
        raise click.ClickException(str(violation)) from violation
    for error in done.plan.errors:
        click.echo(f"Riga {error.line}: {error.sentence} [{error.raw}]", err=True)
    if done.plan.errors:
        raise click.ClickException(f"Righe da correggere: {len(done.plan.errors)}. Non ho scritto nulla.")
    for question in done.settled:
        others = f" (e altre {len(question.lines) - 1})" if len(question.lines) > 1 else ""
        click.echo(f"Riga {question.lines[0]}{others}: {question.doubt.sentence} {SETTLED[question.doubt.kind]}")
    for skipped in done.plan.skipped:
        click.echo(f"Riga {skipped.line}: {skipped.reason} [{skipped.raw}]")
    counts = [len(done.plan.with_outcome(outcome)) for outcome in Outcome]
    click.echo("{} nuovi, {} cambiati, {} uguali.".format(*counts))


@click.command("import-schools")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--provincia", help="Only this province: its name, or the two letters with which its codes begin.")
@with_appcontext
def import_schools(files: tuple[Path, ...], provincia: str | None) -> None:
    """Bring institutes and plessi up to date with the Ministry's register of schools, as published."""
    for file in files:
        try:
            with transaction(None):
                records = read_schools(file.read_bytes(), province=provincia)
                counts = services.schools.update_register(records, today=clock.today())
        except RuleViolation as violation:
            raise click.ClickException(f"{file.name}: {violation}") from violation
        click.echo(
            f"{file.name}: istituti {counts.new_institutes} nuovi, {counts.changed_institutes} cambiati, "
            f"{counts.closed_institutes} chiusi; plessi {counts.new_sites} nuovi, {counts.changed_sites} cambiati, "
            f"{counts.closed_sites} chiusi."
        )


@click.command("worker")
@with_appcontext
def work() -> None:
    """Send the messages of the outbox and delete what has had its time, until stopped."""
    worker.run(current_app._get_current_object())  # type: ignore[attr-defined]


def init_app(app: Flask) -> None:
    app.cli.add_command(import_pupils)
    app.cli.add_command(import_schools)
    app.cli.add_command(backup)
    app.cli.add_command(restore)
    app.cli.add_command(make_demo)
    app.cli.add_command(accounts)
    app.cli.add_command(work)
