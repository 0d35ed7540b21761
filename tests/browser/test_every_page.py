"""Every page of the access matrix, opened by someone who may: no axe violation, no sideways scroll, no complaint."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from schoolapp.domain.roles import Role
from tests.access.matrix import MATRIX, PUBLIC
from tests.access.worlds import World, make_world
from tests.conftest import SETTINGS
from tests.support.accessibility import (
    AXE,
    FINGER,
    POINTER,
    remember_looks,
    scrolls_sideways,
    shorten_lists,
    small_targets,
    violations,
    violations_where_different,
)
from tests.support.site import Site
from tests.support.windows import Windows

PHONE, TABLET, DESK = 320, 800, 1280
BLUEPRINTS = sorted({endpoint.split(".")[0] for endpoint in MATRIX})


def addresses(site: Site, world: World, blueprint: str) -> list[tuple[str, Role | None]]:
    """The address of each page of a blueprint that can be read, and a role that may read it."""
    found = []
    build = site.app.url_map.bind("").build
    for rule in site.app.url_map.iter_rules():
        allowed = MATRIX.get(rule.endpoint)
        if allowed is None or not rule.endpoint.startswith(f"{blueprint}."):
            continue
        if "GET" in (rule.methods or ()) and rule.arguments <= world.url_values.keys():
            role = None if allowed == PUBLIC else min(role for role in Role if role in allowed)
            found.append((build(rule.endpoint, {name: world.values_for(role)[name] for name in rule.arguments}), role))
    return sorted(found)


@pytest.fixture(scope="module")
def standing(
    windows: Windows, empty_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, World, Page]]:
    """One site and one window for all: looking changes nothing."""
    site = Site(SETTINGS, empty_database, tmp_path_factory.mktemp("standing"), windows)
    with site.writing():
        world = make_world()
    window = site.window(service_workers="block")  # what is seen comes from the site, whatever was opened before
    window.add_init_script(path=AXE)
    yield site, world, window
    site.close()


@pytest.mark.timeout(240)
@pytest.mark.parametrize("blueprint", BLUEPRINTS)
def test_every_page_is_accessible_and_fits_every_screen(standing: tuple[Site, World, Page], blueprint: str) -> None:
    site, world, window = standing
    faults = []
    for address, role in addresses(site, world, blueprint):
        site.become(window, world.people[role] if role else None)
        if is_a_page(site, window, address):
            faults += [f"{address} {fault}" for fault in look(window)]
    complaints, site.complaints = site.complaints, []
    assert faults + complaints == [], "\n".join(faults + complaints)


def is_a_page(site: Site, window: Page, address: str) -> bool:
    """Open the address, and say whether it is a page: files are read elsewhere."""
    if Path(address).suffix or address.endswith("/picture"):  # likely a file: it is asked before it is opened
        head = window.request.head(f"{site.address}{address}")
        if not head.headers["content-type"].startswith("text/html"):
            return False
    answer = site.go(window, address)
    assert answer
    return answer.headers["content-type"].startswith("text/html")


def look(window: Page) -> list[str]:
    """What is wrong with the open page at each width.

    On the phone, where it is tightest, every element is put to every rule; at the desk those that are shown or
    coloured otherwise than on the phone.
    """
    faults = []
    for width, least in ((DESK, POINTER), (TABLET, FINGER), (PHONE, FINGER)):
        window.set_viewport_size({"width": width, "height": 800})
        if scrolls_sideways(window):
            faults.append(f"is wider than a window of {width} px")
        faults += [f"at {width} px, too small: {fault}" for fault in small_targets(window, least)]
    shorten_lists(window)
    faults += [f"at {PHONE} px: {fault}" for fault in violations(window)]
    remember_looks(window)
    window.set_viewport_size({"width": DESK, "height": 800})
    return faults + [f"at {DESK} px: {fault}" for fault in violations_where_different(window)]
