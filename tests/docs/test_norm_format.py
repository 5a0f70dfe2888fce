"""The worked example of docs/norm-format.md loads, answers, and the mistakes say what the page says they say."""

from datetime import date
from functools import cache

import pytest
from tests.docs.pages import blocks, page

from guiju.assess import assess, to_json
from guiju.norms import Corpus, load_book, read_corpus
from guiju.norms.books import builtin_folders
from guiju.subjects import dossier_from
from guiju.wording import GuijuError

PAGE = page("docs/norm-format.md")

MISTAKES = {
    "expression.unknown-name": ("require: notice_posted", "require: notice_postd"),
    "data.unknown-key": ("clock: null", "clok: null"),
    "data.not-among": ("kind: sanction", "kind: sanctions"),
    "file.tag": ("when: enquiries_answered_by_machine", "when: !enquiries_answered_by_machine"),
    "expression.compared-condition": ("when: clerk_at_the_desk}", "when: clerk_at_the_desk == true}"),
    "expression.no-party": ("when: enquiries_answered_by_machine", "when: runs_desk"),
    "expression.not-readable-here": ("runs_desk && service.chengzhou", "runs_desk && chengzhou"),
    "data.not-a-text": ("en: What the report must", "en: The report, what it must"),
    "norm.partly-without-left-out": ("  left_out:", "  # left_out:"),
    "norm.duty-without-bearer": ("  bearer: {each", "  # bearer: {each"),
    "corpus.not-a-term": ("makes: [chengzhou.desk_operator]", "makes: [chengzhou.desk_operater]"),
    "corpus.unknown-kind": ("kind: city-rule\n", "kind: city-rules\n"),
    "corpus.never-commences": ("targets: [chengzhou/desk-rules]", "targets: [chengzhou/desk-rules/4]"),
    "calendars.unreadable-period": ("within: 10 working-days", "within: ten days"),
    "corpus.norm-twice": ("id: chengzhou/desk-rules/3", "id: chengzhou/desk-rules/2"),
    "corpus.tie": ("kind: publish", "kind: commence"),
}


@cache
def files() -> dict[str, str]:
    """The blocks of the page by file name, without the line that names the file."""
    return {block.name: block.text.split("\n", 1)[1] for block in blocks("docs/norm-format.md", "yaml")}


def corpus(changed: dict[str, str] | None = None) -> Corpus:
    base = builtin_folders()["base"]
    texts = {name: text for name, text in (files() | (changed or {})).items() if name.startswith("chengzhou/")}
    return read_corpus([("base", load_book(base, "base")), ("chengzhou", list(texts.items()))])


def test_the_blocks_are_the_files_of_the_tree_shown() -> None:
    assert files().keys() == {
        "chengzhou/kinds.yaml",
        "chengzhou/vocabulary.yaml",
        "chengzhou/desk-rules/instrument.yaml",
        "chengzhou/desk-rules/events.yaml",
        "chengzhou/desk-rules/norms.yaml",
        "dossier.yaml",
    }


def test_the_example_loads() -> None:
    found = corpus()
    assert len(found.norms) == 5
    assert found.instruments.keys() == {"chengzhou/desk-rules"}


def test_the_example_answers_as_the_page_says() -> None:
    found = corpus()
    dossier = dossier_from(files()["dossier.yaml"], "dossier.yaml", found.vocabulary)
    duties = to_json(assess(dossier, found, date(2026, 11, 21)))["duties"]
    for duty in duties:
        clock = duty["clock"]
        shown = f"{clock['state']}, due {clock['due']} " if clock else ""
        assert f"| {duty['norm']} | {duty['in_scope']} | {duty['status']} | {duty['met']} | {shown}|" in PAGE
    assert len(duties) == 2


@pytest.mark.parametrize("code", MISTAKES)
def test_the_mistakes_say_what_the_page_says(code: str) -> None:
    right, wrong = MISTAKES[code]
    name = next(name for name, text in files().items() if right in text)
    with pytest.raises(GuijuError) as caught:
        corpus({name: files()[name].replace(right, wrong, 1)})
    assert caught.value.code == code
    row = next(line for line in PAGE.splitlines() if f"`{code}`: " in line)
    _, _, message, hint, _ = (part.strip() for part in row.split("|"))
    assert message == f"`{code}`: {caught.value.message('en')}"
    assert hint in caught.value.hint("en")


def test_every_row_of_the_table_is_tried() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and "`: " in line and "checked" not in line]
    assert len(rows) == len(MISTAKES)
