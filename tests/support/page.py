"""A page as a person meets it: headings, labels, links and buttons; and a browser without scripts.

Every page read is checked: one h1, a title that begins with it, labelled fields, unique ids, a token in each form.
"""

from __future__ import annotations

import re
from contextvars import Context
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from schoolapp.models import User

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass(slots=True)
class Node:
    tag: str
    attributes: dict[str, str]
    parent: Node | None = None
    children: list[Node | str] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list, repr=False)
    """All nodes of the page in their order; those inside this one stand from `first` to `last`."""
    first: int = 0
    last: int = 0

    @property
    def text(self) -> str:
        """The words inside, white space folded."""
        words: list[str] = []
        for child in self.children:
            words.append(child if isinstance(child, str) else child.text)
        return " ".join(" ".join(words).split())

    def all(self, *tags: str) -> list[Node]:
        """The nodes inside, in their order; those with one of `tags` where some are named."""
        inside = self.nodes[self.first : self.last]
        return [node for node in inside if node.tag in tags] if tags else inside

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    def has_class(self, name: str) -> bool:
        return name in self.get("class").split()


# What a page of ours is written in: lower-case tags, attributes in double quotes, every "<" of a text escaped. A page
# in anything else is refused, which a parser for the whole web would not do; and it is read three times as fast.
_TAG = r"<(/?)([a-z][a-z0-9-]*)((?:\s+[^\s\"=<>/]+(?:=\"[^\"]*\")?)*)\s*(/?)>"
_MARKUP = re.compile(rf"{_TAG}|<!DOCTYPE html>|<!--.*?-->", re.DOTALL)
_ATTRIBUTE = re.compile(r"([^\s\"=<>/]+)(?:=\"([^\"]*)\")?")


def read_markup(markup: str) -> Node:
    """The tree of a page. Fails on markup that is not well formed, or not closed."""
    nodes: list[Node] = []
    node = root = Node("document", {}, nodes=nodes)
    done = 0
    for found in _MARKUP.finditer(markup):
        start, end = found.span()
        if start > done:
            _add_text(node, markup[done:start])
        done = end
        closing, tag, written, closed = found.groups()
        if tag is None:
            continue
        if closing:
            assert node.tag == tag, f"</{tag}> closes <{node.tag}>"
            assert node.parent is not None
            node.last = len(nodes)
            node = node.parent
            continue
        attributes = dict(_ATTRIBUTE.findall(written)) if written else {}
        if "&" in written:
            attributes = {name: unescape(value) for name, value in attributes.items()}
        place = len(nodes) + 1
        inside = Node(tag, attributes, node, [], nodes, place, place)
        node.children.append(inside)
        nodes.append(inside)
        if tag not in VOID and not closed:
            node = inside
    _add_text(node, markup[done:])
    assert node is root, f"<{node.tag}> is not closed"
    root.last = len(nodes)
    return root


def _add_text(node: Node, written: str) -> None:
    assert "<" not in written, f"this is no markup: {written[written.index('<') :][:80]}"
    node.children.append(unescape(written) if "&" in written else written)


class Page:
    """What came back, read and checked."""

    def __init__(self, browser: Browser, response: TestResponse, url: str) -> None:
        self.browser = browser
        self.response = response
        self.url = url
        self.root = read_markup(response.get_data(as_text=True))
        self._check()

    def _check(self) -> None:
        headings = self.root.all("h1")
        assert len(headings) == 1, f"{self.url}: {len(headings)} h1"
        title = self.title.removeprefix("Errore: ").removeprefix("Error: ")
        assert title.startswith(headings[0].text), f"title “{title}”, h1 “{headings[0].text}”"
        ids = [node.attributes["id"] for node in self.root.all() if node.attributes.get("id")]
        assert len(ids) == len(set(ids)), f"the same id twice: {sorted(i for i in set(ids) if ids.count(i) > 1)}"
        labelled = {node.get("for") for node in self.root.all("label")}
        for node in self.root.all("input", "select", "textarea"):
            if node.get("type") in {"hidden", "submit"}:
                continue
            named = node.get("id") in labelled or node.get("aria-label") or node.get("aria-labelledby")
            assert named or _inside(node, "label"), f"no label: {node.attributes}"
        for form in self.root.all("form"):
            if form.get("method").lower() == "post":
                assert any(n.get("name") == "csrf_token" for n in form.all("input")), "a form without its token"
        names = {name for node in self.root.all() for name in node.attributes}
        assert "style" not in names, "inline style"
        assert not any(name.startswith("on") for name in names), "inline script"
        for node in self.root.all("script"):
            assert node.get("src") or node.get("type") == "application/json", "inline script"

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def title(self) -> str:
        return self.root.all("title")[0].text

    @property
    def h1(self) -> str:
        return self.root.all("h1")[0].text

    @property
    def text(self) -> str:
        return self.root.all("body")[0].text

    @property
    def main(self) -> Node:
        return self.root.all("main")[0]

    def links(self) -> dict[str, str]:
        return {node.text: node.get("href") for node in self.root.all("a")}

    def follow(self, words: str) -> Page:
        """Open the first link whose words contain `words`."""
        for node in self.root.all("a"):
            if words in node.text:
                return self.browser.get(urljoin(self.url, node.get("href")))
        raise AssertionError(f"no link “{words}” among {list(self.links())}")

    def form(self, button: str | None = None) -> Form:
        """The form that holds the button with these words; without words, the only one in `main`."""
        for form in self.main.all("form") + self.root.all("form"):
            for node in form.all("button", "input"):
                is_button = node.tag == "button" or node.get("type") == "submit"
                if is_button and (button is None or button in (node.text or node.get("value"))):
                    return Form(self, form, node)
        raise AssertionError(f"no button “{button}”: {[node.text for node in self.root.all('button')]}")

    def errors(self) -> list[str]:
        """The sentences of the box on top of a form that was refused."""
        return [link.text for box in self.root.all() if box.has_class("error-summary") for link in box.all("li")]

    def rows(self, caption: str = "") -> list[list[str]]:
        """The cells of the body of the table whose caption contains `caption`."""
        for table in self.root.all("table"):
            captions = table.all("caption")
            if captions and caption in captions[0].text:
                return [
                    [cell.text for cell in row.all("th", "td")] for body in table.all("tbody") for row in body.all("tr")
                ]
        raise AssertionError(f"no table “{caption}”")


def _inside(node: Node, tag: str) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag == tag:
            return True
        parent = parent.parent
    return False


class Form:
    """The page's own form: its fields by label, its defaults, its token."""

    def __init__(self, page: Page, node: Node, button: Node) -> None:
        self.page = page
        self.node = node
        self.button = button
        self.values: dict[str, list[Any]] = {}
        for item in node.all("input", "select", "textarea"):
            self._take_default(item)

    def _take_default(self, item: Node) -> None:
        name = item.get("name")
        if not name or "disabled" in item.attributes:
            return
        kind = item.get("type", "text")
        if item.tag == "select":
            options = item.all("option")
            chosen = [o for o in options if "selected" in o.attributes] or (
                [] if "multiple" in item.attributes else options[:1]
            )
            self.values[name] = [o.get("value", o.text) for o in chosen]
        elif item.tag == "textarea":
            self.values[name] = ["".join(c for c in item.children if isinstance(c, str)).removeprefix("\n")]
        elif kind in {"checkbox", "radio"}:
            if "checked" in item.attributes:
                self.values.setdefault(name, []).append(item.get("value", "on"))
        elif kind not in {"submit", "button", "file"}:
            self.values.setdefault(name, []).append(item.get("value"))

    def _named(self, label: str) -> Node:
        """The field with this label (or name)."""
        by_id = {n.get("id"): n for n in self.node.all("input", "select", "textarea") if n.get("id")}
        for node in self.page.root.all("label"):
            if label == node.text or node.text.startswith(label):
                target = by_id.get(node.get("for"))
                inside = node.all("input", "select", "textarea")
                if target is not None or inside:
                    return target if target is not None else inside[0]
        for node in self.node.all("input", "select", "textarea"):
            if label in {node.get("name"), node.get("aria-label")}:
                return node
        raise AssertionError(f"no field “{label}”: {[n.text for n in self.node.all('label')]}")

    def fill(self, label: str, value: Any) -> Form:
        """Write into the field, choose the option with these words (or value), or attach a file (name, bytes)."""
        node = self._named(label)
        name = node.get("name")
        if node.tag == "select":
            for option in node.all("option"):
                if value in {option.text, option.get("value", option.text)}:
                    self.values[name] = [option.get("value", option.text)]
                    return self
            raise AssertionError(f"no option “{value}”: {[o.text for o in node.all('option')]}")
        self.values[name] = [value]
        return self

    def choose(self, label: str) -> Form:
        """Tick the radio button or box with this label."""
        node = self._named(label)
        if node.get("type") == "radio":
            self.values[node.get("name")] = [node.get("value", "on")]
        else:
            chosen = self.values.setdefault(node.get("name"), [])
            if node.get("value", "on") not in chosen:
                chosen.append(node.get("value", "on"))
        return self

    def untick(self, label: str) -> Form:
        node = self._named(label)
        self.values[node.get("name")] = [
            v for v in self.values.get(node.get("name"), []) if v != node.get("value", "on")
        ]
        return self

    def press(self, button: str) -> Form:
        """The same form, with what was filled in, sent by another of its buttons."""
        for node in self.node.all("button"):
            if node.text == button:
                self.button = node
                return self
        raise AssertionError(f"no button “{button}” in this form")

    def send(self) -> Page:
        """Press the button."""
        values = dict(self.values)
        if self.button.get("name"):
            values[self.button.get("name")] = [self.button.get("value")]
        action = self.button.get("formaction") or self.node.get("action") or self.page.url
        url = urljoin(self.page.url, action)
        if self.node.get("method", "get").lower() == "get":
            return self.page.browser.get(url.split("?")[0], query_string=values)
        return self.page.browser.post(url, values)


class Browser:
    """A person's browser without scripts. Each request has its own context, as on a server."""

    def __init__(self, app: Flask, database: Session) -> None:
        self.app = app
        self.database = database
        self.client: FlaskClient = app.test_client()

    def sign_in(self, user: User) -> Browser:
        """Be this person (the sign-in page has tests of its own)."""
        serializer = SecureCookieSessionInterface().get_signing_serializer(self.app)
        assert serializer is not None
        signed = serializer.dumps({"_user_id": user.fs_uniquifier, "_fresh": True})
        self.client.set_cookie(self.app.config["SESSION_COOKIE_NAME"], signed)
        return self

    def request(self, method: str, url: str, **options: Any) -> TestResponse:
        """One request, redirects not followed. What the test wrote before is there; what was loaded is read anew."""
        self.database.flush()
        self.database.expire_all()
        # An empty context: else the request would share `g`, and so the signed-in person, with the test.
        return Context().run(self.client.open, url, method=method, **options)

    def get(self, url: str, **options: Any) -> Page:
        return self.read(self.request("GET", url, **options), url)

    def post(self, url: str, values: dict[str, Any]) -> Page:
        files = any(isinstance(value, tuple) for items in values.values() for value in items)
        options: dict[str, Any] = {"data": values}
        if files:
            options["content_type"] = "multipart/form-data"
        return self.read(self.request("POST", url, **options), url)

    def read(self, response: TestResponse, url: str) -> Page:
        """The page of this answer to a request for `url`, or the one it leads to."""
        hops = 0
        while response.status_code in {301, 302, 303, 307, 308}:
            hops += 1
            assert hops < 6, "redirects in a circle"
            url = urljoin(url, response.headers["Location"])
            parts = urlsplit(url)
            response = self.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""))
        return Page(self, response, url)
