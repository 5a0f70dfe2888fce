"""``guiju backup`` and ``guiju restore``: one file with all that a site keeps, and a site made of it again."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guiju.calendars import words
from guiju.cli._site_options import help_of, of_site
from guiju.cli.serve import note
from guiju.wording import language, text

if TYPE_CHECKING:
    from guiju.institutions.serving.restoring import Restored


@click.command("backup", help=help_of("backup.what"))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--with-keys", is_flag=True, help=help_of("backup.help-with-keys"))
@of_site
def backup(file: Path, with_keys: bool, database_url: str, home: Path | None, as_json: bool, lang: str | None) -> int:
    """Write it, and say what is in it."""
    from guiju.institutions.serving import backup as backups
    from guiju.institutions.serving.home import default_home

    made = backups.backup(file, database_url, home or default_home(), with_keys=with_keys)
    chosen = language(lang)
    if as_json:
        print(json.dumps({"schema": "guiju.backed-up/1", "file": str(file), **_counted(made.manifest)}, ensure_ascii=False))
        return 0
    print(text("backup.made", chosen, file=file, tables=len(made.manifest["tables"]), rows=made.rows))
    print(text("backup.with-keys" if made.manifest["keys"] else "backup.without-keys", chosen))
    return 0


@click.command("restore", help=help_of("backup.what-restore"))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help=help_of("backup.help-force"))
@of_site
def restore(file: Path, force: bool, database_url: str, home: Path | None, as_json: bool, lang: str | None) -> int:
    """Put it back, look the record through, and say what was found; 1 where something was that must not be."""
    from guiju.institutions.serving import restoring
    from guiju.institutions.serving.home import default_home

    chosen = language(lang)

    def tell(word: str) -> None:
        note(text(f"backup.step-{word}", chosen))

    done = restoring.restore(file, database_url, home or default_home(), force=force, note=tell)
    wrong = any(one.severity == "error" for one in done.findings)
    if as_json:
        found = [one.to_json(chosen) for one in done.findings]
        more = {"size": done.size, "findings": found, "lacking": done.lacking}
        print(json.dumps({"schema": "guiju.restored/1", **_counted(done.manifest), **more}, ensure_ascii=False))
    else:
        _said(done, chosen)
    return int(wrong)


def _counted(manifest: dict[str, Any]) -> dict[str, Any]:
    tables = manifest["tables"]
    return {
        "made": manifest["made"],
        "tables": len(tables),
        "rows": sum(one["rows"] for one in tables),
        "keys": [one["name"] for one in manifest["keys"]],
    }


def _said(done: Restored, lang: str) -> None:
    counted = _counted(done.manifest)
    moment = datetime.fromisoformat(counted["made"])
    on = {"day": words(moment.date(), lang), "time": f"{moment:%H:%M}"}
    print(text("backup.restored", lang, tables=counted["tables"], rows=counted["rows"], **on))
    print(text("backup.fsck-found" if done.findings else "backup.fsck-clean", lang, size=done.size, count=len(done.findings)))
    for one in done.findings:
        print(f"  {one.message(lang)} {one.hint(lang)}".rstrip())
    for name in done.lacking:
        print(text(f"backup.lacking-{name}", lang))
    print(text("backup.older", lang))
