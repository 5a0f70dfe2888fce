"""``guiju record prove``, ``verify`` and ``checkpoint``: what a log hands out, and how a stranger checks it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from guiju.cli._asked import write_file
from guiju.cli._record_log import common, help_of, log_at, print_json, read_file
from guiju.cli._record_statements import is_statement, tell, verified
from guiju.cli._screen import Page
from guiju.record import (
    Bundle,
    Policy,
    Proven,
    RecordError,
    VerifierKey,
    add_cosignatures,
    ask_witness,
    bundle_for,
    checkpoint_note,
    consistency_for,
    entry_by_receipt,
    read_bundle,
    receipt_hash,
    writing,
)
from guiju.record.checkpoints import unchecked_checkpoint
from guiju.wording import GuijuError, language, text

DID_NOT_HOLD = 1


@click.command("prove", help=help_of("log.help-prove"))
@click.argument("log", type=click.Path(path_type=Path))
@click.argument("receipt", required=False)
@click.option("--position", type=click.IntRange(0, 2**62), metavar="NUMBER", help=help_of("log.help-position"))
@click.option("--with-items", is_flag=True, help=help_of("log.help-items"))
@click.option("--cosigned", is_flag=True, help=help_of("log.help-cosigned"))
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help=help_of("log.help-out"))
@common
def prove_command(
    log: Path,
    receipt: str | None,
    position: int | None,
    with_items: bool,
    cosigned: bool,
    out: Path | None,
    lang: str | None,
    as_json: bool,
) -> None:
    """Write the bundle of an entry."""
    if (receipt is None) is (position is None):
        raise RecordError("log.which-entry")
    with log_at(log) as (sql, _):
        place = entry_by_receipt(sql, receipt_hash(receipt)).position if receipt is not None else position
        if place is None:
            raise RecordError("log.no-position")
        bundle = bundle_for(sql, place, lambda _: with_items, cosigned=cosigned)
    if out is None:
        print_json(bundle)
        return
    write_file(out, (json.dumps(bundle, ensure_ascii=False, indent=1) + "\n").encode())
    if as_json:
        print_json({"schema": "guiju.record.prove/1", "file": str(out), "position": place})
        return
    click.echo(text("log.proof-written", language(lang), file=str(out), position=place))


@click.command("verify", help=help_of("log.help-verify"))
@click.argument("bundle", type=click.Path(path_type=Path))
@click.option("--key", metavar="VKEY", help=help_of("log.help-key"))
@click.option("--witness", "witnesses", metavar="VKEY", multiple=True, help=help_of("log.help-witness"))
@click.option("--quorum", type=click.IntRange(0, 64), metavar="NUMBER", help=help_of("log.help-quorum"))
@click.option("--content", metavar="FILE", type=click.Path(path_type=Path), help=help_of("log.help-content"))
@common
def verify_command(
    bundle: Path,
    key: str | None,
    witnesses: Sequence[str],
    quorum: int | None,
    content: Path | None,
    lang: str | None,
    as_json: bool,
) -> int:
    """Check a bundle offline."""
    data = read_file(bundle)
    if is_statement(data):
        return _statement(data, key, content, language(lang), as_json)
    found = read_bundle(data)
    trusted = found.log if key is None else VerifierKey.parse(key)
    policy = Policy(tuple(map(VerifierKey.parse, witnesses)), len(witnesses) if quorum is None else quorum)
    given = None if content is None else read_file(content)
    try:
        proven = found.verify(trusted, policy)
        names = None if given is None else found.names_of(given)
        if names == []:
            raise RecordError("log.not-content")
    except GuijuError as problem:
        return _tell_not(problem, language(lang), as_json)
    if as_json:
        print_json(_as_json(found, trusted, proven, names) | {"key_from": "bundle" if key is None else "option"})
    else:
        _page(Page(language(lang)), found, proven, names, given_key=key is not None)
    return 0


def _statement(data: bytes, key: str | None, content: Path | None, lang: str, as_json: bool) -> int:
    given = None if content is None else read_file(content)
    if key is None:
        raise RecordError("log.statement-key")
    try:
        told = verified(data, VerifierKey.parse(key), given)
    except GuijuError as problem:
        return _tell_not(problem, lang, as_json)
    if as_json:
        print_json(told)
    else:
        tell(told, lang)
    return 0


def _tell_not(problem: GuijuError, lang: str, as_json: bool) -> int:
    if as_json:
        print_json({"schema": "guiju.record.verify/1", "holds": False, "why": problem.to_json(lang)["error"]})
    else:
        page = Page(lang)
        page.title(text("log.does-not-hold", lang))
        page.text(problem.message(lang), 2)
        page.note(problem.hint(lang), 2)
    return DID_NOT_HOLD


def _as_json(bundle: Bundle, key: VerifierKey, proven: Proven, names: Sequence[str] | None) -> dict[str, Any]:
    return {
        "schema": "guiju.record.verify/1",
        "holds": True,
        "origin": proven.checkpoint.origin,
        "key": str(key),
        "position": proven.index,
        "size": proven.checkpoint.size,
        "witnesses": [one.name for one, _ in proven.witnesses],
        "entry": bundle.entry.to_json(),
        "items": [{"name": one.name, "state": one.state, "disclosed": one.content is not None} for one in bundle.items],
        "content_is": None if names is None else list(names),
    }


def _page(page: Page, bundle: Bundle, proven: Proven, names: Sequence[str] | None, given_key: bool) -> None:
    say = partial(text, lang=page.lang)
    page.title(say("log.holds"))
    entry = bundle.entry.to_json()
    page.row(say("log.row-log"), proven.checkpoint.origin, "" if given_key else say("log.own-key", key=str(bundle.log)))
    page.row(say("log.row-entry"), say("log.entry-line", kind=entry["kind"], at=entry["at"]))
    page.row(say("log.row-place"), say("log.place-line", position=proven.index, size=proven.checkpoint.size))
    witnesses = [key.name for key, _ in proven.witnesses]
    page.row(say("log.row-witnesses"), say("log.seen-by", names=witnesses) if witnesses else say("log.seen-by-none"))
    for one in bundle.items:
        state = say("log.item-shown") if one.content is not None else say(f"log.item-{one.state}", reason=one.reason or "")
        page.row(say("log.row-item", name=one.name), state)
    if names is not None:
        page.row(say("log.row-content"), say("log.content-is", names=list(names)))


@click.command("checkpoint", help=help_of("log.help-checkpoint"))
@click.argument("log", type=click.Path(path_type=Path))
@click.option("--ask", metavar="URL", help=help_of("log.help-ask"))
@click.option("--witness", "witness", metavar="VKEY", help=help_of("log.help-asked"))
@common
def checkpoint_command(log: Path, ask: str | None, witness: str | None, lang: str | None, as_json: bool) -> None:  # noqa: ARG001  # it prints no words
    """The newest checkpoint, cosigned first where that is asked for."""
    if (ask is None) is not (witness is None):
        raise RecordError("log.ask-whom")
    with log_at(log) as (sql, _):
        note = checkpoint_note(sql)
        if ask is not None and witness is not None:
            key = VerifierKey.parse(witness)
            size = unchecked_checkpoint(note.encode()).size
            signed = ask_witness(ask, note.encode(), key, lambda old: consistency_for(sql, old, size))
            with writing(sql):
                note = add_cosignatures(sql, signed, [key])
    if as_json:
        print_json({"schema": "guiju.record.checkpoint/1", "checkpoint": note})
        return
    click.echo(note, nl=False)
