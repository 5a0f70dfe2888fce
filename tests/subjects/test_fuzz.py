"""Whatever stands in a file, the reader answers with a dossier or with an error that a person can act on."""

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.subjects.words import vocabulary

from guiju.subjects import card_from, dossier_from, dumps
from guiju.wording import LANGUAGES, GuijuError

VOCABULARY = vocabulary()

_WORDS = st.sampled_from([
    "system", "facts", "events", "conduct", "purposes", "parties", "objects", "model", "service", "earlier", "root", "of",
    "closed", "kind", "id", "org", "exactly", "has", "lacks", "min", "max", "not_until", "one_of", "value", "by", "on",
    "reasons", "done", "markets", "EU", "domain", "employment",
    "training_compute", "staff", "log_retention", "6 months", "placed_on_market",
    "2026-08-15", "2026-13-45", "algorithm_filed", "eu.provider", "eu.narrow_procedural_task", "meeting", "body", "content",
    "member_categories", "declared_standards", "org:acme", "true", "yes", "", "~", "1e400", "1e9999999999999999999", "-1",
    "judgements", "positions", "schema", "note", "name", "zh", "en", "organisation", "category", "offers", "purpose",
])  # fmt: skip
_DATA = st.recursive(
    _WORDS | st.booleans() | st.none() | st.integers(-5, 10**20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=4),
    max_leaves=14,
)


def _yaml(data: object) -> str:
    if isinstance(data, dict):
        return "{" + ", ".join(f"? {_yaml(key)} : {_yaml(value)}" for key, value in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(_yaml, data)) + "]"
    return {None: "null", True: "true", False: "false"}.get(data, str(data)) if not isinstance(data, str) else data or '""'  # type: ignore[call-overload]


def _survives(text: str) -> None:
    problem: GuijuError | None = None
    try:
        dossier = dossier_from(text, "fuzz", VOCABULARY)
    except GuijuError as error:
        problem = error
    else:
        assert dossier_from(dumps(dossier.content), "again", VOCABULARY).digest == dossier.digest
    assert problem is None or all(problem.message(lang) for lang in LANGUAGES)


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_as_a_dossier(text: str) -> None:
    _survives(text)


@given(_DATA)
@settings(max_examples=500, deadline=None)
def test_data_that_looks_like_a_dossier(data: object) -> None:
    _survives(_yaml(data))


@given(
    st.dictionaries(
        st.sampled_from(["facts", "objects", "parties", "purposes", "model", "earlier", "events", "conduct"]), _DATA, max_size=3
    )
)
@settings(max_examples=500, deadline=None)
def test_the_right_keys_over_anything(data: object) -> None:
    _survives(_yaml(data))


_LINES = st.sampled_from([
    "---", "license: mit", "license: [mit, apache-2.0]", "pipeline_tag: text-generation", "tags:", "- fill-mask", "\t- x",
    "# Title", "license: &a mit", "base_model: *a", "a: !!python/object:x {}", "[[[[", "key: 'open", "```", "<h1>",
    "Trained with 3e25 FLOPs", "======", "<!--", "…", "\x00", "\ufeff",
])  # fmt: skip


@given(st.lists(_LINES | st.text(max_size=30), max_size=14))
@settings(max_examples=400, deadline=None)
def test_any_text_as_a_card(lines: list[str]) -> None:
    with suppress(GuijuError):
        card = card_from("\n".join(lines), "fuzz.md", VOCABULARY)
        assert card.subject.kind == "model"
        assert all(proposal.line >= 1 for proposal in card.proposals)


@given(_DATA)
@settings(max_examples=200, deadline=None)
def test_any_front_matter(data: object) -> None:
    card_from(f"---\n{_yaml(data)}\n---\n# X\n", "fuzz.md", VOCABULARY)
