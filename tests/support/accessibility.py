"""What axe-core finds on a page, as sentences."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What axe would load beforehand is for its rules on sound and film, which we have none of.
_RUN = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations'], preload: false})"

_SMALL = """() => [...document.querySelectorAll('a[href], button, summary, select, textarea, input:not([type=hidden])')]
  .filter(control => control.checkVisibility() && getComputedStyle(control).display !== 'inline')
  .map(control => [control, (control.closest('label') ?? control).getBoundingClientRect()])
  .filter(([, box]) => box.bottom > 0 && Math.min(box.width, box.height) < 43.5)
  .map(([control, box]) => `${box.width} × ${box.height} px: ${control.outerHTML.slice(0, 100)}`)"""


def violations(page: Page) -> list[str]:
    """One line for each element that breaks a rule of WCAG 2.2 AA: the rule, where, why."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    return [
        f"{found['id']} at {' '.join(map(str, node['target']))}: {node['failureSummary'].splitlines()[-1].strip()}"
        for found in page.evaluate(_RUN, RULES)["violations"]
        for node in found["nodes"]
    ]


def small_targets(page: Page) -> list[str]:
    """What a finger cannot hit: controls under 44 px, links inside a line of text excepted."""
    return list(page.evaluate(_SMALL))


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")
