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
from functools import partial
from pathlib import Path

from guiju.calendars import CalendarError, parse_day
from guiju.norms import builtin
from guiju.wording import GuijuError

from . import assessments, requirements
from . import timeline as timelines
from .adjudication import adjudicated, read_entries
from .engine import Engine, engines
from .examples import check_examples, score_examples
from .facts import told
from .report import as_json, lines, write_disagreements
from .scores import SetScore
from .sets import EXAMPLES
from .trees import TREES, score_tree

HERE = Path(__file__).resolve().parent
DAY = date(2026, 12, 10)
"""The day the answers are of, where none is given: all of Articles 5 and 50 applies on it."""

TIMELINE = Path("instruments") / "eu" / "ai-act-timeline.json"
SETS = (*(one.name for one in (*EXAMPLES, *TREES)), requirements.NAME, assessments.NAME, timelines.NAME)
"""All sets, in the order in which they are printed."""


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
    notes += [f"a verdict fits nothing: {one.set} {one.id}" for one in idle if one.set in names]
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
    parser.add_argument("--only", action="append", choices=SETS, metavar="SET", help=f"{', '.join(SETS)}; may be repeated")
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
    jobs: dict[str, Callable[[], SetScore]] = {
        one.name: partial(score_examples, one, data, given.facts, readers) for one in EXAMPLES
    }
    jobs |= {one.name: partial(score_tree, one, data) for one in TREES}
    jobs |= {
        requirements.NAME: partial(requirements.score_requirements, data, readers[0]),
        assessments.NAME: partial(assessments.score_assessments, data),
        timelines.NAME: partial(timelines.score_timeline, timeline, readers[0].corpus),
    }
    return [_done(name, jobs[name]) for name in SETS if not given.only or name in given.only]


def _done(name: str, job: Callable[[], SetScore]) -> SetScore:
    """The score of a job; where a file of ours or theirs cannot be taken, that is said, and the other sets go on."""
    try:
        return job()
    except GuijuError as problem:
        return SetScore(name, "refused", notes=[told(problem)])
    except (ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError) as problem:
        return SetScore(name, "refused", notes=[f"{type(problem).__name__}: {problem}"])


if __name__ == "__main__":
    sys.exit(main())
