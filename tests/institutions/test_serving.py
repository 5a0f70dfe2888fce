"""The site as a group of processes: started, looked after, ended; and the outbox in both databases."""

import os
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.db import transaction
from tests.institutions.conftest import GUIJU, Served
from tests.institutions.postgres import run_on

from guiju.cli.app import run
from guiju.institutions.hall import outbox, tasks
from guiju.institutions.hall.models import Outbox
from guiju.institutions.serving import ServeError, home, ports
from guiju.institutions.serving.group import Child

# -- the home folder ---------------------------------------------------------------------------------------------------------


def test_a_home_is_closed_to_others_and_has_a_key(tmp_path: Path) -> None:
    made = home.prepare_home(tmp_path / "new" / "home")
    key = made / "secret-key"
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = key.read_text()
    assert len(before.strip()) >= 50
    home.prepare_home(made)
    assert key.read_text() == before
    assert sorted(path.name for path in made.iterdir()) == ["secret-key", "static"]


def test_an_empty_key_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "secret-key").touch()
    assert len((home.prepare_home(tmp_path) / "secret-key").read_text()) > 50


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").touch()
    mode = tmp_path.stat().st_mode
    with pytest.raises(ServeError) as refused:
        home.prepare_home(tmp_path)
    assert refused.value.code == "serve.home-of-others"
    assert tmp_path.stat().st_mode == mode


# -- careless ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    ["guiju.sqlite3", "mysql://me:secret@host/db", "postgres://", "postgres:///", "sqlite://", "sqlite://:memory:",
     "postgres://me:secret@host:port/db", "http://host/db", "postgres:host", "://"],
)  # fmt: skip
def test_no_address_of_a_database(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", "--home", str(tmp_path / "h"), "--database-url", url, "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert "no address of a database" in said
    assert "secret" not in said
    assert not (tmp_path / "h").exists()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_file_as_home(lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    for place in ("file", "file/below"):
        assert run(["serve", "--home", str(tmp_path / place), "--lang", lang]) == 2
        assert "--home" in capsys.readouterr().err


def test_a_host_that_is_not_this_machine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for host in ("203.0.113.7", "no such host", "x" * 70):
        assert run(["serve", "--home", str(tmp_path), "--host", host, "--lang", "en"]) == 2
        assert "0.0.0.0" in capsys.readouterr().err


def test_a_port_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    for port in ("0", "65536", "eighty"):
        assert run(["serve", "--port", port, "--lang", "zh"]) == 2
        assert "--port" in capsys.readouterr().err


def test_a_database_that_does_not_answer(tmp_path: Path) -> None:
    url = "postgres://me:secret@127.0.0.1:1/none"
    command = [*GUIJU, "serve", "--home", str(tmp_path), "--database-url", url, "--lang", "en"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 2
    assert "127.0.0.1:1/none cannot be reached" in ended.stderr
    assert "secret" not in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not ended.stdout


def test_the_next_port_where_one_is_taken() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen(1)
        port = held.getsockname()[1]
        assert port < ports.free_port("127.0.0.1", port) <= port + ports.TRIED


def test_two_sites_that_start_at_once_have_a_port_each() -> None:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    with ports.own_port("127.0.0.1", port) as one, ports.own_port("127.0.0.1", port) as other:
        assert one != other
    with ports.own_port("127.0.0.1", port) as again:
        assert again == one


@pytest.mark.parametrize("names", ["a.example,b.example", " a.example, b.example ,"])
def test_the_names_of_a_site_may_be_written_with_spaces(names: str, tmp_path: Path) -> None:
    asked = "from guiju.institutions import settings; print(settings.ALLOWED_HOSTS)"
    environment = {**os.environ, "GUIJU_HOME": str(tmp_path), "GUIJU_HOSTS": names}
    told = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "['a.example', 'b.example']"


# -- the group ---------------------------------------------------------------------------------------------------------------


def test_the_site_answers_in_both_languages(site: str) -> None:
    for lang in ("zh", "en"):
        with urllib.request.urlopen(f"{site}/{lang}/", timeout=20) as answer:
            assert answer.status == 200
            page = answer.read().decode()
    style = page.split('rel="stylesheet" href="')[1].split('"')[0]
    with urllib.request.urlopen(site + style, timeout=20) as answer:
        assert "immutable" in answer.headers["Cache-Control"]


def children(process: int) -> dict[str, int]:
    """Return the processes of a group by role."""
    found = {}
    for one in Path(f"/proc/{process}/task/{process}/children").read_text().split():
        words = Path(f"/proc/{one}/cmdline").read_text().split("\0")
        if "guiju.institutions.serving" in words:
            found[words[words.index("guiju.institutions.serving") + 1]] = int(one)
    return found


def runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def wait_for(what: object, seconds: float = 40) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if what():  # type: ignore[operator]
            return True
        time.sleep(0.1)
    return False


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")
def test_what_dies_is_started_again_and_all_end_together(tmp_path: Path) -> None:
    served = Served(tmp_path, "--port", "18417")
    before = children(served.process.pid)
    assert before.keys() == {"web", "worker", "sequencer"}
    os.kill(before["worker"], signal.SIGKILL)
    assert wait_for(lambda: children(served.process.pid).get("worker", before["worker"]) != before["worker"])
    after = children(served.process.pid)
    assert {role: after[role] for role in ("web", "sequencer")} == {role: before[role] for role in ("web", "sequencer")}
    time.sleep(1)  # the new worker takes its signals
    assert served.end(signal.SIGINT) == 0
    assert not [role for role, process in after.items() if runs(process)]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")
def test_nothing_is_left_when_the_command_itself_is_killed(tmp_path: Path) -> None:
    served = Served(tmp_path, "--port", "18517")
    left = children(served.process.pid)
    served.end(signal.SIGKILL)
    assert wait_for(lambda: not [role for role, process in left.items() if runs(process)])


def test_delays_grow_and_begin_again_after_a_steady_run() -> None:
    child = Child("no such role")
    delays = []
    moment = 100.0
    for _ in range(4):
        child.start(moment)
        assert child.process is not None
        child.process.wait(30)
        delays.append(child.look(moment))
        assert child.look(moment) is None
        assert child.process is None
    child.start(moment)
    assert child.process is not None
    child.process.wait(30)
    assert delays == [0.5, 1, 2, 4]
    assert child.look(moment + 61) == 0.5


# -- the outbox --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_places_are_consecutive_and_each_entry_is_reacted_to(database: str, tmp_path: Path) -> None:
    found = run_on(database, tmp_path, "outbox_run")
    assert found["vendor"] == database
    assert found["places"] == list(range(1, 46))  # 3 writers, 20 acts each, every fourth undone
    assert found["tasks"] == found["reacted"] == 45
    assert found["states"] == ["SUCCESSFUL"]


@pytest.mark.django_db
def test_what_is_undone_was_never_told() -> None:
    with transaction.atomic():
        outbox.tell("test.kept", "a")
        with transaction.atomic():
            outbox.tell("test.undone", "b")
            transaction.set_rollback(True)
    assert outbox.sequence() == 1
    assert outbox.sequence() == 0
    assert list(Outbox.objects.values_list("kind", "place")) == [("test.kept", 1)]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_told_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        outbox.tell("test.alone", "a")


@pytest.mark.django_db
def test_a_reaction_that_is_there_no_longer() -> None:
    entry = outbox.tell("test.gone", "a")
    assert tasks.react.func(entry.pk, "no.such.reaction") is False
    assert tasks.react.func(entry.pk + 1, "no.such.reaction") is False


def test_duties_come_round_and_one_that_fails_stops_no_other(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(tasks, "_rounds", {})
    done: list[str] = []

    @tasks.every(minutes=1)
    def fails() -> None:
        raise LookupError

    @tasks.every(minutes=10)
    def works() -> None:
        done.append("works")

    assert [tasks.do_duties(moment) for moment in (1000.0, 1030.0, 1061.0, 1601.0)] == [1, 0, 0, 1]
    assert done == ["works", "works"]
    assert "fails" in caplog.text


@pytest.mark.django_db
def test_the_duties_of_the_hall_run() -> None:
    assert tasks.take_up_again() == 0
    assert tasks.forget_results() == 0
