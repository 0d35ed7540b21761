"""The application as Chromium meets it: served on a port, on a database file of its own."""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import ConsoleMessage, Error, Page, Response
from werkzeug.serving import make_server

from schoolapp import create_app
from schoolapp.extensions import db
from schoolapp.models import User
from tests.support.windows import Windows

# What the browser says of every answer that is not a 200; the tests look at the page itself.
NO_COMPLAINT = "Failed to load resource"


class Site:
    """A running site; `with site.writing():` puts things into it, `site.open(…)` looks at it."""

    def __init__(self, settings: dict[str, Any], empty_database: Path, folder: Path, windows: Windows) -> None:
        file = folder / "site.db"
        shutil.copyfile(empty_database, file)
        self.app: Flask = create_app({**settings, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{file}"})
        self.complaints: list[str] = []
        self._windows = windows
        self._open: list[Page] = []
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._server = make_server("127.0.0.1", 0, self.app, threaded=True)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """The factories work inside; at the end it is committed, and what they made can still be read."""
        with self.app.app_context():
            db.session().expire_on_commit = False
            yield
            db.session.commit()
            db.session.remove()

    def window(self, *, user: User | None = None, width: int = 1280, height: int = 800, **options: Any) -> Page:
        """An empty window of `user`, or of somebody unknown; `options` are playwright's: java_script_enabled, …"""
        page = self._windows.take(width, height, **options)
        self._open.append(page)
        self.become(page, user)
        page.on("console", self._note)
        page.on("pageerror", self._note_error)
        return page

    def become(self, page: Page, user: User | None) -> None:
        """From now on the window is that of `user`, or of somebody unknown."""
        page.context.clear_cookies()
        if user is not None:
            page.context.add_cookies([{"name": "session", "value": self._session_of(user), "url": self.address}])

    def open(self, path: str, **options: Any) -> Page:
        """A window (see there for the options) in which the page at `path` has been opened."""
        page = self.window(**options)
        self.go(page, path)
        return page

    def go(self, page: Page, path: str) -> Response | None:
        """Open the page at `path` in a window of this site."""
        return page.goto(f"{self.address}{path}")

    def close(self) -> None:
        """Stop serving and give the windows back."""
        for page in self._open:
            page.remove_listener("console", self._note)
            page.remove_listener("pageerror", self._note_error)
            self._windows.give_back(page, self.address)
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        with self.app.app_context():
            db.engine.dispose()

    def _session_of(self, user: User) -> str:
        client = self.app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = user.fs_uniquifier
            session["_fresh"] = True
        cookie = client.get_cookie("session")
        assert cookie is not None
        return cookie.value

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and NO_COMPLAINT not in message.text:
            self.complaints.append(message.text)

    def _note_error(self, error: Error) -> None:
        self.complaints.append(str(error))
