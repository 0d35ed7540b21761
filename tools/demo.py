"""`make demo`: from a fresh clone to a running school, in one command."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from tools import assets, environment
from tools.console import ROOT, run_quietly, say, stop

HOST = "127.0.0.1"
INSTANCE = ROOT / "instance"
START_SECONDS = 60


def main() -> None:
    """Set up what is missing, fill the database once, and serve until Ctrl-C."""
    port = chosen_port()
    insist_on_a_free_port(port)
    environment.ensure(environment.RUNTIME)
    assets.build()
    settings = settings_of_the_demo(port)
    say("Database: bringing instance/schoolapp.db up to date")
    _flask("db", "upgrade", settings=settings)
    say("Demo school: filling the database where it is empty")
    filled = subprocess.run(
        [str(environment.PYTHON), "-m", "flask", "--app", "wsgi", "demo"], cwd=ROOT, env=settings, check=False
    )
    if filled.returncode != 0:
        stop("The demo school could not be made; the lines above say why.")
    _serve(port, settings)


def chosen_port() -> int:
    """The port that PORT names, 5000 where it names none; ends the program where it is no port."""
    wanted = os.environ.get("PORT") or "5000"
    if not wanted.isdigit() or not 0 < int(wanted) < 65536:
        stop(f"PORT is {wanted!r}; it must be a number from 1 to 65535.")
    return int(wanted)


def insist_on_a_free_port(port: int) -> None:
    """End the program with a sentence where something else answers on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            stop(f"Port {port} is reserved to the administrator of this machine. Choose another: make demo PORT=5001")
        except OSError:
            stop(f"Port {port} is in use, perhaps by a demo already running. Choose another: make demo PORT={port + 1}")


def settings_of_the_demo(port: int) -> dict[str, str]:
    """The environment of the demo: its own key and SQLite file, whatever real installation the shell points to."""
    settings = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("SCHOOLAPP_") or name == "SCHOOLAPP_DEMO_PASSWORD"
    }
    settings["SCHOOLAPP_SECRET_KEY"] = kept_secret("secret-key", 48)
    # Kept, so that every start can print it; the database holds only its hash.
    settings.setdefault("SCHOOLAPP_DEMO_PASSWORD", kept_secret("demo-password", 9))
    settings["SCHOOLAPP_HTTPS"] = "0"
    settings["SCHOOLAPP_BASE_URL"] = f"http://{HOST}:{port}"
    settings["SCHOOLAPP_LOG_LEVEL"] = "WARNING"
    settings["BIND"] = f"{HOST}:{port}"
    settings["MALLOC_ARENA_MAX"] = "1"  # as in deploy/: its threads share one arena of memory
    return settings


def kept_secret(name: str, random_bytes: int) -> str:
    """A secret of this installation: a file of `instance/` made once, which its owner only can read."""
    file = INSTANCE / name
    INSTANCE.mkdir(exist_ok=True)
    if not file.exists():
        say(f"Secret: making instance/{name}")
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(secrets.token_urlsafe(random_bytes) + "\n")
    return file.read_text(encoding="utf-8").strip()


def _flask(*arguments: str, settings: dict[str, str]) -> None:
    command = [str(environment.PYTHON), "-m", "flask", "--app", "wsgi", *arguments]
    run_quietly(command, what=f"flask {' '.join(arguments)}", environment=settings)


def _serve(port: int, settings: dict[str, str]) -> None:
    address = f"http://{HOST}:{port}"
    command = [str(environment.PYTHON), "-m", "gunicorn", "-c", str(Path("deploy") / "gunicorn.conf.py"), "wsgi:app"]
    signal.signal(signal.SIGTERM, _as_interrupt)
    server = subprocess.Popen(command, cwd=ROOT, env=settings)
    worker: subprocess.Popen[bytes] | None = None
    try:
        _wait_until_it_answers(server, address)
        worker = subprocess.Popen(
            [str(environment.PYTHON), "-m", "flask", "--app", "wsgi", "worker"], cwd=ROOT, env=settings
        )
        say(f"\nReady: {address} (Ctrl-C stops it)")
        status = server.wait()
    except KeyboardInterrupt:
        server.terminate()
        server.wait()
        say("\nStopped.")
        return
    finally:
        if worker is not None:
            worker.terminate()
            worker.wait()
    if status != 0:
        stop(f"The server ended by itself (exit status {status}).")


def _as_interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _wait_until_it_answers(server: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            stop("The server could not start; the lines above say why.")
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    server.terminate()
    stop(f"The server did not answer within {START_SECONDS} seconds.")


if __name__ == "__main__":
    main()
