"""The tree that an independent CEL implementation makes of a text, as nested tuples; and our tree in the same shape.

``Expression.serialize()`` gives a protobuf message (``cel.expr.ParsedExpr`` in an ``Any``), whose wire format is decoded
here: field numbers as in cel-spec ``syntax.proto``.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from cel_expr_python import cel

from guiju.logic import And, Call, Compared, Expr, In, Literal, Members, Name, Not, Or, Product, Quantified, Sum

Tree = tuple[Any, ...]

SIGNS = {
    "_&&_": "&&", "_||_": "||", "!_": "!", "_==_": "==", "_!=_": "!=", "_<_": "<", "_<=_": "<=", "_>_": ">", "_>=_": ">=",
    "@in": "in", "_+_": "+", "_-_": "-", "_*_": "*",
}  # fmt: skip
CHAINS = ("&&", "||")


def tree_by_cel(text: str) -> Tree:
    """The tree CEL makes of ``text``; its type checker is left out, for it knows neither units nor exact decimals."""
    wrapped = dict(_fields(cel.NewEnv().compile(text, disable_check=True).serialize()))[2]
    return _expression(next(value for number, value in _fields(wrapped) if number == 2))


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def _fields(data: bytes) -> Iterator[tuple[int, Any]]:
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        number, wire = key >> 3, key & 7
        if wire == 0:
            value, at = _varint(data, at)
            yield number, value
            continue
        size = {1: 8, 5: 4}.get(wire)
        if size is None:
            size, at = _varint(data, at)
        yield number, data[at : at + size]
        at += size


def _expression(data: bytes) -> Tree:
    for number, value in _fields(data):
        if number == 3:
            return ("constant", _constant(value))
        if number == 4:
            return ("name", dict(_fields(value))[1].decode())
        if number == 5:
            parts = dict(_fields(value))
            assert 3 not in parts, "a has() test"
            return ("name", f"{_expression(parts[1])[1]}.{parts[2].decode()}")
        if number == 6:
            return _call(value)
        if number == 7:
            return ("list", *(_expression(item) for index, item in _fields(value) if index == 1))
    raise AssertionError("a form that our language does not have")


def _call(data: bytes) -> Tree:
    function, arguments = "", []
    for number, value in _fields(data):
        if number == 2:
            function = value.decode()
        else:
            assert number == 3, "a method call"
            arguments.append(_expression(value))
    sign = SIGNS.get(function, function)
    return _node(sign, arguments)


def _node(sign: str, parts: list[Tree]) -> Tree:
    """A node; chains of "and" and "or" flat, as ours are."""
    if sign not in CHAINS:
        return (sign, *parts)
    flat: list[Any] = []
    for part in parts:
        flat.extend(part[1:] if part[0] == sign else (part,))
    return (sign, *flat)


def _constant(data: bytes) -> object:
    for number, value in _fields(data):
        if number == 2:
            return bool(value)
        if number == 3:
            return float(value - (1 << 64) if value >> 63 else value)
        if number == 5:
            return struct.unpack("<d", value)[0]
        if number == 6:
            return value.decode()
    return False  # protobuf leaves out a false


def our_tree(expr: Expr) -> Tree:
    """Our tree in the same shape; numbers as the nearest double, which is all that CEL keeps."""
    match expr:
        case Quantified(quantifier, relation, body):
            return (quantifier, ("name", relation), our_tree(body))
        case Product(factor, atom):
            return ("*", ("constant", float(factor)), our_tree(atom))
        case Sum(left, sign, right) | Compared(left, sign, right):
            return (sign, our_tree(left), our_tree(right))
        case In(left, right):
            return ("in", our_tree(left), our_tree(right))
        case Not(item):
            return ("!", our_tree(item))
        case And(items) | Or(items):
            return _node("&&" if isinstance(expr, And) else "||", [our_tree(item) for item in items])
        case _:
            return _leaf(expr)


def _leaf(expr: Name | Literal | Members | Call) -> Tree:
    match expr:
        case Name(path):
            return ("name", path)
        case Literal(value):
            return ("constant", float(value) if isinstance(value, Decimal) else value)
        case Members(items):
            return ("list", *(("constant", item) for item in items))
        case Call(function, argument):
            return (function, ("constant", float(argument) if isinstance(argument, int) else argument))
