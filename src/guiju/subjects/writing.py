"""A dossier written out as a file that a person can read and go on writing."""

from __future__ import annotations

import re
import unicodedata
from decimal import Context, Decimal
from typing import Any, Final

import yaml

from guiju.norms.yaml_reader import Item, Map, Scalar, Seq
from guiju.subjects.answers import draft_for
from guiju.subjects.beside import Asked, Proposal, Version
from guiju.subjects.decisions import bare, value_of
from guiju.subjects.dossier import Dossier, dossier_from
from guiju.subjects.errors import DossierError
from guiju.subjects.given import SECTIONS

_WIDTH: Final = 120
_SHORT: Final = 96
_FEW: Final = 12
"""Numbers with more digits before or after the point are written with an exponent."""

_EXACT: Final = Context(prec=700)
_BLOCKS: Final = frozenset({*SECTIONS, "system", "model", "service", "product", "activity", "earlier", "version"})
"""Keys whose lines stand below each other however short they are."""


def write_dossier(dossier: Dossier) -> str:
    """The dossier as YAML: the short form where it serves, with notes, proposals, what was asked and the version.

    Reading it gives the same digest. What only a proposal says does not stand among the facts. Comments of the file that
    it was read from are not kept; notes are.
    """
    plain = bare(dossier)
    draft = draft_for(plain)
    item = draft.item(links=False)
    return dumped(_with_beside(item if _says_the_same(item, plain) else draft.item(), plain))


def _says_the_same(item: Map, dossier: Dossier) -> bool:
    """Whether the links of the dossier follow without being written."""
    try:
        return dossier_from(item, dossier.source, dossier.world.vocabulary).digest == dossier.digest
    except DossierError:
        return False


def dossier_data(dossier: Dossier) -> dict[str, Any]:
    """The dossier as plain data in the long form, with what stands beside; numbers are exact decimals."""
    plain = bare(dossier)
    data = plain.content
    if plain.example:
        data["example"] = True
    if plain.note:
        data["note"] = plain.note
    if plain.version:
        data["version"] = version_data(plain.version)
    if plain.proposals:
        data["proposals"] = [proposal_data(one) for one in plain.proposals]
    if plain.asked:
        data["asked"] = [asked_data(one) for one in plain.asked]
    return data


def _with_beside(item: Map, dossier: Dossier) -> dict[str, Any]:
    data: dict[str, Any] = {"schema": item.items["schema"]}
    if dossier.example:
        data["example"] = True
    if dossier.note:
        data["note"] = dossier.note
    if dossier.version:
        data["version"] = version_data(dossier.version)
    data |= {key: child for key, child in item.items.items() if key not in data}
    if dossier.proposals:
        data["proposals"] = [proposal_data(one) for one in dossier.proposals]
    if dossier.asked:
        data["asked"] = [asked_data(one) for one in dossier.asked]
    return data


def version_data(version: Version) -> dict[str, Any]:
    """A version as a dossier writes it."""
    return _stated(number=version.number, previous=version.previous, by=version.by, on=version.on, note=version.note)


def asked_data(asked: Asked) -> dict[str, Any]:
    """An unanswered question as a dossier writes it."""
    address = {"kind": asked.kind, "id": asked.id}
    return _stated(object=address, name=asked.name, answer=asked.answer, who=asked.who, by=asked.by, on=asked.on)


def proposal_data(one: Proposal) -> dict[str, Any]:
    """A proposal as a dossier writes it."""
    return _stated(
        object={"kind": one.thing.kind, "id": one.thing.id}, name=one.name, value=value_of(one), source=one.source,
        line=one.line or None, excerpt=one.excerpt or None, confidence=one.confidence, rule=one.rule or None, state=one.state,
        by=one.by, on=one.on,
    )  # fmt: skip


def _stated(**fields: object) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value is not None}


# -- YAML --------------------------------------------------------------------------------------------------------------------


class _Dumper(yaml.SafeDumper):
    """YAML 1.2 core: what reads as a number, true, false or nothing is quoted where it is a text."""


_BOOL, _NUMBER, _NULL, _STR = (f"tag:yaml.org,2002:{kind}" for kind in ("bool", "float", "null", "str"))
_Dumper.yaml_implicit_resolvers = {}
_Dumper.add_implicit_resolver(_BOOL, re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z"), list("tTfF"))
_Dumper.add_implicit_resolver(_NULL, re.compile(r"(?:~|null|Null|NULL|)\Z"), ["~", "n", "N", ""])
_Dumper.add_implicit_resolver(
    _NUMBER, re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z"), list("-+.0123456789")
)


def dumped(data: Any) -> str:
    """Plain data, or items, as YAML: short values on one line, everything else one below the other."""
    text = yaml.serialize(_node(data), Dumper=_Dumper, width=_WIDTH, allow_unicode=True, indent=2)
    assert isinstance(text, str)
    return text


def _node(data: Any, key: str = "", flow: bool = False) -> yaml.Node:
    children = _children(data)
    if children is None:
        return _leaf(data)
    flow = flow or (key not in _BLOCKS and _short(data))
    if isinstance(children, dict):
        pairs = [(yaml.ScalarNode(_STR, name), _node(child, name, flow)) for name, child in children.items()]
        return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=flow or not pairs)
    nodes = [_node(child, "", flow) for child in children]
    return yaml.SequenceNode("tag:yaml.org,2002:seq", nodes, flow_style=flow or not nodes)


def _children(data: Any) -> dict[str, Any] | list[Any] | None:
    if isinstance(data, Map):
        return dict(data.items)
    if isinstance(data, (dict, list)):
        return data
    return list(data) if isinstance(data, (Seq, tuple)) else None


def _leaf(data: Item | Any) -> yaml.ScalarNode:
    value = data.value if isinstance(data, Scalar) else data
    if value is None:
        return yaml.ScalarNode(_NULL, "null")
    if isinstance(value, bool):
        return yaml.ScalarNode(_BOOL, "true" if value else "false")
    if isinstance(value, (int, Decimal)):
        return yaml.ScalarNode(_NUMBER, number_words(Decimal(value)))
    return yaml.ScalarNode(_STR, str(value))


def number_words(number: Decimal) -> str:
    """A number as people write it: 5200, 0.97, 3.2e24."""
    plain = number.normalize(_EXACT)
    if plain == 0 or -_FEW <= plain.adjusted() < _FEW:
        return format(plain, "f")
    digits = "".join(map(str, plain.as_tuple().digits))
    return f"{'-' if plain < 0 else ''}{digits[0]}.{digits[1:] or '0'}e{plain.adjusted()}"


def _short(data: Any) -> bool:
    """Whether a value can stand on one line: no lists of objects in it, nothing with sections, and little enough."""
    return _one_line(data) and _length(data) <= _SHORT


def _one_line(data: Any) -> bool:
    children = _children(data)
    if children is None:
        return True
    if isinstance(children, dict):
        return not _BLOCKS & children.keys() and all(_one_line(child) for child in children.values())
    return all(_children(child) is None for child in children)


def _length(data: Any) -> int:
    children = _children(data)
    if children is None:
        return cells(_leaf(data).value)
    if isinstance(children, dict):
        return 2 + sum(len(name) + 4 + _length(child) for name, child in children.items())
    return 2 + sum(2 + _length(child) for child in children)


def cells(text: str) -> int:
    """How wide a text is: a Chinese character is as wide as two letters."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
