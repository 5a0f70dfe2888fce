"""What is handed in with an application, by rules of procedure and by what is reviewed (``papers.yaml``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from guiju.wording import Text

_DATA: Final = Path(__file__).parent / "papers.yaml"


@dataclass(frozen=True, slots=True)
class Item:
    """One of the papers of an application. ``norm``: the clause that asks for it; none where it is our practice."""

    id: str
    words: Text
    help: Text
    norm: str = ""
    optional: bool = False
    kinds: tuple[str, ...] = ()


@cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    return found


def kinds() -> tuple[str, ...]:
    """What can be reviewed."""
    return tuple(_data()["kinds"])


def is_governing(kind: str) -> bool:
    """Whether it is an act of governing: a tool of inspection, an experiment, a draft rule."""
    return kind in _data()["governing"]


def matters() -> dict[str, Text]:
    """What a case can touch on, by which earlier cases are found that are near to it."""
    return dict(_data()["matters"])


def items_for(rules: str, kind: str) -> tuple[Item, ...]:
    """The papers of an application under some rules, for one kind of object."""
    read = (
        Item(one["id"], one["words"], one["help"], one.get("norm", ""), one.get("optional", False), tuple(one.get("for", ())))
        for one in _data()["items"].get(rules, ())
    )
    return tuple(one for one in read if not one.kinds or kind in one.kinds)
