"""Commands, options, error codes and JSON fields are all documented, and what the README shows is what comes out."""

import json
import re
from collections.abc import Iterator
from typing import Any

import click
import pytest
from tests.docs.pages import ROOT, blocks, codes, page, words_in_code

from guiju.cli.app import _commands, run
from guiju.wording import codes as catalogue_codes

SAMPLES = sorted((ROOT / "samples").glob("*.yaml"))
ARGUMENTS = re.compile(r"\$ python3 run\.py (.+)\n")


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from commands(inner, (*path, name))


@pytest.mark.parametrize("name", ["docs/cli.md", "docs/zh/cli.md"])
def test_every_command_is_documented(name: str) -> None:
    documented = codes(page(name))
    assert len(list(commands(_commands()))) > 5
    for path, command in commands(_commands()):
        if not isinstance(command, click.Group):
            shown = " ".join(("guiju", *path))
            assert any(one == shown or one.startswith(f"{shown} ") for one in documented), shown


@pytest.mark.parametrize("name", ["docs/cli.md", "docs/zh/cli.md"])
def test_every_option_is_documented(name: str) -> None:
    text = page(name)
    for path, command in commands(_commands()):
        for parameter in command.params:
            for option in parameter.opts if isinstance(parameter, click.Option) else ():
                assert re.search(rf"`[^`]*(?<![\w-]){option}(?![\w-])", text) or option == "--version", (path, option)
                if isinstance(parameter.type, click.Choice):
                    assert all(f"{option} {choice}" in text for choice in parameter.type.choices), (path, option)
    assert "--version" in page("docs/cli.md")


def test_no_option_is_documented_that_is_not_there() -> None:
    known = {option for _, command in commands(_commands()) for one in command.params for option in one.opts}
    known |= {"-h", "--help", "--version"}
    for name in ("docs/cli.md", "docs/zh/cli.md"):
        shown = {option for part in codes(page(name)) for option in re.findall(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*", part)}
        assert shown <= known, shown - known


def test_every_section_of_error_codes_is_documented() -> None:
    table = page("docs/cli.md").split("| section |")[1]
    documented = {one for row in table.splitlines() for one in codes(row.split(" | ")[0])}
    assert {code.split(".")[0] for code in catalogue_codes("en")} == documented


def fields(value: Any, path: str = "") -> Iterator[str]:
    if path.startswith(("inputs.dossier", "inputs.notices.fields")):  # a dossier, documented in language.md
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            if path != "readiness.by_kind":
                yield key
            yield from fields(inner, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        for inner in value:
            yield from fields(inner, path)


def test_every_field_of_the_assessment_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    card = ROOT / "tests" / "docs" / "card.md"
    documented = words_in_code(page("docs/cli.md")) | {"zh", "en", "und"}
    found: set[str] = set()
    for sample in (*SAMPLES, card):
        assert run(["assess", str(sample), "--on", "2026-11-21", "--known", "2026-11-21", "--all", "--json"]) == 0
        found |= set(fields(json.loads(capsys.readouterr().out)))
    assert {"proposals", "person_fine", "depends_on_reading", "confidence", "rows"} <= found
    assert found <= documented, sorted(found - documented)


def test_fields_of_the_rules_documents(capsys: pytest.CaptureFixture[str]) -> None:
    documented = words_in_code(page("docs/cli.md"))
    asked = (["list"], ["list", "--instrument", "eu/ai-act"], ["show", "eu/ai-act/6.3"], ["search", "50.2"], ["stats"])
    for words in asked:
        assert run(["rules", *words, "--on", "2026-11-21", "--known", "2026-11-21", "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert f"`{found['schema']}`" in page("docs/cli.md")
        if words[0] != "stats":
            assert found.keys() <= documented | {"provision"}, found.keys() - documented


def test_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    chat = str(ROOT / "samples" / "companion-chat.yaml")
    assert run(["assess", chat, "--on", "2026-11-21", "--known", "2026-11-21", "--fail-on", "hard-unmet"]) == 1
    assert run(["assess", chat, "--on", "2026-11-21", "--party", "org:nobody"]) == 2
    assert run(["rules", "stats"]) == 0
    capsys.readouterr()


def test_the_error_that_is_shown(tmp_path: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "my.yaml").write_text("facts:\n  markts: [EU]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["assess", "my.yaml", "--lang", "en"]) == 2
    said = capsys.readouterr().err
    shown = re.search(r"^    guiju: my\.yaml.*?$\n.*?$", page("docs/cli.md"), re.MULTILINE)
    assert shown is not None
    assert squeezed(shown.group()) == squeezed(said)
    assert run(["assess", "my.yaml", "--json", "--lang", "en"]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert error.keys() == {"code", "message", "where", "hint"}
    assert error["code"] == "dossier.unknown-name"
    assert error["where"] == "my.yaml:2:3"


def squeezed(text: str) -> str:
    """Text whatever the width of the lines: no space at all, since Chinese has none where a line ends."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("block", blocks("README.md", "console"), ids=lambda block: block.text[-60:-40])
def test_what_the_readme_shows_is_what_comes_out(
    block: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    asked = ARGUMENTS.match(block.text)
    assert asked is not None
    assert "--on" in asked[1]
    assert run(asked[1].split()) == 0
    said = squeezed(capsys.readouterr().out)
    shown = [part for part in re.split(r"^\.\.\.$", block.text[asked.end() :], flags=re.MULTILINE) if part.strip()]
    assert len(shown) > 1
    at = 0
    for part in shown:
        found = said.find(squeezed(part), at)
        assert found >= 0, part
        at = found


def test_the_first_commands_of_the_readme_run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert "    python3 run.py assess samples/companion-chat.yaml\n    python3 run.py test\n" in page("README.md")
    assert run(["assess", "samples/companion-chat.yaml"]) == 0
    assert capsys.readouterr().out.strip()
