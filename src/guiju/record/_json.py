"""JSON as strangers hand it in, read so that every reader finds the same in it and all of it can be shown again."""

from __future__ import annotations

import json


class NameTwiceError(ValueError):
    """A name stands twice in an object; readers would disagree about which one counts."""


def read_json(data: bytes) -> object:
    """What JSON in UTF-8 says.

    Raises:
        NameTwiceError: a name stands twice in an object.
        ValueError: it is no JSON, holds a number that JSON has not or half a character, or goes too deep.
    """
    try:
        found: object = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_constant)
        # an escape can spell half a character, and digits a number beyond all: nobody could write these again
        json.dumps(found, ensure_ascii=False, allow_nan=False).encode()
    except RecursionError as problem:
        raise ValueError(str(problem)) from None
    return found


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise NameTwiceError
    return found


def _no_constant(name: str) -> object:
    raise ValueError(name)
