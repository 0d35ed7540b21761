"""Every page and every refusal in English, for whoever chose it."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from schoolapp.domain.roles import Role
from tests.access.matrix import MATRIX, PUBLIC
from tests.access.worlds import World, make_world
from tests.support.italian import italian_texts
from tests.support.page import Browser, Node

SWITCHES = ("/language", "/sign-out")


@pytest.fixture
def world(database: Session) -> World:
    """Everybody in it has chosen English."""
    world = make_world()
    for person in world.people.values():
        person.locale = "en"
    return world


def _pages(app: Flask, world: World, role: Role) -> list[str]:
    """The address of each page that this role may open."""
    urls = []
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
            allowed = MATRIX[rule.endpoint]
            if "GET" in (rule.methods or set()) and (allowed == PUBLIC or role in allowed):
                values = {name: world.values_for(role)[name] for name in rule.arguments}
                urls.append(adapter.build(rule.endpoint, values, method="GET"))
    return urls


def _emptied(form: Node) -> dict[str, str]:
    """A form sent back with nothing in it but its token."""
    names = {node.get("name"): node for node in form.all("input", "select", "textarea") if node.get("name")}
    return {name: node.get("value") if name == "csrf_token" else "" for name, node in names.items()}


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.TEACHER, Role.COORDINATOR, Role.HEAD, Role.ADMINISTRATOR])
def test_who_chose_english_meets_no_italian_text(role: Role, app: Flask, browser: Browser, world: World) -> None:
    browser.sign_in(world.people[role])
    left: dict[str, set[str]] = {}
    for url in _pages(app, world, role):
        response = browser.request("GET", url)
        if not response.content_type.startswith("text/html"):
            continue
        page = browser.read(response, url)
        left[url] = italian_texts(page)
        for form in page.main.all("form"):
            action = form.get("action") or url
            if form.get("method") == "post" and action not in SWITCHES:
                left[f"{action}, sent empty"] = italian_texts(browser.post(action, _emptied(form)))
    assert {url: texts for url, texts in left.items() if texts} == {}
