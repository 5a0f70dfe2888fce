"""Themes: what the topics of several laws have in common, so that two places can be read side by side.

A topic belongs to the law it was taken from (``filing`` to one, ``conformity`` to another); a theme is ours, and says only that
both deal with the same concern. Nothing is answered by it.
"""

from __future__ import annotations

from functools import cache
from typing import Final

THEMES: Final = {
    "class": ("definitions", "delegated-acts", "high-risk", "interpretation", "roles", "scope", "special-rules", "transition"),
    "forbidden": ("prohibited",),
    "telling": ("information", "labelling", "notice", "publicity", "transparency"),
    "content": (
        "children", "content", "crisis", "dependence", "elderly", "exit", "filters", "infringement", "injunction",
        "judgment", "minors", "users",
    ),
    "data": (
        "annotation", "bias", "consent", "corpus", "cross-border", "data", "data-protection",
        "data-protection-officer", "data-security", "face-recognition", "identification", "identity",
        "joint-processing", "lawful-basis", "minimisation", "personal-information", "premises", "research",
        "sandbox-data", "sensitive-information", "sharing", "special-categories", "training-data", "transfers",
    ),
    "oversight": ("automated-decisions", "explanation", "human-oversight"),
    "quality": (
        "accessibility", "accuracy", "design", "development", "management", "quality", "quality-management",
        "real-world-testing", "requirements", "risk-management", "safety", "systemic-risk",
    ),
    "security": ("cybersecurity", "emergency-preparation", "network-security", "secrecy", "security", "confidentiality"),
    "assessment": (
        "approval", "assessment", "audit", "certificates", "conformity", "consultation", "database", "derogation",
        "filing", "fundamental-rights", "impact-assessment", "licence", "peer-review", "presumption", "registration",
        "security-assessment", "tests",
    ),
    "records": ("accountability", "documentation", "logs", "proof", "records"),
    "watching": ("breaches", "corrective-action", "incidents", "monitoring", "reporting"),
    "rights": (
        "competition", "complaints", "consumers", "discrimination", "employment", "objection", "rights",
        "rights-of-others", "whistleblowing", "workers",
    ),
    "chain": (
        "agent", "agents", "app-stores", "authorised-representative", "contract", "deployer-duties",
        "distributor-duties", "entrusting", "importer-duties", "platforms", "processors", "provider-duties", "supply",
        "use", "use-of-networks", "value-chain",
    ),
    "models": ("general-purpose",),
    "ethics": (
        "ai-ethics", "application", "committee", "composition", "decision", "emergency-procedure", "ethics",
        "ethics-management", "ethics-review", "follow-up", "good-faith", "principles", "procedure", "quorum",
        "re-review", "research-integrity", "review-criteria", "service-centre", "simplified-conditions",
        "simplified-conversion", "simplified-procedure", "voting",
    ),
    "people": ("literacy",),
    "governing": (
        "ai-office", "cessation", "codes-of-practice", "coordination", "governance", "gpai-supervision", "guidelines",
        "impartiality", "market-surveillance", "notification", "notified-bodies", "notifying-authorities",
        "promotion", "proportionality", "risk-procedure", "sandbox", "sandbox-rules", "self-discipline",
        "small-firms", "standards", "subcontracting", "supervision", "testing-support",
    ),
    "sanctions": ("exemption", "liability", "orders", "penalties", "sanctions"),
    "other": (),
}  # fmt: skip
"""Theme -> the topics in it, in the order in which they are read."""


@cache
def _themes() -> dict[str, str]:
    return {topic: theme for theme, topics in THEMES.items() for topic in topics}


def theme_of(topic: str | None) -> str:
    """The theme of a topic; ``class`` for a norm without one, ``other`` for a topic that this list does not have.

    Topics are free words of rule files; a test asks that none of the corpus is ``other``.
    """
    return _themes().get(topic, "other") if topic else "class"
