"""The hall: language in the address, pages of errors, headers, weight, text size, components."""

import re
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import django_htmx
import pytest
from django.test import Client

from guiju.institutions import hall
from guiju.institutions.hall import errors
from guiju.institutions.hall.pages import environment

ABOUT = ("this-house", "stored", "accessibility", "components")
STATIC = Path(hall.__path__[0]) / "static" / "hall"

pytestmark = pytest.mark.django_db


def words(response: Any) -> str:
    return str(response.content.decode())


def macro(name: str, *arguments: object) -> str:
    """A component drawn by itself; texts are their codes."""
    folder = Path(hall.__path__[0]) / "jinja2" / "hall" / "components.html.jinja"
    template = environment(autoescape=True).from_string(folder.read_text(encoding="utf-8"))
    return str(getattr(template.make_module({"say": lambda code, **_: code, "lang": "en"}), name)(*arguments))


# -- language ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "to"), [("zh-CN,zh;q=0.9,en;q=0.8", "/zh/"), ("en-GB", "/en/"), ("fr,de", "/en/"), ("", "/en/")]
)
def test_bare_address_leads_to_the_readers_language(client: Client, accepted: str, to: str) -> None:
    response = client.get("/", headers={"accept-language": accepted})
    assert response.status_code == 302
    assert response["Location"] == to
    assert "Accept-Language" in response["Vary"]


@pytest.mark.parametrize("place", ["about/stored", "about/stored?a=1&b=%E8%A7%84", "nothing/here?q=17"])
def test_switching_language_keeps_the_place(client: Client, place: str) -> None:
    for lang, other in (("zh", "en"), ("en", "zh")):
        text = words(client.get(f"/{lang}/{place}"))
        assert f'href="/{other}/{place}"'.replace("&", "&amp;") in text


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("which", ABOUT)
def test_page_stands_in_its_language(client: Client, lang: str, which: str) -> None:
    response = client.get(f"/{lang}/about/{which}")
    text = words(response)
    assert response.status_code == 200
    assert f'<html lang="{"zh-Hans" if lang == "zh" else "en"}"' in text
    assert response["Content-Language"] == ("zh-Hans" if lang == "zh" else "en")
    assert len(re.findall(r"<h1\b", text)) == 1
    assert "{" not in re.sub(r"<meta[^>]*>", "", text)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_foot_of_every_page_leads_to_the_pages_about_the_house(client: Client, lang: str) -> None:
    foot = words(client.get(f"/{lang}/nothing")).split("<footer", 1)[1]
    hrefs = re.findall(r'href="([^"]+)"', foot)
    assert {f"/{lang}/about/{one}" for one in ABOUT[:3]} <= set(hrefs)
    assert all(client.get(one).status_code == 200 for one in hrefs)


# -- errors ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "title"), [("zh", "这个地址没有页面"), ("en", "There is no page at this address")])
def test_unknown_address(client: Client, lang: str, title: str) -> None:
    response = client.get(f"/{lang}/no/such/page")
    text = words(response)
    assert response.status_code == 404
    assert title in text
    assert 'content="noindex' in text


@pytest.mark.parametrize(("lang", "title"), [("zh", "本站出了故障"), ("en", "Something went wrong here")])
def test_fault_shows_nothing_of_the_inside(client: Client, monkeypatch: pytest.MonkeyPatch, lang: str, title: str) -> None:
    def broken(request: object, template: str, **context: object) -> None:
        if "about" in template:
            raise RuntimeError("the inside")

    client.raise_request_exception = False
    real = errors.page
    monkeypatch.setattr(
        "guiju.institutions.hall.views.page",
        lambda request, template, **rest: broken(request, template) or real(request, template, **rest),
    )
    response = client.get(f"/{lang}/about/stored")
    text = words(response)
    assert response.status_code == 500
    assert title in text
    assert not any(one in text for one in ("the inside", "Traceback", "RuntimeError", "views.py"))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("answer", [errors.bad_request, errors.forbidden, errors.forged])
def test_every_refusal_says_why_and_what_to_do(rf: Any, lang: str, answer: Any) -> None:
    response = answer(rf.get(f"/{lang}/anything"))
    assert response.status_code in {400, 403}
    assert len(re.findall(r"<p\b[^>]*>[^<]+</p>", words(response).split("<h1>")[1].split("</main>")[0])) == 2


# -- headers and weight --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/en/about/stored", "/zh/about/components", "/zh/nothing", "/en/about/text-size"])
def test_security_headers_on_every_answer(client: Client, path: str) -> None:
    response = client.get(path)
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("which", ABOUT)
def test_no_style_or_script_inside_a_page(client: Client, which: str) -> None:
    text = words(client.get(f"/zh/about/{which}"))
    assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\bsrc=)", text)


def test_style_and_script_are_light() -> None:
    sheets = sorted(STATIC.glob("*.css"))
    assert [one.name for one in sheets] == ["components.css", "desk.css", "guiju.css", "pages.css", "print.css", "rules.css"]
    apps = STATIC.parents[2]
    places = [STATIC / "rules.css", STATIC / "desk.css", *sorted(apps.glob("*/static/[!h]*/*.css"))]
    assert all(one.read_text(encoding="utf-8").count("\n") < 500 for one in (*sheets, *places))
    everywhere = sum(one.stat().st_size for one in sheets if one not in places)
    of_rules = sum(one.stat().st_size for one in (STATIC / "rules.css", STATIC / "desk.css"))  # a result at the desk has both
    heaviest = everywhere + max(of_rules, *(one.stat().st_size for one in places))
    assert heaviest < 40_000
    htmx = Path(django_htmx.__path__[0]) / "static" / "django_htmx" / "htmx-2.min.js"
    assert heaviest + (STATIC / "guiju.js").stat().st_size + htmx.stat().st_size < 100_000


# -- text size -----------------------------------------------------------------------------------------------------------------


def test_larger_text_is_remembered_and_taken_back(client: Client) -> None:
    large = client.get("/zh/about/text-size", {"to": "large", "back": "/zh/about/stored?a=1"})
    assert large["Location"] == "/zh/about/stored?a=1"
    cookie: SimpleCookie = client.cookies
    assert cookie["text"].value == "large"
    assert cookie["text"]["httponly"]
    assert cookie["text"]["samesite"] == "Lax"
    assert 'class="large"' in words(client.get("/zh/about/stored"))
    client.get("/zh/about/text-size", {"to": "standard", "back": "/zh/"})
    assert 'class="large"' not in words(client.get("/zh/about/stored"))


@pytest.mark.parametrize(
    "back",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "///elsewhere.example",
        "/\\elsewhere.example",
        "javascript:alert(1)",
        "",
    ],
)
def test_text_size_leads_nowhere_else(client: Client, back: str) -> None:
    assert client.get("/en/about/text-size", {"to": "large", "back": back})["Location"] == "/en/"


# -- components ----------------------------------------------------------------------------------------------------------------


def test_condition_is_drawn_as_lists_within_lists() -> None:
    drawn = macro("condition_tree", [(0, "all"), (1, "a"), (1, "any"), (3, "b"), (2, "c"), (1, "d"), (0, "e")])
    flat = re.sub(r"\s*\n\s*", "", drawn)
    assert flat == (
        '<ul class="tree"><li>all<ul><li>a</li><li>any<ul><li>b</li></ul><ul><li>c</li></ul></li><li>d</li></ul></li>'
        "<li>e</li></ul>"
    )
    assert macro("condition_tree", []).strip() == ""


def test_chart_draws_every_number_of_its_table() -> None:
    drawn = macro(
        "bars", "Most is known", [("Hard", (("yes", 6), ("unknown", 2))), ("Soft <b>", (("yes", 0), ("unknown", 4)))], "Rules"
    )
    assert re.findall(r'class="part-(\d)" x="([\d.]+)" y="0" width="([\d.]+)"', drawn) == [
        ("1", "0", "75.0"),
        ("4", "75.0", "25.0"),
        ("4", "0", "50.0"),
    ]
    assert [int(one) for one in re.findall(r'data-label="[^"]+">(\d+)</td>', drawn)] == [6, 2, 0, 4]
    assert "Soft &lt;b&gt;" in drawn


def test_chart_of_nothing_is_an_empty_table() -> None:
    assert "<rect" not in macro("bars", "Nothing yet", [("Hard", (("yes", 0), ("unknown", 0)))], "Rules").split("<tbody")[1]
    assert "<table" in macro("bars", "Nothing yet", [], "Rules")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/en/", "/zh/rules/", "/en/rules/eu/ai-act/50", "/en/rules/calendar.atom", "/zh/rules/calendar.ics"]
)
def test_a_public_page_that_did_not_change_is_not_sent_again(address: str) -> None:
    client = Client()
    first = client.get(address)
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    client.cookies["text"] = "large"
    if "calendar." not in address:
        assert "Cookie" in first["Vary"]
        assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200
