"""The decision aid of a Dutch ministry: what its labels say, and what we say to the same.

Its labels give role, kind of system or model, class, transparency duty, systemic risk and licence; with each end of a path it
names articles. Articles 95 (codes of conduct) and 111 (what was there before) are left out: they ask nothing of the class.
Of the rest, those articles are compared that the aid can name to somebody of the same roles (nl-articles.yaml), and what it
names on the path besides: of an article that it never names to them it says nothing. We name an article where a duty that stands
in it is in scope for the party, or where the text of such a duty refers to it, since the aid lists those as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from guiju.logic import Truth
from guiju.norms import plain, read_file
from truth.grounds import Grounds
from truth.scores import ABSTAINED

from .compare import Compared, Difference, Group, turning_on
from .engine import HIGH, PROHIBITED, Seen
from .mapping import numbers

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
NO_KIND, NO_ROLE = "none of these", "no role"
ROLE_TERMS: dict[str, Group] = {
    "provider": ("eu.provider", "eu.gpai_provider"),
    "deployer": ("eu.deployer",),
    "importer": ("eu.importer",),
    "distributor": ("eu.distributor",),
}
CLASS_TERMS: dict[str, Sequence[Group]] = {
    "out of scope": (("eu.in_scope",),), "prohibited": (PROHIBITED,), "high-risk": (HIGH,), "not high-risk": (HIGH,),
}  # fmt: skip
"""Each class with the groups of terms that it turns on."""


@cache
def articles() -> dict[str, frozenset[int]]:
    """The articles that the aid can name, by role."""
    path = Path(__file__).resolve().parent / "nl-articles.yaml"
    return {role: frozenset(named) for role, named in numbers(plain(read_file(path, path.name))).items()}


def articles_for(labels: Iterable[str]) -> frozenset[int]:
    """The articles that the aid can name to somebody of these roles."""
    return frozenset[int]().union(*(articles()[role] for role in roles_of(labels)))


def roles_of(labels: Iterable[str]) -> list[str]:
    given = set(labels)
    return [ours for theirs, ours in ROLES.items() if theirs in given]


def compare(case: dict[str, Any], seen: Seen) -> Compared:
    """One path of the aid beside our answer to the same statements."""
    labels = set(case["labels"])
    expected = {part: next((ours for theirs, ours in of.items() if theirs in labels), None) for part, of in LABELS.items()}
    expected["role"] = " and ".join(roles_of(labels)) or NO_ROLE
    if expected["kind"] is None and case["answers"].get("1.2") and expected["role"] != NO_ROLE:
        expected["kind"] = NO_KIND
    parts = {part: (told, _ours(part, seen, told)) for part, told in expected.items() if told is not None}
    known = _known(expected, seen)
    differences = [
        Difference(part, *pair, known, _grounds(part, *pair, seen)) for part, pair in parts.items() if pair[0] != pair[1]
    ]
    named = set(case["articles_named"]) - LEFT_OUT
    compared = articles_for(labels) | named
    parts["articles"] = (_listed(named), _listed(_named(seen) & compared))
    differences += _of_articles(named, seen, compared, known)
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
    truths = {role: seen.any_is(terms) for role, terms in ROLE_TERMS.items()}
    if any(truths.get(role) is Truth.UNKNOWN for role in told.split(" and ")):
        return ABSTAINED
    return " and ".join(role for role, truth in truths.items() if truth is Truth.TRUE) or NO_ROLE


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
    if seen.any_is(PROHIBITED) is Truth.TRUE:
        return "prohibited"
    if seen.any_is(HIGH) is Truth.TRUE:
        return "high-risk"
    return "not high-risk" if seen.any_is((*PROHIBITED, *HIGH)) is Truth.FALSE else ABSTAINED


def _licence(seen: Seen) -> str:
    return _term(seen, _licence_term(seen), "free and open", "not free and open")


def _licence_term(seen: Seen) -> str:
    return "eu.free_open_system" if seen.is_so("eu.ai_system") else "eu.open_source_model"


def _term(seen: Seen, name: str, yes: str, no: str) -> str:
    return _yes_or_no(seen.is_so(name), seen.is_not(name), yes, no)


def _yes_or_no(is_so: bool, is_not: bool, yes: str, no: str) -> str:
    return yes if is_so else no if is_not else ABSTAINED


# -- our grounds -------------------------------------------------------------------------------------------------------------


def _grounds(part: str, expected: str, ours: str, seen: Seen) -> Grounds:
    """Why we answer a part otherwise: by the terms that the two answers turn on, or by the duties of Article 50."""
    if part == "transparency":
        return seen.why_article(50)
    groups: dict[str, Sequence[Group]] = {
        "role": _roles_between(expected, ours, seen),
        "kind": (("eu.ai_system",), ("eu.gpai_model",)),
        "systemic risk": (("eu.systemic_risk",),),
        "licence": ((_licence_term(seen),),),
    }
    return seen.why(groups[part] if part in groups else turning_on(CLASS_TERMS, expected, ours, seen))


def _roles_between(expected: str, ours: str, seen: Seen) -> list[Group]:
    """The terms of the roles that the two answers do not share; where ours is open, of those they name that are open."""
    theirs, own = set(expected.split(" and ")), set(ours.split(" and "))
    if ours == ABSTAINED:
        return [terms for role, terms in ROLE_TERMS.items() if role in theirs and not seen.any_is(terms).settled]
    return [terms for role, terms in ROLE_TERMS.items() if role in theirs ^ own]


# -- articles ----------------------------------------------------------------------------------------------------------------


def _named(seen: Seen) -> set[int]:
    """Articles with a duty in scope; of a model that is part of no AI system, those on models."""
    named = set(seen.duties)
    return {number for number in named if number in OF_MODELS} if seen.is_not("eu.ai_system") else named


def _of_articles(named: set[int], seen: Seen, compared: frozenset[int], known: dict[str, Any]) -> list[Difference]:
    ours = _named(seen)
    found = []
    for number in sorted((named | ours) & compared):
        if number in named and number not in ours and number not in seen.referred:
            told = ABSTAINED if number in seen.open else "not named"
            about = {**known, "article": number, "named_by": "theirs"}
            grounds = seen.why([("eu.ai_system",)]) if number in seen.duties else seen.why_article(number)
            found.append(Difference("articles", f"Art. {number}", told, about, grounds))
        elif number not in named and number in ours:
            about = {**known, "article": number, "named_by": "ours"}
            found.append(Difference("articles", "not named", f"Art. {number}", about, seen.why_article(number)))
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
