"""What stands on a page in Italian although another language was chosen."""

import json
import re
from collections.abc import Iterator
from functools import cache

from tests.support.page import Node, Page
from tools.translations import kept

VALUE = re.compile(r"%\(\w+\)[sd]|%[nt]\b")
LETTERS = 9  # shorter texts are looked for only where they stand alone: "Lingua %(number)s" is also a lingua franca
SPOKEN = ("aria-label", "placeholder", "title", "alt")
TYPED_BY_PEOPLE = {"Italiano per comunicare"}  # the title of the workshop in this world


def _italian() -> dict[str, re.Pattern[str]]:
    """Each Italian text that has another one in English; a value stands for anything."""
    found = {}
    for message in filter(lambda message: message.id, kept()):
        english = {message.string} if isinstance(message.string, str) else set(message.string or ())
        for text in {message.id} if isinstance(message.id, str) else set(message.id):
            values = VALUE.findall(text)
            if text not in english | TYPED_BY_PEOPLE and (not values or len(VALUE.sub("", text)) >= LETTERS):
                parts = [re.escape(part.replace("%%", "%")) for part in VALUE.split(text)]
                found[text] = re.compile(".+?".join(parts))
    return found


@cache
def _whole_and_with_values() -> tuple[set[str], dict[str, re.Pattern[str]]]:
    italian = _italian()
    whole = {text for text in italian if not VALUE.search(text)}
    return whole, {text: pattern for text, pattern in italian.items() if text not in whole}


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)


def _said_by(node: Node) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, str):
            if node.get("type") == "application/json":
                yield from _strings(json.loads(child))
            else:
                yield " ".join(child.split())
    yield from (value for name, value in node.attributes.items() if name in SPOKEN or name.startswith("data-"))


@cache
def _italian_in(words: str) -> frozenset[str]:
    """The texts of the sources that these words may come from; most words stand on every page."""
    whole, with_values = _whole_and_with_values()
    return frozenset({words} & whole | {text for text, pattern in with_values.items() if pattern.fullmatch(words)})


def _is_italian_by_design(node: Node | None) -> bool:
    """Whether a page says of this part that it is Italian, as it does beside a family's language."""
    while node is not None and node.tag != "html":
        if node.get("lang") == "it":
            return True
        node = node.parent
    return False


def italian_texts(page: Page) -> set[str]:
    """Texts of the sources left in Italian: read, heard, or given to the page's scripts."""
    said = {text for node in page.root.all() if not _is_italian_by_design(node) for text in _said_by(node)}
    return {text for words in said for text in _italian_in(words)}
