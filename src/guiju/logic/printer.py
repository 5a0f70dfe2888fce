"""The canonical print of an expression: one spelling for one tree, with no parenthesis that is not needed.

``parse(show(tree)) == tree`` for every tree that the parser or the builders ``both``, ``either`` and ``negation`` make.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from guiju.logic.parser import LARGEST_WHOLE
from guiju.logic.syntax import And, Call, Compared, Expr, In, Literal, Members, Name, Not, Or, Product, Quantified, Sum

_OR, _AND, _RELATION, _SUM, _PRODUCT, _ATOM = range(6)
_TIGHTNESS: Final[dict[type[Expr], int]] = {
    Or: _OR,
    And: _AND,
    Not: _RELATION,
    Compared: _RELATION,
    In: _RELATION,
    Sum: _SUM,
    Product: _PRODUCT,
}


def show(expr: Expr) -> str:
    """The expression as text; ``parse`` gives the same tree back."""
    match expr:
        case Not(item):
            return f"!{show(item)}" if isinstance(item, (Name, Call, Quantified)) else f"!({show(item)})"
        case And(items):
            return " && ".join(_inside(item, _RELATION) for item in items)
        case Or(items):
            return " || ".join(_inside(item, _AND) for item in items)
        case Compared(left, op, right):
            return f"{_inside(left, _SUM)} {op} {_inside(right, _SUM)}"
        case In(left, right):
            return f"{show(left)} in {show(right)}"
        case Quantified(quantifier, relation, body):
            return f"{quantifier}({relation}, {show(body)})"
        case _:
            return _value(expr)


def _value(expr: Name | Literal | Members | Call | Product | Sum) -> str:
    match expr:
        case Name(path):
            return path
        case Literal(value):
            return _literal(value)
        case Members(items):
            return f"[{', '.join(_quoted(item) for item in items)}]"
        case Call(function, argument):
            return f"{function}({argument if isinstance(argument, int) else _quoted(argument)})"
        case Sum(left, sign, right):
            return f"{_inside(left, _SUM)} {sign} {_inside(right, _PRODUCT)}"
        case Product(factor, atom):
            return f"{number_text(factor)} * {_inside(atom, _ATOM)}"


def _inside(expr: Expr, tightness: int) -> str:
    """The text of a part, in parentheses if it binds less tightly than its place asks."""
    shown = show(expr)
    return shown if _TIGHTNESS.get(type(expr), _ATOM) >= tightness else f"({shown})"


def _literal(value: bool | str | Decimal) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _quoted(value) if isinstance(value, str) else number_text(value)


def _quoted(words: str) -> str:
    return f'"{words}"'


def number_text(number: Decimal) -> str:
    """An exact decimal in its shortest spelling: digits while they fit 64 bits, an exponent beyond."""
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    written = "".join(map(str, digits)).lstrip("0")
    if not written:
        return "0"
    kept = written.rstrip("0")
    exponent += len(written) - len(kept)
    adjusted = exponent + len(kept) - 1
    minus = "-" if sign else ""
    if exponent >= 0 and adjusted < 19 and int(kept) * 10**exponent <= LARGEST_WHOLE:
        return f"{minus}{kept}{'0' * exponent}"
    if exponent < 0 and adjusted >= 0:
        return f"{minus}{kept[:exponent]}.{kept[exponent:]}"
    if -7 < adjusted < 0:
        return f"{minus}0.{kept.rjust(-exponent, '0')}"
    return f"{minus}{kept[0]}{'.' + kept[1:] if kept[1:] else ''}e{adjusted}"
