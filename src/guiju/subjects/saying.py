"""Values, changes and conflicts in words of the reader's language."""

from __future__ import annotations

from datetime import date
from typing import Any

from guiju.calendars import NEVER, DateRange, Duration, duration_words
from guiju.calendars import words as day_words
from guiju.logic import Given, Interval, NumberType, OneOf, SetOf, Truth, Value
from guiju.norms.sentences import kind_words, name_words, number_words
from guiju.norms.vocabulary import Declared, Vocabulary
from guiju.subjects.beside import shown_value
from guiju.subjects.changes import Change
from guiju.subjects.given import read_given
from guiju.subjects.graph import COMPANIONS
from guiju.subjects.merging import Conflict
from guiju.subjects.plain import as_item
from guiju.wording import Where, in_language, join_words, text

_HERE = Where("")


def object_words(kind: str, identifier: str, lang: str) -> str:
    """An object: its kind, and its id where somebody gave it one."""
    called = kind_words(kind, lang)
    return called if identifier in (kind, "") else text("change.object", lang, kind=called, id=identifier)


def said_words(declared: Declared | None, data: Any, lang: str) -> str:
    """Plain data as a dossier writes it, in words, with who says so and when."""
    if data is None:
        return text("change.nothing", lang)
    if declared is None or declared.kind == "relation":
        return rows_words(data, lang)
    given = read_given(as_item(data, _HERE), declared)
    return given_words(declared, given, lang) if given is not None else text("change.nothing", lang)


def given_words(declared: Declared, given: Given, lang: str) -> str:
    """A statement in words, with who says so and when."""
    value = value_words(declared, given.value, lang)
    who = [part for part in (given.by, given.on, given.source) if part]
    return text("change.stated", lang, value=value, who=join_plain(who, lang)) if who else value


def join_plain(parts: list[str], lang: str) -> str:
    """Parts beside each other."""
    return ("，" if lang == "zh" else ", ").join(parts)


def rows_words(data: Any, lang: str) -> str:
    """Rows of a list, and whether they are all."""
    if isinstance(data, dict) and set(data) == {"exactly"}:
        return text("change.all-of", lang, rows=_listed(data["exactly"], lang)) if data["exactly"] else text("change.none", lang)
    return _listed(data, lang) if data not in (None, []) else text("change.none-named", lang)


def _listed(data: Any, lang: str) -> str:
    return join_words([shown_value(one) for one in data], lang) if isinstance(data, (list, tuple)) else shown_value(data)


def value_words(declared: Declared, value: Value, lang: str) -> str:
    """A value in words."""
    match value:
        case Truth():
            return text("change.yes" if value is Truth.TRUE else "change.no", lang)
        case OneOf(members):
            return join_words(_labels(declared, members, lang), lang, "or")
        case SetOf():
            return _set_words(declared, value, lang)
        case Interval(low, high):
            unit = declared.type.unit if isinstance(declared.type, NumberType) else ""
            ends = ["" if end is None else number_words(end, unit, lang) for end in (low, high)]
            return ends[0] if value.settled else _between(ends[0], ends[1], lang)
        case Duration():
            return duration_words(value, lang)
        case DateRange():
            return _date_words(value, lang)


def _labels(declared: Declared, members: frozenset[str], lang: str) -> list[str]:
    return [in_language(declared.members.get(one), lang) or one for one in sorted(members)]


def _set_words(declared: Declared, value: SetOf, lang: str) -> str:
    has, lacks = (join_words(_labels(declared, members, lang), lang) for members in (value.has, value.lacks))
    if value.closed:
        return text("change.all-of", lang, rows=has) if has else text("change.none", lang)
    parts = [text("change.has", lang, members=has)] if has else []
    parts += [text("change.lacks", lang, members=lacks)] if lacks else []
    return join_plain(parts, lang) if parts else text("change.none-named", lang)


def _between(low: str, high: str, lang: str) -> str:
    if low and high:
        return text("change.between", lang, low=low, high=high)
    return text("change.at-least", lang, low=low) if low else text("change.at-most", lang, high=high)


def _date_words(value: DateRange, lang: str) -> str:
    first, last = value.earliest, value.latest
    if not isinstance(first, date):
        return text("change.never", lang)
    if value.settled:
        return day_words(first, lang)
    if last is NEVER:
        return text("change.not-before", lang, day=day_words(first, lang))
    late = day_words(last, lang)
    return text("change.by", lang, day=late) if first == date.min else _between(day_words(first, lang), late, lang)


# -- changes and conflicts ----------------------------------------------------------------------------------------------------


def change_words(change: Change, vocabulary: Vocabulary, lang: str) -> str:
    """A change as one line, its object and name first."""
    declared = vocabulary.declared.get(change.name or "")
    fields: dict[str, object] = {"object": object_words(change.kind, change.id, lang)}
    if change.what == "value" and declared is not None:
        fields["before"], fields["after"] = (said_words(declared, one, lang) for one in (change.before, change.after))
        fields["name"] = name_words(declared, lang)
    elif declared is not None:
        fields["name"] = name_words(declared, lang)
        if change.what == "listed":
            fields["before"], fields["after"] = (_who(one, lang) for one in (change.before, change.after))
    elif change.what == "named":
        fields["before"], fields["after"] = (_called(one, lang) for one in (change.before, change.after))
    else:
        fields["before"], fields["after"] = (shown_value(one) if one else "—" for one in (change.before, change.after))
    return text(f"change.{change.what}", lang, **fields)


def _who(data: dict[str, str] | None, lang: str) -> str:
    """Who says what a list holds, when and from what."""
    return join_plain(list((data or {}).values()), lang) or "—"


def _called(data: dict[str, Any], lang: str) -> str:
    name = in_language(data.get("name"), lang) if data.get("name") else ""
    return join_plain([part for part in (data.get("id"), name) if part], lang) or "—"


def conflict_words(conflict: Conflict, vocabulary: Vocabulary, lang: str) -> str:
    """What two say of one name."""
    declared = vocabulary.declared.get(conflict.name or "")
    shown = object_words(conflict.kind, conflict.id, lang)
    if declared is None:
        name = text("change.its-name", lang) if conflict.name not in COMPANIONS else object_words(conflict.name, "", lang)
        one, other = (shown_value(side) for side in (conflict.one, conflict.other))
    else:
        name = name_words(declared, lang)
        one, other = (said_words(declared, side, lang) for side in (conflict.one, conflict.other))
    return text("merge.conflict", lang, object=shown, name=name, one=one, other=other)
