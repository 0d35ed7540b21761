"""What the browser gets besides pages: files built into `static/`, served compressed and cached for a year."""

import json
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

STATIC = Path(__file__).resolve().parent.parent / "static"


class AssetsNotBuilt(RuntimeError):
    """The stylesheet and scripts are made by `make assets`."""

    def __init__(self) -> None:
        super().__init__("static/manifest.json is missing: run `make assets`")


def init_app(app: Flask) -> None:
    """Serve `static/` and give templates `asset_url("main.css")`, the address with the hash of the content."""
    manifest_file = STATIC / "manifest.json"
    if not manifest_file.exists():
        raise AssetsNotBuilt
    names: dict[str, str] = json.loads(manifest_file.read_text())

    def asset_url(name: str) -> str:
        return f"/static/{names[name]}"

    hashed = frozenset(f"/static/{name}" for name in names.values())
    app.jinja_env.globals["asset_url"] = asset_url
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=STATIC,
        prefix="static/",
        allow_all_origins=False,
        immutable_file_test=lambda _path, url: url in hashed,
    )
