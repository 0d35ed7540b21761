"""`flask worker`, in a process of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schoolapp import create_app, services, worker
from schoolapp.extensions import db
from schoolapp.transaction import transaction
from tests.conftest import SETTINGS
from tests.support.databases import postgresql_database
from tests.support.mailbox import Mailbox

ROOT = Path(__file__).resolve().parents[2]


def test_the_worker_sends_what_the_pages_write(database_url: str, tmp_path: Path) -> None:
    """On the database and queue that the pages use, until it is told to stop."""
    with _own_database(database_url, tmp_path) as url, Mailbox() as server:
        own = create_app(
            {
                **SETTINGS,
                "SQLALCHEMY_DATABASE_URI": url,
                "SMTP_URL": server.url,
                "TASKS_FILE": str(tmp_path / "tasks.db"),
            }
        )
        with own.app_context():
            db.create_all()
            _write("amina@example.org")
        environment = {
            **os.environ,
            "SCHOOLAPP_SECRET_KEY": "a secret of the tests" * 2,
            "SCHOOLAPP_DATABASE_URL": url,
            "SCHOOLAPP_SMTP_URL": server.url,
            "SCHOOLAPP_BASE_URL": "http://localhost",
            "SCHOOLAPP_TASKS_FILE": str(tmp_path / "tasks.db"),
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", "worker"],
            cwd=ROOT,
            env=environment,
            stderr=subprocess.PIPE,
        )
        try:
            assert server.next(seconds=40)["To"] == "amina@example.org"
            with own.app_context():
                _write("altra@example.org")
            assert server.next(seconds=40)["To"] == "altra@example.org"
            process.send_signal(signal.SIGTERM)
            _, said = process.communicate(timeout=30)
            assert process.returncode == 0, said
            assert b"amina" not in said
        finally:
            process.kill()
            process.wait()
            with own.app_context():
                db.session.remove()
                worker.background(own).huey.storage.close()
                db.engine.dispose()


def _write(to: str) -> None:
    with transaction(None):
        services.messages.queue(to=to, subject="Colloquio perché", body="Ciao, è giovedì.")


@contextmanager
def _own_database(database_url: str, folder: Path) -> Iterator[str]:
    if database_url.startswith("postgresql"):
        with postgresql_database(database_url) as url:
            yield url
    else:
        yield f"sqlite:///{folder / 'own.db'}"
