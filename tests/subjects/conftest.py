"""The vocabulary that dossiers in these tests use, and short ways to read them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.subjects import words

from guiju.norms import Vocabulary
from guiju.subjects import Dossier, dossier_from

HERE = Path(__file__).resolve().parent


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return words.vocabulary()


@pytest.fixture(scope="session")
def read(vocabulary: Vocabulary) -> Callable[[str], Dossier]:
    """Read a dossier from its text."""
    return lambda text: dossier_from(text, "test.yaml", vocabulary)


@pytest.fixture(scope="session")
def bad() -> Path:
    return HERE / "bad"


@pytest.fixture(scope="session")
def samples() -> Path:
    return HERE.parent.parent / "samples"
