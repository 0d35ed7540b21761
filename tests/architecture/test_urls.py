"""Addresses are typed, in kebab case, and change nothing when they are only read."""

import re

from flask import Flask


def test_addresses_are_typed_and_in_kebab_case(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        for part in rule.rule.split("/"):
            if part.startswith("<"):
                assert re.fullmatch(r"<int:[a-z_]+>|<token>(\.ics)?|<code>|<secret>", part), rule.rule
            else:
                assert re.fullmatch(r"[a-z0-9.-]*", part), rule.rule
