"""What all tests share: where outside data is, the order of tests, and an account of what was skipped."""

import gc
import os
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

_KEPT = tempfile.TemporaryDirectory(prefix="guiju-tests-")
os.environ["GUIJU_CACHE"] = _KEPT.name  # rules are found again by their bytes and the code that read them, in this run only

gc.set_threshold(50_000, 20, 50)  # the rules are millions of objects that stay: looking through them again finds nothing

ROOT = Path(__file__).resolve().parent.parent
NO_DATA = "no outside data: set GUIJU_DATA, or put shared/data beside the repository"


def find_data() -> Path | None:
    """Return the folder of outside data: GUIJU_DATA, else shared/data beside the repository."""
    named = os.environ.get("GUIJU_DATA")
    if named:
        if not Path(named).is_dir():
            raise pytest.UsageError(f"GUIJU_DATA is set but is no folder: {named}")
        return Path(named)
    beside = ROOT.parent / "shared" / "data"
    return beside if beside.is_dir() else None


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """Return the folder of outside data; without it the test is skipped."""
    found = find_data()
    if found is None:
        pytest.skip(NO_DATA)
    return found


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="fail if any test was skipped")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put slow tests last, side by side with others first (none waits for one at the end); skip those whose data is not there."""
    first = hasattr(config, "workerinput")
    items.sort(key=lambda item: (item.get_closest_marker("slow") is None) is first)
    if find_data() is None:
        for item in items:
            if item.get_closest_marker("data"):
                item.add_marker(pytest.mark.skip(reason=NO_DATA))


def skipped(config: pytest.Config) -> Iterable[pytest.TestReport | pytest.CollectReport]:
    """Return the report of every test, or whole file of tests, that was skipped."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return reporter.stats.get("skipped", []) if reporter else []


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """With --no-skips, a run that skipped anything did not hold."""
    if exitstatus == pytest.ExitCode.OK and session.config.getoption("--no-skips") and skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how many were skipped for which reason, and whether that was allowed."""
    reasons: Counter[str] = Counter()
    for report in skipped(config):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons[reason.removeprefix("Skipped: ")] += 1
    if not reasons:
        return
    terminalreporter.section("skipped, and why")
    for reason, count in reasons.most_common():
        terminalreporter.line(f"{count:5}  {reason}")
    if config.getoption("--no-skips"):
        terminalreporter.line("Nothing may be skipped in this run (--no-skips): it does not hold.", red=True)
