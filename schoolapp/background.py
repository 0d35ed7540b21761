"""The queue between the pages and the worker: huey, in a file of its own or in the PostgreSQL database.

Only `worker.py` imports this, and only when there is something to hand over: huey weighs as much as a big page.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any

from huey import Huey, PostgresHuey, SqliteHuey, crontab
from huey.registry import Message

STOP_SECONDS = 30
"""For so long the worker finishes what it is sending before it ends."""


class PlainSerializer:
    """Tasks as JSON. Huey's own way reads back any Python object, and runs what it finds in it."""

    def serialize(self, data: Any) -> bytes:
        return json.dumps(data).encode()

    def deserialize(self, data: bytes) -> Any:
        read = json.loads(data)
        return Message(*read) if isinstance(read, list) else read


class Background:
    """The queue and its three tasks: send one message, sweep up what waits, tidy up once a night."""

    def __init__(
        self,
        database_url: str,
        file: str,
        *,
        deliver: Callable[[int], None],
        sweep: Callable[[], None],
        tidy: Callable[[], None],
    ) -> None:
        self.huey = _queue(database_url, file)
        self._deliver = self.huey.task(name="deliver")(deliver)
        self.huey.periodic_task(crontab(minute="*"), name="sweep")(sweep)
        self.huey.periodic_task(crontab(minute="20", hour="3"), name="tidy")(tidy)

    def hand_over(self, message_ids: Iterable[int]) -> None:
        """Let the worker send these messages as soon as it can."""
        for message_id in message_ids:
            self._deliver(message_id)

    def run(self) -> None:
        """Work until SIGTERM or SIGINT."""
        self.huey.create_consumer(
            workers=1,
            max_delay=2.0,
            check_worker_health=True,
            graceful_signal="TERM",
            shutdown_timeout=STOP_SECONDS,
        ).run()


def _queue(database_url: str, file: str) -> Huey:
    options: dict[str, Any] = {"results": False, "utc": True, "serializer": PlainSerializer()}
    if database_url.startswith("postgresql"):
        return PostgresHuey(
            "schoolapp", dsn=database_url.replace("postgresql+psycopg://", "postgresql://", 1), **options
        )
    return SqliteHuey("schoolapp", filename=file, cache_mb=1, **options)
