"""Every route × every role × every method, with real requests. The table is in matrix.py."""

import pytest
from flask import Flask

from schoolapp.domain.roles import ROLE_SCOPE, Role, ScopeKind
from schoolapp.web.access import rule_of
from tests.access.matrix import ANY_ROLE, MATRIX, PUBLIC
from tests.access.worlds import World
from tests.support.page import Browser

ENDPOINTS = sorted(MATRIX)


def _requests(app: Flask, endpoint: str, world: World, role: Role | None = None) -> list[tuple[str, str]]:
    """Each method and URL of the endpoint, in this world, with the ids that `role` has to do with."""
    found = []
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules(endpoint):
            values = {name: world.values_for(role)[name] for name in rule.arguments}
            for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}):
                found.append((method, adapter.build(endpoint, values, method=method)))
    return found


def _status(browser: Browser, method: str, url: str) -> int:
    return browser.request(method, url).status_code


def test_the_matrix_has_a_row_for_every_route_and_no_other(app: Flask) -> None:
    assert set(MATRIX) == set(app.view_functions)


def test_every_route_declares_its_rule(app: Flask) -> None:
    with app.app_context():
        assert [endpoint for endpoint in app.view_functions if rule_of(endpoint) is None] == []


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_who_has_not_signed_in_is_sent_to_sign_in(endpoint: str, app: Flask, browser: Browser, world: World) -> None:
    for method, url in _requests(app, endpoint, world):
        response = browser.request(method, url, headers={"Accept": "text/html"})
        if MATRIX[endpoint] == PUBLIC:
            assert response.status_code != 401, f"{method} {url}"
        elif method == "GET":
            assert response.status_code == 302, f"{method} {url}"
            assert response.headers["Location"].startswith("/sign-in"), f"{method} {url}"
        else:
            assert response.status_code == 401, f"{method} {url}"


@pytest.mark.parametrize("endpoint", [endpoint for endpoint in ENDPOINTS if MATRIX[endpoint] not in (PUBLIC, ANY_ROLE)])
def test_roles_outside_the_row_are_forbidden(endpoint: str, app: Flask, browser: Browser, world: World) -> None:
    allowed = MATRIX[endpoint]
    for role in Role:
        browser.sign_in(world.people[role])
        for method, url in _requests(app, endpoint, world, role):
            status = _status(browser, method, url)
            if role in allowed:
                # 400: the request lacks its token or its values; what counts is that the person was let in.
                assert status not in {401, 403, 404, 405}, f"{role} {method} {url}: {status}"
                assert status < 500, f"{role} {method} {url}: {status}"
            else:
                assert status == 403, f"{role} {method} {url}: {status}"


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_the_same_role_of_another_school_finds_nothing(
    endpoint: str, app: Flask, browser: Browser, world: World, elsewhere: World
) -> None:
    if isinstance(MATRIX[endpoint], str) or not any(rule.arguments for rule in app.url_map.iter_rules(endpoint)):
        return
    app.config["WTF_CSRF_ENABLED"] = False  # the token is asked first and would hide the answer
    try:
        for role in MATRIX[endpoint]:
            if ROLE_SCOPE[Role(role)] is ScopeKind.EVERYWHERE:
                continue  # there is no other place
            browser.sign_in(elsewhere.people[Role(role)])
            for method, url in _requests(app, endpoint, world, Role(role)):
                assert _status(browser, method, url) == 404, f"{role} {method} {url}"
    finally:
        app.config["WTF_CSRF_ENABLED"] = True
