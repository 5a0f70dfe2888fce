"""``guiju record attest``: a signed statement about files, entered in a log; and how ``verify`` reads one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import click

from guiju.cli._asked import write_file
from guiju.cli._record_log import common, entered, help_of, log_at, print_json, read_file, read_object
from guiju.cli._screen import Page
from guiju.record import RecordError, Statement, Subject, VerifierKey, append, open_statement, sign_statement, writing
from guiju.wording import language, text

KIND: Final = "statement.made"
ITEM: Final = "statement"


@click.command("attest", help=help_of("log.help-attest"))
@click.argument("log", type=click.Path(path_type=Path))
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--type", "kind", metavar="URI", required=True, help=help_of("log.help-type"))
@click.option("--predicate", metavar="FILE", type=click.Path(path_type=Path), help=help_of("log.help-predicate"))
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help=help_of("log.help-out"))
@common
def attest_command(
    log: Path, files: Sequence[Path], kind: str, predicate: Path | None, out: Path | None, lang: str | None, as_json: bool
) -> None:
    """Sign a statement with the log's key, and enter that it was made."""
    if not _is_address(kind):
        raise RecordError("log.type-uri", got=kind[:200])
    subjects = tuple(Subject(one.name, {"sha256": digest_of(read_file(one))}) for one in files)
    statement = Statement(subjects, kind, {} if predicate is None else read_object(predicate))
    with log_at(log) as (sql, key):
        envelope = sign_statement(statement, [key]).encode()
        public = {"statement": f"sha256:{digest_of(statement.payload)}", "type": kind}
        with writing(sql):
            done = append(sql, KIND, public, {ITEM: envelope})
        entered(sql, key)
    if out is None:
        click.echo(envelope.decode())
        return
    write_file(out, envelope + b"\n")
    if as_json:
        print_json({"schema": "guiju.record.attest/1", "file": str(out), "receipt": done.receipt_number, **public})
        return
    click.echo(text("log.statement-written", language(lang), file=str(out), receipt=done.receipt_number))


def _is_address(text: str) -> bool:
    try:
        return bool(urlsplit(text).scheme)
    except ValueError:
        return False


def is_statement(data: bytes) -> bool:
    """Whether it is an envelope (DSSE) and not the bundle of an entry."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and "payloadType" in found


def verified(data: bytes, key: VerifierKey, content: bytes | None) -> dict[str, Any]:
    """What an envelope says, where the key signed it and the content is one of its subjects.

    Raises:
        RecordError: the key did not sign it, or the content is none of the subjects.
    """
    found = open_statement(data, [key])
    names = None if content is None else [one.name for one in found.subjects if one.digest.get("sha256") == digest_of(content)]
    if names == []:
        raise RecordError("log.not-subject")
    return {
        "schema": "guiju.record.statement/1",
        "holds": True,
        "key": str(key),
        "type": found.predicate_type,
        "subjects": [{"name": one.name, "digest": dict(one.digest)} for one in found.subjects],
        "predicate": dict(found.predicate),
        "content_is": names,
    }


def tell(told: dict[str, Any], lang: str) -> None:
    """A statement that holds, as a page."""
    page = Page(lang)
    page.title(text("log.statement-holds", lang))
    page.row(text("log.row-signer", lang), told["key"])
    page.row(text("log.row-type", lang), told["type"])
    for one in told["subjects"]:
        algorithm, digest = next(iter(one["digest"].items()))
        page.row(text("log.row-subject", lang), one["name"], f"{algorithm}:{digest}")
    if told["content_is"]:
        page.row(text("log.row-content", lang), text("log.content-is", lang, names=told["content_is"]))


def digest_of(data: bytes) -> str:
    """SHA-256 in hex."""
    return sha256(data).hexdigest()
