"""A real Chromium on a real site: the browser's own, the pages' console watched, accessibility checked by axe."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
WIDTHS = {"desktop": (1280, 900), "phone": (390, 844)}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One for each file and no longer: as long as it runs, so does its event loop, beside which Django refuses its database."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def _expected(text: str) -> bool:
    """What a browser (and htmx) says by itself of a refusal and of a network that is not there."""
    return "status of 4" in text or "net::ERR_" in text or text.startswith("htmx:")


@pytest.fixture
def visit(chromium: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Open a fresh browser of a language, a width, with or without JavaScript; no page may complain on its console."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_(lang: str = "en", width: str = "desktop", javascript: bool = True, **more: Any) -> Page:
        wide, high = WIDTHS[width]
        context = chromium.new_context(
            base_url=site, viewport={"width": wide, "height": high}, java_script_enabled=javascript, locale=lang, **more
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda one: complaints.append(one.text) if one.type == "error" and not _expected(one.text) else None)
        page.on("pageerror", lambda one: complaints.append(str(one)))
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not complaints


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """What axe finds that is serious or critical, one line each."""
    script = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")

    def run(page: Page) -> list[str]:
        page.evaluate(script)
        found = page.evaluate("axe.run({resultTypes: ['violations']})")
        return [
            f"{page.url}: {one['id']}: {one['help']} ({one['nodes'][0]['html'][:120]})"
            for one in found["violations"]
            if one["impact"] in ("serious", "critical")
        ]

    return run
