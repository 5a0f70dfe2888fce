"""A small questionnaire for the lines of the arithmetic, and the text that others are made of."""

from functools import cache

from guiju.norms import Corpus, load_book
from guiju.norms.books import QUESTIONNAIRE, builtin_folders
from guiju.questionnaires import Questionnaire, Shelf, read_questionnaire, shelf_of


@cache
def canada() -> Shelf:
    """The questionnaires of the built-in book of Canada, without the rules of all other places."""
    texts = load_book(builtin_folders()["ca"], "ca")
    return shelf_of(Corpus(questionnaires={name: text for name, text in texts if text.startswith(QUESTIONNAIRE)}))


HEAD = """questionnaire: zz/small
version: v1
published: 2026-01-02
source: {repository: 'https://example.org/small', commit: abc, file: a.json, sha256: 'def'}
licence: {zh: 虚构, en: invented}
arithmetic: {enough_mitigation: 0.40, reduction_share: 0.15, level_shares: [0.25, 0.50, 0.75]}
sections:
  - {section: risks, counts: impact}
  - {section: helps, counts: mitigation}
questions:
"""

RISK = "  - {question: risk, in: risks, answer: one, options: {r-0: 0, r-40: 40}}\n"


def edition(impact: int, mitigation: int) -> Questionnaire:
    """One question of each kind, with every number of points up to the most."""
    return read_questionnaire(
        HEAD + _question("risk", "risks", "r", impact) + _question("help", "helps", "m", mitigation), "small.yaml"
    )


def _question(name: str, section: str, letter: str, most: int) -> str:
    options = ", ".join(f"{letter}-{points}: {points}" for points in range(most + 1))
    return f"  - {{question: {name}, in: {section}, answer: one, options: {{{options}}}}}\n"
