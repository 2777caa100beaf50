"""Moving through a page by keyboard alone, and saying plainly where the way was lost."""

from __future__ import annotations

from contextlib import suppress

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Locator, Page

MOST_TABS = 250
ROUNDS = 2
"""How often one passes the end of the page before one gives up."""
IS_FOCUSED = "element => element === document.activeElement"
IN_GROUP = "element => document.activeElement.name === element.name"
WHERE = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return '';
  const label = e.labels && e.labels[0] ? e.labels[0].textContent : '';
  const words = e.getAttribute('aria-label') || label || e.textContent || e.value || e.name || '';
  return e.tagName.toLowerCase() + ' “' + words.trim().replace(/\\s+/g, ' ').slice(0, 60) + '”';
}"""


class Keyboard:
    """The keys of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def tab_to(self, target: Locator, *, test: str = IS_FOCUSED, what: str = "") -> None:
        """Press Tab until the target has focus; fail naming every stop on the way."""
        with suppress(BrowserError):  # a page may still be arriving
            target.first.wait_for(state="attached", timeout=10_000)
        found = target.count()
        assert found == 1, f"{self.page.url} has {found} of {what or target}, so nothing to tab to"
        element = target.element_handle()
        look = f"element => [({test})(element), ({WHERE})()]"
        stops: list[str] = []
        while len(stops) < MOST_TABS and stops.count("") <= ROUNDS:
            is_there, stop = element.evaluate(look)
            if is_there:
                return
            stops.append(stop)
            self.press("Tab")
        way = "; ".join(stop for stop in stops if stop)
        raise AssertionError(
            f"Tab never reached {what or target} on {self.page.url}. It met: {way}"
        )

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def write(self, target: Locator, text: str, *, what: str) -> None:
        """Go to a field, empty it and type."""
        self.tab_to(target, what=what)
        self.press("Control+a")
        self.press("Delete")
        self.page.keyboard.type(text)

    def choose(self, target: Locator, *, what: str) -> None:
        """Tick a checkbox, or move to one radio button of its group."""
        if target.get_attribute("type") != "radio":
            self.tab_to(target, what=what)
            if not target.is_checked():
                self.press("Space")
            return
        self.tab_to(target, test=IN_GROUP, what=what)
        element = target.element_handle()
        for _ in range(MOST_TABS):
            if element.evaluate(IS_FOCUSED):
                break
            self.press("ArrowDown")
        self.press("Space")
        assert target.is_checked(), f"{what} could not be chosen by keyboard on {self.page.url}"

    def select(self, target: Locator, option: str, *, what: str) -> None:
        """Pick an option of a list by typing its first letters."""
        self.tab_to(target, what=what)
        self.page.keyboard.type(option)
        picked = target.evaluate("e => e.options[e.selectedIndex].text.trim()")
        assert picked == option, f"typing “{option}” in {what} picked “{picked}”"
