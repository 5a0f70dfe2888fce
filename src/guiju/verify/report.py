"""What holding all norms against the texts of a folder gave: per instrument what was checked, what differs, what is explained."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from guiju.norms import Corpus, Norm
from guiju.norms.accounts import Explained
from guiju.norms.provisions import pinpointed, version_of
from guiju.norms.statutes import CHINESE, Outline, Statute, read_text_of, texts_below
from guiju.verify.check import TextCheck
from guiju.verify.findings import Finding
from guiju.verify.places import id_elsewhere
from guiju.wording import GuijuError, Where


class VerifyError(GuijuError):
    """The texts cannot be read, or there are none."""


@dataclass(frozen=True)
class Verified:
    """One instrument: the norms held against its text, those whose provisions the copy lacks, and what differs."""

    instrument: str
    text: str
    checked: int
    not_held: tuple[str, ...]
    open: tuple[Finding, ...]
    explained: tuple[tuple[Finding, Explained], ...]


@dataclass(frozen=True)
class Verification:
    """All instruments that have an outline; ``without_text``: those whose text the folder lacks."""

    instruments: tuple[Verified, ...]
    without_text: tuple[str, ...]

    @property
    def checked(self) -> int:
        """Norms held against a text."""
        return sum(one.checked for one in self.instruments)

    @property
    def open(self) -> int:
        """Differences nobody has explained."""
        return sum(len(one.open) for one in self.instruments)

    @property
    def explained_norms(self) -> int:
        """Norms with a difference that two have explained."""
        return len({finding.norm for one in self.instruments for finding, _ in one.explained})


def texts_in(folder: Path) -> dict[str, Path]:
    """The texts of a folder and the folders below it, by name.

    :raises VerifyError: where the folder is missing or holds no text.
    """
    if not folder.is_dir():
        raise VerifyError("verify.no-folder", Where(str(folder)))
    found = texts_below(folder)
    if not found:
        raise VerifyError("verify.no-texts", Where(str(folder)))
    return found


def verification(corpus: Corpus, folder: Path) -> Verification:
    """Every norm of an instrument with an outline, held against its text in the folder."""
    texts = texts_in(folder)
    versions = {one: _versions(corpus.outlines[one]) for one in sorted(corpus.outlines)}
    done = tuple(
        verified(corpus, one, read_text_of(texts[version.text]))
        for one, several in versions.items()
        for version in several
        if version.text in texts
    )
    if not done:
        known = sorted(version.text for several in versions.values() for version in several)
        raise VerifyError("verify.none-known", Where(str(folder)), known=known)
    lacking = [one for one, several in versions.items() if any(version.text not in texts for version in several)]
    return Verification(done, tuple(lacking))


def _versions(outline: Outline) -> tuple[Outline, ...]:
    """The text in force, and the one before it was amended where norms are written from that too."""
    return (outline, outline.earlier) if outline.earlier else (outline,)


def verified(corpus: Corpus, instrument: str, statute: Statute) -> Verified:
    """One instrument held against one text."""
    check = TextCheck(corpus, instrument, statute)
    explained: list[tuple[Finding, Explained]] = []
    left: list[Finding] = []
    used: set[tuple[str, Explained]] = set()
    norms = {norm.id: norm for norm in check.norms}
    for finding in check.findings():
        entry = _explanation(finding, norms.get(finding.norm), check)
        if entry is None:
            left.append(finding)
        else:
            explained.append((finding, entry))
            used.add((finding.norm, entry))
    left.extend(_idle(norms, used))
    not_held = tuple(norm.id for norm in check.norms if not check.held(norm))
    return Verified(instrument, statute.name, len(norms) - len(not_held), not_held, tuple(left), tuple(explained))


def _explanation(finding: Finding, norm: Norm | None, check: TextCheck) -> Explained | None:
    """The entry that explains a finding: of its kind, of what the norm has, about characters of a provision the norm names."""
    if norm is None:
        return None
    statute = check.statute
    named = {unit for place in check.places(norm) for unit in statute.units(place)}
    for entry in norm.explained:
        units = statute.units(entry.at)
        there = named & {*units} and entry.end <= sum(len(statute.texts[unit]) for unit in units)
        if there and (entry.finding, entry.norm_has) == (finding.kind, finding.got):
            return entry
    return None


def _idle(norms: dict[str, Norm], used: set[tuple[str, Explained]]) -> Iterator[Finding]:
    """Explanations of differences that are not there (any more)."""
    for norm in norms.values():
        for entry in norm.explained:
            if (norm.id, entry) not in used:
                yield Finding("idle", norm.id, entry.at.words(), f"{entry.finding}: {entry.reason}", "—")


def places_checked(corpus: Corpus) -> Iterator[Finding]:
    """Without any text: pinpoints that the outline lacks, and ids that say another place than their pinpoint."""
    for identifier, outline in sorted(corpus.outlines.items()):
        for norm in corpus.all_norms():
            if norm.instrument == identifier and norm.active:
                yield from _place(norm, outline)


def _place(norm: Norm, whole: Outline) -> Iterator[Finding]:
    outline = version_of(norm, whole)
    written = str(norm.pinpoint.get("zh" if whole.numbering == CHINESE else "en", ""))
    places = pinpointed(norm, whole.numbering) if outline else ()
    if outline is None or not places:
        yield Finding("place", norm.id, written, written, whole.text)
        return
    articles = {place.article for place in outline.provisions}
    missing = [one for one in places if not outline.units(one) and not (outline.cut and one.article not in articles)]
    if missing:
        yield Finding("place", norm.id, written, "、".join(one.words() for one in missing), outline.text)
        return
    if id_elsewhere(norm, outline):
        yield Finding("id", norm.id, written, written, norm.id)
