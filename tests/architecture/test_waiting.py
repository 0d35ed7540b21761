"""A test in the browser waits for what it expects: a look at one moment is a matter of luck."""

import ast
from pathlib import Path

import pytest

TESTS = sorted((Path(__file__).parents[1] / "browser").glob("test_*.py"))

# These answer at once, whatever is still on its way; `expect(…)` asks again until it is so.
AT_ONCE = {
    "is_visible", "is_hidden", "is_checked", "is_enabled", "is_disabled",
    "inner_text", "text_content", "input_value", "count",
}  # fmt: skip


@pytest.mark.parametrize("file", TESTS, ids=lambda file: file.stem)
def test_no_assertion_looks_at_one_moment_of_the_page(file: Path) -> None:
    hasty = [
        f"{call.func.attr} in line {call.lineno}"
        for statement in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(statement, ast.Assert)
        for call in ast.walk(statement)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in AT_ONCE
    ]
    assert hasty == []
