"""The data to measure on: the demo district, and the same with a region beside it. Kept in build/bench/."""

import os
import sys

from schoolapp import clock
from schoolapp.domain.school_year import SchoolYear
from tools import stamps
from tools.console import ROOT, run_quietly

FOLDER = ROOT / "build" / "bench"
SECRET_KEY = "only for measuring"


def environment(scale: str) -> dict[str, str]:
    """Settings of a server on the database of this scale."""
    return {
        **os.environ,
        "SCHOOLAPP_SECRET_KEY": SECRET_KEY,
        "SCHOOLAPP_DATABASE_URL": f"sqlite:///{FOLDER / f'{scale}.db'}",
        "SCHOOLAPP_HTTPS": "0",
        "SCHOOLAPP_DEMO_PASSWORD": "only for measuring",
        "SCHOOLAPP_LOG_LEVEL": "INFO",
    }


def made_from() -> str:
    """What a data set is made from: the shape of the tables, who fills them, and the school year it tells of."""
    sources = [ROOT / "schoolapp" / name for name in ("demo", "models", "migrations/versions")]
    return stamps.fingerprint(sources, also=SchoolYear.of(clock.today()).label)


def is_ready(scale: str) -> bool:
    """Whether this data set is there, whole, and made from what it would be made from now."""
    return (FOLDER / f"{scale}.db").exists() and stamps.is_current(FOLDER / f"{scale}.done", made_from())


def ensure(scale: str) -> None:
    """Make the database where it is not ready. A region takes some minutes."""
    if is_ready(scale):
        return
    done, wanted = FOLDER / f"{scale}.done", made_from()
    FOLDER.mkdir(parents=True, exist_ok=True)
    done.unlink(missing_ok=True)  # an interrupted making is no data set
    for leftover in FOLDER.glob(f"{scale}.db*"):
        leftover.unlink()
    print(f"Making the {scale} data set in {FOLDER.relative_to(ROOT)}", flush=True)
    for command in (["db", "upgrade"], ["demo", "--scale", scale]):
        run_quietly(
            [sys.executable, "-m", "flask", "--app", "wsgi", *command],
            what=f"Making the {scale} data set",
            environment=environment(scale),
        )
    stamps.record(done, wanted)
