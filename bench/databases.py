"""The data to measure on: the demo district, and the same with a region beside it. Kept in build/bench/."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "bench"
SECRET_KEY = "only for measuring"


def environment(scale: str) -> dict[str, str]:
    """Settings of a server on the database of this scale."""
    import os

    return {
        **os.environ,
        "SCHOOLAPP_SECRET_KEY": SECRET_KEY,
        "SCHOOLAPP_DATABASE_URL": f"sqlite:///{FOLDER / f'{scale}.db'}",
        "SCHOOLAPP_HTTPS": "0",
        "SCHOOLAPP_DEMO_PASSWORD": "only for measuring",
        "SCHOOLAPP_LOG_LEVEL": "INFO",
    }


def ensure(scale: str) -> None:
    """Make the database where it is not there yet. A region takes some minutes, once."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    done = FOLDER / f"{scale}.done"
    if done.exists():
        return
    for leftover in FOLDER.glob(f"{scale}.db*"):
        leftover.unlink()
    print(f"Making the {scale} data set in {FOLDER.relative_to(ROOT)}", flush=True)
    for command in (["db", "upgrade"], ["demo", "--scale", scale]):
        subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", *command],
            cwd=ROOT,
            env=environment(scale),
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    done.touch()
