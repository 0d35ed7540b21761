"""What the service loads when it starts stays in its memory for as long as it runs."""

import json
import subprocess
import sys

from tests.conftest import SETTINGS

LATER = {
    "alembic": "commands",
    "flask_migrate": "commands",
    "schoolapp.demo": "the command `demo`",
    "huey": "what hands a message over",
    "holidays": "tests",
    "icalendar": "calendars and invitations",
    "psycopg": "PostgreSQL",
    "python_calamine": "reading a spreadsheet, in a process of its own",
    "rapidfuzz": "comparing spellings",
    "typst": "letters, in a process of their own",
    "xlsxwriter": "spreadsheets",
}
"""What the service goes without until somebody asks for it: package and who needs it."""

START = "import json, sys; from schoolapp import create_app; create_app(json.load(sys.stdin)); print(*sys.modules)"


def test_the_service_starts_without_what_only_some_need() -> None:
    settings = {**SETTINGS, "SQLALCHEMY_DATABASE_URI": "sqlite://", "COMMANDS": False}
    started = subprocess.run(
        [sys.executable, "-c", START],
        input=json.dumps(settings, default=str),
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(started.stdout.split())
    assert "schoolapp.cli" in loaded
    assert not loaded & LATER.keys()
