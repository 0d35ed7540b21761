"""What axe-core finds on a page, as sentences."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FINGER, POINTER = 44, 24  # px: what a finger hits, and what WCAG 2.2 AA asks for in any case
# What axe would load beforehand is for its rules on sound and film, which we have none of.
_OPTIONS = "{runOnly: rules, resultTypes: ['violations'], preload: false, elementRef: false}"
_RUN = f"rules => axe.run(document, {_OPTIONS})"

# What a rule can see of an element that the width may change. Text counts as large from 24 px, in bold from 18.66 px.
_LOOKS = """() => new Map([...document.querySelectorAll('body, body *')].map(element => {
  if (!element.checkVisibility()) return [element, null];
  const style = getComputedStyle(element), size = parseFloat(style.fontSize);
  const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
  return [element, [large, style.visibility, style.color, style.backgroundColor, style.backgroundImage, style.opacity,
    style.textDecorationLine].join()];
}))"""
_REMEMBER = f"() => {{ window.looked = ({_LOOKS})(); }}"
# Of what is gone the parent is looked at: its other children follow each other now.
_DIFFERENT = f"""rules => {{
  const looks = ({_LOOKS})();
  const different = [...looks].filter(([element, look]) => window.looked.get(element) !== look)
    .map(([element, look]) => look === null ? element.parentElement : element)
    .filter(element => looks.get(element));
  const include = [...new Set(different)].filter(one => !different.some(other => other !== one && other.contains(one)));
  return include.length ? axe.run({{include}}, {_OPTIONS}) : {{violations: []}};
}}"""

_SMALL = """least => [
  ...document.querySelectorAll('a[href], button, summary, select, textarea, input:not([type=hidden])')]
  .filter(control => control.checkVisibility() && getComputedStyle(control).display !== 'inline')
  .map(control => [control, (control.closest('label') ?? control).getBoundingClientRect()])
  .filter(([, box]) => box.bottom > 0 && Math.min(box.width, box.height) < least - 0.5)
  .map(([control, box]) => `${box.width} × ${box.height} px: ${control.outerHTML.slice(0, 100)}`)"""


def violations(page: Page) -> list[str]:
    """One line for each element that breaks a rule of WCAG 2.2 AA: the rule, where, why."""
    return _sentences(page, _RUN)


def remember_looks(page: Page) -> None:
    """Keep in the page how it looks now, for `violations_where_different`."""
    page.evaluate(_REMEMBER)


def violations_where_different(page: Page) -> list[str]:
    """The violations among what is shown, or coloured, otherwise than when the looks were remembered."""
    return _sentences(page, _DIFFERENT)


def small_targets(page: Page, least: int = FINGER) -> list[str]:
    """What cannot be hit: controls under so many px, links inside a line of text excepted."""
    return list(page.evaluate(_SMALL, least))


def shorten_lists(page: Page) -> None:
    """Leave the first options of each long list: no rule tells one from the next, and countries are asked in thousands.

    It may change widths: measure before.
    """
    page.evaluate(
        "() => document.querySelectorAll('option:nth-of-type(n + 20):not(:checked)').forEach(one => one.remove())"
    )


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def _sentences(page: Page, run: str) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    return [
        f"{found['id']} at {' '.join(map(str, node['target']))}: {node['failureSummary'].splitlines()[-1].strip()}"
        for found in page.evaluate(run, RULES)["violations"]
        for node in found["nodes"]
    ]


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")
