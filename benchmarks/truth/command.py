"""The command: every set of a directory scored, whatever of it is there, and all that could not be scored said.

    python benchmarks/truth.py --data DIR [--json] [--facts DIR] [--out DIR] [--timeline PATH] [--check] [--on DAY] [--only SET]

``--check`` loads every fact file and lists what cannot be taken and which rows have no facts; no label is read then.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from guiju.calendars import CalendarError, parse_day
from guiju.norms import builtin
from guiju.wording import GuijuError

from .adjudication import adjudicated, read_entries
from .engine import Engine, engines
from .examples import check_examples, score_examples
from .facts import told
from .report import as_json, lines, write_disagreements
from .requirements import score_requirements
from .scores import SetScore
from .sets import EXAMPLES
from .timeline import score_timeline

HERE = Path(__file__).resolve().parent
DAY = date(2026, 12, 10)
"""The day the answers are of, where none is given: all of Articles 5 and 50 applies on it."""

TIMELINE = Path("instruments") / "eu" / "ai-act-timeline.json"
CANADA = "canada-aia-assessments.jsonl"
TREES = ("nl-decision-aid-cases.jsonl", "ngo-algorithm-audit-cases.jsonl")


def main(arguments: Sequence[str] | None = None) -> int:
    """Score or check; 0, or 1 where a check finds what cannot be taken."""
    given = parsed(arguments)
    corpus = builtin()
    if given.check:
        found, sound = check_examples(given.data, given.facts, Engine(corpus, given.on))
        print("\n".join(found))
        return 0 if sound else 1
    readers, notes = engines(corpus, given.on)
    scores = scored(given, readers)
    entries, problems = read_entries(HERE / "adjudicated.yaml" if given.adjudicated is None else given.adjudicated)
    notes += problems
    everything = [one for score in scores for one in score.disagreements]
    judged, idle = adjudicated(entries, everything)
    places = iter(judged)
    for score in scores:
        score.disagreements = [next(places) for _ in score.disagreements]
    names = {score.name for score in scores if score.state == "scored"}
    notes += [f"a verdict fits nothing: {one.set} {one.id or one.pattern}" for one in idle if one.set in names]
    if given.out is not None:
        write_disagreements(scores, given.out)
    if given.json:
        print(json.dumps(as_json(scores, notes, given.on.isoformat(), corpus.edition), ensure_ascii=False, indent=1))
    else:
        print("\n".join([line for score in scores for line in lines(score)] + [f"note: {note}" for note in notes]))
    return 0


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What the command is asked with; an output folder inside the data is refused."""
    parser = argparse.ArgumentParser(prog="truth.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the directory of the published sets")
    parser.add_argument("--facts", type=Path, default=HERE / "facts", help="the folder of the fact files")
    parser.add_argument("--adjudicated", type=Path, help="the file of verdicts on disagreements")
    parser.add_argument("--out", type=Path, help="where disagreements.json and disagreements.md are written")
    parser.add_argument("--timeline", type=Path, help="the time line; else found beside the data")
    parser.add_argument("--on", type=_day, default=DAY, metavar="DAY")
    parser.add_argument("--only", action="append", metavar="SET", help="score this set alone; may be repeated")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--check", action="store_true", help="load the fact files, score nothing")
    given = parser.parse_args(arguments)
    if not given.data.is_dir():
        parser.error(f"{given.data} is no directory")
    if given.out is not None and given.out.resolve().is_relative_to(given.data.resolve()):
        parser.error("--out must lie outside the data")
    return given


def _day(text: str) -> date:
    try:
        return parse_day(text)
    except CalendarError:
        raise argparse.ArgumentTypeError(f"{text} is no day") from None


def scored(given: argparse.Namespace, readers: Sequence[Engine]) -> list[SetScore]:
    """Every set, in a fixed order; one that fails is said and the others go on."""
    data: Path = given.data
    timeline = given.timeline or data.resolve().parent / TIMELINE
    jobs: list[tuple[str, Callable[[], list[SetScore]]]] = [
        (one.name, lambda one=one: [score_examples(one, data, given.facts, readers)])  # type: ignore[misc]
        for one in EXAMPLES
    ]
    jobs += [
        ("trees", lambda: _others("trees", "trees", "score_trees", data, [data / name for name in TREES])),
        ("requirements", lambda: [score_requirements(data, readers[0])]),
        ("canada", lambda: _others("canada", "assessments", "score_assessments", data / CANADA, [data / CANADA])),
        ("timeline", lambda: [score_timeline(timeline, readers[0].corpus)]),
    ]
    unknown = set(given.only or ()) - {name for name, _ in jobs}
    if unknown:
        print(f"no set is called {', '.join(sorted(unknown))}", file=sys.stderr)
    return [score for name, job in jobs if not given.only or name in given.only for score in _done(name, job)]


def _done(name: str, job: Callable[[], list[SetScore]]) -> list[SetScore]:
    """The scores of a job; where a file of ours or theirs cannot be taken, that is said, and the other sets go on."""
    try:
        return job()
    except GuijuError as problem:
        return [SetScore(name, "refused", notes=[told(problem)])]
    except (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError) as problem:
        return [SetScore(name, "refused", notes=[f"{type(problem).__name__}: {problem}"])]


def _others(called: str, module: str, function: str, path: Path, files: Sequence[Path]) -> list[SetScore]:
    """A set that a module of its own scores: it gives one score or several."""
    if not any(file.is_file() for file in files):
        return [SetScore(called, "absent")]
    name = f"{__package__}.{module}"
    score = getattr(import_module(name), function, None) if find_spec(name) is not None else None
    if score is None:
        return [SetScore(called, "not-built")]
    found = score(path)
    return [found] if isinstance(found, SetScore) else list(found)


if __name__ == "__main__":
    sys.exit(main())
