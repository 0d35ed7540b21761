"""Chromium's windows: one that is given back is emptied and handed out again."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Error, Page


class Windows:
    """A window is kept for the next test: to open a new one costs as much as four pages in it."""

    def __init__(self, chromium: Browser) -> None:
        self._chromium = chromium
        self._free: dict[str, list[Page]] = {}
        self._kinds: dict[Page, str] = {}

    def take(self, width: int, height: int, **options: Any) -> Page:
        """An empty window; `options` are playwright's: java_script_enabled, has_touch, …"""
        kind = repr(sorted(options.items()))
        if self._free.get(kind):
            page = self._free[kind].pop()
            page.set_viewport_size({"width": width, "height": height})
            return page
        context = self._chromium.new_context(
            viewport={"width": width, "height": height}, locale="it-IT", timezone_id="Europe/Rome", **options
        )
        context.set_default_timeout(10_000)
        page = context.new_page()
        self._kinds[page] = kind
        return page

    def give_back(self, page: Page, address: str) -> None:
        """Forget what the site at `address` and its pages have left in the window."""
        context = page.context
        try:
            context.set_offline(False)
            page.goto("about:blank")
            session = context.new_cdp_session(page)
            session.send("Storage.clearDataForOrigin", {"origin": address, "storageTypes": "all"})
            session.detach()
        except Error:  # the test has closed it
            context.close()
            return
        context.clear_cookies()
        self._free.setdefault(self._kinds[page], []).append(page)
