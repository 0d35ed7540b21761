"""How often each page asks the database: no page much, none the same thing again and again."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from schoolapp.domain.roles import Role
from tests.access.matrix import ANY_ROLE, MATRIX
from tests.access.worlds import World
from tests.support.page import Browser

MOST = 13
"""Statements of a page or a file, who asks among them."""
MORE = {
    "reports": 17,  # a whole school: workshops, hours, attendance, levels, classes, meetings
    "reports.write_pupil": 22,  # the workshop's report, and the sheet of the pupil beside it
    "pupils.card": 14,  # all that is known, and who has read it
}
MOST_TIMES = 3
"""The same statement: one that grows with the rows shows itself here first, and in the tests of its page."""

BLUEPRINTS = sorted({endpoint.partition(".")[0] for endpoint, row in MATRIX.items() if isinstance(row, frozenset)})


@pytest.mark.parametrize("blueprint", BLUEPRINTS)
def test_no_page_asks_much(
    blueprint: str, app: Flask, browser: Browser, world: World, statements: Callable[[], Any]
) -> None:
    for endpoint, role, address in _pages(app, world, blueprint):
        browser.sign_in(world.people[role])
        with statements() as seen:
            browser.request("GET", address)
        assert len(seen) <= MORE.get(endpoint, MORE.get(blueprint, MOST)), f"{role} {address}"
        assert max(Counter(seen).values(), default=0) <= MOST_TIMES, f"{role} {address}"


def _pages(app: Flask, world: World, blueprint: str) -> list[tuple[str, Role, str]]:
    """The pages of the blueprint, each with one of the roles that may open it, and its address in this world."""
    found = []
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for endpoint, row in MATRIX.items():
            if endpoint.partition(".")[0] != blueprint or not isinstance(row, frozenset):
                continue
            role = Role.COORDINATOR if row == ANY_ROLE else min(row)
            for rule in app.url_map.iter_rules(endpoint):
                if "GET" in (rule.methods or ()):
                    values = {name: world.values_for(role)[name] for name in rule.arguments}
                    found.append((endpoint, role, adapter.build(endpoint, values, method="GET")))
    return found
