"""The report of an assessment as plain data (``report_parts``), in the order a reader wants: the answer first.

``report_of(assessment, lang)`` builds it; ``html_page``, ``workbook`` and a web server show it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from guiju import __version__
from guiju.assess.document import Assessment, to_json, undecided
from guiju.assess.parts import void_words
from guiju.assess.plain import proposal_words
from guiju.assess.questions import Question
from guiju.assess.report_axes import axes_of
from guiju.assess.report_duty import DutyTeller
from guiju.assess.report_next import next_steps
from guiju.assess.report_parts import Band, Counts, Duty, Group, Lacking, Need, Party, Phase, Proposed, Report, Share
from guiju.assess.report_words import Words
from guiju.norms import Missing
from guiju.norms.sentences import title_words
from guiju.wording import codes, fill, in_language

FORCES: Final = ("hard", "hardened", "expected", "unknown", "soft")
"""Forces in the order of a report."""

STATUSES: Final = ("applies", "unknown", "upcoming", "transitional", "suspended", "ended")
PHASES: Final = ("before", "during", "after", "")
MET: Final = ("no", "unknown", "yes", None)
"""What is not met stands before what is not shown, and that before what is met."""

CAUSES: Final = ("fact", "judgement", "evidence")

MOST_ROLES: Final = 2
"""Roles of a party that the answer names; the rest are counted there and listed below it."""

EDITION_LENGTH: Final = 12
"""Digits of a digest that people are shown in a sentence."""


def report_of(assessment: Assessment, lang: str, everything: bool = False, document: Mapping[str, Any] | None = None) -> Report:
    """The report in a language; ``everything`` adds what is settled not to apply.

    ``document`` is what ``to_json`` gives for the same assessment, where it is at hand already.
    """
    return _Builder(assessment, lang, everything, document).report()


def short(digest: str) -> str:
    """A digest as a sentence names it."""
    return digest.removeprefix("sha256:")[:EDITION_LENGTH]


class _Builder:
    def __init__(self, assessment: Assessment, lang: str, everything: bool, document: Mapping[str, Any] | None) -> None:
        self.a = assessment
        self.everything = everything
        self.w = Words(assessment, lang)
        self.say = self.w.say
        self.teller = DutyTeller(self.w)
        self.document = to_json(assessment, everything) if document is None else document
        rows = assessment.rows if everything else assessment.in_question
        pairs = zip(rows, self.document["duties"], strict=True)
        self.duties = [self.teller.duty(row, data, f"d{number}") for number, (row, data) in enumerate(pairs, 1)]
        self.owed = [one for one in self.duties if one.kind != "application"]
        self.sure = [one for one in self.owed if one.scope == "yes"]
        self.open = [one for one in self.owed if one.scope == "unknown"]
        self.needs = [self._question(one) for one in assessment.questions]
        bearers = [row.norm.bearer for row in assessment.in_question if row.norm.bearer and row.norm.kind == "duty"]
        self.owed_as = Counter(term for bearer in bearers for term in bearer.terms)

    def report(self) -> Report:
        a, w = self.a, self.w
        parties = tuple(self._parties())
        counts = self._counts()
        todo = tuple(next_steps(self.teller, self.duties, self.needs))
        name = w.named(a.dossier.subject)
        return Report(
            lang=w.lang,
            mark=self.say("example-mark") if a.dossier.example else "",
            title=self._title(counts),
            subject=name,
            subject_id=a.dossier.subject.id,
            subject_kind=a.dossier.subject.kind,
            on=a.program.on,
            known=a.program.known,
            edition=a.corpus.edition,
            dossier=a.dossier.digest,
            engine=__version__,
            parties=parties,
            counts=counts,
            answer=tuple(self._answer(name, parties, counts)),
            axes=tuple(axes_of(self.teller, self.document["grades"])),
            todo=todo,
            overview=tuple(self._overview()),
            weighed=self.teller.weighed(),
            groups=tuple(self._groups()),
            appliers=tuple(one for one in self.duties if one.kind == "application" and one.scope != "no"),
            unsettled=tuple(self._unsettled()),
            outside=tuple(one for one in self.duties if one.scope == "no"),
            questions=tuple((cause, found) for cause in CAUSES if (found := tuple(self._asked(cause)))),
            word_only=tuple(one for one in self._now() if one.binding and one.met == "yes" and not self._shown(one)),
            divided=tuple(one for one in self.owed if one.readings),
            acts=tuple(self._acts()),
            readiness=tuple(self._readiness()),
            awaited=tuple(self._awaited()),
            proposals=tuple(self._proposals()),
            lacking=tuple(self._lacking("instrument")),
            partly=tuple(self._lacking("norm")),
            memory=tuple(self._lacking("memory")),
            warnings=tuple(self._warnings()),
            command=self._command(),
        )

    # -- the answer --------------------------------------------------------------------------------------------------------------

    def _now(self) -> list[Duty]:
        return [one for one in self.sure if one.status == "applies"]

    def _shown(self, duty: Duty) -> bool:
        """Whether a "met" rests on more than somebody's word."""
        data = self.document["duties"][int(duty.anchor[1:]) - 1]
        return bool(data["basis"]) and data["basis"]["kind"] != "declared"

    def _counts(self) -> Counts:
        now = self._now()
        binding = [one for one in now if one.binding]
        met = [one for one in binding if one.met == "yes"]
        coming = [one for one in self.sure if one.status in ("upcoming", "transitional")]
        return Counts(
            now=len(now),
            binding=len(binding),
            met=len(met),
            declared=sum(1 for one in met if not self._shown(one)),
            unmet=sum(1 for one in binding if one.met == "no"),
            shown_open=sum(1 for one in binding if one.met == "unknown"),
            coming=len(coming),
            open=len(self.open) + sum(1 for one in self.sure if one.status == "unknown"),
        )

    def _overview(self) -> Iterable[Share]:
        """How the binding rules that apply now stand, by instrument: where most is not met first."""
        of: dict[str, list[Duty]] = {}
        for duty in (one for one in self._now() if one.binding):
            of.setdefault(duty.instrument, []).append(duty)
        shares = [self._share(duties) for duties in of.values()]
        return sorted(shares, key=lambda one: (-one.unmet, -one.shown_open, -one.now))

    def _share(self, duties: list[Duty]) -> Share:
        first, met = duties[0], [one for one in duties if one.met == "yes"]
        checked = self.w.listed(one.checked for one in duties)
        unmet, shown_open = (sum(1 for one in duties if one.met == met) for met in ("no", "unknown"))
        declared = sum(1 for one in met if not self._shown(one))
        return Share(
            first.instrument, first.instrument_kind, first.official, checked, len(duties), unmet, shown_open, len(met), declared
        )

    def _title(self, counts: Counts) -> str:
        subject = self.a.dossier.subject
        name = in_language(subject.label, self.w.lang) if subject.label else subject.id
        return self.say("title", name=name, binding=counts.binding, unmet=counts.unmet)

    def _answer(self, name: str, parties: Sequence[Party], counts: Counts) -> Iterable[str]:
        """Sentences to be read aloud: who and what, what binds and how it stands, what comes, what presses, what is open."""
        w, say = self.w, self.say
        rules = w.counted("rules", counts.now)
        binding = counts.binding if counts.now else ""
        code = "answer-now" if counts.now else "answer-nothing"
        yield say(code, name=name, on=w.day(self.a.program.on), rules=rules, binding=binding)
        said = [self._party(one) for one in parties if one.roles]
        if said:
            yield say("answer-who", parties=say("between-parties").join(said))
        if counts.binding:
            declared = w.counted("declared", counts.declared) if counts.declared else ""
            yield say("answer-met", met=counts.met, declared=declared, unmet=counts.unmet, open=counts.shown_open)
        yield from self._urgent()
        if counts.now or counts.coming:
            yield self._coming()
        if counts.open:
            yield w.counted("answer-open", counts.open)
        if self.needs:
            yield say("answer-ask", question=self.needs[0].text)
        yield say("answer-edition", edition=w.code(short(self.a.corpus.edition)))
        for how, count in undecided(self.a.dossier):
            if count:
                yield w.counted(f"answer-proposed-{how}", count)

    def _party(self, one: Party) -> str:
        party, roles = one.name or self.w.code(one.org.removeprefix("org:")), one.roles
        shown = roles if len(roles) <= MOST_ROLES else roles[: min(MOST_ROLES, one.telling or MOST_ROLES)]
        if shown == roles:
            return self.say("party-is", party=party, roles=self.w.listed(roles))
        more = self.w.counted("roles", len(roles) - len(shown))
        return self.say("party-is-mostly", party=party, roles=self.w.listed(shown), more=more)

    def _urgent(self) -> Iterable[str]:
        steps = [one for one in next_steps(self.teller, self.duties, ()) if one.kind != "coming"]
        if steps:
            first = steps[0]
            yield self.say(
                "answer-urgent", clause=first.clause, what=first.text.rstrip("。. "), when=first.when[:1].lower() + first.when[1:]
            )

    def _coming(self) -> str:
        """The next day on which something begins to apply."""
        coming = [one for one in self.sure if one.status in ("upcoming", "transitional") and one.from_day is not None]
        if not coming:
            return self.say("answer-nothing-coming")
        first = min(coming, key=lambda one: (one.from_day or date.max, FORCES.index(one.force)))
        assert first.from_day is not None
        days = (first.from_day - self.a.program.on).days
        left = self.teller.ahead(days)
        return self.say("answer-coming", clause=first.clause, what=first.summary, day=self.w.day(first.from_day), left=left)

    def _parties(self) -> Iterable[Party]:
        things = {one.id: one for one in self.a.results.world.of_kind("party")}
        parties = self.document["parties"]
        plain = self._plain(parties)
        for data in parties:
            if self.a.party in (None, data["org"]):
                thing = things[data["org"]]
                roles, open_roles = (self._by_weight(data[key], plain) for key in ("roles", "open_roles"))
                telling = len(set(data["roles"]) - plain)
                yield Party(data["org"], self.w.named(thing) if thing.label else "", roles, open_roles, telling)

    def _plain(self, parties: Sequence[Mapping[str, Any]]) -> set[str]:
        """Roles that say little of a party here: nothing is owed by them, or every party has them."""
        return {
            role
            for one in parties
            for role in one["roles"]
            if not self.owed_as[role] or all(role in other["roles"] for other in parties)
        }

    def _by_weight(self, terms: Iterable[str], plain: set[str]) -> tuple[str, ...]:
        """Roles in words: those that say something first, then by how much is owed."""
        return tuple(self.w.term(term) for term in sorted(terms, key=lambda one: (one in plain, -self.owed_as[one], one)))

    # -- duties ------------------------------------------------------------------------------------------------------------------

    def _groups(self) -> Iterable[Group]:
        for status in STATUSES:
            duties = [one for one in self.sure if one.status == status]
            if duties:
                lead = self.say(f"lead-{status}")
                yield Group(status, self.say(f"group-{status}"), lead, len(duties), tuple(self._bands(duties)))

    def _bands(self, duties: list[Duty]) -> Iterable[Band]:
        for force in FORCES:
            found = [one for one in duties if one.force == force]
            ordered = sorted(found, key=lambda one: MET.index(one.met))
            if found:
                phases = tuple(
                    Phase(phase, self.w.one_of("phase", phase) if phase else self.say("phase-none"), inside)
                    for phase in PHASES
                    if (inside := tuple(one for one in ordered if one.phase == phase))
                )
                yield Band(force, self.say(f"force-{force}"), len(found), phases)

    def _unsettled(self) -> Iterable[tuple[str, tuple[Duty, ...]]]:
        """Rules of which it is open whether they apply, by instrument."""
        places: dict[str, list[Duty]] = {}
        for duty in self.open:
            places.setdefault(duty.instrument, []).append(duty)
        return ((title, tuple(duties)) for title, duties in places.items())

    # -- what is unknown ---------------------------------------------------------------------------------------------------------

    def _question(self, one: Question) -> Need:
        need = self.teller.need(Missing(one.cause, one.name, one.thing))  # type: ignore[arg-type]  # a cause of the engine's own
        return Need(need.cause, need.name, need.text, need.of, need.help, need.criteria, one.settles, one.hard)

    def _asked(self, cause: str) -> Iterable[Need]:
        return (one for one in self.needs if one.cause == cause)

    # -- the end -----------------------------------------------------------------------------------------------------------------

    def _acts(self) -> Iterable[str]:
        """Acts that have no effect yet, or never will."""
        for act in self.a.program.acts:
            title = self.w.text(act.event.summary) or self.w.code(act.event.id)
            if act.void is not None:
                yield self.w.page("act-void", title=title, why=void_words(self.a.program, act.void, self.w.lang))
            elif act.state == "pending":
                yield self.w.page("act-pending", title=title, targets=self.w.clauses(act.event.targets.ids))

    def _readiness(self) -> Iterable[str]:
        for kind, count in sorted(self.document["readiness"]["by_kind"].items()):
            code = f"assess.kind-{kind}"
            said = fill(code, self.w.lang, "message", {}) if code in codes(self.w.lang) else self.w.code(kind)
            yield self.w.page("of-kind", count=count, kind=said)

    def _awaited(self) -> Iterable[tuple[str, tuple[Lacking, ...]]]:
        """Rules that wait for a right to be claimed, or for a breach, each once."""
        for kind in ("right", "breach"):
            rows = {one.row.norm.id: one.row.norm for one in self.a.results.awaited if one.kind == kind}
            told = tuple(Lacking(self.w.titled(norm), self.w.text(norm.summary), norm.id) for norm in rows.values())
            if told:
                yield self.say(f"awaits-{kind}"), told

    def _proposals(self) -> Iterable[Proposed]:
        vocabulary = self.a.corpus.vocabulary.declared
        for one in self.a.dossier.proposals:
            declared = vocabulary[one.name]
            value = proposal_words(declared, one, self.w.lang)
            label = self.w.text(declared.label or declared.ask)
            state = self.say("proposal-set-aside" if one.state == "open" and not one.assumed else f"proposal-{one.state}")
            confidence = self.w.page(f"confidence-{one.confidence}")
            yield Proposed(label, value, one.line, self.w.said(one.excerpt), confidence, state)

    def _lacking(self, what: str) -> Iterable[Lacking]:
        for one in self.document["not_covered"]:
            memory = bool(one.get("memory"))
            if (what == "memory") is not memory or (not memory and what not in one):
                continue
            if "instrument" in one:
                title = title_words(self.a.corpus.instruments[one["instrument"]], self.w.lang, full=True)
            else:
                title = self._clause_of(one["norm"])
            yield Lacking(title, self.w.text(one["text"]), one.get("norm"))

    def _clause_of(self, identifier: str) -> str:
        norm = self.a.program.norms.get(identifier)
        if norm is None:
            norm = next((one for one in self.a.program.resting_on_memory if one.id == identifier), None)
        return self.w.titled(norm) if norm is not None else self.w.clause(identifier)

    def _warnings(self) -> Iterable[str]:
        for one in self.document["warnings"]:
            yield self.w.text(one["text"]) if "text" in one else self._warning(one)

    def _warning(self, one: dict[str, Any]) -> str:
        own = f"report.{one['code'].removeprefix('assess.')}"
        return fill(own if own in codes(self.w.lang) else one["code"], self.w.lang, "message", one)

    def _command(self) -> str:
        """The command that makes this report again."""
        a = self.a
        parts = ["guiju assess DOSSIER", f"--on {a.program.on}", f"--known {a.program.known}"]
        parts += [f"--party '{a.party}'"] if a.party else []
        parts += ["--memory"] if a.program.memory else []
        parts += [f"--reading '{by}'" for by in a.corpus.read_by]
        parts += ["--all"] if self.everything else []
        return " ".join((*parts, f"--lang {self.w.lang}", "--html report.html"))
