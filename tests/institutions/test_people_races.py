"""Two people at once at one thing: one does it, the other is told why not, on both databases."""

from pathlib import Path

import pytest
from tests.institutions.postgres import run_on


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_of_two_at_once_one_does_and_the_other_is_told(database: str, tmp_path: Path) -> None:
    assert run_on(database, tmp_path, "people_run") == {
        "vendor": database,
        "accepting": ["done people.invitation-accepted"],
        "ending": ["access.missing done 1"],
        "leaving": ["done people.last-administrator"],
        "founding": ["done people.handle-taken"],
        "chairing": ["done people.post-held"],
        "editing": ["done people.changed-meanwhile"],
    }
