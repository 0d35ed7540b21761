"""The account at the end of `make test` says what ran, what did not, and fails when it must."""

from pathlib import Path

import pytest

from tools import postgres, suite

REPORT = """<testsuites><testsuite>
<testcase classname="tests.domain.test_a" name="one"/>
<testcase classname="tests.domain.test_a" name="two"><failure message="no"/></testcase>
<testcase classname="tests.pages.test_b" name="three"><error message="no"/></testcase>
<testcase classname="tests.pages.test_b" name="four"><skipped message="no example files"/></testcase>
<testcase classname="tests.browser.test_c" name="five"/>
</testsuite></testsuites>"""


def test_a_report_is_counted_with_its_browser_tests_and_reasons(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT)
    outcome = suite.Outcome("SQLite")
    suite.count(report, outcome)
    assert (outcome.passed, outcome.failed, outcome.browser_passed) == (2, 2, 1)
    assert outcome.skipped == {"no example files": 1}


@pytest.mark.parametrize(
    ("outcome", "not_run", "all_required", "status"),
    [
        (suite.Outcome("SQLite", passed=3), [], False, 0),
        (suite.Outcome("SQLite", passed=3, failed=1), [], False, 1),
        (suite.Outcome("SQLite", passed=3, broken=True), [], False, 1),  # pytest ended early, by its own fault
        (suite.Outcome("SQLite", passed=3), ["the browser tests"], False, 0),  # said, and forgiven at home
        (suite.Outcome("SQLite", passed=3), ["the browser tests"], True, 1),  # not where all is required
        (suite.Outcome("SQLite"), [], False, 1),  # nothing ran at all
    ],
)
def test_the_exit_status_follows_from_what_ran(
    outcome: suite.Outcome,
    not_run: list[str],
    all_required: bool,
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SCHOOLAPP_REQUIRE_ALL", "1" if all_required else "")
    assert suite.account([outcome], not_run) == status
    printed = capsys.readouterr().out
    assert all(f"NOT RUN: {what}" in printed for what in not_run)
    assert printed.splitlines()[-1] == f"Total: {outcome.passed} passed, {outcome.failed} failed, 0 skipped"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("postgres://a@b/c", "postgresql+psycopg://a@b/c"),
        ("postgresql://a@b/c", "postgresql+psycopg://a@b/c"),
        ("postgresql+psycopg://a@b/c", "postgresql+psycopg://a@b/c"),
    ],
)
def test_a_postgresql_address_gets_the_driver_that_is_installed(given: str, wanted: str) -> None:
    assert postgres.with_driver(given) == wanted


@pytest.mark.parametrize("name", suite.SAME_STATEMENTS_ELSEWHERE)
def test_what_postgresql_is_spared_is_there(name: str) -> None:
    assert (suite.ROOT / "tests" / "pages" / f"test_{name}.py").is_file()


@pytest.mark.parametrize("place", suite.ANSWERED_BY_THE_DATABASE)
def test_what_postgresql_is_asked_besides_is_there(place: str) -> None:
    file, name = place.split("::")
    assert f"def {name}(" in (suite.ROOT / file).read_text(encoding="utf-8")
