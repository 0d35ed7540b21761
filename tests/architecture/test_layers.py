"""Imports flow one way. The map is the drawing of the house."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "schoolapp"

MAY_IMPORT: dict[str, set[str]] = {
    "domain": set(),
    "clock": set(),
    "config": set(),
    "parameters": {"domain"},
    "models": {"domain"},
    "extensions": {"models"},
    "transaction": {"domain", "extensions"},
    "queries": {"domain", "models", "extensions", "clock", "parameters"},
    "documents": {"domain", "clock"},
    "exchange": {"domain", "clock"},
    "services": {"domain", "models", "extensions", "queries", "clock", "parameters", "documents", "exchange"},
    "web": {"domain", "models", "extensions", "queries", "services", "exchange", "transaction", "clock"},
    "blueprints": {"domain", "queries", "services", "documents", "exchange", "web", "transaction", "clock"}
    | {"parameters"},
    "demo": {"domain", "models", "extensions", "services", "queries", "clock", "transaction"},
    "cli": {"domain", "services", "queries", "exchange", "transaction", "clock", "demo", "extensions", "worker"},
    "worker": {"background", "extensions", "parameters", "services", "transaction", "web"},
    "background": set(),
    "__init__": {"blueprints", "cli", "config", "extensions", "web"},
}
"""Layer → the layers it may import, besides itself."""

FOREIGN: dict[str, set[str]] = {
    "domain": {"flask", "sqlalchemy", "flask_babel", "reportlab", "wtforms"},
    "documents": {"flask", "sqlalchemy"},
    "exchange": {"flask", "sqlalchemy"},
    "services": {"flask", "flask_babel", "flask_login", "wtforms"},
    "queries": {"flask", "flask_babel", "flask_login", "wtforms"},
    "models": {"flask"},
    "blueprints": {"sqlalchemy"},
}
"""Layer → packages that it never imports."""


def _layer(path: Path) -> str:
    part = path.relative_to(ROOT).parts[0]
    return part.removesuffix(".py")


def _imports(path: Path) -> set[str]:
    """Full dotted names imported by the file."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "schoolapp":
                names.update(f"schoolapp.{alias.name}" for alias in node.names)
            else:
                names.add(node.module)
    return names


FILES = [path for path in ROOT.rglob("*.py") if "migrations" not in path.parts]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_imports_only_what_its_layer_may(path: Path) -> None:
    layer = _layer(path)
    for name in _imports(path):
        parts = name.split(".")
        if parts[0] == "schoolapp" and len(parts) > 1:
            assert parts[1] == layer or parts[1] in MAY_IMPORT[layer], f"{layer} imports {name}"
        else:
            assert parts[0] not in FOREIGN.get(layer, set()), f"{layer} imports {name}"


def test_only_the_clock_reads_the_clock() -> None:
    readers = {
        str(path.relative_to(ROOT))
        for path in FILES
        if any(word in path.read_text() for word in ("datetime.now(", "date.today(", "utcnow("))
    }
    assert readers == {"clock.py"}


def test_only_the_transaction_commits() -> None:
    assert {str(path.relative_to(ROOT)) for path in FILES if ".commit()" in path.read_text()} == {"transaction.py"}
