"""A signed-in person's requests to a running server, timed one after the other."""

import http.client
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Flask
from werkzeug.wrappers import Response

from bench.server import Server
from tests.support.page import Page

Ask = Callable[[], bytes]


@dataclass
class Waiting:
    """Seconds waited for answers, and their bytes: what the client does between them is not the server's."""

    seconds: float = 0.0
    received: int = 0


@dataclass(frozen=True)
class Figures:
    """Median milliseconds as the client waits, server CPU milliseconds a request, bytes of the answer."""

    wall: float
    cpu: float
    size: int


class Client:
    """One person's requests. Reads pages as the tests do, so forms are filled by their own labels and names."""

    def __init__(self, server: Server, app: Flask, session: dict[str, object]) -> None:
        self.server = server
        self.app = app
        self.waiting = Waiting()
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        self._cookie = f"session={signer.dumps(session)}" if session else ""

    def of(self, mark: str | None) -> "Client":
        """The requests of another person, None for one who has not signed in; both wait on one watch."""
        other = Client(self.server, self.app, {"_user_id": mark, "_fresh": True} if mark else {})
        other.waiting = self.waiting
        return other

    def send(self, method: str, path: str, body: bytes = b"", accept: str = "text/html") -> tuple[int, bytes]:
        """One request on a connection of its own, as behind a proxy without keep-alive."""
        status, _location, content = self._send(method, path, body, accept)
        return status, content

    def sent(self, path: str, body: bytes) -> str:
        """Send a form; where it leads."""
        status, location, content = self._send("POST", path, body, "text/html")
        assert status == 303, f"{path}: {status} {content[-3000:]!r}"
        return location

    def _send(self, method: str, path: str, body: bytes, accept: str) -> tuple[int, str, bytes]:
        connection = http.client.HTTPConnection(self.server.address, timeout=60)
        headers = {"Accept": accept}
        if self._cookie:
            headers["Cookie"] = self._cookie
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        started = time.perf_counter()
        connection.request(method, path, body=body or None, headers=headers)
        response = connection.getresponse()
        content = response.read()
        self.waiting.seconds += time.perf_counter() - started
        self.waiting.received += len(content)
        for cookie in response.headers.get_all("Set-Cookie") or []:
            if cookie.startswith("session="):
                self._cookie = cookie.split(";")[0]
        connection.close()
        return response.status, response.headers.get("Location", ""), content

    def page(self, path: str) -> Page:
        """A page, read and checked."""
        status, content = self.send("GET", path)
        assert status == 200, f"{path}: {status}"
        return Page(self, Response(content, status=status), path)  # type: ignore[arg-type]

    def measure(self, ask: Ask, times: int) -> Figures:
        """Ask `times` times, one after the other; the first tenth warms up and is not counted."""
        warm = max(3, times // 10)
        for _ in range(warm):
            ask()
        waits = []
        size = 0
        before = self.server.cpu_seconds()
        for _ in range(times):
            waited, received = self.waiting.seconds, self.waiting.received
            ask()
            waits.append((self.waiting.seconds - waited) * 1000)
            size = self.waiting.received - received
        cpu = (self.server.cpu_seconds() - before) * 1000 / times
        return Figures(statistics.median(waits), cpu, size)

    def get(self, path: str) -> Ask:
        """The question for a page, to be asked again and again."""

        def ask() -> bytes:
            return self.expect(*self.send("GET", path), path)

        return ask

    def several(self, path: str, count: int) -> Ask:
        """The question for a page so many times over."""
        one = self.get(path)
        return lambda: b"".join(one() for _ in range(count))

    @staticmethod
    def expect(status: int, content: bytes, path: str) -> bytes:
        assert status < 400, f"{path}: {status} {content[:300]!r}"
        return content


def encoded(values: dict[str, list[object]]) -> bytes:
    """A form's values as a browser sends them."""
    return urlencode([(name, value) for name, items in values.items() for value in items]).encode()
