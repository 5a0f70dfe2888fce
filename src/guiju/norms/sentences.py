"""Conditions and exceptions as sentence trees in the reader's language.

A condition becomes lines with a depth: what must hold together or in part is a heading, below it one line for each fact,
asked as the vocabulary asks it, with the answer that counts. Negations are driven down to the facts, so that no reader has
to turn a sentence around in the head.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from guiju.calendars import parse_day, parse_period, period_words, words
from guiju.logic import (
    FALSE,
    TRUE,
    And,
    Call,
    Compared,
    DateType,
    Expr,
    In,
    Members,
    Name,
    Not,
    NumberType,
    Or,
    Product,
    Quantified,
    Sum,
    both,
    either,
    show,
)
from guiju.logic import Literal as Constant
from guiju.norms.corpus import Corpus
from guiju.norms.model import Exempt, Instrument
from guiju.norms.provisions import instrument_of, local
from guiju.norms.vocabulary import Declared
from guiju.wording import codes, in_language, text

Lines = list[tuple[int, str]]

BETWEEN: Final = {"zh": "；", "en": "; "}
"""What stands between items that may hold commas themselves."""

_STEP: Final = " › "

_OPPOSITE: Final = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_MIRRORED: Final = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
_OP_WORDS: Final = {"==": "is", "!=": "is-not", "<": "below", "<=": "at-most", ">": "above", ">=": "at-least"}


def condition_lines(corpus: Corpus, expr: Expr, kind: str, lang: str) -> Lines:
    """A condition about an object of ``kind`` as (depth, line), headings before what they hold."""
    return _Teller(corpus, lang).tree(_driven_down(expr), kind, 0)


def unless_lines(corpus: Corpus, unless: Sequence[Exempt], kind: str, lang: str, home: str | None = None) -> Lines:
    """Exceptions with their clauses, exceptions to them below; ``home``: the instrument that need not be named again."""
    return list(_exempts(_Teller(corpus, lang), unless, kind, home, 0))


def name_words(declared: Declared, lang: str) -> str:
    """What a name is called: its label, else its question, else the name itself."""
    return in_language(declared.label or declared.ask, lang) or declared.name


def kind_words(kind: str, lang: str) -> str:
    """A kind of object in words: 服务, the service."""
    code = f"rules.object.{kind}"
    return text(code, lang) if code in codes(lang) else kind


def _exempts(teller: _Teller, unless: Sequence[Exempt], kind: str, home: str | None, level: int) -> Iterator[tuple[int, str]]:
    for one in unless:
        word = "milder" if one.replace_require is not None else "back" if level % 2 else "except"
        clause = provision_words(teller.corpus, one.at, teller.lang, home)
        head = text(f"rules.{word}", teller.lang, clause=clause)
        summary = in_language(one.summary, teller.lang)
        if summary:
            head = text("rules.except-summary", teller.lang, head=head, summary=summary)
        body = teller.tree(_driven_down(one.when), kind, 0)
        if len(body) == 1 and not summary:
            yield 2 * level, text("rules.inline", teller.lang, head=head, line=body[0][1])
        else:
            yield 2 * level, text("rules.head", teller.lang, head=head)
            yield from ((2 * level + 1 + depth, line) for depth, line in body)
        if one.replace_require is not None:
            yield 2 * level + 1, text("rules.head", teller.lang, head=text("rules.instead", teller.lang))
            yield from ((2 * level + 2 + depth, line) for depth, line in teller.tree(_driven_down(one.replace_require), kind, 0))
        yield from _exempts(teller, one.unless, kind, home, level + 1)


def _driven_down(expr: Expr, negate: bool = False) -> Expr:
    """The same condition with "not" only in front of single facts, references and rows."""
    match expr:
        case Not(item):
            return _driven_down(item, not negate)
        case And(items) | Or(items):
            inner = [_driven_down(item, negate) for item in items]
            return both(*inner) if isinstance(expr, And) is not negate else either(*inner)
        case Compared(left, op, right) if negate:
            return Compared(left, _OPPOSITE[op], right)  # type: ignore[arg-type]  # the table is closed over the same six
        case Constant(bool(value)):
            return TRUE if value is not negate else FALSE
        case _:
            return Not(expr) if negate else expr


@dataclass(frozen=True, slots=True)
class _Listed:
    """Members of one set, or values of one enum, asked together."""

    path: str
    members: tuple[str, ...]
    family: Literal["set", "enum"]
    negated: bool
    together: bool = False


_Part = Expr | _Listed


def _listed(expr: Expr) -> _Listed | None:
    """A fact about members as such, or None."""
    negated = isinstance(expr, Not)
    match expr.item if isinstance(expr, Not) else expr:
        case In(Constant(str(member)), Name(path)):
            return _Listed(path, (member,), "set", negated)
        case In(Name(path), Members(items)):
            return _Listed(path, items, "enum", negated)
        case Compared(Name(path), "==" | "!=" as op, Constant(str(value))):
            return _Listed(path, (value,), "enum", negated is (op == "=="))
        case _:
            return None


def _gathered(items: Iterable[Expr], together: bool) -> list[_Part]:
    """The parts of a conjunction or disjunction with members of one name gathered where that says the same."""
    parts: list[_Part] = []
    place: dict[tuple[str, bool], int] = {}
    for item in items:
        found = _listed(item)
        if found is None or (found.family == "enum" and found.negated is not together):
            parts.append(item if found is None else found)
            continue
        at = place.setdefault((found.path, found.negated), len(parts))
        if at == len(parts):
            parts.append(found)
            continue
        before = parts[at]
        assert isinstance(before, _Listed)
        members = tuple(dict.fromkeys(before.members + found.members))
        parts[at] = _Listed(found.path, members, found.family, found.negated, together)
    return parts


class _Teller:
    """Says expressions about a kind of object in one language."""

    def __init__(self, corpus: Corpus, lang: str) -> None:
        self.corpus = corpus
        self.lang = lang

    def say(self, code: str, **fields: object) -> str:
        return text(f"rules.{code}", self.lang, **fields)

    def tree(self, expr: Expr, kind: str, depth: int) -> Lines:
        if isinstance(expr, (And, Or)):
            together = isinstance(expr, And)
            parts = _gathered(expr.items, together)
            if len(parts) == 1:
                return [(depth, self.leaf(parts[0], kind))]
            lines = [(depth, self.say("all-of" if together else "one-of"))]
            for part in parts:
                lines += [(depth + 1, self.leaf(part, kind))] if isinstance(part, _Listed) else self.tree(part, kind, depth + 1)
            return lines
        rows = expr.item if isinstance(expr, Not) else expr
        if isinstance(rows, Quantified):
            return self.rows(rows, isinstance(expr, Not), kind, depth)
        return [(depth, self.leaf(_listed(expr) or expr, kind))]

    def rows(self, expr: Quantified, negated: bool, kind: str, depth: int) -> Lines:
        _, relation = self.corpus.vocabulary.rows(kind, expr.relation)
        word = {"some": ("some", "no"), "every": ("every", "not-every")}[expr.quantifier][negated]
        head = self.say(f"rows-{word}", rows=in_language(relation.label, self.lang) or relation.name)
        body = self.tree(_driven_down(expr.body), relation.to, 0)
        if len(body) == 1:
            return [(depth, self.say("inline", head=head, line=body[0][1]))]
        return [(depth, self.say("head", head=head)), *((depth + 1 + inner, line) for inner, line in body)]

    def leaf(self, part: _Part, kind: str) -> str:
        negated = isinstance(part, Not)
        match part.item if isinstance(part, Not) else part:
            case _Listed() as listed:
                return self.members(listed, kind)
            case Name(path):
                return self.yes_no(path, kind, negated)
            case Constant(bool(value)):
                return self.say("always" if value is not negated else "never")
            case Call(function, argument):
                word = f"not-{function}" if negated else function
                return self.say(f"asks-{word}", clause=provision_words(self.corpus, str(argument), self.lang))
            case Compared() as compared:
                return self.comparison(compared, kind)
            case other:
                return show(other)

    # -- one fact ---------------------------------------------------------------------------------------------------------------

    def yes_no(self, path: str, kind: str, negated: bool) -> str:
        declared, subject = self.about(path, kind)
        if declared.kind == "term":
            whose = subject or kind_words(declared.object, self.lang)
            return self.say("is-not-term" if negated else "is-term", whose=whose, label=name_words(declared, self.lang))
        return self.answered(declared, subject, self.say("no" if negated else "yes"))

    def members(self, part: _Listed, kind: str) -> str:
        declared, subject = self.about(part.path, kind)
        if part.family == "enum":
            word = "is-not" if part.negated else "is"
        elif part.negated:
            word = "lacks" if part.together or len(part.members) == 1 else "not-all"
        else:
            word = "has-all" if part.together or len(part.members) == 1 else "has-one"
        labels = [in_language(declared.members.get(one), self.lang) or one for one in part.members]
        many = "" if len(labels) == 1 else "-many"
        return self.answered(declared, subject, self.say(f"member-{word}{many}", members=BETWEEN[self.lang].join(labels)))

    def comparison(self, expr: Compared, kind: str) -> str:
        left, op, right = expr.left, expr.op, expr.right
        if isinstance(right, Name) and isinstance(left, (Constant, Call)):
            left, op, right = right, _MIRRORED[op], left  # type: ignore[assignment]  # the table is closed over the same six
        type_ = self.type_of(left, kind) or self.type_of(right, kind)
        unit = type_.unit if isinstance(type_, NumberType) else ""
        family = "date" if isinstance(type_, DateType) or _is_date(right) else "size"
        answer = self.say(f"{family}-{_OP_WORDS[op]}", value=self.value(right, kind, unit))
        if isinstance(left, Name):
            declared, subject = self.about(left.path, kind)
            return self.answered(declared, subject, answer)
        return self.say("compared", left=self.value(left, kind, unit), answer=answer)

    def value(self, expr: Expr, kind: str, unit: str) -> str:
        """A number, day or length, or a name that holds one."""
        match expr:
            case Constant(Decimal() as number):
                return number_words(number, unit, self.lang)
            case Call("date", day):
                return words(parse_day(str(day)), self.lang)
            case Call("date_of", provision):
                return self.say("day-of", clause=provision_words(self.corpus, str(provision), self.lang))
            case Call(unit_of_time, int(count)):
                return period_words(parse_period(f"{count} {unit_of_time}"), self.lang)
            case Name(path):
                declared, subject = self.about(path, kind)
                asked = self.asked(declared, subject).rstrip("?？")
                return self.say("quoted", name=asked)
            case Product(factor, atom):
                return f"{number_words(factor, '', self.lang)} × {self.value(atom, kind, unit)}"
            case Sum(left, sign, right):
                return f"{self.value(left, kind, unit)} {sign} {self.value(right, kind, unit)}"
            case _:
                return show(expr)

    def answered(self, declared: Declared, subject: str, answer: str) -> str:
        """The question of a name and the answer that counts."""
        asked = self.asked(declared, subject)
        if declared.ask and asked.rstrip()[-1:] in "?？.。":
            return self.say("answered", asked=asked, answer=answer[:1].upper() + answer[1:])
        return self.say("inline", head=asked, line=answer)

    def asked(self, declared: Declared, subject: str) -> str:
        asked = in_language(declared.ask or declared.label, self.lang) or declared.name
        return self.say("inline", head=subject, line=asked) if subject else asked

    # -- where a name is read --------------------------------------------------------------------------------------------------

    def about(self, path: str, kind: str) -> tuple[Declared, str]:
        """The name that a path reads, and, where relations lead there, whose it is."""
        declared = self.corpus.vocabulary.access(kind, path).declared
        parts = path.split(".")
        labels = []
        while len(parts) > 1 and parts[0] not in self.corpus.vocabulary.prefixes:
            relation = self.corpus.vocabulary.declared[parts.pop(0)]
            labels.append(in_language(relation.label, self.lang) or relation.name)
        return declared, _STEP.join(labels)

    def type_of(self, expr: Expr, kind: str) -> object:
        match expr:
            case Name(path):
                return self.corpus.vocabulary.access(kind, path).declared.type
            case Product(_, atom):
                return self.type_of(atom, kind)
            case Sum(left, _, right):
                return self.type_of(left, kind) or self.type_of(right, kind)
            case _:
                return None


def _is_date(expr: Expr) -> bool:
    return isinstance(expr, Call) and expr.function in ("date", "date_of")


# -- numbers -------------------------------------------------------------------------------------------------------------------

_SUPERSCRIPT: Final = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def number_words(number: Decimal, unit: str, lang: str) -> str:
    """A number with its unit: 96%, 10²⁵ floating-point operations, 3500万欧元, EUR 35,000,000."""
    if unit == "share":
        return f"{_plain(number * 100)}%"
    shown = _large(number, lang)
    for code in ((f"rules.unit.{unit}-one",) if number == 1 else ()) + (f"rules.unit.{unit}",):
        if code in codes(lang):
            return text(code, lang, number=shown)
    return f"{shown} {unit}".strip()


def _large(number: Decimal, lang: str) -> str:
    if abs(number) >= Decimal(10) ** 15:
        exponent = number.adjusted()
        factor = _plain(number.scaleb(-exponent))
        power = f"10{str(exponent).translate(_SUPERSCRIPT)}"
        return power if factor == "1" else f"{factor} × {power}"
    if lang == "zh":
        for size, name in ((Decimal(10) ** 12, "万亿"), (Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万")):
            if number >= size and number % (size / 10000) == 0:
                return f"{_plain(number / size)}{name}"
    return f"{number.normalize():,f}"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


# -- clauses -------------------------------------------------------------------------------------------------------------------

_NUMBERED: Final = re.compile(r"([A-Z]+(?:/[A-Z]+)? ?[0-9][0-9.]*[-—][0-9]{4}) (.+)")
_DIGITS: Final = "零一二三四五六七八九"


def provision_words(corpus: Corpus, identifier: str, lang: str, home: str | None = None) -> str:
    """A provision as a reader names it: 《生成式人工智能办法》第十七条; AI Act, Art. 50(2). At home the title is left out."""
    instrument = corpus.instruments.get(instrument_of(identifier))
    if instrument is None:
        return identifier
    place = pinpoint_words(corpus, instrument, identifier, lang)
    if not place or instrument.id != home:
        return clause_words(instrument, place, lang)
    return place


def clause_words(instrument: Instrument, place: str, lang: str) -> str:
    """The short title and a place in it."""
    title = title_words(instrument, lang)
    if not place:
        return title
    gap = " " if lang == "zh" and title[-1].isascii() else ""
    return text("rules.clause", lang, title=f"{title}{gap}", place=place)


def title_words(instrument: Instrument, lang: str, full: bool = False) -> str:
    """The short title, or the full one; in Chinese in title marks."""
    title = in_language(instrument.title if full else instrument.short or instrument.title, lang)
    if lang != "zh" or "《" in title or not any("一" <= sign <= "鿿" for sign in title):
        return title
    numbered = _NUMBERED.match(title)
    return f"{numbered[1]}《{numbered[2]}》" if numbered else f"《{title}》"


def pinpoint_words(corpus: Corpus, instrument: Instrument, identifier: str, lang: str) -> str:
    """The place in the instrument: as its norm says, else as the id tells for certain.

    An article of whose parts there are other norms is named as the article: its own norm may stand in one point of it.
    """
    if identifier in corpus.divided and "." not in local(identifier):
        return _place_words(local(identifier), "zh" in instrument.authentic, lang)
    for candidate in (identifier, identifier.split("#", maxsplit=1)[0]):
        for norm in corpus.norms.get(candidate, ())[-1:]:
            if norm.pinpoint:
                return in_language(norm.pinpoint, lang)
    place = local(identifier).split("#")[0]
    if "." in place and (shared := _shared_place(corpus, identifier, lang)):
        return shared
    held = [one for part in instrument.contents if part.id == place or part.id.startswith(f"{place}/") for one in part.holds]
    if held:
        return BETWEEN[lang].join(_range_words(one, "zh" in instrument.authentic, lang) for one in held)
    return _place_words(place, "zh" in instrument.authentic, lang)


def _shared_place(corpus: Corpus, identifier: str, lang: str) -> str:
    """The place that all rules of a paragraph name, where several name the same: 24.3 of 24.3#explain and 24.3#refuse."""
    inside = [found[-1] for one, found in corpus.norms.items() if one.startswith(f"{identifier}#") and found]
    places = {in_language(norm.pinpoint, lang) for norm in inside}
    return places.pop() if len(places) == 1 and len(inside) > 1 else ""


def _range_words(held: str, chinese: bool, lang: str) -> str:
    first, _, last = held.partition("..")
    if not last:
        return _place_words(first, chinese, lang)
    if lang == "zh":
        return f"{_place_words(first, chinese, lang)}至{_place_words(last, chinese, lang)}"
    return f"Art. {first}–{last}"


def _place_words(place: str, chinese: bool, lang: str) -> str:
    head, *rest = place.split(".")
    if head.startswith("annex"):
        return _annex_words(head, rest, lang)
    if not head[:1].isdigit():
        return place.replace("/", " ").replace("-", " ") if lang == "en" else place
    if lang == "en":
        return f"Art. {head}" + "".join(f"({one})" for one in rest)
    if chinese:
        article = f"第{_chinese(int(head))}条" if head.isdigit() else f"第{head}条"
        return article if not rest else f"{article}（{place}）"
    levels = ("项" if head == "3" else "款", "项", "目")
    return f"第{head}条" + "".join(
        f"第{one}{level}" if one[0].isdigit() else f"（{one}）{level}" for one, level in zip(rest, levels, strict=False)
    )


def _annex_words(head: str, rest: Sequence[str], lang: str) -> str:
    number = head.removeprefix("annex").strip("-").upper()
    if lang == "en":
        point = f", point {rest[0]}" + "".join(f"({one})" for one in rest[1:]) if rest else ""
        return f"Annex {number}".strip() + point
    roman = {
        "I": 1,
        "II": 2,
        "III": 3,
        "IV": 4,
        "V": 5,
        "VI": 6,
        "VII": 7,
        "VIII": 8,
        "IX": 9,
        "X": 10,
        "XI": 11,
        "XII": 12,
        "XIII": 13,
        "XIV": 14,
    }
    shown = _chinese(roman[number]) if number in roman else number
    point = f"第{rest[0]}点" + "".join(f"（{one}）" for one in rest[1:]) if rest else ""
    return f"附件{shown}{point}"


def _chinese(number: int) -> str:
    """1 to 999 in Chinese numerals: 十七, 一百一十三."""
    if number >= 1000 or number < 1:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        said += "零"
    return said + (_DIGITS[ones] if ones else "")
