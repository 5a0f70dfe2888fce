"""Two ways of using a page, with a pointer and with the keyboard alone, and how the site answered it."""

from __future__ import annotations

from playwright.sync_api import Error, Page

MOST_KEYS = 900
"""How often Tab is pressed at most: a long result has hundreds of links."""

IS_THERE = "one => document.activeElement === one"
OUTLINED = """() => {
  const here = document.activeElement, label = here.closest("label") || here.parentElement;
  return [here, label].some(one => getComputedStyle(one).outlineStyle !== "none" || getComputedStyle(one).boxShadow !== "none");
}"""

TIMES_LEFT_BY_ITSELF = 3
STATUS = "performance.getEntriesByType('navigation')[0].responseStatus"


def status_of(page: Page) -> int:
    """The HTTP status of the page that is shown, as the browser itself keeps it.

    What ``page.goto`` returns is at times nothing though the page is there: another navigation came between (see ``go``).
    """
    return int(page.evaluate(STATUS))


def go(page: Page, path: str) -> None:
    """Go to a path of the site, also from a page that is just going somewhere by itself.

    The page of a meeting is loaded anew once the meeting has moved on; if that happens in the same moment, one of the two
    navigations ends the other.
    """
    for _ in range(TIMES_LEFT_BY_ITSELF):
        try:
            page.goto(path)
        except Error as problem:
            if "ERR_ABORTED" not in problem.message:
                raise
            page.wait_for_load_state()
        if page.url.endswith(path):
            return
    raise AssertionError(f"{page.url} cannot be left for {path}")


class Hand:
    """A pointer: what is pressed is the first of what a selector finds."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, selector: str) -> None:
        """Go there, as one must before using it."""
        self.page.locator(selector).first.scroll_into_view_if_needed()

    def press(self, selector: str) -> None:
        self.page.locator(selector).first.click()

    def tick(self, selector: str) -> None:
        self.page.locator(selector).first.check()

    def write(self, selector: str, text: str) -> None:
        self.page.locator(selector).first.fill(text)

    def date(self, selector: str, day: str) -> None:
        """``day`` as YYYY-MM-DD, whatever the field shows."""
        self.page.locator(selector).first.fill(day)


class Keyboard(Hand):
    """No pointer: Tab to get there, and the focus must be seen; Enter, Space and letters to use it."""

    def reach(self, selector: str) -> None:
        wanted = self.page.locator(selector).first.element_handle()
        for _ in range(MOST_KEYS):
            if self.page.evaluate(IS_THERE, wanted):
                assert self.page.evaluate(OUTLINED), f"the focus on {selector} is not seen"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {selector} on {self.page.url}")

    def press(self, selector: str) -> None:
        self.reach(selector)
        self.page.keyboard.press("Enter")

    def tick(self, selector: str) -> None:
        self.reach(selector)
        self.page.keyboard.press("Space")
        assert self.page.locator(selector).first.is_checked()

    def write(self, selector: str, text: str) -> None:
        self.reach(selector)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def date(self, selector: str, day: str) -> None:
        """A day is typed part by part, in the order that the browser's own language has."""
        year, month, number = day.split("-")
        field = self.page.locator(selector).first
        for parts in ((month, number, year), (year, month, number)):
            self.reach(selector)
            for part in parts:
                self.page.keyboard.type(part)
                if part == year:
                    self.page.keyboard.press("ArrowRight")
            if field.input_value() == day:
                return
            self.page.keyboard.press("Shift+Tab")
        raise AssertionError(f"{selector} does not take {day}: {field.input_value()}")
