"""What the README says must be so: its commands, its map, its settings."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
# Read by `make demo` and by nothing that runs in earnest, so config.py does not know it.
OF_THE_DEMO = {"SCHOOLAPP_DEMO_PASSWORD"}


def test_every_make_command_in_the_readme_exists_and_the_other_way_round() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    in_makefile = set(re.findall(r"^([a-z]+):.*## ", makefile, flags=re.MULTILINE))
    in_readme = set(re.findall(r"(?:^|`|… )make ([a-z]+)", README, flags=re.MULTILINE))
    assert in_readme == in_makefile


def test_the_readme_names_exactly_the_settings_that_are_read() -> None:
    config = (ROOT / "schoolapp" / "config.py").read_text(encoding="utf-8")
    read = set(re.findall(r"SCHOOLAPP_[A-Z_]+", config))
    assert set(re.findall(r"SCHOOLAPP_[A-Z_]+", README)) - OF_THE_DEMO == read


def test_the_map_leaves_out_no_folder() -> None:
    blocks = re.findall(r"^```\w*\n(.*?)^```", README, flags=re.DOTALL | re.MULTILINE)
    drawn = next(block for block in blocks if "schoolapp/\n" in block)
    inside = {line.split("/")[0].strip() for line in drawn.splitlines() if line.startswith("  ")}
    made_by_the_build = {"static"}
    assert {path.name for path in _folders(ROOT / "schoolapp")} - made_by_the_build <= inside


@pytest.mark.parametrize("target", re.findall(r"\]\((?!https?:)([^)#]+)\)", README))
def test_every_link_of_the_readme_leads_to_a_file(target: str) -> None:
    assert (ROOT / target).exists()


def _folders(parent: Path) -> list[Path]:
    return [path for path in parent.iterdir() if path.is_dir() and path.name != "__pycache__" and any(path.iterdir())]
