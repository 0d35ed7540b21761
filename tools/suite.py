"""`make test`: everything on SQLite, then on PostgreSQL all that touches the database, and a plain account of both.

Set SCHOOLAPP_REQUIRE_ALL=1 where nothing may be left out: then a missing Chromium or PostgreSQL is a failure.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tools import assets, chromium, postgres
from tools.console import ROOT, say
from tools.environment import PYTHON

REPORTS = ROOT / ".artifacts"
TOUCHES_THE_DATABASE = (
    "queries",
    "services",
    "at_once",
    "worker",
    "pages",
    "commands",
    "access",
    "journeys",
    "migrations",
)
# Words and numbers that a column cannot hold are answered by each database in its own way.
ANSWERED_BY_THE_DATABASE = (
    "tests/abuse/test_abuse_cases.py::test_odd_words_in_an_address_break_nothing",
    "tests/abuse/test_abuse_cases.py::test_a_number_that_no_table_holds_is_a_missing_page",
)
# Files of tests/pages that send PostgreSQL nothing it does not get elsewhere: their statements are those of the access
# matrix, which opens every page in every role, and of the questions and actions, which have tests of their own. Found
# by comparing the statements: what they have alone are rows read and changed by their keys. A new file is not here: it
# runs on both.
SAME_STATEMENTS_ELSEWHERE = (
    "assessments",
    "board",
    "budgets",
    "certificates",
    "compression",
    "form_macros",
    "home",
    "language",
    "mediators",
    "meeting_reports",
    "meetings",
    "messages",
    "password_reset",
    "referrals",
    "registers",
    "sign_in",
    "timesheets",
    "today",
    "verification",
    "words_in_templates",
    "workshop_lessons",
)
TEST_DATABASE = "SCHOOLAPP_TEST_DATABASE_URL"
NO_TESTS_COLLECTED = 5


@dataclass
class Outcome:
    """What one run of the tests came to; `skipped` counts the reasons given."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    browser_passed: int = 0
    seconds: float = 0.0
    broken: bool = False


def main() -> int:
    """Run all, print the account, and return 1 if a test failed or, where all is required, if something did not run."""
    not_run: list[str] = []
    outcomes = [_on_sqlite(not_run)]
    outcomes += _on_postgresql(not_run)
    outcomes += _scripts()
    return account(outcomes, not_run)


def _on_sqlite(not_run: list[str]) -> Outcome:
    browser = chromium.find_or_install()
    settings = dict(os.environ)
    settings.pop(TEST_DATABASE, None)
    if browser:
        say(f"Chromium: {browser}")
        settings[chromium.VARIABLE] = browser
    else:
        settings.pop(chromium.VARIABLE, None)
    say("Tests on SQLite: everything")
    outcome = _pytest("SQLite", ["tests"], settings)
    if not outcome.browser_passed:
        not_run.append(
            "the browser tests" + ("" if browser else " (no Chromium: install one, or name it in SCHOOLAPP_CHROMIUM)")
        )
    return outcome


def _on_postgresql(not_run: list[str]) -> list[Outcome]:
    folders = [f"tests/{name}" for name in TOUCHES_THE_DATABASE if (ROOT / "tests" / name).is_dir()]
    if not folders:
        not_run.append("PostgreSQL (no test touches the database)")
        return []
    try:
        with postgres.server_url() as url:
            say("Tests on PostgreSQL: all that touches the database")
            left_out = [f"--ignore=tests/pages/test_{name}.py" for name in SAME_STATEMENTS_ELSEWHERE]
            arguments = [*folders, *ANSWERED_BY_THE_DATABASE, "-m", "not browser", *left_out]
            outcome = _pytest("PostgreSQL", arguments, {**os.environ, TEST_DATABASE: url})
    except Exception as problem:  # whatever the server's trouble is, it is said, and what did run is counted
        sentence = (str(problem).strip() or "no reason given").splitlines()[0]
        not_run.append(f"PostgreSQL ({type(problem).__name__}: {sentence})")
        return []
    if not outcome.passed:
        not_run.append("PostgreSQL (no test ran on it)")
    return [outcome]


def _scripts() -> list[Outcome]:
    """The tests of the browser's own code, in Node, where package.json names some."""
    package = ROOT / "package.json"
    if not package.exists() or "test" not in json.loads(package.read_text(encoding="utf-8")).get("scripts", {}):
        return []
    npm, settings = assets.npm()
    say("Tests of the browser's own code, in Node")
    started = time.monotonic()
    run = subprocess.run(
        [*npm, "test", "--silent"], cwd=ROOT, env=settings, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    say(run.stdout + run.stderr)
    passed, failed = (sum(map(int, re.findall(rf"^\W*{word} (\d+)$", run.stdout, re.M))) for word in ("pass", "fail"))
    seconds = time.monotonic() - started
    return [Outcome("Node", passed=passed, failed=failed, seconds=seconds, broken=run.returncode != 0)]


def _pytest(name: str, arguments: list[str], settings: dict[str, str]) -> Outcome:
    REPORTS.mkdir(exist_ok=True)
    report = REPORTS / f"tests-{name.lower()}.xml"
    report.unlink(missing_ok=True)
    workers = min(os.cpu_count() or 1, 4)
    spread = ["-n", str(workers), "--dist", "worksteal"] if workers > 1 else []
    command = [str(PYTHON), "-m", "pytest", "-q", *arguments, *spread, f"--junitxml={report}"]
    started = time.monotonic()
    status = subprocess.run(command, cwd=ROOT, env=settings, stdin=subprocess.DEVNULL, check=False).returncode
    outcome = Outcome(name, seconds=time.monotonic() - started, broken=status not in (0, NO_TESTS_COLLECTED))
    if report.exists():
        count(report, outcome)
    return outcome


def count(report: Path, outcome: Outcome) -> None:
    """Add up the test cases of a JUnit report."""
    # The report is one that pytest has just written here.
    for case in ET.parse(report).iter("testcase"):  # noqa: S314
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            outcome.failed += 1
        elif skipped is not None:
            outcome.skipped[skipped.get("message") or "no reason given"] += 1
        else:
            outcome.passed += 1
            outcome.browser_passed += case.get("classname", "").startswith("tests.browser")


def account(outcomes: list[Outcome], not_run: list[str]) -> int:
    """Print what ran and what did not; 0 where that is good enough, else 1."""
    say("\n" + "-" * 78)
    for outcome in outcomes:
        skipped = sum(outcome.skipped.values())
        counts = f"{outcome.passed} passed, {outcome.failed} failed, {skipped} skipped"
        trouble = "  - the run itself broke off" if outcome.broken and not outcome.failed else ""
        say(f"{outcome.name:11} {counts} in {outcome.seconds:.0f} s{trouble}")
        for reason, count in outcome.skipped.most_common():
            say(f"            skipped {count}: {reason}")
    for what in not_run:
        say(f"NOT RUN: {what}")
    bad = any(outcome.failed or outcome.broken for outcome in outcomes)
    if not_run and os.environ.get("SCHOOLAPP_REQUIRE_ALL"):
        say("Everything is required here (SCHOOLAPP_REQUIRE_ALL), so this counts as a failure.")
        bad = True
    passed = sum(outcome.passed for outcome in outcomes)
    failed = sum(outcome.failed for outcome in outcomes)
    bad = bad or passed == 0
    say(f"Total: {passed} passed, {failed} failed, {sum(sum(o.skipped.values()) for o in outcomes)} skipped")
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
