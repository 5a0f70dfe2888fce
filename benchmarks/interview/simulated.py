"""How many questions an interview needs on simulated rules, and how long a step takes: our order beside others, in one run.

    python benchmarks/interview/simulated.py [--norms 1000] [--subjects 5] [--kinds gated flat] [--orders ours ...]

The rules are a book of permissions over one system with 60 facts, so that whole interviews of the library run on them:
*gated*, where each rule stands behind one or two of 8 gate facts and one of 14 regimes of 14 facts, and *flat*, where
popular facts stand in many rules and no fact leads to others. Every order asks only what some open rule still hangs on.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "one_system"))

from synthetic import Conditions, Fact, Plain, plain_subject, synthetic_facts

from guiju.assess import Interview, Question
from guiju.norms import Corpus, read_corpus
from guiju.subjects import Answer, dossier_from

ON = date(2026, 11, 22)
NEARLY_ALL = 0.9

Order = Callable[[Interview, random.Random], Question | None]


def flat_guards(facts: list[Fact], count: int, seed: int) -> list[str]:
    """Guards of 2 to 6 atoms; about three rules share each guard, as the articles of a chapter do."""
    chance = random.Random(seed)
    make = Conditions(facts, chance)
    guards = [make.guard() for _ in range(max(1, count // 3))]
    weights = [(rank + 1) ** -0.5 for rank in range(len(guards))]
    return chance.choices(guards, weights, k=count)


def gated_guards(facts: list[Fact], count: int, seed: int) -> list[str]:
    """One or two gate atoms, then one to three atoms of the regime's own facts, some as alternatives."""
    chance = random.Random(seed)
    mixed = facts.copy()
    chance.shuffle(mixed)
    gates, rest = mixed[:8], mixed[8:]
    doors = Conditions(gates, chance)
    regimes = []
    for _ in range(14):
        own = [doors.atom() for _ in range(1 if chance.random() < 0.5 else 2)]
        regimes.append((own, Conditions(chance.sample(rest, 14), chance)))
    guards = []
    for _ in range(count):
        own, inside = chance.choice(regimes)
        atoms = [inside.atom() for _ in range(chance.choice([1, 2, 3]))]
        if len(atoms) > 1 and chance.random() < 0.4:
            atoms = [f"({' || '.join(atoms[:2])})", *atoms[2:]]
        guards.append(" && ".join([*own, *atoms]))
    return guards


KINDS = {"gated": gated_guards, "flat": flat_guards}


def book(facts: list[Fact], guards: Sequence[str]) -> Corpus:
    """The guards as a checked book of permissions."""
    names = "".join(f"  {fact.name}: {{kind: fact, object: system, type: '{_type(fact)}'}}\n" for fact in facts)
    norms = "".join(
        f"- {{id: xx/act/{number}, modality: permission, bearer: {{each: [xx.all]}}, permits: allowed, when: '{guard}'}}\n"
        for number, guard in enumerate(guards, 1)
    )
    norms += "- {id: xx/act/0, kind: status, about: system, makes: [xx.all]}\n"
    files = {
        "xx/kinds.yaml": "kinds:\n  law: {rank: 1, binding: hard, label: {zh: 法律, en: law}}\n",
        "xx/vocabulary.yaml": f"names:\n{names}  allowed: {{kind: measure, object: system, type: bool}}\n"
        "  xx.all: {kind: term, object: system, type: bool}\n",
        "xx/act/instrument.yaml": "instrument: xx/act\nkind: law\nterritory: EU\nplace: Europe/Brussels\n"
        "issuer: [xx.parliament]\n"
        f"authentic: [en]\ntitle: {{zh: 法, en: Act}}\ncontents: [{{id: all, holds: ['0..{len(guards)}']}}]\n",
        "xx/act/events.yaml": "events:\n  - {event: xx/act#commence, kind: commence, known: 2020-01-01, on: 2020-02-01}\n",
        "xx/act/norms.yaml": norms,
    }
    return read_corpus([("xx", list(files.items()))])


def _type(fact: Fact) -> str:
    if fact.kind in ("enum", "set"):
        return f"{fact.kind}({', '.join(fact.members)})"
    return "bool" if fact.kind == "bool" else "number(piece)"


# -- orders ------------------------------------------------------------------------------------------------------------------


def ours(interview: Interview, chance: random.Random) -> Question | None:  # noqa: ARG001  # one signature for all
    """What the library asks."""
    return interview.next()


def static(interview: Interview, chance: random.Random) -> Question | None:  # noqa: ARG001  # the same
    """As a form would: in the order in which the names are declared."""
    row = interview.questions()
    return min(row, key=lambda one: one.declared.where.line or 0, default=None) if row else None


def at_random(interview: Interview, chance: random.Random) -> Question | None:
    """Any question that is still open."""
    row = sorted(interview.questions(), key=lambda one: one.address)
    return chance.choice(row) if row else None


def counted(interview: Interview, chance: random.Random) -> Question | None:  # noqa: ARG001  # the same
    """The fact that most open rules use, whatever it would do to them."""
    return max(interview.questions(), key=lambda one: (one.settles, one.name), default=None)


ORDERS: dict[str, Order] = {"ours": ours, "counted": counted, "static": static, "random": at_random}


# -- one run -----------------------------------------------------------------------------------------------------------------


@dataclass
class Run:
    """Questions to nearly all and to the end, seconds of each step, seconds to begin."""

    nearly: int
    all: int
    steps: list[float]
    start: float


def run(corpus: Corpus, subject: Plain, order: Order, chance: random.Random) -> Run:
    """One interview with a subject who knows everything. A step is: take the answer, then choose the next question."""
    begun = time.perf_counter()
    interview = Interview(dossier_from("system: {id: sys}\n", "simulated", corpus.vocabulary), corpus, ON)
    question = order(interview, chance)
    start = time.perf_counter() - begun
    total = interview.counts.open + interview.counts.settled
    asked, nearly, steps = 0, 0, []
    while question is not None:
        answer = Answer("system", "sys", question.name, stated(subject[question.name]))
        before = time.perf_counter()
        interview.answer(answer)
        question = order(interview, chance)
        steps.append(time.perf_counter() - before)
        asked += 1
        if not nearly and interview.counts.settled >= NEARLY_ALL * total:
            nearly = asked
    assert interview.counts.open == 0
    return Run(nearly, asked, steps, start)


def stated(value: bool | str | int | list[str]) -> Any:
    """A value as a dossier writes it; lists are whole."""
    return {"exactly": value} if isinstance(value, list) else value


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--norms", type=int, default=1000)
    options.add_argument("--subjects", type=int, default=5)
    options.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    options.add_argument("--orders", nargs="+", choices=ORDERS, default=list(ORDERS))
    asked = options.parse_args()
    facts = synthetic_facts()
    for kind in asked.kinds:
        corpus = book(facts, KINDS[kind](facts, asked.norms, seed=3))
        print(f"{kind}: {asked.norms} rules, {len(facts)} facts, {asked.subjects} subjects", flush=True)
        subjects = [plain_subject(facts, random.Random(50 + number)) for number in range(asked.subjects)]
        for order in asked.orders:
            chance = random.Random(9)
            runs = [run(corpus, subject, ORDERS[order], chance) for subject in subjects]
            steps = [step * 1e3 for one in runs for step in one.steps]
            print(
                f"  {order:8} questions to 90 %: {statistics.mean(one.nearly for one in runs):5.1f}"
                f"   to the end: {statistics.mean(one.all for one in runs):5.1f}"
                f"   step: mean {statistics.mean(steps):5.1f} ms, median {statistics.median(steps):5.1f},"
                f" max {max(steps):6.1f}; start {statistics.mean(one.start for one in runs) * 1e3:5.0f} ms",
                flush=True,
            )


if __name__ == "__main__":
    main()
