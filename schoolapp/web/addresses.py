"""Numbers in addresses are ids: one that no table can hold names nothing."""

from collections.abc import Callable
from typing import Any

from flask import Flask, url_for
from werkzeug.routing import IntegerConverter, Map

LARGEST_ID = 2**31 - 1


class IdConverter(IntegerConverter):
    """`<int:…>` up to the largest id that a column holds; beyond it the page is missing."""

    def __init__(self, addresses: Map) -> None:
        super().__init__(addresses, max=LARGEST_ID)


def addresses(endpoint: str, name: str, **values: Any) -> Callable[[int], str]:
    """The address of each of many rows by its id, called `name` in it: to ask for each takes a while in a long list."""
    before, after = url_for(endpoint, **(values | {name: LARGEST_ID})).split(str(LARGEST_ID))
    return lambda number: f"{before}{number}{after}"


def init_app(app: Flask) -> None:
    app.jinja_env.globals["addresses"] = addresses
    app.url_map.converters["int"] = IdConverter
