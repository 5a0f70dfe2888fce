"""The texts that the rules were written from."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiju.norms import builtin
from guiju.norms.statutes import CHINESE, UNION, Statute, read_text_of
from guiju.verify import texts_in


@pytest.fixture(scope="session")
def texts(data_dir: Path) -> Path:
    """The folder of statute texts."""
    return data_dir / "instruments"


def _read(texts: Path, numbering: str) -> dict[str, Statute]:
    found = texts_in(texts)
    outlines = {name: one for name, one in builtin().outlines.items() if one.numbering == numbering}
    return {name: read_text_of(found[one.text]) for name, one in outlines.items()}


@pytest.fixture(scope="session")
def statutes(texts: Path) -> dict[str, Statute]:
    """Chinese instrument -> its text."""
    return _read(texts, CHINESE)


@pytest.fixture(scope="session")
def acts(texts: Path) -> dict[str, Statute]:
    """Instrument of the Union -> its text in force."""
    return _read(texts, UNION)
