"""``guiju record``: a transparency log of one's own, and proofs of anybody's checked offline."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from guiju.cli._record_checks import fsck_command, witness_command
from guiju.cli._record_log import begin, common, entered, help_of, log_at, print_json, read_file, read_object
from guiju.cli._record_proofs import checkpoint_command, prove_command, verify_command
from guiju.cli._record_statements import attest_command
from guiju.record import Appended, Sql, append, entry_by_receipt, erase, scrub, writing
from guiju.wording import language, text

ITEM = "content"
"""The name under which a file is an item of its entry."""


@click.group("record", help=help_of("log.help"))
def record() -> None:
    """The words about the record."""


for _command in (attest_command, prove_command, verify_command, checkpoint_command, fsck_command, witness_command):
    record.add_command(_command)


@record.command("init", help=help_of("log.help-init"))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--origin", metavar="NAME", required=True, help=help_of("log.help-origin"))
@click.option("--database-url", default="", metavar="URL", help=help_of("log.help-database"))
@common
def init_command(folder: Path, origin: str, database_url: str, lang: str | None, as_json: bool) -> None:
    """Begin a log."""
    key = begin(folder, origin, database_url)
    if as_json:
        print_json({"schema": "guiju.record.init/1", "folder": str(folder), "origin": origin, "key": str(key.verifier)})
        return
    click.echo(text("log.begun", language(lang), folder=str(folder), key=str(key.verifier)))


@record.command("append", help=help_of("log.help-append"))
@click.argument("log", type=click.Path(path_type=Path))
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--kind", default="document.recorded", metavar="KIND", help=help_of("log.help-kind"))
@click.option("--public", metavar="FILE", type=click.Path(path_type=Path), help=help_of("log.help-public"))
@common
def append_command(log: Path, files: Sequence[Path], kind: str, public: Path | None, lang: str | None, as_json: bool) -> None:
    """One entry for each file; positions at once."""
    shown = {} if public is None else read_object(public)
    contents = [read_file(path) for path in files]
    with log_at(log) as (sql, key):
        with writing(sql):
            done = [append(sql, kind, shown, {ITEM: content}) for content in contents]
        entered(sql, key)
        entries = [_said(sql, path, one) for path, one in zip(files, done, strict=True)]
    if as_json:
        print_json({"schema": "guiju.record.append/1", "entries": entries})
        return
    for one in entries:
        click.echo(text("log.appended", language(lang), **one))


def _said(sql: Sql, path: Path, done: Appended) -> dict[str, object]:
    position = entry_by_receipt(sql, done.receipt_hash).position
    return {"file": str(path), "receipt": done.receipt_number, "position": position, "commitment": done.commitments[ITEM]}


@record.command("erase", help=help_of("log.help-erase"))
@click.argument("log", type=click.Path(path_type=Path))
@click.argument("commitment")
@click.option("--reason", metavar="CODE", required=True, help=help_of("log.help-reason"))
@common
def erase_command(log: Path, commitment: str, reason: str, lang: str | None, as_json: bool) -> None:
    """Destroy the key of an item."""
    with log_at(log) as (sql, key):
        with writing(sql):
            done = erase(sql, commitment, reason)
        cleared = scrub(sql)
        entered(sql, key)
    if as_json:
        told = {"commitment": commitment, "reason": reason, "receipt": done.receipt_number, "cleared": cleared}
        print_json({"schema": "guiju.record.erase/1", **told})
        return
    click.echo(text("log.erased", language(lang), commitment=commitment, receipt=done.receipt_number))
    if not cleared:
        click.echo(text("log.not-cleared", language(lang)))
