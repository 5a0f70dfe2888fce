"""The decision aid of a Dutch ministry: what its labels say, and what we say to the same.

Its labels give role, kind of system or model, class, transparency duty, systemic risk and licence; with each end of a path it
names articles. Articles 95 (codes of conduct) and 111 (what was there before) are left out: they ask nothing of the class.
Of the rest, those articles are compared that the aid names anywhere to somebody of the same roles: to an article that it never
names to them it says nothing. We name an article where a duty that stands in it is in scope for the party, or where the text
of such a duty refers to it, since the aid lists those as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from truth.scores import ABSTAINED

from .compare import Compared, Difference
from .engine import Seen

NAME = "nl-decision-aid"
FILE = "nl-decision-aid-cases.jsonl"
PARTS = ("role", "kind", "class", "transparency", "systemic risk", "licence", "articles")
LEFT_OUT = frozenset({95, 111})
OF_MODELS = range(51, 57)
"""Articles that speak of models: all that is left where there is no AI system."""

ROLES = {"aanbieder": "provider", "gebruiksverantwoordelijke": "deployer", "importeur": "importer", "distributeur": "distributor"}
LABELS = {
    "kind": {
        "AI-systeem": "AI system", "AI-systeem voor algemene doeleinden": "general-purpose AI system",
        "AI-model voor algemene doeleinden": "general-purpose AI model",
    },
    "class": {
        "verboden AI": "prohibited", "hoog-risico AI": "high-risk", "geen hoog-risico AI": "not high-risk",
        "uitzondering van toepassing": "out of scope",
    },
    "transparency": {"transparantieverplichting": "duty", "geen transparantieverplichting": "no duty"},
    "systemic risk": {"systeemrisico": "systemic risk", "geen systeemrisico": "no systemic risk"},
    "licence": {"open-source": "free and open", "geen open-source": "not free and open"},
}  # fmt: skip
NO_KIND = "none of these"


def alphabets(cases: Iterable[dict[str, Any]]) -> dict[str, frozenset[int]]:
    """For each set of roles, the articles that the aid names to somebody who has them."""
    found: dict[str, set[int]] = {}
    for case in cases:
        found.setdefault(roles_of(case["labels"]), set()).update(case["articles_named"])
    return {roles: frozenset(articles - LEFT_OUT) for roles, articles in found.items()}


def roles_of(labels: Iterable[str]) -> str:
    given = set(labels)
    return " and ".join(ours for theirs, ours in ROLES.items() if theirs in given) or "no role"


def compare(case: dict[str, Any], seen: Seen, alphabet: frozenset[int]) -> Compared:
    """One path of the aid beside our answer to the same statements."""
    labels = set(case["labels"])
    expected = {part: next((ours for theirs, ours in of.items() if theirs in labels), None) for part, of in LABELS.items()}
    expected["role"] = roles_of(labels)
    if expected["kind"] is None and case["answers"].get("1.2") and expected["role"] != "no role":
        expected["kind"] = NO_KIND
    parts = {part: (told, _ours(part, seen, told)) for part, told in expected.items() if told is not None}
    known = _known(expected, seen)
    differences = [Difference(part, *pair, known) for part, pair in parts.items() if pair[0] != pair[1]]
    named = set(case["articles_named"]) - LEFT_OUT
    parts["articles"] = (_listed(named), _listed(_named(seen) & alphabet))
    differences += _of_articles(named, seen, alphabet, known)
    return Compared(case["id"], parts, tuple(differences))


# -- our answer in their words -----------------------------------------------------------------------------------------------


def _ours(part: str, seen: Seen, told: str) -> str:
    return {
        "role": lambda: _roles(seen, told),
        "kind": lambda: _kind(seen),
        "class": lambda: _class(seen),
        "transparency": lambda: _yes_or_no(50 in seen.duties, 50 not in seen.open, "duty", "no duty"),
        "systemic risk": lambda: _term(seen, "eu.systemic_risk", "systemic risk", "no systemic risk"),
        "licence": lambda: _licence(seen),
    }[part]()


def _roles(seen: Seen, told: str) -> str:
    """The roles that are settled; left open where one that they name is neither settled nor excluded."""
    names = {
        "provider": ("eu.provider", "eu.gpai_provider"),
        "deployer": ("eu.deployer",),
        "importer": ("eu.importer",),
        "distributor": ("eu.distributor",),
    }
    ours = [role for role, terms in names.items() if any(seen.is_so(term) for term in terms)]
    open_ones = [role for role, terms in names.items() if role not in ours and not all(seen.is_not(term) for term in terms)]
    return ABSTAINED if any(role in told.split(" and ") for role in open_ones) else " and ".join(ours) or "no role"


def _kind(seen: Seen) -> str:
    if seen.is_so("eu.ai_system"):
        return "general-purpose AI system" if seen.is_so("eu.gpai_model") else "AI system"
    if seen.is_so("eu.gpai_model"):
        return "general-purpose AI model"
    return NO_KIND if seen.is_not("eu.ai_system") else ABSTAINED


def _class(seen: Seen) -> str:
    """The gravest class that is settled; out of scope comes first, but a free licence by itself takes no class away."""
    if seen.is_not("eu.in_scope") and not seen.is_so("eu.free_open_system"):
        return "out of scope"
    grave = ("eu.prohibited_practice", "eu.prohibited_imagery_system", "eu.prohibited_child_abuse_system")
    high = ("eu.annex_iii_high_risk", "eu.annex_i_high_risk")
    if any(seen.is_so(term) for term in grave):
        return "prohibited"
    if any(seen.is_so(term) for term in high):
        return "high-risk"
    return "not high-risk" if all(seen.is_not(term) for term in (*grave, *high)) else ABSTAINED


def _licence(seen: Seen) -> str:
    name = "eu.free_open_system" if seen.is_so("eu.ai_system") else "eu.open_source_model"
    return _term(seen, name, "free and open", "not free and open")


def _term(seen: Seen, name: str, yes: str, no: str) -> str:
    return _yes_or_no(seen.is_so(name), seen.is_not(name), yes, no)


def _yes_or_no(is_so: bool, is_not: bool, yes: str, no: str) -> str:
    return yes if is_so else no if is_not else ABSTAINED


# -- articles ----------------------------------------------------------------------------------------------------------------


def _named(seen: Seen) -> set[int]:
    """Articles with a duty in scope; of a model that is part of no AI system, those on models."""
    named = set(seen.duties)
    return {number for number in named if number in OF_MODELS} if seen.is_not("eu.ai_system") else named


def _of_articles(named: set[int], seen: Seen, alphabet: frozenset[int], known: dict[str, Any]) -> list[Difference]:
    ours = _named(seen)
    found = []
    for number in sorted((named | ours) & alphabet):
        if number in named and number not in ours and number not in seen.referred:
            told = ABSTAINED if number in seen.open else "not named"
            about = {**known, "article": number, "named_by": "theirs"}
            found.append(Difference("articles", f"Art. {number}", told, about, tuple(seen.open.get(number, ()))))
        elif number not in named and number in ours:
            about = {**known, "article": number, "named_by": "ours"}
            found.append(Difference("articles", "not named", f"Art. {number}", about, tuple(seen.duties.get(number, ()))))
    return found


def _listed(numbers: set[int]) -> str:
    return ", ".join(str(number) for number in sorted(numbers)) or "none"


def _known(expected: dict[str, str | None], seen: Seen) -> dict[str, Any]:
    """What an adjudication may speak of besides the difference itself: their labels in our words, and grounds of ours."""
    product = "section B" if seen.is_so("eu.annex_i_section_b") else "section A" if seen.is_so("eu.annex_i_product") else "none"
    return {
        "roles": expected["role"],
        "their_class": expected["class"] or "none",
        "our_class": _class(seen),
        "their_kind": expected["kind"] or "none",
        "their_licence": expected["licence"] or "none",
        "product": product,
        "listed": "yes" if seen.is_so("eu.annex_iii_use") else "no",
        "provider_holds_otherwise": "yes" if seen.is_so("eu.concluded_not_high_risk") else "no",
    }
