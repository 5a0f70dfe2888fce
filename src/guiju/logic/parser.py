"""Reading a condition: text to tree, exactly the grammar of docs/language.md, section 1.

The text is also valid CEL, but much that CEL takes is refused here, each with its own message: what was got, what belongs
there, and the column, counted from 1 at the start of the expression.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, NoReturn, cast

from guiju.logic.mistakes import (
    MACROS,
    OPERATORS,
    RESERVED,
    UNASKABLE,
    WORD_OPERATORS,
    ExpressionError,
    ascii_for,
    in_all_languages,
    near_advice,
)
from guiju.logic.syntax import (
    COMPARISONS,
    DURATIONS,
    REFERENCES,
    And,
    Call,
    Compared,
    Comparison,
    Expr,
    Function,
    In,
    Literal,
    Members,
    Name,
    Not,
    Or,
    Product,
    Quantified,
    Quantifier,
    Sum,
)
from guiju.wording import Where

LONGEST: Final = 10_000
DEEPEST: Final = 100
LARGEST_WHOLE: Final = 2**63 - 1
LONGEST_SPAN: Final = {"hours": 8_766_000, "days": 365_250, "months": 12_000, "years": 1_000}
"""A duration is at most a thousand years: beyond that a date plus it is no date any more."""

_TOKEN: Final = re.compile(
    r"(?P<space>[ \t\r\n]+)"
    r'|(?P<string>"[^"\\\x00-\x1f]*")'
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*)"
    r"|(?P<sign>===|!==|=>|=<|<>|&&|\|\||==|!=|<=|>=|[-+*<>!()\[\],])"
)
_NUMBER_GOES_ON: Final = re.compile(r"[0-9A-Za-z_.]+")
_WORD: Final = re.compile(r"[^\W\d_]+")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_QUANTIFIERS: Final = ("some", "every")
_CALLS: Final = (*_QUANTIFIERS, *DURATIONS, "date", "date_of", *REFERENCES)
_FLOOR_OR, _FLOOR_AND, _FLOOR_COMPARED, _FLOOR_SUM, _FLOOR_PRODUCT = 1, 2, 3, 4, 5
_BINDING: Final[dict[str, int]] = {
    "||": _FLOOR_OR,
    "&&": _FLOOR_AND,
    **dict.fromkeys(map(str, COMPARISONS), _FLOOR_COMPARED),
    "in": _FLOOR_COMPARED,
    "+": _FLOOR_SUM,
    "-": _FLOOR_SUM,
    "*": _FLOOR_PRODUCT,
}


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # string, number, name, sign, end
    text: str
    start: int


def parse(text: str, where: Where | None = None) -> Expr:
    """The tree of a condition; an ``ExpressionError`` says what is wrong with the text and where in it."""
    if len(text) > LONGEST:
        raise ExpressionError("expression.too-long", where=where, length=len(text), limit=LONGEST)
    return _Parser(text, where).whole()


class _Parser:
    """Precedence climbing over a list of tokens; two frames for each level of nesting."""

    def __init__(self, source: str, where: Where | None) -> None:
        self._source = source
        self._where = where
        self._depth = 0
        self._sums = 0
        self._index = 0
        self._tokens = self._read()

    # -- tokens ----------------------------------------------------------------------------------------------------------

    def _read(self) -> list[_Token]:
        tokens: list[_Token] = []
        at = 0
        while at < len(self._source):
            found = _TOKEN.match(self._source, at)
            if found is None:
                self._refuse_character(at)
            kind = str(found.lastgroup)
            if kind == "number":
                self._refuse_number_tail(at, found.end())
            if kind == "sign" and found.group() in OPERATORS:
                self._fail("expression.operator", at, got=found.group(), use=OPERATORS[found.group()])
            if kind != "space":
                tokens.append(_Token("sign" if found.group() == "in" else kind, found.group(), at))
            at = found.end()
        tokens.append(_Token("end", "", len(self._source)))
        return tokens

    def _refuse_character(self, at: int) -> NoReturn:
        rest = self._source[at:]
        got = rest[0]
        if got == '"':
            self._refuse_string(at)
        if got == "'":
            self._fail("expression.single-quotes", at)
        if (plain := ascii_for(got)) is not None:
            use = in_all_languages("expression.a-space") if plain == " " else plain
            self._fail("expression.full-width", at, got=got, use=use)
        word = _WORD.match(rest)
        for foreign in sorted(WORD_OPERATORS, key=len, reverse=True):
            if word is not None and word.group().lower().startswith(foreign):
                self._fail("expression.operator", at, got=foreign, use=WORD_OPERATORS[foreign])
        if got in OPERATORS:
            self._fail("expression.operator", at, got=got, use=OPERATORS[got])
        if got in "/%?:":
            self._fail("expression.no-operator", at, got=got)
        self._fail("expression.character", at, got=got if got.isprintable() else f"U+{ord(got):04X}")

    def _refuse_string(self, at: int) -> NoReturn:
        for offset, character in enumerate(self._source[at + 1 :], start=at + 1):
            if character == '"':
                break
            if character == "\\" or character < " ":
                got = in_all_languages("expression.a-line-break") if character in "\r\n" else f"“{character}”"
                self._fail("expression.string-character", offset, got=got)
        self._fail("expression.string-open", at)

    def _refuse_number_tail(self, start: int, end: int) -> None:
        tail = _NUMBER_GOES_ON.match(self._source, end)
        if tail is not None:
            self._fail("expression.number-form", start, got=self._source[start : tail.end()])

    @property
    def _now(self) -> _Token:
        return self._tokens[self._index]

    def _take(self) -> _Token:
        token = self._tokens[self._index]
        self._index += 1
        return token

    def _is(self, *signs: str) -> bool:
        return self._now.kind == "sign" and self._now.text in signs

    def _expect(self, sign: str, opened: _Token) -> None:
        if self._is(sign):
            self._take()
            return
        if self._now.kind == "end":
            self._fail("expression.unclosed", opened.start, got=opened.text, use=sign)
        self._refuse_here(f"“{sign}”")

    def _fail(self, code: str, at: int, **fields: object) -> NoReturn:
        where = self._where
        if where is not None and "\n" not in self._source:
            where = where.shifted(at)
        raise ExpressionError(code, where=where, column=at + 1, **fields)

    def _refuse_here(self, expected: object) -> NoReturn:
        token = self._now
        if token.kind == "name" and token.text.lower() in WORD_OPERATORS:
            self._fail("expression.operator", token.start, got=token.text, use=WORD_OPERATORS[token.text.lower()])
        got: object = f"“{token.text}”" if token.kind != "end" else in_all_languages("expression.the-end")
        self._fail("expression.unexpected", token.start, got=got, expected=expected)

    # -- operators -------------------------------------------------------------------------------------------------------

    def whole(self) -> Expr:
        if self._now.kind == "end":
            raise ExpressionError("expression.empty", where=self._where)
        expr = self._expression(_FLOOR_OR)
        if self._now.kind != "end":
            if self._is(")", "]"):
                self._fail("expression.unopened", self._now.start, got=self._now.text)
            self._refuse_here(in_all_languages("expression.an-operator"))
        return expr

    def _expression(self, floor: int) -> Expr:
        start = self._now.start
        left = self._negated(floor) if self._is("!") else self._operand()
        while self._now.kind == "sign" and _BINDING.get(self._now.text, 0) >= floor:
            operator = self._take()
            binding = _BINDING[operator.text]
            if binding <= _FLOOR_AND:
                right = self._expression(binding + 1)
                left = _chained(And if binding == _FLOOR_AND else Or, left, right)
            elif binding == _FLOOR_COMPARED:
                left = self._compared(left, start, operator)
            elif binding == _FLOOR_SUM:
                left = self._summed(left, start, operator)
            else:
                left = self._multiplied(left, operator)
        return left

    def _negated(self, floor: int) -> Expr:
        sign = self._take()
        if floor > _FLOOR_COMPARED:
            self._fail("expression.compared-condition", sign.start, got="!")
        if self._is("!"):
            self._fail("expression.double-negation", sign.start)
        if not (self._now.kind in ("name", "end") or self._is("(")) or self._now.text in ("true", "false"):
            self._refuse_here(in_all_languages("expression.a-name-call-or-group"))
        item = self._operand()
        if self._now.kind == "sign" and _BINDING.get(self._now.text, 0) >= _FLOOR_COMPARED:
            self._fail("expression.not-comparison", sign.start, got=self._now.text)
        return Not(item)

    def _compared(self, left: Expr, start: int, operator: _Token) -> Expr:
        if isinstance(left, (Compared, In)) and self._source[start] != "(":
            self._fail("expression.chained-comparison", operator.start, got=operator.text)
        if operator.text == "in":
            return self._contained(left, start)
        self._value(left, start, operator.start)
        right_start = self._now.start
        right = self._value(self._expression(_FLOOR_SUM), right_start)
        return Compared(left, cast(Comparison, operator.text), right)

    def _contained(self, left: Expr, start: int) -> Expr:
        if self._is("["):
            members = self._members()
            if not isinstance(left, Name):
                self._fail("expression.in-list", start)
            return In(left, members)
        token = self._now
        if token.kind != "name" or token.text in ("true", "false"):
            self._refuse_here(in_all_languages("expression.a-list-or-name"))
        right = self._operand()
        if not isinstance(right, Name):
            expected = in_all_languages("expression.a-list-or-name")
            self._fail("expression.unexpected", token.start, got=f"“{token.text}(”", expected=expected)
        if not (isinstance(left, Literal) and isinstance(left.value, str)):
            self._fail("expression.in-set", start)
        return In(left, right)

    def _members(self) -> Members:
        opened = self._take()
        items: list[str] = []
        while True:
            if self._now.kind != "string":
                if self._now.kind == "end":
                    self._fail("expression.unclosed", opened.start, got="[", use="]")
                self._refuse_here(in_all_languages("expression.a-string"))
            items.append(self._take().text[1:-1])
            if not self._is(","):
                break
            self._take()
        self._expect("]", opened)
        return Members(tuple(items))

    def _summed(self, left: Expr, start: int, operator: _Token) -> Expr:
        self._sums += 1
        if self._sums > DEEPEST:
            self._fail("expression.too-deep", operator.start, limit=DEEPEST)
        self._value(left, start, operator.start)
        right_start = self._now.start
        right = self._value(self._expression(_FLOOR_PRODUCT), right_start)
        return Sum(left, "+" if operator.text == "+" else "-", right)

    def _multiplied(self, left: Expr, operator: _Token) -> Expr:
        if not (isinstance(left, Literal) and isinstance(left.value, Decimal)):
            self._fail("expression.product", operator.start)
        start = self._now.start
        if self._is("!"):
            self._fail("expression.compared-condition", start, got="!")
        atom = self._value(self._operand(), start)
        if self._is("*"):
            self._fail("expression.product", self._now.start)
        return Product(left.value, atom)

    def _value(self, expr: Expr, start: int, end: int | None = None) -> Expr:
        """``expr``, unless it is a condition, which is neither compared nor counted with."""
        condition = isinstance(expr, (And, Or, Not, Compared, In, Quantified))
        if isinstance(expr, Literal):
            condition = isinstance(expr.value, bool)
        if isinstance(expr, Call):
            condition = expr.function in REFERENCES
        if condition:
            self._fail("expression.compared-condition", start, got=self._source[start : end or self._now.start].strip())
        return expr

    # -- operands --------------------------------------------------------------------------------------------------------

    def _operand(self) -> Expr:
        token = self._now
        if token.kind == "name":
            return self._named()
        if token.kind == "string":
            return Literal(self._take().text[1:-1])
        if token.kind == "number":
            return Literal(self._number(self._take()))
        if self._is("("):
            return self._grouped(self._take(), ")")
        if self._is("-", "+"):
            self._fail("expression.sign", token.start, got=token.text)
        return self._refuse_here(in_all_languages("expression.a-value"))

    def _grouped(self, opened: _Token, closing: str) -> Expr:
        self._depth += 1
        if self._depth > DEEPEST:
            self._fail("expression.too-deep", opened.start, limit=DEEPEST)
        expr = self._expression(_FLOOR_OR)
        self._expect(closing, opened)
        self._depth -= 1
        return expr

    def _named(self) -> Expr:
        token = self._take()
        if self._is("("):
            return self._call(token)
        if token.text in ("true", "false"):
            return Literal(token.text == "true")
        if token.text.lower() in WORD_OPERATORS and self._now.kind in ("name", "string", "number"):
            self._fail("expression.operator", token.start, got=token.text, use=WORD_OPERATORS[token.text.lower()])
        if token.text in _CALLS:
            self._fail("expression.call-form", token.start, got=token.text, example=_example(token.text))
        for part in token.text.split("."):
            if part in RESERVED or part in ("true", "false"):
                self._fail("expression.reserved", token.start, got=part)
        return Name(token.text)

    def _call(self, token: _Token) -> Expr:
        word = token.text
        if word not in _CALLS:
            self._refuse_function(token)
        opened = self._take()
        if word in _QUANTIFIERS:
            return self._quantified(cast(Quantifier, word), opened)
        argument = self._now
        kind = "number" if word in DURATIONS else "string"
        if argument.kind != kind:
            self._fail("expression.argument", argument.start, function=word, example=_example(word))
        self._take()
        if self._is(","):
            self._fail("expression.argument", self._now.start, function=word, example=_example(word))
        self._expect(")", opened)
        return Call(cast(Function, word), self._argument(word, argument))

    def _refuse_function(self, token: _Token) -> NoReturn:
        last = token.text.rsplit(".", 1)[-1]
        if token.text.lower() in WORD_OPERATORS:
            self._fail("expression.operator", token.start, got=token.text, use=WORD_OPERATORS[token.text.lower()])
        if last in UNASKABLE:
            self._fail("expression.unaskable", token.start, got=token.text)
        if last in MACROS:
            self._fail("expression.macro", token.start, got=token.text)
        advice = near_advice(token.text, _CALLS, "expression.the-functions")
        self._fail("expression.unknown-function", token.start, got=token.text, advice=advice)

    def _quantified(self, quantifier: Quantifier, opened: _Token) -> Expr:
        if self._now.kind != "name":
            self._fail("expression.argument", self._now.start, function=quantifier, example=_example(quantifier))
        relation = self._named()
        if not isinstance(relation, Name) or not self._is(","):
            self._fail("expression.argument", self._now.start, function=quantifier, example=_example(quantifier))
        self._take()
        return Quantified(quantifier, relation.path, self._grouped(opened, ")"))

    def _argument(self, word: str, token: _Token) -> int | str:
        if word in DURATIONS:
            if not token.text.isdigit():
                self._fail("expression.argument", token.start, function=word, example=_example(word))
            if int(token.text) > LONGEST_SPAN[word]:
                self._fail("expression.span", token.start, got=token.text, limit=LONGEST_SPAN[word], function=word)
            return int(token.text)
        written = token.text[1:-1]
        if word == "date" and not _is_day(written):
            self._fail("expression.day", token.start, got=written)
        if not written.strip():
            self._fail("expression.argument", token.start, function=word, example=_example(word))
        return written

    def _number(self, token: _Token) -> Decimal:
        exponent = re.split("[eE]", token.text)[1:]
        if len(token.text) > 60 or (exponent and abs(int(exponent[0])) > 300):
            self._fail("expression.number-size", token.start, got=token.text[:20])
        number = Decimal(token.text)
        if token.text.isdigit() and number > LARGEST_WHOLE:
            use = f"{number.normalize():e}".replace("e+", "e")
            self._fail("expression.number-exponent", token.start, got=token.text, use=use)
        return number


def _is_day(written: str) -> bool:
    if not _DAY.fullmatch(written):
        return False
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True


def _example(word: str) -> str:
    examples = {
        "date": 'date("2026-08-02")',
        "date_of": 'date_of("eu/ai-act/113.c")',
        "some": 'some(purposes, domain == "credit")',
        "every": "every(member_categories, represented)",
    }
    if word in REFERENCES:
        return f'{word}("eu/ai-act/6.2")'
    return examples.get(word, f"{word}(6)")


def _chained(kind: type[And | Or], left: Expr, right: Expr) -> Expr:
    items: list[Expr] = []
    for side in (left, right):
        items.extend(side.items if isinstance(side, kind) else (side,))
    return kind(tuple(items))
