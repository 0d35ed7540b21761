"""A mail server of our own, for messages that are really sent."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from queue import Queue
from socket import socket
from typing import Any, Self, cast
from weakref import finalize

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class OwnPort(Controller):
    """Listens at the socket that the mailbox has held since it was made: a port let go for a moment may be taken."""

    def factory(self) -> SMTP:
        session = super().factory()
        self.handler.sessions.append(session)
        return session

    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self.handler.socket, ssl=self.ssl_context)

    def stop(self, no_assert: bool = False) -> None:
        asyncio.run_coroutine_threadsafe(self._hang_up(), self.loop).result()
        super().stop(no_assert)

    async def _hang_up(self) -> None:
        """Close what is still open while the loop can: a loop that has stopped leaves sockets behind.

        First nobody more is let in, then whoever has just come in has three turns to become a session: a message may
        be on its way when a test ends. (A server that is closed drops such a one, and leaves its socket.)
        """
        self.loop.remove_reader(self.handler.socket)
        await self._turns(3)
        for session in self.handler.sessions:
            if session.transport is not None:
                session.transport.abort()
        await self._turns(3)  # closing takes a turn of the loop, and two under TLS

    @staticmethod
    async def _turns(times: int) -> None:
        for _ in range(times):
            await asyncio.sleep(0)


class Mailbox:
    """What arrived; `next()` waits for a message on its way."""

    def __init__(self) -> None:
        self.envelopes: Queue[Any] = Queue()
        self.sessions: list[SMTP] = []
        self.socket = socket()
        self.socket.bind(("127.0.0.1", 0))
        finalize(self, self.socket.close)  # a server that is down is made, and never started
        self.port = self.socket.getsockname()[1]

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.envelopes.put(envelope)
        return "250 taken"

    def make_controller(self) -> Controller:
        return OwnPort(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> Self:
        self.controller = self.make_controller()
        self.controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.controller.stop()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def next(self, *, seconds: int = 10) -> EmailMessage:
        envelope = self.envelopes.get(timeout=seconds)
        assert all(byte < 128 for byte in envelope.content), "8-bit bytes on the way"
        return cast(EmailMessage, message_from_bytes(envelope.content, policy=default))

    def is_empty(self) -> bool:
        return self.envelopes.empty()
