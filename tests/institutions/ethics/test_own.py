"""Our own dossier: every question that others are asked is answered in both languages, and the file is read strictly."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from tests.institutions.page_words import faults
from tests.wording.prose import CHINESE, FULL_WIDTH, latin

from guiju.institutions.ethics import own
from guiju.institutions.ethics.own import OwnError, own_dossier
from guiju.institutions.ethics.paper_items import is_governing, items_for
from guiju.wording import LANGUAGES

ROOT = Path(__file__).parents[3]
FILE = ROOT / "src" / "guiju" / "institutions" / "ethics" / "own.yaml"


def data() -> Any:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def texts(found: Any) -> list[dict[str, str]]:
    if isinstance(found, dict):
        return [found] if set(found) == set(LANGUAGES) else [text for one in found.values() for text in texts(one)]
    return [text for one in found for text in texts(one)] if isinstance(found, list) else []


def test_it_is_a_tool_of_governing_and_answers_every_question_asked_of_one() -> None:
    assert is_governing(own.KIND)
    asked = [one.id for one in items_for(own.RULES, own.KIND) if not one.optional]
    assert [one.id for one in own_dossier().answers] == asked
    assert {"proportion", "least", "governed"} <= set(asked)


def test_it_tells_of_the_five_impacts_and_says_that_nobody_has_reviewed_it() -> None:
    found = own_dossier()
    assert [one.id for one in found.impacts] == ["misread", "exposed", "memory", "automation", "access"]
    assert found.status == "not-reviewed"
    said = " ".join(one.words["en"] for one in found.open)
    assert "No lawyer has signed off" in said
    assert "No committee has reviewed" in said
    assert "not read whole" in said


def test_every_figure_and_open_point_names_a_file_in_which_it_stands() -> None:
    found = own_dossier()
    for one in (*found.figures, *found.open):
        assert one.figure in (ROOT / one.where).read_text(encoding="utf-8"), one.where


def test_both_languages_are_themselves() -> None:
    found = texts(data())
    assert len(found) > 50
    for one in found:
        assert not latin(one["zh"]), one["zh"]
        assert not re.search(r"合规|！|[\u3400-\u9fff][,;:?!]", one["zh"]), one["zh"]
        assert not CHINESE.search(one["en"]), one["en"]
        assert not FULL_WIDTH.search(one["en"]), one["en"]
        assert "!" not in one["en"]


def changed(path: tuple[Any, ...], value: Any = None) -> str:
    """The file with something put in another place's stead; taken out, where nothing is given."""
    found = data()
    inner = found
    for key in path[:-1]:
        inner = inner[key]
    if value is None:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return yaml.safe_dump(found, allow_unicode=True)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("answers", "least"), None),
        (("answers", "colour"), [{"zh": "红", "en": "red"}]),
        (("answers", "overview"), []),
        (("answers", "overview", 0, "zh"), None),
        (("answers", "overview", 0, "en"), " "),
        (("answers", "overview", 0, "fr"), "non"),
        (("impacts", 0, "left"), None),
        (("impacts", 0, "id"), 7),
        (("figures", 0, "figure"), None),
        (("figures", 0, "where"), ""),
        (("open",), "none"),
        (("matters",), ["luck"]),
        (("status",), "approved"),
        (("written",), "yesterday"),
        (("title",), "Guiju"),
        (("seal",), "yes"),
    ],
)
def test_what_is_missing_unknown_or_in_one_language_alone_is_refused(path: tuple[Any, ...], value: Any) -> None:
    with pytest.raises(OwnError, match=r"\w"):
        own.read(changed(path, value))


@pytest.mark.parametrize("text", ["", "- a", "a: [", "7"])
def test_what_is_no_dossier_is_refused(text: str) -> None:
    with pytest.raises(OwnError, match=r"\w"):
        own.read(text)


@pytest.mark.django_db
@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_page_says_in_the_title_that_nobody_has_reviewed_it(client: Client, lang: str) -> None:
    page = client.get(f"/{lang}/ethics/guiju/").content.decode()
    title = page.split("<title>", 1)[1].split("</title>", 1)[0]
    assert ("没有委员会审查过" if lang == "zh" else "not reviewed by any committee") in title
    assert page.count("<h1") == 1
    assert 'name="robots"' not in page
    assert faults(page, lang) == []
