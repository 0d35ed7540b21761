"""The icons of the sprite. A function, not a macro: a register draws a hundred of them."""

from collections.abc import Callable
from functools import cache
from typing import cast

from flask import Flask
from markupsafe import Markup

DRAWING = Markup('<svg class="{classes}" aria-hidden="true" focusable="false"><use href="{sprite}#{name}"></use></svg>')


def init_app(app: Flask) -> None:
    """Give templates `draw_icon`, which macros/icons.html hands on as `icon`."""
    sprite = cast("Callable[[str], str]", app.jinja_env.globals["asset_url"])("icons.svg")

    @cache
    def icon(name: str, small: bool = False, **attributes: str) -> Markup:
        """`name` of assets/icons.json or assets/icons/; 18 px where `small`, else 24; `class` adds a class."""
        classes = " ".join(["icon", *(["icon-small"] if small else []), *attributes.pop("class", "").split()])
        return DRAWING.format(classes=classes, sprite=sprite, name=name)

    app.jinja_env.globals["draw_icon"] = icon
