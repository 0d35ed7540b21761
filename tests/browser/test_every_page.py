"""Every page of the access matrix, opened by someone who may: no axe violation, no sideways scroll, no complaint."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from schoolapp.domain.roles import Role
from tests.access.matrix import MATRIX, PUBLIC
from tests.access.worlds import World, make_world
from tests.conftest import SETTINGS
from tests.support.accessibility import AXE, scrolls_sideways, small_targets, violations
from tests.support.site import Site

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
    chromium: Browser, empty_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, World]]:
    """One site for all: looking changes nothing."""
    site = Site(SETTINGS, empty_database, tmp_path_factory.mktemp("standing"), chromium)
    with site.writing():
        world = make_world()
    yield site, world
    site.close()


@pytest.mark.timeout(240)
@pytest.mark.parametrize("blueprint", BLUEPRINTS)
def test_every_page_is_accessible_and_fits_every_screen(standing: tuple[Site, World], blueprint: str) -> None:
    site, world = standing
    window = site.window(service_workers="block")  # what is seen comes from the site, whatever was opened before
    window.add_init_script(path=AXE)
    faults = []
    for address, role in addresses(site, world, blueprint):
        site.become(window, world.people[role] if role else None)
        if window.request.head(address).headers["content-type"].startswith("text/html"):
            window.goto(address)
            for width in (PHONE, TABLET, DESK):
                window.set_viewport_size({"width": width, "height": 800})
                if scrolls_sideways(window):
                    faults.append(f"{address} is wider than a window of {width} px")
                if width != DESK:  # where there is a mouse
                    faults += [
                        f"{address} at {width} px, too small for a finger: {fault}" for fault in small_targets(window)
                    ]
                if width != TABLET:  # its layout is that of one of the others
                    faults += [f"{address} at {width} px: {fault}" for fault in violations(window)]
    window.context.close()
    complaints, site.complaints = site.complaints, []
    assert faults + complaints == [], "\n".join(faults + complaints)
