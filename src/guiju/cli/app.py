"""The command, its words, and what becomes of errors (design, section 5).

Exit 0 fine, 1 a check that did not hold, 2 bad input. Nothing but the answer goes to stdout.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import ClassVar, NoReturn

import click

from guiju import __version__
from guiju.wording import LANGUAGES, GuijuError, Text, Where, fill, language, nearest

BAD_INPUT = 2

_VALUE = re.compile(r"'?(.*?)'? is not ")
_EXTRA = re.compile(r"unexpected extra arguments? \((.*)\)")
"""What click says in English, and where the word stands in it that was typed."""


class UsageError(GuijuError):
    """A command line that cannot be taken as it stands."""


class _Words(click.Group):
    """The words of the command, each imported when it is used."""

    WORDS: ClassVar = {
        "ask": "guiju.cli.ask",
        "assess": "guiju.cli.assess",
        "backup": "guiju.cli.backup",
        "demo": "guiju.cli.demo",
        "dossier": "guiju.cli.dossier",
        "keeper": "guiju.cli.keeper",
        "questionnaire": "guiju.cli.questionnaire",
        "record": "guiju.cli.record",
        "requirements": "guiju.cli.requirements",
        "restore": "guiju.cli.backup",
        "rules": "guiju.cli.rules",
        "serve": "guiju.cli.serve",
        "worker": "guiju.cli.worker",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return sorted(self.WORDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # the same
        if cmd_name not in self.WORDS:
            return None
        found: click.Command = getattr(import_module(self.WORDS[cmd_name]), cmd_name)
        return found


def _commands() -> click.Group:
    group = _Words(
        "guiju",
        help=fill("cli.what", language(), "message", {}),
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    )
    return click.version_option(__version__, prog_name="guiju")(group)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command and leave with its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(run(given))


def run(given: Sequence[str]) -> int:
    """Run the command; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # a name of a file need not be UTF-8
    try:
        result = _commands().main(args=list(given), prog_name="guiju", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.NoArgsIsHelpError as wanted:
        click.echo(wanted.format_message())
        return 0
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as problem:
        return tell(_translated(problem), given)
    except GuijuError as problem:
        return tell(problem, given)
    except click.Abort:
        return 130
    except BrokenPipeError:
        return 0


def tell(problem: GuijuError, given: Sequence[str]) -> int:
    """Say what went wrong: one JSON object for programs, two or three lines for people."""
    lang = _asked_language(given)
    if "--json" in given:
        sys.stdout.write(json.dumps(problem.to_json(lang), ensure_ascii=False, indent=1) + "\n")
        return BAD_INPUT
    place = f"{problem.where}: " if problem.where else ""
    sys.stderr.write(f"guiju: {place}{problem.message(lang)}\n")
    hint = problem.hint(lang)
    if hint:
        sys.stderr.write(f"       {hint}\n")
    return BAD_INPUT


def _asked_language(given: Sequence[str]) -> str:
    for index, word in enumerate(given):
        if word.startswith("--lang="):
            return language(word.split("=", 1)[1])
        if word == "--lang" and index + 1 < len(given):
            return language(given[index + 1])
    return language()


def _in_both(code: str, **fields: object) -> Text:
    """A piece of a sentence in both languages, for the error that holds it."""
    return {lang: fill(code, lang, "message", fields) for lang in LANGUAGES}


def _shown(parameter: click.Parameter) -> str:
    """An option or argument as it is typed."""
    options = [one for one in parameter.opts if one.startswith("--")]
    return options[0] if options else parameter.human_readable_name


def _wrong(problem: click.BadParameter, parameter: click.Parameter) -> Text | str:
    """What is wrong with the value of an option."""
    value = _VALUE.match(problem.message)
    match parameter.type:
        case click.Choice(choices=choices) if value:
            return _in_both("cli.not-among", got=value[1], known=list(choices))
        case click.IntRange(min=low, max=high) if value:
            return _in_both("cli.not-in-range", got=value[1], low=low, high=high)
        case _:
            return problem.message


def _translated(problem: click.ClickException) -> GuijuError:
    """Click's own complaints in the reader's language."""
    match problem:
        case click.NoSuchOption(option_name=name, ctx=context):
            options = [] if context is None else [option for one in context.command.params for option in one.opts]
            known = [option for option in options if option.startswith("-")]
            return UsageError("cli.no-such-option", got=name, near=nearest(name, known) or known)
        case click.MissingParameter(param=click.Parameter() as parameter):
            return UsageError("cli.incomplete", got=_in_both("cli.lacking", name=_shown(parameter)))
        case click.BadOptionUsage(option_name=name) if "requires" in problem.message:
            return UsageError("cli.incomplete", got=_in_both("cli.without-value", name=name))
        case click.MissingParameter() | click.BadArgumentUsage() | click.BadOptionUsage():
            return UsageError("cli.incomplete", got=problem.format_message())
        case click.BadParameter(param=click.Parameter() as parameter):
            return UsageError("cli.bad-value", got=_wrong(problem, parameter), option=_shown(parameter))
        case click.UsageError(ctx=click.Context(command=click.Group() as group) as context):
            word = problem.message.split("'")[1] if "'" in problem.message else ""
            known = sorted(group.list_commands(context))
            return UsageError("cli.no-such-command", got=word, near=nearest(word, known), known=known)
        case click.UsageError() if extra := _EXTRA.search(problem.message):
            return UsageError("cli.too-much", got=extra[1])
        case click.FileError(ui_filename=name):
            return UsageError("file.missing", Where(name))
        case _:
            return UsageError("cli.incomplete", got=problem.format_message())
