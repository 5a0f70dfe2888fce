"""One system against 3,000 synthetic conditions: the bit program beside peers, in one run.

    python benchmarks/one_system/synthetic.py [--norms 3000] [--subjects 300] [--seconds 5]

Prints the median time for one subject, a new subject each time, and how many times longer each peer takes. Peers that are not
installed are named as left out. Peers decide complete facts in two values; ours is timed with 10 % of facts missing as well.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from importlib import metadata

from guiju.logic import BitProgram, Interval, OneOf, SetOf, Truth, Value, evaluate, parse

Plain = dict[str, bool | str | int | list[str]]


@dataclass(frozen=True)
class Fact:
    """A synthetic fact: its kind, its members, or its largest number."""

    name: str
    kind: str
    members: tuple[str, ...] = ()
    largest: int = 0


def synthetic_facts() -> list[Fact]:
    """60 facts: 30 bools, 12 enums of 4 to 12 members, 6 sets of 8, 12 whole numbers."""
    found = [Fact(f"b{i}", "bool") for i in range(30)]
    found += [Fact(f"e{i}", "enum", tuple(f"e{i}m{j}" for j in range(4 + i * 5 % 9))) for i in range(12)]
    found += [Fact(f"s{i}", "set", tuple(f"s{i}m{j}" for j in range(8))) for i in range(6)]
    found += [Fact(f"n{i}", "number", largest=(10, 100, 1_000, 100_000)[i % 4]) for i in range(12)]
    return found


class Conditions:
    """Guards of 2 to 6 atoms over facts some of which are far more popular than others."""

    def __init__(self, facts: list[Fact], chance: random.Random) -> None:
        self.chance = chance
        self.facts = facts.copy()
        chance.shuffle(self.facts)
        self.weights = [(rank + 1) ** -0.8 for rank in range(len(facts))]

    def atom(self) -> str:
        chance = self.chance
        fact = chance.choices(self.facts, self.weights)[0]
        if fact.kind == "bool":
            return fact.name if chance.random() < 0.8 else f"!{fact.name}"
        if fact.kind == "set":
            return f'"{chance.choice(fact.members)}" in {fact.name}'
        if fact.kind == "number":
            threshold = int(fact.largest * chance.choice([0.05, 0.1, 0.25, 0.5, 0.75, 0.9]))
            return f"{fact.name} {chance.choice(['>=', '<', '>'])} {threshold}"
        if chance.random() < 0.6:
            return f'{fact.name} == "{chance.choice(fact.members)}"'
        some = sorted(chance.sample(fact.members, chance.randint(2, 3)))
        return f"{fact.name} in [{', '.join(json.dumps(member) for member in some)}]"

    def guard(self) -> str:
        """60 % plain conjunctions, 30 % with a group of alternatives, 10 % with a negated conjunction."""
        wanted = self.chance.choices([2, 3, 4, 5, 6], [3, 4, 3, 2, 1])[0]
        atoms: list[str] = []
        while len(atoms) < wanted:
            atom = self.atom()
            if atom not in atoms:
                atoms.append(atom)
        draw = self.chance.random()
        if draw < 0.6 or wanted < 3:
            return " && ".join(atoms)
        if draw < 0.9:
            cut = 2 if wanted == 3 else self.chance.choice([2, 3])
            return " && ".join([*atoms[cut:], f"({' || '.join(atoms[:cut])})"])
        return " && ".join([*atoms[2:], f"!({atoms[0]} && {atoms[1]})"])

    def layered(self, count: int, layers: int = 4, width: int = 75) -> tuple[list[str], dict[str, str]]:
        """Guards over facts and 300 defined names, which are defined over each other in four layers."""
        definitions: dict[str, str] = {}
        below: list[str] = []
        for layer in range(layers):
            names = [f"t.layer{layer}_{index}" for index in range(width)]
            for name in names:
                parts = [
                    self.chance.choice(below) if below and self.chance.random() < 0.6 else f"({self.guard()})" for _ in range(3)
                ]
                definitions[name] = self.chance.choice([" && ", " || "]).join(parts)
            below = names
        terms = list(definitions)
        return [f"{self.chance.choice(terms)} && ({self.guard()})" for _ in range(count)], definitions


def plain_subject(facts: list[Fact], chance: random.Random) -> Plain:
    """A subject with every fact known, as plain values."""
    subject: Plain = {}
    for fact in facts:
        if fact.kind == "bool":
            subject[fact.name] = chance.random() < 0.35
        elif fact.kind == "enum":
            weights = [1 / (rank + 1) for rank in range(len(fact.members))]
            subject[fact.name] = chance.choices(fact.members, weights)[0]
        elif fact.kind == "set":
            subject[fact.name] = [member for member in fact.members if chance.random() < 0.25]
        else:
            subject[fact.name] = chance.randrange(fact.largest)
    return subject


def known(subject: Plain, chance: random.Random, missing: float) -> dict[str, Value]:
    """The subject as our values, with some facts missing."""
    return {name: _value(value) for name, value in subject.items() if chance.random() >= missing}


def _value(value: bool | str | int | list[str]) -> Value:
    if isinstance(value, bool):
        return Truth.of(value)
    if isinstance(value, str):
        return OneOf.just(value)
    if isinstance(value, int):
        return Interval.just(Decimal(value))
    return SetOf(frozenset(value), closed=True)


class Known:
    """An environment for ``evaluate``: facts, and names defined by conditions."""

    def __init__(self, values: dict[str, Value], definitions: dict[str, str]) -> None:
        self.values = values
        self.definitions = definitions

    def value(self, path: str) -> Value | None:
        return evaluate(parse(self.definitions[path]), self) if path in self.definitions else self.values.get(path)  # type: ignore[arg-type]


def median_time(run: Callable[[int], object], count: int, seconds: float) -> float:
    """The median of single runs with indices 0, 1, ...; as many as fit into the time."""
    times: list[float] = []
    started = time.perf_counter()
    gc.collect()
    for index in range(count):
        before = time.perf_counter()
        run(index)
        times.append(time.perf_counter() - before)
        if time.perf_counter() - started > seconds:
            break
    return statistics.median(times)


def report(name: str, took: float, count: int, ours: float | None = None) -> None:
    ratio = "" if ours is None else f"   {took / ours:8.0f} x ours"
    print(f"{name:58} {took * 1e3:9.3f} ms   {count / took / 1e6:8.2f} M decisions/s{ratio}", flush=True)


def time_ours(
    label: str, texts: list[str], definitions: dict[str, str], subjects: list[dict[str, Value]], seconds: float
) -> float:
    """Compile, warm on the first half of the subjects, check a few against ``evaluate``, time on the second half."""
    outputs = [parse(text) for text in texts]
    before = time.perf_counter()
    program = BitProgram(outputs, {name: parse(text) for name, text in definitions.items()})
    compiled = time.perf_counter() - before
    half = len(subjects) // 2
    for subject in subjects[:half]:
        program.run(subject)
    for subject in subjects[:2]:
        true, false = program.run(subject)
        for index in range(0, len(outputs), 37):
            truth = evaluate(outputs[index], Known(subject, definitions))  # type: ignore[arg-type]
            assert (truth is Truth.TRUE, truth is Truth.FALSE) == (bool(true >> index & 1), bool(false >> index & 1))
    took = median_time(lambda index: program.run(subjects[half + index]), len(subjects) - half, seconds)
    report(f"{label} (compiled in {compiled * 1e3:.0f} ms)", took, len(texts))
    return took


def time_cel(texts: list[str], facts: list[Fact], subjects: list[Plain], wanted: list[int], ours: float, seconds: float) -> None:
    """cel-expr-python: one compiled expression for each condition."""
    from cel_expr_python import cel

    types = {"bool": cel.Type.BOOL, "enum": cel.Type.STRING, "set": cel.Type.List(cel.Type.STRING), "number": cel.Type.INT}
    env = cel.NewEnv(variables={fact.name: types[fact.kind] for fact in facts})
    compiled = [env.compile(text) for text in texts]

    def run(index: int) -> int:
        activation = env.Activation(subjects[index])
        return sum(1 << bit for bit, expr in enumerate(compiled) if expr.eval(activation).value() is True)

    assert [run(index) for index in range(3)] == wanted[:3]
    report(f"cel-expr-python {metadata.version('cel-expr-python')}", median_time(run, len(subjects), seconds), len(texts), ours)


def time_zen(texts: list[str], subjects: list[Plain], wanted: list[int], ours: float, seconds: float) -> None:
    """zen-engine: one decision with one expression node, all conditions its outputs."""
    import zen

    words = (("&&", "and"), ("||", "or"), ("!", "not "))
    rows = []
    for index, text in enumerate(texts):
        for sign, word in words:
            text = text.replace(sign, word)
        rows.append({"id": f"o{index}", "key": f"o{index}", "value": text})
    place = {"position": {"x": 0, "y": 0}}
    graph = {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [
            {"id": "i", "name": "in", "type": "inputNode", **place},
            {"id": "e", "name": "all", "type": "expressionNode", "content": {"expressions": rows}, **place},
            {"id": "o", "name": "out", "type": "outputNode", **place},
        ],
        "edges": [
            {"id": "1", "sourceId": "i", "targetId": "e", "type": "edge"},
            {"id": "2", "sourceId": "e", "targetId": "o", "type": "edge"},
        ],
    }
    decision = zen.ZenEngine().create_decision(zen.ZenDecisionContent(json.dumps(graph)))

    def run(index: int) -> dict[str, object]:
        return dict(decision.evaluate(subjects[index])["result"])

    for index in range(3):
        result = run(index)
        assert sum(1 << bit for bit in range(len(texts)) if result[f"o{bit}"] is True) == wanted[index]
    report(f"zen-engine {metadata.version('zen-engine')}", median_time(run, len(subjects), seconds), len(texts), ours)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--norms", type=int, default=3_000)
    options.add_argument("--subjects", type=int, default=300)
    options.add_argument("--seconds", type=float, default=5.0, help="at most this long for each engine")
    asked = options.parse_args()

    chance = random.Random(20261121)
    facts = synthetic_facts()
    make = Conditions(facts, chance)
    texts = [make.guard() for _ in range(asked.norms)]
    plain = [plain_subject(facts, chance) for _ in range(2 * asked.subjects)]
    partly = [known(subject, chance, missing=0.1) for subject in plain]
    complete = [known(subject, chance, missing=0) for subject in plain]
    print(f"{asked.norms} conditions, {len(facts)} facts; one thread; median of single subjects, each a new one\n")
    time_ours("guiju bit program, 10 % of facts missing", texts, {}, partly, asked.seconds)
    layered, definitions = make.layered(asked.norms)
    time_ours(f"the same over {len(definitions)} definitions in layers", layered, definitions, partly, asked.seconds)
    ours = time_ours("guiju bit program, complete facts", texts, {}, complete, asked.seconds)

    program = BitProgram([parse(text) for text in texts])
    later = plain[asked.subjects :]
    wanted = [program.run(subject)[0] for subject in complete[asked.subjects :]]
    peers: list[tuple[str, Callable[[], None]]] = [
        ("cel-expr-python", lambda: time_cel(texts, facts, later, wanted, ours, asked.seconds)),
        ("zen-engine", lambda: time_zen(texts, later, wanted, ours, asked.seconds)),
    ]
    for name, peer in peers:
        try:
            peer()
        except ImportError:
            print(f"{name:58} left out: not installed")
    print("\nPeers are row-at-a-time engines for single decisions, called through Python bindings with plain values; they have")
    print("two truth values, and keep more trace than is asked of them here. Trust the ratios of one run, not times across runs.")


if __name__ == "__main__":
    main()
