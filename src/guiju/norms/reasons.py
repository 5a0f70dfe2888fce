"""Why an answer came out so, down to what the dossier says; and what an open answer still needs, with its cause.

Terms are opened: a role that decided an answer is followed to the norm that makes it and the facts that norm asked for.
"""

from __future__ import annotations

from collections.abc import Iterable

from guiju.calendars import DateRange
from guiju.logic import Call, Expr, Leaf, Truth, Value, decided_by, evaluate, open_leaves, walk
from guiju.norms.arising import arisen, claims_of
from guiju.norms.asking import QUESTIONS, states_asked
from guiju.norms.clocks import events_of
from guiju.norms.duties import Met, met_of, state_of
from guiju.norms.evaluation import Evaluation, View
from guiju.norms.model import ClassDate, Exempt, Norm
from guiju.norms.needs_of_others import of_bearer, of_event, of_others, of_question
from guiju.norms.terms import Cause, Missing, Reason, stands_still
from guiju.norms.timing import settled_day, timing
from guiju.norms.vocabulary import PARTY_KINDS, Declared
from guiju.norms.world import Thing
from guiju.wording import GuijuError


def why(evaluation: Evaluation, expr: Expr, thing: Thing, party: Thing | None) -> list[Reason]:
    """The grounds that decided a settled condition, terms opened, each once."""
    found: dict[tuple[str, int, str | None], Reason] = {}
    _decided(evaluation, expr, evaluation.view(thing, party), found, 0)
    return list(found.values())


def _decided(
    evaluation: Evaluation, expr: Expr, view: View, found: dict[tuple[str, int, str | None], Reason], depth: int
) -> None:
    for leaf in decided_by(expr, view).leaves:
        _open_leaf(evaluation, leaf, found, depth)


def _open_leaf(evaluation: Evaluation, leaf: Leaf, found: dict[tuple[str, int, str | None], Reason], depth: int) -> None:
    view = leaf.env
    assert isinstance(view, View)
    target = _target(view, leaf.path)
    if isinstance(leaf.expr, Call) and leaf.expr.function in QUESTIONS:
        _ask(evaluation, leaf.expr, view, found)
        return
    if target is None or depth > 12:
        _keep(found, Reason(leaf.path, view.thing, None, None))
        return
    thing, declared = target
    if declared.kind != "term" or thing is None:
        given = thing.given.get(declared.name) if thing else None
        _keep(found, Reason(declared.name, thing, given.value if given else None, given))
        return
    key = (declared.name, id(thing), depth)
    for reason in evaluation.once(evaluation.grounds_of_terms, key, lambda: _of_term(evaluation, declared, thing, depth)):
        _keep(found, reason)


def _of_term(evaluation: Evaluation, declared: Declared, thing: Thing, depth: int) -> list[Reason]:
    """The norms that settle a term, each with its own grounds."""
    found: dict[tuple[str, int, str | None], Reason] = {}
    value = evaluation.term(declared, thing)
    for norm in _deciding(evaluation, declared.name, thing, value):
        _keep(found, Reason(declared.name, thing, value, None, norm.id))
        decide_content(evaluation, norm, thing, None, found, depth + 1)
    if value is Truth.TRUE:  # and nothing ends it
        for norm in evaluation.program.enders.get(declared.name, ()):
            decide_content(evaluation, norm, thing, None, found, depth + 1)
    return list(found.values())


def _ask(evaluation: Evaluation, call: Call, view: View, found: dict[tuple[str, int, str | None], Reason]) -> None:
    """The norms that a settled question was decided by, each with its state (``applies``, ``fulfilled``, ``breached``)."""
    whole = evaluation.asked(call.function, str(call.argument), view.thing, view.party)
    for norm, thing, state in states_asked(evaluation, call, view.thing, view.party):
        if state is whole:
            _keep(found, Reason(call.function, thing, state, None, norm.id))


def _deciding(evaluation: Evaluation, term: str, thing: Thing, value: Value | None) -> list[Norm]:
    """The status norms that settle a term: one that makes it, one that ends it, or all that fail to make it."""
    makers = evaluation.program.makers.get(term, [])
    enders = evaluation.program.enders.get(term, [])
    if value is Truth.TRUE:
        return [norm for norm in makers if evaluation.makes(norm, thing) is Truth.TRUE][:1]
    if value is Truth.FALSE:
        ending = [norm for norm in enders if evaluation.content(norm, thing, None) is Truth.TRUE]
        return ending[:1] or list(makers)
    return list(makers)


def decide_content(
    evaluation: Evaluation,
    norm: Norm,
    thing: Thing,
    party: Thing | None,
    found: dict[tuple[str, int, str | None], Reason],
    depth: int,
) -> None:
    """The grounds of a norm's settled content: its condition, and the exceptions that took it away or do not hold."""
    view = evaluation.view(thing, party)
    if norm.of_right and norm.upon and arisen(evaluation, norm, thing, party).settled:
        for place, given in claims_of(evaluation, norm, thing, party):
            _keep(found, Reason(norm.upon, place, given.value if given else None, given))
    when = evaluate(evaluation.condition(norm), view)
    excepted = evaluation.excepted(norm, thing, party)
    if when is Truth.FALSE or excepted is not Truth.TRUE:
        _decided(evaluation, evaluation.condition(norm), view, found, depth)
    if when is not Truth.FALSE:
        for one in norm.unless:
            if one.replace_require is None:
                _exempt_grounds(evaluation, one, view, found, depth)
    if when is not Truth.FALSE and excepted is not Truth.TRUE:
        for case in norm.cases:
            _decided(evaluation, case.when, view, found, depth)
            if evaluate(case.when, view) is not Truth.FALSE:
                break


def _exempt_grounds(
    evaluation: Evaluation, one: Exempt, view: View, found: dict[tuple[str, int, str | None], Reason], depth: int
) -> None:
    """An exception that holds is a ground with its clause; one that fails, fails by its condition or by an exception to it."""
    holds = evaluation.exempt(one, view)
    if holds is Truth.UNKNOWN:
        return
    if holds is Truth.TRUE:
        _keep(found, Reason("exception", view.thing, Truth.TRUE, None, one.at))
    if holds is Truth.TRUE or evaluate(one.when, view) is Truth.FALSE:
        _decided(evaluation, one.when, view, found, depth)
    for inner in one.unless:
        state = evaluation.exempt(inner, view)
        if state is Truth.TRUE and holds is Truth.FALSE:
            _keep(found, Reason("exception-to-exception", view.thing, Truth.TRUE, None, inner.at))
            _decided(evaluation, inner.when, view, found, depth)
            return
        if holds is Truth.TRUE:
            _decided(evaluation, inner.when, view, found, depth)


def _keep(found: dict[tuple[str, int, str | None], Reason], reason: Reason) -> None:
    found.setdefault((reason.name, id(reason.thing), reason.norm), reason)


def _target(view: View, path: str) -> tuple[Thing | None, Declared] | None:
    try:
        return view.target(path)
    except GuijuError:
        return None


# -- what is missing ---------------------------------------------------------------------------------------------------------


class Needs:
    """Collects what open answers hang on, each once, in order."""

    def __init__(self, evaluation: Evaluation, found: Iterable[Missing] = ()) -> None:
        self.evaluation = evaluation
        self._found: dict[tuple[str, int], Missing] = {(one.name, id(one.thing)): one for one in found}
        self._seen: set[tuple[object, int, int]] = set()

    @property
    def items(self) -> list[Missing]:
        """What was found, each once, in order."""
        return list(self._found.values())

    def add(self, cause: Cause, name: str, thing: Thing | None) -> None:
        """Note one missing thing."""
        self._found.setdefault((name, id(thing)), Missing(cause, name, thing))

    def of_expr(self, expr: Expr, thing: Thing, party: Thing | None) -> None:
        """What an expression that is not settled still hangs on."""
        view = self.evaluation.view(thing, party)
        key = (expr, id(thing), id(party))
        if key in self._seen:
            return
        self._seen.add(key)
        for leaf in open_leaves(expr, view):
            self._leaf(leaf)

    def _leaf(self, leaf: Leaf) -> None:
        view = leaf.env
        assert isinstance(view, View)
        if isinstance(leaf.expr, Call) or "(" in leaf.path:
            self._call(leaf, view)
            return
        target = _relation_or_name(view, leaf.path)
        if target is None:
            return
        thing, declared = target
        if declared.kind != "term":
            self.add(
                "judgement" if declared.kind == "judgement" else "fact", declared.name, thing or _holder(view, declared.object)
            )
            return
        if thing is None:
            self.add("fact", leaf.path, _holder(view, declared.object))
            return
        self.of_term(declared, thing)

    def of_term(self, declared: Declared, thing: Thing) -> None:
        """What a term hangs on; worked out once for each thing."""
        key = (declared.name, id(thing))
        found = self.evaluation.once(self.evaluation.needs_of_terms, key, lambda: self._of_term(declared, thing))
        self._found.update(found)

    def _of_term(self, declared: Declared, thing: Thing) -> dict[tuple[str, int], Missing]:
        own, evaluation = Needs(self.evaluation), self.evaluation
        makers = evaluation.program.makers.get(declared.name, [])
        enders = evaluation.program.enders.get(declared.name, [])
        value = evaluation.term(declared, thing)
        if not makers and value is not Truth.FALSE:
            own.add("reading", declared.name, thing)
        if isinstance(value, Truth):
            made = {norm.id: evaluation.makes(norm, thing) & evaluation.given(norm, thing) for norm in makers}
            ended = {norm.id: evaluation.content(norm, thing, None) & evaluation.given(norm, thing) for norm in enders}
            truths = {**({} if Truth.TRUE in made.values() else made), **ended}  # made by one, it needs no other
            norms = [norm for norm in (*makers, *enders) if not value.settled and truths.get(norm.id) is Truth.UNKNOWN]
        else:
            norms = [*makers, *enders]
        for norm in norms:
            own.of_content(norm, thing, None)
            if evaluation.given(norm, thing) is Truth.UNKNOWN:
                own.of_begun(norm, thing)
                own.of_standstill(norm, thing)
        return own._found

    def of_begun(self, norm: Norm, thing: Thing) -> None:
        """What it hangs on whether a provision has begun to apply to a thing."""
        timed = timing(self.evaluation.text, norm, thing)
        if timed.hangs_on is not None:
            self.of_classes(timed.hangs_on.dates, timed.hangs_on.about, thing)

    def of_standstill(self, norm: Norm, thing: Thing) -> None:
        """What it hangs on whether a standstill has run: the days it is counted by, and the case whose period counts."""
        if stands_still(norm) and norm.clock is not None and self.evaluation.stood_still(norm, thing) is Truth.UNKNOWN:
            for case in norm.clock.cases:
                self.of_expr(case.when, thing, None)
            self._of_days(open_days(events_of(norm.clock), self.evaluation.view(thing)), self.evaluation.view(thing))

    def of_met(self, norm: Norm, thing: Thing, party: Thing | None, met: Met) -> None:
        """What it hangs on whether a duty is met: which content is owed, what has been done, and how its clock stands."""
        for one in norm.unless:
            if one.replace_require is not None:
                self.of_exempt(one, thing, party)
        for expr in met.contents:
            self.of_expr(expr, thing, party)
        of_others(self, norm, thing, party, met.contents)
        clock = self.evaluation.clock_of(norm)
        if met.clock is None or clock is None:
            return
        view = self.evaluation.view(thing, party)
        names = list(met.clock.missing)
        if met.clock.state == "unknown" and met.clock.due_day is None:
            for case in clock.cases:
                self.of_expr(case.when, thing, party)
                if evaluate(case.when, view) is Truth.TRUE:
                    break
            names += open_days(clock.start, view)
        if met.clock.state == "unknown" and met.clock.counted is not None:
            names += met.clock.counted.asked
        self._of_days(names, view)

    def _of_days(self, names: Iterable[str], view: View) -> None:
        for name in names:
            target = _target(view, name)
            self.add("fact", target[1].name if target else name, target[0] if target and target[0] else view.thing)

    def _call(self, leaf: Leaf, view: View) -> None:
        for call in _calls(leaf):
            if call.function == "date_of":
                self.of_day(str(call.argument), view.thing)
                continue
            of_question(self, call, view)

    def of_state(self, question: str, norm: Norm, thing: Thing, party: Thing | None) -> None:
        """What ``applies``, ``fulfilled`` or ``breached`` of one norm hangs on."""
        if state_of(self.evaluation, question, norm, thing, party).settled:
            return
        if question != "fulfilled":
            self.of_scope(norm, thing, party)
            if timing(self.evaluation, norm, thing, party).status == "unknown":
                self.of_begun(norm, thing)
        if question != "applies":
            met = met_of(self.evaluation, norm, thing, party)
            if not (met.fulfilled if question == "fulfilled" else met.breached).settled:
                self.of_met(norm, thing, party, met)

    def of_day(self, provision: str, thing: Thing) -> None:
        """What the class of a legal day hangs on."""
        dated = [event for event in self.evaluation.program.events if event.day == provision and event.dates]
        if dated:
            self.of_classes(dated[-1].dates, dated[-1].about, thing)

    def of_classes(self, dates: Iterable[ClassDate], about: str | None, thing: Thing) -> None:
        """What the classes of an event's dates hang on, for a thing."""
        if self.evaluation is not self.evaluation.text:  # classes are read by content, whatever the mode
            assert isinstance(self.evaluation.text, Evaluation)
            text = Needs(self.evaluation.text)
            text.of_classes(dates, about, thing)
            for need in text.items:
                self.add(need.cause, need.name, need.thing)
            return
        for dated in dates:
            if self.evaluation.of_class(dated.when, about, thing) is not Truth.UNKNOWN:
                continue
            for one in self._rows(about, thing):
                self.of_expr(dated.when, one, None)

    def _rows(self, about: str | None, thing: Thing) -> list[Thing]:
        world = self.evaluation.world
        if about is None:
            return [thing]
        reached = world.reach(thing, about)
        if reached:
            return reached
        home = world.home(thing)
        if home is None:
            return []
        for relation in self.evaluation.vocabulary.relations(home.kind):
            if relation.many and relation.to == about:
                if relation.name not in home.closed:
                    self.add("fact", relation.name, home)
                return home.rows.get(relation.name, [])
        return []

    def of_content(self, norm: Norm, thing: Thing, party: Thing | None) -> None:
        """What a norm's own condition and exceptions hang on."""
        if self.evaluation.excepted(norm, thing, party) is Truth.TRUE:
            return
        when = self.evaluation.condition(norm)
        view = self.evaluation.view(thing, party)
        if evaluate(when, view) is Truth.FALSE:
            return
        self.of_expr(when, thing, party)
        for case in norm.cases:
            self.of_expr(case.when, thing, party)
            holds = evaluate(case.when, view)
            if case.unsettled and holds is not Truth.FALSE:
                self.add("reading", norm.id, thing)
            if holds is Truth.TRUE:
                break
        for one in norm.unless:
            if one.replace_require is None:
                self.of_exempt(one, thing, party)

    def of_exempt(self, one: Exempt, thing: Thing, party: Thing | None) -> None:
        """What an exception that is not settled hangs on, with the exceptions to it."""
        view = self.evaluation.view(thing, party)
        if self.evaluation.exempt(one, view) is not Truth.UNKNOWN:
            return
        self.of_expr(one.when, thing, party)
        for inner in one.unless:
            self.of_exempt(inner, thing, party)

    def of_scope(self, norm: Norm, thing: Thing, party: Thing | None) -> None:
        """What it hangs on whether a norm reaches this thing and party."""
        if self.evaluation.in_scope(norm, thing, party) is not Truth.UNKNOWN:
            return
        evaluation, program = self.evaluation, self.evaluation.program
        when = evaluation.condition(norm)
        own = evaluation.bears(norm, thing, party) & evaluate(when, evaluation.view(thing, party))
        ways = {other.id: evaluation.applied(other, thing, party) for other in program.appliers.get(norm.id, ())}
        if own is not Truth.TRUE and Truth.TRUE not in ways.values():
            if own is Truth.UNKNOWN:
                self.of_bearer(norm, thing, party)
                self.of_expr(when, thing, party)
            for other in program.appliers.get(norm.id, ()):
                if ways[other.id] is Truth.UNKNOWN:
                    self._of_other(other, thing, party)
        of_event(self, norm, thing, party)
        for one in norm.unless:
            if one.replace_require is None:
                self.of_exempt(one, thing, party)
        self._of_precedence(norm, thing, party)

    def _of_precedence(self, norm: Norm, thing: Thing, party: Thing | None) -> None:
        """What it hangs on whether another norm takes this one's place."""
        evaluation, program = self.evaluation, self.evaluation.program
        for other in program.displacers.get(norm.id, ()):
            if evaluation.elsewhere(other, thing, party) is Truth.UNKNOWN:
                self._of_other(other, thing, party)
        for way in evaluation.ways_out(norm, thing, party):
            if way.open & evaluation.elsewhere(way.to, thing, party) is Truth.UNKNOWN:
                if way.by is not norm:
                    self._of_other(way.by, thing, party)
                self.of_expr(way.when, way.thing, party)
                self._of_other(way.to, thing, party)

    def _of_other(self, other: Norm, thing: Thing, party: Thing | None) -> None:
        """What it hangs on whether a norm that brings in or takes away another one reaches what stands above or beside."""
        for one in self.evaluation.world.reach(thing, other.about):
            self.of_scope(other, one, party)
            if self.evaluation.text.begun(other, one) is Truth.UNKNOWN:
                self.of_begun(other, one)

    def of_bearer(self, norm: Norm, thing: Thing, party: Thing | None) -> None:
        """What it hangs on whether the party bears the norm."""
        of_bearer(self, norm, thing, party)


def open_days(events: Iterable[str], view: View) -> list[str]:
    """The events whose day is not settled."""
    values = {name: view.value(name) for name in events}
    return [name for name, value in values.items() if not isinstance(value, DateRange) or settled_day(value) is None]


def _calls(leaf: Leaf) -> list[Call]:
    return [
        item
        for item in walk(leaf.expr)
        if isinstance(item, Call) and item.function in ("date_of", "applies", "fulfilled", "breached")
    ]


def _holder(view: View, kind: str) -> Thing | None:
    if kind in PARTY_KINDS:
        return view.party
    found = view.evaluation.world.reach(view.thing, kind)
    return found[0] if found else view.thing


def _relation_or_name(view: View, path: str) -> tuple[Thing | None, Declared] | None:
    try:
        return view.target(path)
    except GuijuError:
        pass
    try:
        steps, declared = view.evaluation.vocabulary.rows(view.thing.kind, path)
    except GuijuError:
        return None
    return view.follow(steps), declared
