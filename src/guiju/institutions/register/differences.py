"""Two states of a check side by side, field by field, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guiju.assess.plain import called, label_of
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.pages import sayer
from guiju.norms.sentences import name_words
from guiju.subjects import Asked, Change, Dossier, change_words, diff
from guiju.subjects.saying import object_words, said_words


@dataclass(frozen=True, slots=True)
class Difference:
    """A field and what each of the two says of it; a sentence alone where it is no field but an object or a list."""

    what: str
    before: str = ""
    after: str = ""


def differences(before: Dossier, after: Dossier, lang: str) -> list[Difference]:
    """What differs: the answers, what was decided on proposals, and what was put aside."""
    names = {(one.kind, one.id): called(one, lang, site_corpus()) for side in (after, before) for one in side.world.things}
    told = [_told(one, names.get((one.kind, one.id), one.id), lang) for one in diff(before, after) if not one.follows]
    return [*told, *_decided(before, after, lang), *_put_aside(before, after, lang)]


def _told(change: Change, name: str, lang: str) -> Difference:
    vocabulary = site_corpus().vocabulary
    declared = vocabulary.declared.get(change.name or "")
    if change.what != "value" or declared is None:
        return Difference(change_words(change, vocabulary, lang))
    what = sayer(lang)("state.field", object=object_words(change.kind, name, lang), name=name_words(declared, lang))
    return Difference(what, said_words(declared, change.before, lang), said_words(declared, change.after, lang))


def _decided(before: Dossier, after: Dossier, lang: str) -> Iterator[Difference]:
    say = sayer(lang)
    for one, other in zip(before.proposals, after.proposals, strict=False):
        if one.state != other.state:
            label = label_of(site_corpus().vocabulary.declared[one.name], lang)
            states = [say(f"state.proposal-{each.state}", by=each.by or "—") for each in (one, other)]
            yield Difference(say("state.proposal", label=label), *states)


def _put_aside(before: Dossier, after: Dossier, lang: str) -> Iterator[Difference]:
    say, sides = sayer(lang), ({(one.kind, one.id, one.name): one for one in side.asked} for side in (before, after))
    old, new = sides
    for key in dict.fromkeys((*old, *new)):
        declared = site_corpus().vocabulary.declared.get(key[2])
        words = [_note(side.get(key), lang) for side in (old, new)]
        if declared is not None and words[0] != words[1]:
            yield Difference(say("state.aside", label=label_of(declared, lang)), *words)


def _note(note: Asked | None, lang: str) -> str:
    say = sayer(lang)
    if note is None:
        return say("state.aside-none")
    return say("state.aside-to", who=note.who) if note.who else say(f"state.aside-{note.answer.replace('_', '-')}")
