"""What a person types to sign in stays nowhere: neither in the tab's memory nor in the page that comes back."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

Visit = Callable[..., Page]

KEPT = "JSON.stringify(sessionStorage) + JSON.stringify(localStorage)"


def test_passwords_and_codes_are_kept_in_no_draft(visit: Visit) -> None:
    page = visit("en")
    for path, field in (("sign-in", "#password"), ("sign-up", "#password1")):
        page.goto(f"/en/account/{path}")
        page.fill(field, "typed and never kept")
        page.wait_for_timeout(400)  # a draft is saved after 200 ms
        assert "never kept" not in page.evaluate(KEPT)
        page.goto("/en/rules/")  # no question whether to leave
        page.go_back()
        assert "never kept" not in page.evaluate(KEPT)


def test_signing_up_needs_no_script(visit: Visit) -> None:
    page = visit("zh", "phone", javascript=False)
    page.goto("/zh/account/sign-up")
    page.fill("#email", "nobody@example.org")
    page.fill("#name", "王晓明")
    page.fill("#password1", "1234567890")
    page.click("main button.main")
    expect(page.locator("#problems")).to_contain_text("太常见")
    expect(page.locator("#email")).to_have_value("nobody@example.org")
    expect(page.locator("#password1")).to_have_value("")
