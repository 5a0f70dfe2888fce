"""``guiju requirements``: duties as engineering requirements."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Literal

import click

from guiju.assess import Assessment
from guiju.assess.requirements import requirements_csv, requirements_json, requirements_markdown
from guiju.cli._asked import day_of, subject_options, write_file
from guiju.cli.assess import answered
from guiju.wording import fill, language

Format = Literal["csv", "md", "json"]


@click.command("requirements", help=fill("cli.requirements", language(), "message", {}))
@click.argument("dossier")
@subject_options
@click.option(
    "--format",
    "format_",
    type=click.Choice(["csv", "md", "json"]),
    default="md",
    help=fill("cli.format", language(), "message", {}),
)
@click.option("--json", "as_json", is_flag=True, help=fill("cli.json", language(), "message", {}))
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help=fill("cli.out", language(), "message", {}))
def requirements(  # noqa: PLR0913, PLR0917  # one argument per option
    dossier: str,
    on_text: str | None,
    known_text: str | None,
    party: str | None,
    lang: str | None,
    folder: Path | None,
    edition: str | None,
    memory: bool,
    format_: Format,
    as_json: bool,
    out: Path | None,
) -> int:
    """Read, answer, write in the format asked for."""
    found = answered(dossier, day_of(on_text), day_of(known_text), party, folder, edition, memory)
    text = _written(found, "json" if as_json else format_, language(lang))
    if out is None:
        sys.stdout.write(text.replace("\r\n", "\n"))
    else:
        mark = "\ufeff" if out.suffix.lower() == ".csv" else ""  # spreadsheets read a file without it as something else
        write_file(out, (mark + text).encode("utf-8"))
    return 0


def _written(found: Assessment, format_: Format, lang: str) -> str:
    match format_:
        case "csv":
            return requirements_csv(found, lang)
        case "md":
            return requirements_markdown(found, lang)
        case "json":
            return json.dumps(requirements_json(found), ensure_ascii=False, indent=1) + "\n"
