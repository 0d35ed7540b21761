"""How the tools speak: one plain line a step, the detail only when something fails."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent


def say(sentence: str) -> None:
    """Print a line at once, also when the output goes to a file."""
    print(sentence, flush=True)


def stop(sentence: str) -> NoReturn:
    """End the program with a sentence for the person who started it, and exit status 1."""
    sys.stdout.flush()
    print("\n" + sentence, file=sys.stderr, flush=True)
    raise SystemExit(1)


def run_quietly(
    command: Sequence[str],
    *,
    what: str,
    environment: Mapping[str, str] | None = None,
    announce: tuple[str, int] | None = None,
) -> None:
    """Run a command from the project's root; show what it printed only if it fails, and stop there.

    `announce` is the beginning of the output lines worth showing while the command works, and how many are to come.
    """
    lines = []
    shown = 0
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    assert process.stdout is not None
    try:
        for line in process.stdout:
            lines.append(line)
            if announce and line.startswith(announce[0]):
                shown += 1
                _show_progress(f"{shown} of {announce[1]}: {line[len(announce[0]) :].split()[0]}", shown)
    finally:
        if announce and shown and sys.stdout.isatty():
            sys.stdout.write("\r\033[K")
        status = process.wait()
        process.stdout.close()
    if status != 0:
        sys.stdout.write("".join(lines[-60:]))
        stop(f"{what} did not work (exit status {status}); the lines above say why.")


def _show_progress(sentence: str, count: int) -> None:
    """On a terminal one line that changes; in a file a line every twenty."""
    if sys.stdout.isatty():
        sys.stdout.write(f"\r\033[K  {sentence}")
        sys.stdout.flush()
    elif count % 20 == 0:
        say(f"  {sentence}")
