"""Sign-off: a named person, never the author, has read a norm against its text; it falls when either changes.

What is signed is the norm's meaning digest and the fingerprints of the provisions its pinpoint names. A sign-off *stands*
while both are as they were; otherwise it has *fallen*, is kept, and counts for nothing.
"""

from __future__ import annotations

from dataclasses import replace

from guiju.norms.accounts import SignOff
from guiju.norms.fields import CorpusError, Fields
from guiju.norms.meaning import digest
from guiju.norms.model import Norm
from guiju.norms.provisions import pinpointed, version_of
from guiju.norms.statutes.outline import Outline
from guiju.norms.yaml_reader import Item


def read_signoff(item: Item) -> SignOff:
    """One entry of a norm's ``reviewed``."""
    f = Fields(item, "reviewed")
    on = f.day("on")
    if on is None:
        f.fail("data.missing-key", wanted="on")
    found = SignOff(f.word("by"), on, f.word("meaning"), f.word("text"), f.where)
    f.done()
    return found


def text_digest(norm: Norm, outline: Outline | None) -> str:
    """The digest of the provisions a norm names, as the outline has them; of a pinpoint's words where no text is held."""
    version = version_of(norm, outline) if outline else None
    places = pinpointed(norm, version.numbering) if version else ()
    if version is None or not places:
        return digest(str(norm.pinpoint.get("zh") or norm.pinpoint.get("en") or ""))
    units = dict.fromkeys(unit for place in places for unit in version.units(place))
    return digest({str(unit): version.provisions[unit] for unit in units})


def standing(norm: Norm, signoff: SignOff, outline: Outline | None) -> bool:
    """Whether a sign-off is still of this norm and this text."""
    return signoff.meaning == norm.meaning and signoff.text == text_digest(norm, outline)


def with_review(norm: Norm, outline: Outline | None) -> Norm:
    """The norm with the name of the last person whose sign-off stands.

    :raises CorpusError: where the author signed.
    """
    for one in norm.signed:
        if one.by == norm.encoded_by:
            raise CorpusError("norm.signed-by-author", one.where, what=norm.id, got=one.by)
    last = max((one for one in norm.signed if standing(norm, one, outline)), key=lambda one: one.on, default=None)
    return norm if last is None else replace(norm, reviewed=last.by)
