"""The texts that the rules were written from."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiju.norms import builtin
from guiju.norms.statutes import Statute, read_statute
from guiju.verify import texts_in


@pytest.fixture(scope="session")
def texts(data_dir: Path) -> Path:
    """The folder of statute texts."""
    return data_dir / "instruments"


@pytest.fixture(scope="session")
def statutes(texts: Path) -> dict[str, Statute]:
    """Instrument -> its text."""
    found = texts_in(texts)
    return {one: read_statute(found[outline.text]) for one, outline in builtin().outlines.items()}
