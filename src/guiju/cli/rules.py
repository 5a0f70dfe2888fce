"""``guiju rules``: what the corpus holds."""

from __future__ import annotations

import click

from guiju.norms import builtin
from guiju.wording import in_language, language


@click.group()
def rules() -> None:
    """The rules themselves: list, show, search, count."""


@rules.command("list")
@click.option("--lang")
def list_(lang: str | None) -> None:
    """Instruments by place, with the number of their norms."""
    corpus = builtin()
    for instrument in sorted(corpus.instruments.values(), key=lambda one: one.id):
        norms = [norm for norm in corpus.all_norms() if norm.instrument == instrument.id]
        print(f"{instrument.id:45} {len(norms):4}  {in_language(instrument.title, language(lang))}")
