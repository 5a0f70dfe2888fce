"""How many questions an interview needs on the built-in rules, and how long a step takes: our order beside others, in one run.

    python benchmarks/interview/corpus.py [--subjects 5] [--on 2026-11-22] [--orders ours ...]

Begins with a system of which nothing is known, and answers from made-up subjects: a yes for 35 of 100 yes-or-no questions,
any member of a choice, each member of a list for one in four; markets always name the European Union or mainland China, and
purposes are weighted towards people, so that rules do fall on them. A subject answers the same whatever it is asked first.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from datetime import date
from typing import Any

from simulated import NEARLY_ALL, ORDERS, Order, Run

from guiju.assess import Interview, Question
from guiju.logic import EnumType, SetType
from guiju.norms import Corpus, builtin
from guiju.subjects import Answer, dossier_from


class Subject:
    """Somebody who knows everything of one made-up system."""

    def __init__(self, seed: int, on: date) -> None:
        self.seed = seed
        self.on = on.isoformat()

    def answer(self, question: Question) -> Answer:
        """The truth, as a person would state it."""
        kind, identifier, name = question.address
        chance = random.Random(f"{self.seed} {kind} {name}")
        value = self._value(question, name, chance)
        signed = question.cause == "judgement" or (question.declared is not None and question.declared.kind == "position")
        by, on, reasons = ("assessor", self.on, "made up") if signed else (None, None, None)
        done = "2026-10-05" if question.takes_day and value else None
        return Answer(kind, identifier, name, value, by=by, on=on, reasons=reasons, done=done)

    def _value(self, question: Question, name: str, chance: random.Random) -> Any:
        assert question.declared is not None
        kind = question.declared.type
        match question.expects:
            case "rows":
                return {"exactly": [_row(name)]}
            case "yes-no":
                return chance.random() < 0.35
            case "one-of":
                assert isinstance(kind, EnumType)
                ordinary = name == "reserved_for" and chance.random() < 0.9  # hardly any system is for war or research only
                return "ordinary_use" if ordinary else chance.choice(kind.members)
            case "some-of":
                assert isinstance(kind, SetType)
                return {"exactly": self._members(name, kind.members, chance)}
            case "number":
                return chance.choice(["0.5", "0"]) if "share" in str(kind) else chance.choice(["3", "300", "40000000", "3e24"])
            case "duration":
                return f"{chance.choice([1, 6, 12, 36])} months"
            case _:
                day = f"202{chance.choice([3, 5, 6])}-0{chance.randrange(1, 10)}-15"
                return day if chance.random() < 0.6 else {"not_until": self.on}

    def _members(self, name: str, members: tuple[str, ...], chance: random.Random) -> list[str]:
        if name == "markets":
            return chance.choice([["EU"], ["CN"], ["EU", "CN"], ["EU", "CN", "US"]])
        if name == "subject_kind":
            return ["natural_person"] if chance.random() < 0.8 else ["location"]
        return [member for member in members if chance.random() < 0.25]


def _row(name: str) -> dict[str, str]:
    return {"org": "org:maker"} if name == "parties" else {"id": f"one-of-{name}"}


def run(corpus: Corpus, subject: Subject, order: Order, on: date, chance: random.Random) -> Run:
    """One interview. A step is: take the answer, then choose the next question."""
    begun = time.perf_counter()
    interview = Interview(dossier_from("system: {id: sys}\n", "simulated", corpus.vocabulary), corpus, on)
    question = order(interview, chance)
    start = time.perf_counter() - begun
    asked, steps, settled = 0, [], []
    while question is not None:
        answer = subject.answer(question)
        before = time.perf_counter()
        interview.answer(answer)
        question = order(interview, chance)
        steps.append(time.perf_counter() - before)
        asked += 1
        settled.append(interview.counts.settled)
    nearly = next(number for number, count in enumerate(settled, 1) if count >= NEARLY_ALL * settled[-1])
    return Run(nearly, asked, steps, start)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--subjects", type=int, default=5)
    options.add_argument("--on", type=date.fromisoformat, default=date(2026, 11, 22))
    options.add_argument("--orders", nargs="+", choices=ORDERS, default=list(ORDERS))
    asked = options.parse_args()
    corpus = builtin()
    print(f"built-in rules: {len(corpus.norms)} norms on {asked.on}, {asked.subjects} subjects", flush=True)
    for order in asked.orders:
        chance = random.Random(9)
        runs = [run(corpus, Subject(number, asked.on), ORDERS[order], asked.on, chance) for number in range(asked.subjects)]
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
