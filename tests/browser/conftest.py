"""Chromium and a running site.

A test that asks for `site` gets an empty database, and fails on any complaint of the browser's console.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest
from playwright.sync_api import sync_playwright

from schoolapp import create_app
from schoolapp.extensions import db
from tests.conftest import SETTINGS
from tests.support.site import Site
from tests.support.windows import Windows

INSTALLED = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
# It stays on this machine: no look-ups of its maker's services while the tests run.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def windows() -> Iterator[Windows]:
    """Of the Chromium SCHOOLAPP_CHROMIUM names, or of an installed one; `make test` sees to it that there is one."""
    path = os.environ.get("SCHOOLAPP_CHROMIUM") or next(filter(None, map(shutil.which, INSTALLED)), None)
    if path is None:
        pytest.skip("no Chromium: name one in SCHOOLAPP_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield Windows(browser)
        browser.close()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with every table and no row, copied for each site."""
    file = tmp_path_factory.mktemp("empty") / "empty.db"
    app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{file}"})
    with app.app_context():
        flask_migrate.upgrade()
        db.engine.dispose()  # the last connection to close brings everything into the one file
    return file


@pytest.fixture
def site(windows: Windows, empty_database: Path, tmp_path: Path) -> Iterator[Site]:
    """A site of this test's own."""
    running = Site(SETTINGS, empty_database, tmp_path, windows)
    yield running
    running.close()
    assert running.complaints == []
