"""The example city, on a site that was started with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page
from tests.institutions.conftest import Served

pytestmark = pytest.mark.slow

FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
MARK = {"zh": "示例：人物和系统均为虚构", "en": "Example: invented people and systems"}


@pytest.fixture(scope="module")
def example_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    served = Served(tmp_path_factory.mktemp("example"), "--port", "18417", "--demo")
    yield served.url
    assert served.end() == 0


@pytest.mark.parametrize(("lang", "width"), [("zh", "desktop"), ("en", "phone")])
def test_from_the_city_to_a_result_and_to_a_check_of_ones_own(
    visit: Callable[..., Page], axe: Callable[[Page], list[str]], example_site: str, lang: str, width: str
) -> None:
    """Each page says that it is an example; what is begun from one is the visitor's own."""
    page = visit(lang, width)
    findings: list[str] = []

    def look() -> None:
        assert MARK[lang] in page.locator("body").inner_text(), page.url
        assert page.evaluate(FITS), page.url
        findings.extend(axe(page))

    page.goto(f"{example_site}/{lang}/")
    page.locator(f'main a[href$="/{lang}/example/"]').first.click()
    look()
    for result in page.locator('main a[href*="/check/result/"]').evaluate_all("all => all.map(one => one.href)"):
        page.goto(result)
        look()
    page.locator("ul.duties a").first.click()
    page.locator("ul.duties article, ul.duties section, ul.duties .duty").first.wait_for()
    look()
    page.goto(f"{example_site}/{lang}/example/")
    page.locator('main form[method="post"] button').first.click()
    page.wait_for_url(lambda url: "/check/" in url and "/example/" not in url)
    look()
    assert not findings, "\n".join(findings)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_was_refused_is_kept_and_what_was_taken_is_not_though_the_page_is_the_same(
    visit: Callable[..., Page], example_site: str, lang: str
) -> None:
    """The form of a registration is answered where it stands, refused or taken."""
    page = visit(lang)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{example_site}/{lang}/example/")
    page.locator("form button", has_text="叶青" if lang == "zh" else "Ye Qing").click()
    page.wait_for_url("**/desk/**")
    page.goto(f"{example_site}/{lang}/desk/ethics/")
    page.locator("main a[href*='/committees/']").first.click()
    page.locator("main a[href$='/registration']").click()
    form = page.url
    enter = "form:has(#number) button.main"

    page.fill("#number", f"CZ-{lang}-7")
    page.fill("#on", "2099-01-01")
    with page.expect_navigation():
        page.locator(enter).click()
    page.locator("#problems").wait_for()
    assert page.input_value("#number") == f"CZ-{lang}-7"
    page.goto(f"{example_site}/{lang}/rules/")
    page.goto(form)
    page.locator(".restored").wait_for()
    assert page.input_value("#number") == f"CZ-{lang}-7"

    page.fill("#on", "2026-03-02")
    with page.expect_navigation():
        page.locator(enter).click()
    page.locator(".receipt").wait_for()
    assert page.url == form
    assert page.input_value("#number") == f"CZ-{lang}-7"
    page.fill("#number", f"CZ-{lang}-8")
    with page.expect_navigation():
        page.locator(enter).click()
    page.locator(".receipt").wait_for()
    assert [key for key in page.evaluate("Object.keys(sessionStorage)") if key.startswith("draft:")] == []
    assert page.locator(".restored").count() == 0
