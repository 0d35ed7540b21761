"""A production server, and what it costs: its CPU time and memory as the kernel counts them."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.databases import ROOT

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A running server."""

    address: str
    master: int

    def _workers(self) -> list[int]:
        children = Path(f"/proc/{self.master}/task/{self.master}/children").read_text()
        return [int(pid) for pid in children.split()]

    def cpu_seconds(self) -> float:
        """CPU time of the workers so far, in user and in kernel."""
        total = 0
        for pid in self._workers():
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            total += int(fields[11]) + int(fields[12])
        return total / _TICKS

    def memory_mib(self) -> float:
        """Memory of master and workers, pages shared among them counted once (PSS)."""
        kib = 0
        for pid in (self.master, *self._workers()):
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    kib += int(line.split()[1])
        return kib / 1024


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def serving(application: str, environment: dict[str, str], *, workers: int = 1) -> Iterator[Server]:
    """`application` ("wsgi:app") on gunicorn, as in production."""
    address = f"127.0.0.1:{_free_port()}"
    log = ROOT / "build" / "bench" / "server.log"
    with log.open("ab") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", application],
            cwd=ROOT,
            env={**environment, "BIND": address, "WEB_CONCURRENCY": str(workers), "MALLOC_ARENA_MAX": "1"},
            stdout=stream,
            stderr=stream,
        )
        try:
            _wait(f"http://{address}/")
            yield Server(address, process.pid)
        finally:
            process.terminate()
            process.wait()


def _wait(url: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(url, timeout=5)
        except urllib.error.HTTPError:
            return  # it answers
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"no answer from {url}")
