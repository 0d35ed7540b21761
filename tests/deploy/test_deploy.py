"""What stands in deploy/ fits the project: the image's sources, the units' commands, and the operator's command."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
README = (ROOT / "README.md").read_text(encoding="utf-8")
SETTINGS = "# of a test\nSCHOOLAPP_SECRET_KEY=a key with = and $signs & spaces\nSCHOOLAPP_OWNER_NAME=Ambito di Prova"


def _container_lines() -> list[str]:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _unit(name: str) -> dict[str, list[str]]:
    """The lines of a unit by their name: systemd lets a name stand several times."""
    found: dict[str, list[str]] = {}
    for line in (DEPLOY / name).read_text(encoding="utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            key, value = line.split("=", 1)
            found.setdefault(key, []).append(value)
    return found


def _left_out() -> set[str]:
    return set((ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines())


def test_what_the_image_is_made_from_exists_and_is_not_left_out() -> None:
    for line in _container_lines():
        if line.startswith("COPY") and "--from" not in line and line != "COPY . .":
            for source in line.split()[1:-1]:
                assert (ROOT / source).exists(), source
                assert source not in _left_out(), source


@pytest.mark.parametrize("secret", [".git", "instance", ".venv", ".artifacts"])
def test_what_is_private_or_of_this_machine_stays_out_of_the_image(secret: str) -> None:
    assert secret in _left_out()


def test_the_image_has_a_python_that_the_project_takes_and_its_own_account() -> None:
    lines = _container_lines()
    versions = {line.split("python:")[1].split("-")[0] for line in lines if line.startswith("FROM")}
    assert versions == {"3.11"}
    assert lines.index("USER schoolapp") < next(n for n, line in enumerate(lines) if line.startswith("CMD"))


@pytest.mark.parametrize("name", ["schoolapp.service", "schoolapp-worker.service"])
def test_both_units_are_the_same_account_settings_and_walls(name: str) -> None:
    unit, service = _unit(name), _unit("schoolapp.service")
    walls = [key for key in service if key.startswith(("Protect", "Restrict", "Private", "SystemCall", "Capability"))]
    same = ["User", "Group", "WorkingDirectory", "Environment", "EnvironmentFile", "MemoryDenyWriteExecute", *walls]
    assert {key: unit.get(key) for key in same} == {key: service[key] for key in same}


def test_the_same_command_line_starts_the_service_everywhere() -> None:
    unit = _unit("schoolapp.service")
    assert [unit[key][0].removeprefix("/opt/schoolapp/.venv/bin/") for key in ("ExecStartPre", "ExecStart")] == [
        "flask --app wsgi db upgrade",
        "gunicorn -c deploy/gunicorn.conf.py wsgi:app",
    ]
    assert "flask --app wsgi db upgrade && exec gunicorn -c deploy/gunicorn.conf.py wsgi:app" in _container_lines()[-1]


def test_the_arena_setting_is_the_same_in_units_and_image() -> None:
    environment = next(line for line in _container_lines() if line.startswith("ENV"))
    for setting in _unit("schoolapp.service")["Environment"]:
        assert setting in environment.split()


@pytest.fixture
def installation(tmp_path: Path) -> Path:
    """An installation whose program only tells what it was given."""
    (tmp_path / "deploy").mkdir()
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    script = tmp_path / "deploy" / "flask"
    # The account "schoolapp" is not on this machine; what becomes of the settings and the words is the same.
    script.write_text((DEPLOY / "flask").read_text(encoding="utf-8").replace('"$(id -u)" -eq 0', "1 -eq 0"))
    program = tmp_path / ".venv" / "bin" / "flask"
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$SCHOOLAPP_SECRET_KEY" "$SCHOOLAPP_OWNER_NAME" "$(umask)" "$@"\n')
    for file in (script, program):
        file.chmod(0o755)
    return tmp_path


def _run(installation: Path, settings: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(installation / "deploy" / "flask"), *words],
        env={"PATH": os.environ["PATH"], "ENVIRONMENT_FILE": str(settings)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_operators_command_gives_the_settings_and_the_words_as_they_are(installation: Path) -> None:
    settings = installation / "environment"
    settings.write_text(SETTINGS)
    done = _run(installation, settings, "accounts", "create-administrator", "capo@example.org", "Il Capo")
    assert done.stdout.splitlines() == [
        "a key with = and $signs & spaces", "Ambito di Prova", "0077", "--app", f"{installation}/wsgi.py",
        "accounts", "create-administrator", "capo@example.org", "Il Capo",
    ]  # fmt: skip


def test_the_operators_command_says_where_settings_are_missing(installation: Path) -> None:
    done = _run(installation, installation / "nowhere", "backup", "FILE")
    assert (done.returncode, done.stdout) == (1, "")
    assert "run this with sudo" in done.stderr


def test_every_file_of_the_folder_is_named_in_the_readme() -> None:
    named = set(re.findall(r"deploy/([\w.-]+\w)", README))
    assert {file.name for file in DEPLOY.iterdir() if file.is_file()} <= named
