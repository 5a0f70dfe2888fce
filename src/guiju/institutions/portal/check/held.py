"""A check as a page holds it: what its key opens, and the interview and the result, worked out once while they are asked for.

An interview and an assessment are worked on while they are read, so each is lent to one request at a time; ``private`` gives
them back when the page is done.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from guiju.assess import Assessment, Interview, Question, assess
from guiju.institutions.hall.bounds import bounded
from guiju.institutions.hall.edition import site_corpus, site_today
from guiju.institutions.register.checks import check_by_key, colleague_by_token, dossier_of, save
from guiju.institutions.register.models import Check
from guiju.subjects import Answer, Dossier, with_answers
from guiju.wording import in_language

KEPT: Final = 48
"""How many interviews and results are kept at once."""

_pool: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
_lock = threading.Lock()
_lent: ContextVar[list[Held] | None] = ContextVar("lent", default=None)


@dataclass
class Held:
    """A check in the hands of whoever has its key, or of a colleague (``who``, and no key)."""

    key: str
    check: Check
    dossier: Dossier
    on: date
    known: date
    who: str | None = None
    _mine: dict[tuple[Any, ...], Any] = field(default_factory=dict, repr=False)

    @property
    def version(self) -> int:
        """What a form on the page sends back, so that nothing is overwritten."""
        return self.check.version

    @property
    def digest(self) -> str:
        """The digest of the stored document: of what is said, and of what stands beside."""
        return self.check.dossier_id

    def name(self, lang: str) -> str:
        """What the check is called, in a language where it has a name in it; empty where it has none."""
        return in_language(self.dossier.subject.label, lang) or self.check.name

    def interview(self, party: str | None = None) -> Interview:
        """The interview as the check stands; never answer it, answer the check (``answer``)."""
        key = self._interview_key(party)
        if (found := self._borrow(key)) is None:
            found = self._mine[key] = Interview(self.dossier, site_corpus(), self.on, self.known, party)
        assert isinstance(found, Interview)
        return found

    def _interview_key(self, party: str | None) -> tuple[Any, ...]:
        return "interview", site_corpus().edition, self.digest, self.on, self.known, party

    def assessment(self, on: date | None = None, known: date | None = None, party: str | None = None) -> Assessment:
        """The result as the check stands, on a day."""
        on, known = on or self.on, known or self.known
        key = ("assessment", site_corpus().edition, self.digest, on, known, party)
        if (found := self._borrow(key)) is None:
            found = self._mine[key] = assess(self.dossier, site_corpus(), on, known, party)
        assert isinstance(found, Assessment)
        return found

    # -- changed -----------------------------------------------------------------------------------------------------------

    def save(self, dossier: Dossier, version: int) -> None:
        """Store another dossier.

        :raises ChangedError: where somebody else saved since the page with this version was made.
        """
        self.check = save(self.check, dossier, version)
        self.dossier = dossier_of(self.check)

    def answer(self, answers: Iterable[Answer], version: int) -> None:
        """Store answers. The interview goes on from where it was, so that the next question is at hand.

        :raises DossierError: for what a dossier could not hold; nothing is stored then.
        :raises TooMuchError: for more than the site answers at once; nothing is worked out then.
        :raises ChangedError: where somebody else saved since the page with this version was made.
        """
        answers = list(answers)
        bounded(with_answers(self.dossier, answers, site_corpus().vocabulary))
        interview = self.interview()
        self._mine.pop(self._interview_key(None), None)
        for one in answers:
            interview.answer(one)
        self._go_on(interview, version)

    def put_aside(self, question: Question, who: str | None, version: int, by: str | None = None) -> None:
        """Store that nobody here knows an answer yet, or (``who``) that somebody else does.

        :raises ChangedError: where somebody else saved since the page with this version was made.
        """
        interview = self.interview()
        self._mine.pop(self._interview_key(None), None)
        interview.set_aside(question, who, by, site_today())
        self._go_on(interview, version)

    def _go_on(self, interview: Interview, version: int) -> None:
        self.save(interview.dossier, version)
        self._mine[self._interview_key(None)] = interview

    # -- lent and given back -----------------------------------------------------------------------------------------------

    def _borrow(self, key: tuple[Any, ...]) -> Any:
        if key not in self._mine:
            with _lock:
                found = _pool.pop(key, None)
            if found is None:
                return None
            self._mine[key] = found
        return self._mine[key]

    def give_back(self) -> None:
        """What was lent is there for the next page."""
        with _lock:
            for key, found in self._mine.items():
                _pool[key] = found
                _pool.move_to_end(key)
            while len(_pool) > KEPT:
                _pool.popitem(last=False)
        self._mine.clear()


def held(key: str, on: date | None = None, known: date | None = None) -> Held:
    """What a key opens.

    :raises LinkError: 404 where there is nothing, 410 where its time is over.
    """
    return _opened(key, check_by_key(key), on, known, None)


def held_by_colleague(token: str) -> Held:
    """What a colleague's link opens: the questions left to them, with no key to the rest.

    :raises LinkError: 404 where there is nothing, 410 where its time is over.
    """
    found = colleague_by_token(token)
    return _opened("", found.check_of, None, None, found.who)


def _opened(key: str, check: Check, on: date | None, known: date | None, who: str | None) -> Held:
    found = Held(key, check, dossier_of(check), on or site_today(), known or site_today(), who)
    lent = _lent.get()
    if lent is not None:
        lent.append(found)
    return found


class Lending:
    """As long as this lasts, whatever is opened is given back at its end."""

    def __enter__(self) -> list[Held]:
        lent: list[Held] = []
        self._token = _lent.set(lent)
        return lent

    def __exit__(self, *_: object) -> None:
        for one in _lent.get() or []:
            one.give_back()
        _lent.reset(self._token)
