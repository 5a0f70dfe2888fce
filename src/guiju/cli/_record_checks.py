"""``guiju record fsck`` and ``guiju record witness``: a log looked through, and others' logs watched."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from guiju.cli._record_log import common, help_of, is_file, log_at, print_json, read_file, write_secret
from guiju.cli._screen import Page
from guiju.record import (
    COSIGNER,
    Finding,
    FolderState,
    PrivateKey,
    RecordError,
    VerifierKey,
    Witness,
    WitnessServer,
    fsck,
    reading,
)
from guiju.wording import Where, language, text

WITNESS_KEY: Final = "witness-key"


@click.command("fsck", help=help_of("log.help-fsck"))
@click.argument("log", required=False, type=click.Path(path_type=Path))
@click.option("--seen", metavar="FILE", multiple=True, type=click.Path(path_type=Path), help=help_of("log.help-seen"))
@click.option("--witness", "witnesses", metavar="VKEY", multiple=True, help=help_of("log.help-cosigners"))
@click.option("--site", is_flag=True, help=help_of("log.help-site"))
@click.option("--database-url", default="", envvar="GUIJU_DATABASE_URL", metavar="URL", help=help_of("serve.help-database"))
@click.option("--home", metavar="FOLDER", type=click.Path(path_type=Path), help=help_of("serve.help-home"))
@common
def fsck_command(
    log: Path | None,
    seen: Sequence[Path],
    witnesses: Sequence[str],
    site: bool,
    database_url: str,
    home: Path | None,
    lang: str | None,
    as_json: bool,
) -> int:
    """Look through a log, or through the record of a site."""
    if site == (log is not None):
        raise RecordError("log.which-log")
    keys = [VerifierKey.parse(one) for one in witnesses]
    notes = [read_file(path).decode("utf-8", "replace") for path in seen]
    if log is None:
        findings = _of_site(database_url, home, notes, keys)
    else:
        with log_at(log) as (sql, key), reading(sql):
            findings = fsck(sql, key, witnesses=notes, witness_keys=keys)
    spoken = language(lang)
    if as_json:
        print_json({"schema": "guiju.record.fsck/1", "findings": [one.to_json(spoken) for one in findings]})
    else:
        _page(Page(spoken), findings)
    return 1 if any(one.severity == "error" for one in findings) else 0


def _of_site(database_url: str, home: Path | None, seen: Sequence[str], keys: Sequence[VerifierKey]) -> list[Finding]:
    """What is found in the record of a site, running or not, held against what was done there too."""
    from guiju.institutions.serving import ServeError
    from guiju.institutions.serving.home import default_home
    from guiju.institutions.serving.site import open_site, tables

    open_site(database_url, home or default_home())
    if "record_log" not in tables():
        raise ServeError("backup.no-tables")
    from guiju.institutions.notary.looking_through import look_through

    return look_through(seen, keys)[0]


def _page(page: Page, findings: Sequence[Finding]) -> None:
    page.title(text("log.fsck-found", page.lang, count=len(findings)) if findings else text("log.fsck-clean", page.lang))
    for one in findings:
        page.blank()
        page.title(text(f"log.severity-{one.severity}", page.lang), one.id, indent=2)
        page.note(one.where, 4)
        page.text(one.message(page.lang), 4)
        page.text(one.hint(page.lang), 4)


@click.command("witness", help=help_of("log.help-watch"))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--log", "logs", metavar="VKEY", multiple=True, required=True, help=help_of("log.help-watched"))
@click.option("--origin", metavar="NAME", help=help_of("log.help-witness-name"))
@click.option("--host", default="127.0.0.1", metavar="ADDRESS", help=help_of("serve.help-host"))
@click.option("--port", default=8318, type=click.IntRange(0, 65535), metavar="NUMBER", help=help_of("log.help-port"))
@common
def witness_command(
    folder: Path, logs: Sequence[str], origin: str | None, host: str, port: int, lang: str | None, as_json: bool
) -> None:
    """Cosign what the named logs show, until told to end."""
    watched = [VerifierKey.parse(one) for one in logs]
    key = _witness_key(folder, origin)
    try:
        server = WitnessServer(Witness(key, watched, FolderState(folder / "seen")), host, port)
    except (OSError, OverflowError, TypeError, UnicodeError) as problem:
        raise RecordError("log.port", got=f"{host}:{port}", reason=getattr(problem, "strerror", None) or "") from None
    signal.signal(signal.SIGTERM, _end)
    with server:
        if as_json:
            print_json({"schema": "guiju.record.witness/1", "url": server.url, "key": str(key.verifier)})
        else:
            click.echo(text("log.watching", language(lang), url=server.url, key=str(key.verifier)))
        sys.stdout.flush()
        try:
            server.serve_forever(poll_interval=0.1)
        except KeyboardInterrupt:
            return


def _end(*_: object) -> None:
    raise KeyboardInterrupt


def _witness_key(folder: Path, origin: str | None) -> PrivateKey:
    """The witness's key, made where there is none yet.

    Raises:
        RecordError: a new one needs a name, an old one has another, or the folder cannot be written.
    """
    path = folder / WITNESS_KEY
    if is_file(path):
        key = PrivateKey.parse(read_file(path).decode("utf-8", "replace"))
        if origin not in {None, key.name}:
            raise RecordError("log.other-witness", Where(str(folder)), got=origin, held=key.name)
        return key
    if origin is None:
        raise RecordError("log.witness-name", Where(str(folder)))
    key = PrivateKey.made(origin, COSIGNER)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_secret(path, key.secret)
    except OSError as problem:
        raise RecordError("log.unwritable", Where(str(folder)), reason=problem.strerror or "") from None
    return key
