"""The demo refuses politely, keeps its key to itself, and never touches a real installation."""

import socket
import stat
from pathlib import Path

import pytest

from tools import demo


def test_a_busy_port_is_named_with_the_command_that_takes_another(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SystemExit) as ended:
            demo.insist_on_a_free_port(port)
    assert ended.value.code == 1
    assert f"Port {port} is in use" in capsys.readouterr().err


@pytest.mark.parametrize("wanted", ["no", "0", "65536", "-1", "80.5"])
def test_a_port_that_is_none_is_refused_with_a_sentence(
    wanted: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", wanted)
    with pytest.raises(SystemExit):
        demo.chosen_port()
    assert "must be a number from 1 to 65535" in capsys.readouterr().err


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "INSTANCE", tmp_path / "instance")
    key = demo.kept_secret("secret-key", 48)
    assert len(key) == 64
    assert demo.kept_secret("secret-key", 48) == key
    assert stat.S_IMODE((tmp_path / "instance" / "secret-key").stat().st_mode) == 0o600


def test_the_demo_ignores_the_database_and_the_mail_of_a_real_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "INSTANCE", tmp_path)
    monkeypatch.setenv("SCHOOLAPP_DATABASE_URL", "postgresql://real")
    monkeypatch.setenv("SCHOOLAPP_SMTP_URL", "smtp://real")
    monkeypatch.setenv("SCHOOLAPP_DEMO_PASSWORD", "una parola lunga")
    settings = demo.settings_of_the_demo(5001)
    assert "SCHOOLAPP_DATABASE_URL" not in settings
    assert "SCHOOLAPP_SMTP_URL" not in settings
    assert settings["SCHOOLAPP_DEMO_PASSWORD"] == "una parola lunga"
    assert settings["BIND"] == "127.0.0.1:5001"


def test_every_start_of_the_demo_knows_the_password_of_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "INSTANCE", tmp_path)
    monkeypatch.delenv("SCHOOLAPP_DEMO_PASSWORD", raising=False)
    first = demo.settings_of_the_demo(5000)["SCHOOLAPP_DEMO_PASSWORD"]
    assert len(first) >= 12
    assert demo.settings_of_the_demo(5000)["SCHOOLAPP_DEMO_PASSWORD"] == first
