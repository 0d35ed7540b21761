"""Mail servers that refuse, delay and die: real ones, on a port of their own."""

from __future__ import annotations

import asyncio
import shutil
import ssl
import subprocess
from collections import deque
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.support.mailbox import Mailbox, OwnPort

GONE = "550 5.1.1 nobody of this name here: amina@example.org"
LATER = "451 4.7.1 come back later, says the server of amina@example.org"
FULL = "552 5.2.2 the mailbox is full"
TAKEN = "250 taken"


class MoodyServer(Mailbox):
    """Answers RCPT and DATA with the words it was given, in their order, and then takes everything."""

    def __init__(self, *, to_recipients: list[str] | None = None, to_data: list[str] | None = None) -> None:
        super().__init__()
        self.to_recipients = deque(to_recipients or [])
        self.to_data = deque(to_data or [])

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        answer = self.to_recipients.popleft() if self.to_recipients else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = self.to_data.popleft() if self.to_data else TAKEN
        return answer if answer != TAKEN else await super().handle_DATA(server, session, envelope)


class SlowServer(Mailbox):
    """Takes the message, and says so too late the first time."""

    def __init__(self, *, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        taken = await super().handle_DATA(server, session, envelope)
        seconds, self.seconds = self.seconds, 0
        await asyncio.sleep(seconds)
        return taken


class DyingServer(Mailbox):
    """Hangs up in the middle of the session as often as it was told, and then takes everything."""

    def __init__(self, *, times: int = 1, after_taking: bool = False) -> None:
        super().__init__()
        self.times = times
        self.after_taking = after_taking

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.times:
            self.times -= 1
            if self.after_taking:
                self.envelopes.put(envelope)
            server.transport.abort()
            return TAKEN
        return await super().handle_DATA(server, session, envelope)


class EncryptingServer(Mailbox):
    """Offers STARTTLS, or speaks TLS from the first byte, with a certificate of its own making."""

    def __init__(self, folder: Path, *, from_the_start: bool = False) -> None:
        super().__init__()
        self.certificate = folder / "certificate.pem"
        key = folder / "key.pem"
        _make_certificate(self.certificate, key)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.certificate, key)
        self.encrypted: list[bool] = []
        self.scheme = "smtps" if from_the_start else "smtp+tls"
        self.options: dict[str, Any] = {"ssl_context": context} if from_the_start else {"tls_context": context}

    def make_controller(self) -> Controller:
        return OwnPort(self, hostname="localhost", port=self.port, **self.options)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.encrypted.append(session.ssl is not None or self.scheme == "smtps")
        return await super().handle_DATA(server, session, envelope)

    @property
    def url(self) -> str:
        return f"{self.scheme}://localhost:{self.port}"


def _make_certificate(certificate: Path, key: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl to make a certificate with")
    command = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-keyout", str(key), "-out", str(certificate), "-days", "2"]
    command += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run(command, check=True, capture_output=True)
