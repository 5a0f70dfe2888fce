"""What the engine makes of 27 published filings, beside their published class or role, and of 30 cases that need no filing.

    python benchmarks/filings/score.py --data DIR [--on 2026-11-22] [--json]

facts.yaml was written from product and purpose alone (blind.py); its facts, not the engine, say what an algorithm does. The
published label is read only here. A row gets no prediction where the engine leaves it open, or two answers hold; that counts
as wrong. For roles a second figure takes the one role that is not excluded where the other is. The baseline always says the
most frequent label of the series. negatives.yaml holds cases that the law leaves outside, and needs no data.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from blind import key, rows

from guiju.assess import Assessment, assess
from guiju.logic import SetOf, Truth
from guiju.norms import Corpus, Item, Map, Scalar, Seq, Thing, builtin, read_file
from guiju.subjects import dossier_from

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from truth.scores import wilson

HERE = Path(__file__).resolve().parent
SCHEME = "cn/filing-of-algorithm"
ALGORITHMS = "互联网信息服务算法备案"
SYNTHESIS = "深度合成服务算法备案"
CLASSES = {
    "personalised_push": "个性化推送类",
    "ranking_selection": "排序精选类",
    "search_filter": "检索过滤类",
    "scheduling_decision": "调度决策类",
}
GENERATES = "生成合成类"
ROLES = {"cn.deep_synthesis_provider": "服务提供者", "cn.deep_synthesis_supporter": "服务技术支持者"}
OPEN = "-"


@dataclass(frozen=True)
class Predicted:
    """One published row: what we say, what we would say by elimination, what the list says, and the filing duty."""

    id: str
    series: str
    ours: str
    by_elimination: str
    theirs: str
    duty: str


@dataclass(frozen=True)
class Figure:
    """How many of so many, with the Wilson 95 % interval, beside what the most frequent label alone would get."""

    right: int
    of: int
    share: float
    low: float
    high: float
    baseline: float


# -- asking the engine -------------------------------------------------------------------------------------------------------


def answered(dossier: Item, name: str, corpus: Corpus, on: date) -> Assessment:
    """A dossier of one of the two files, assessed."""
    return assess(dossier_from(dossier, name, corpus.vocabulary), corpus, on)


def duty(found: Assessment) -> str:
    """Whether the scheme of the filing is settled, and how."""
    grade = next(grade for grade in found.grades if grade.scheme.id == SCHEME)
    if not grade.settled:
        return "unknown"
    return "yes" if grade.at_most == "filing" else "no"


def term(found: Assessment, name: str, thing: Thing) -> Truth:
    """What a term is of a thing."""
    value = found.results.evaluation.term(found.corpus.vocabulary.declared[name], thing)
    return value if isinstance(value, Truth) else Truth.UNKNOWN


def algorithm_class(found: Assessment) -> str:
    """The class of the algorithm: what it generates first, else the one function that the dossier names."""
    system = found.dossier.subject
    if term(found, "cn.deep_synthesis_technology", system) is Truth.TRUE:
        return GENERATES
    said = system.given["algorithm_functions"].value if "algorithm_functions" in system.given else None
    members = sorted(said.has) if isinstance(said, SetOf) else []
    return CLASSES[members[0]] if len(members) == 1 else OPEN


def role(found: Assessment, by_elimination: bool) -> str:
    """The role of the filer: the one term that holds, or the one that is not excluded."""
    filer = next(party for party in found.results.world.of_kind("party") if party.id == "org:filer")
    truths = {name: term(found, name, filer) for name in ROLES}
    held = [ROLES[name] for name, truth in truths.items() if truth is Truth.TRUE]
    if not held and by_elimination:
        held = [ROLES[name] for name, truth in truths.items() if truth is not Truth.FALSE]
    return held[0] if len(held) == 1 else OPEN


def predicted(identifier: str, row: dict[str, str], dossier: Item, corpus: Corpus, on: date) -> Predicted:
    """One row as we see it, beside its label."""
    found = answered(dossier, identifier, corpus, on)
    if row["series"] == SYNTHESIS:
        ours, eliminated = role(found, by_elimination=False), role(found, by_elimination=True)
    else:
        ours = eliminated = algorithm_class(found)
    return Predicted(identifier, row["series"], ours, eliminated, row["label"], duty(found))


# -- the two files -----------------------------------------------------------------------------------------------------------


def published(data: Path, corpus: Corpus, on: date) -> list[Predicted]:
    """Every published row that has a purpose."""
    facts = read_file(HERE / "facts.yaml")
    assert isinstance(facts, Map)
    listed = {key(index): row for index, row in enumerate(rows(data)) if "purpose" in row}
    assert set(listed) == set(facts.items), "facts.yaml and the published rows differ"
    return [predicted(one, row, _part(facts.items[one], "dossier"), corpus, on) for one, row in listed.items()]


def negatives(corpus: Corpus, on: date) -> dict[str, str]:
    """Case -> whether it needs the filing, as the engine sees it."""
    cases = read_file(HERE / "negatives.yaml")
    assert isinstance(cases, Seq)
    found = {}
    for case in cases:
        identifier = _part(case, "id")
        assert isinstance(identifier, Scalar)
        found[identifier.text] = duty(answered(_part(case, "dossier"), identifier.text, corpus, on))
    return found


def _part(item: Item, name: str) -> Item:
    assert isinstance(item, Map)
    return item.items[name]


# -- figures -----------------------------------------------------------------------------------------------------------------


def figure(found: Sequence[Predicted], by_elimination: bool = False) -> Figure:
    """The accuracy over some rows; the baseline is that of each series alone."""
    right = sum((one.by_elimination if by_elimination else one.ours) == one.theirs for one in found)
    labels = [Counter(one.theirs for one in found if one.series == series) for series in {one.series for one in found}]
    most = sum(max(tally.values()) for tally in labels)
    return Figure(right, len(found), right / len(found), *wilson(right, len(found)), most / len(found))


def counted(answers: Iterable[str]) -> dict[str, int]:
    """How often each of the three answers was given."""
    tally = Counter(answers)
    return {answer: tally[answer] for answer in ("yes", "unknown", "no")}


def summary(found: Sequence[Predicted], unneeded: dict[str, str]) -> dict[str, Any]:
    """All that is printed, as one object."""
    parts = {series: [one for one in found if one.series == series] for series in (ALGORITHMS, SYNTHESIS)}
    parts["together"] = [*found]
    return {
        "accuracy": {name: asdict(figure(part)) for name, part in parts.items()},
        "by_elimination": {name: asdict(figure(part, by_elimination=True)) for name, part in parts.items()},
        "open": [one.id for one in found if one.ours == OPEN],
        "disagreements": [asdict(one) for one in found if one.ours != one.theirs],
        "labels": {name: dict(Counter(one.theirs for one in part)) for name, part in parts.items() if name != "together"},
        "duty": {name: counted(one.duty for one in part) for name, part in parts.items()},
        "duty_by_row": {one.id: one.duty for one in found},
        "negatives": counted(unneeded.values()),
        "negatives_not_settled_no": {one: answer for one, answer in unneeded.items() if answer != "no"},
    }


def show(told: dict[str, Any]) -> None:
    """The summary in words."""
    print("Few rows: the intervals are wide, and one row moves a figure by several points.")
    for title, part in (("accuracy", "accuracy"), ("accuracy, roles by elimination", "by_elimination")):
        print(f"{title}:")
        for name, one in told[part].items():
            share = f"{one['right']} of {one['of']} = {one['share']:.0%} (Wilson 95 %: {one['low']:.0%} to {one['high']:.0%})"
            print(f"  {name}: {share}; majority baseline {one['baseline']:.0%}")
    print(f"labels: {told['labels']}")
    print(f"no prediction ({OPEN}): {len(told['open'])}: {' '.join(told['open'])}")
    print("disagreements: row, ours (by elimination), theirs")
    for one in told["disagreements"]:
        print(f"  {one['id']}  {one['ours']} ({one['by_elimination']})  {one['theirs']}")
    print("filing duty of the published rows:")
    for name, tally in told["duty"].items():
        print(f"  {name}: yes {tally['yes']}, unknown {tally['unknown']}, no {tally['no']}")
    tally = told["negatives"]
    print(f"negatives: {sum(tally.values())}: no {tally['no']}, unknown {tally['unknown']}, yes {tally['yes']}")
    for name, answer in told["negatives_not_settled_no"].items():
        print(f"  {name}: {answer}")


def main() -> None:
    """Score and print."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--on", type=date.fromisoformat, default=date(2026, 11, 22))
    options.add_argument("--json", action="store_true")
    asked = options.parse_args()
    corpus = builtin()
    told = summary(published(asked.data, corpus, asked.on), negatives(corpus, asked.on))
    if asked.json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        show(told)


if __name__ == "__main__":
    main()
