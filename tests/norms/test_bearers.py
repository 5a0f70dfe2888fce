"""Who bears a norm, and whose doing counts for whom (language, section 6)."""

import pytest
from tests.norms.small import program, results, row

from guiju.calendars import parse_partial
from guiju.logic import Given, Truth
from guiju.norms import CorpusError

NAMES = """
  supplies: {kind: fact, object: party, type: bool}
  signed_contract: {kind: measure, object: system, type: bool}
  noticed: {kind: event, object: party}
  xx.supplier: {kind: term, object: party, type: bool}
"""
SUPPLIER = "- {id: xx/act/3, kind: status, about: party, makes: [xx.supplier], when: supplies}\n"
NORM = (
    SUPPLIER
    + """
- id: xx/act/2
  bearer: BEARER
  when: a
  require: CONTENT
"""
)
SHARED = ("{jointly: [xx.maker, xx.supplier]}", "{one_of: [xx.maker, xx.supplier]}", "{by_agreement: [xx.maker, xx.supplier]}")
EACH = "{each: [xx.maker, xx.supplier]}"
MAKER = {"makes_it": True, "supplies": False}
SELLER = {"makes_it": False, "supplies": True}
NOBODY = {"makes_it": False, "supplies": False}


def rules(bearer, content="done_this", **more):
    return program(NORM.replace("BEARER", bearer).replace("CONTENT", content), names=NAMES, **more)


def rows(bearer, parties, closed=True, content="done_this", system=None):
    facts = {"a": True} | (system or {})
    found = results(rules(bearer, content), system=facts, parties=list(parties), closed=("parties",) if closed else ())
    return [row(found, "xx/act/2", number) for number in range(len(parties))]


def met(*args, **more):
    return [one.met.met.value for one in rows(*args, **more)]


@pytest.mark.parametrize("bearer", SHARED)
@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (True, False, ["yes", "yes"]),
        (False, True, ["yes", "yes"]),
        (False, False, ["no", "no"]),
        (False, None, ["unknown", "unknown"]),
        (True, None, ["yes", "yes"]),
        (None, None, ["unknown", "unknown"]),
    ],
)
def test_done_by_one_counts_for_all_who_bear_it_together(bearer, first, second, expected):
    parties = [
        MAKER | ({} if first is None else {"done_this": first}),
        SELLER | ({} if second is None else {"done_this": second}),
    ]
    assert met(bearer, parties) == expected


def test_each_bears_it_for_himself():
    assert met(EACH, [MAKER | {"done_this": True}, SELLER | {"done_this": False}]) == ["yes", "no"]


@pytest.mark.parametrize("bearer", SHARED)
def test_what_is_done_by_one_who_does_not_bear_it_counts_for_nobody(bearer):
    (maker, other) = rows(bearer, [MAKER | {"done_this": False}, NOBODY | {"done_this": True}])
    assert (maker.met.met, maker.shared_with, other.in_scope) == (Truth.FALSE, [], Truth.FALSE)
    (maker, _) = rows(bearer, [MAKER | {"done_this": False}, {"makes_it": False, "done_this": True}])
    assert maker.met.met is Truth.UNKNOWN  # the other may bear it too
    assert {one.name for one in maker.missing} == {"supplies"}


def test_the_basis_says_who_did_it():
    evidenced = Given(Truth.TRUE, evidence="contract")
    maker, seller = rows(SHARED[0], [MAKER | {"done_this": False}, SELLER | {"done_this": evidenced}])
    assert (maker.met.basis.kind, maker.met.basis.detail) == ("evidenced", "contract")
    assert maker.met.basis.performed_by == ("parties-1",)
    assert seller.met.basis.performed_by == ()
    assert (maker.shared_with, seller.shared_with) == (["parties-1"], ["parties-0"])


@pytest.mark.parametrize("bearer", SHARED)
def test_a_party_nobody_has_named_may_have_done_it(bearer):
    (maker,) = rows(bearer, [MAKER | {"done_this": False}], closed=False)
    assert maker.met.met is Truth.UNKNOWN
    assert ("fact", "parties") in {(one.cause, one.name) for one in maker.missing}
    assert met(bearer, [MAKER | {"done_this": False}], closed=True) == ["no"]
    assert met(EACH, [MAKER | {"done_this": False}], closed=False) == ["no"]


def test_what_is_of_the_object_and_not_of_a_party_hangs_on_no_party():
    assert met(SHARED[2], [MAKER], closed=False, content="signed_contract", system={"signed_contract": False}) == ["no"]
    assert met(SHARED[2], [MAKER, SELLER], content="signed_contract", system={"signed_contract": True}) == ["yes", "yes"]


def test_to_abstain_is_not_done_for_another():
    norm = NORM.replace("BEARER", SHARED[0]).replace("require: CONTENT", "forbid: done_this")
    found = results(program(norm, names=NAMES), system={"a": True}, closed=("parties",),
                    parties=[MAKER | {"done_this": False}, SELLER | {"done_this": True}])  # fmt: skip
    assert [row(found, "xx/act/2", number).met.met.value for number in (0, 1)] == ["yes", "no"]


def test_the_day_one_of_them_did_it_stops_the_clock_of_all():
    norm = NORM.replace("CONTENT", "done_this\n  clock: {kind: deadline, from: opened, within: 10 days}")
    for day, expected in (("2026-05-08", "done"), ("2026-05-20", "done-late")):
        done = Given(Truth.TRUE, done=parse_partial(day))
        read = program(norm.replace("BEARER", SHARED[0]), names=NAMES)
        found = results(read, system={"a": True, "opened": "2026-05-04"}, closed=("parties",),
                        parties=[MAKER | {"done_this": done}, SELLER | {"done_this": False}])  # fmt: skip
        assert [row(found, "xx/act/2", number).met.clock.state for number in (0, 1)] == [expected, expected]


OTHERWISE = "{by_agreement: [xx.maker], otherwise: [xx.supplier]}"


@pytest.mark.parametrize(
    ("parties", "closed", "expected"),
    [
        ([MAKER, SELLER], True, ["yes", "no"]),
        ([NOBODY, SELLER], True, ["no", "yes"]),
        ([NOBODY, SELLER], False, ["no", "unknown"]),
        ([{"supplies": False}, SELLER], True, ["unknown", "unknown"]),
        ([MAKER | {"supplies": True}, SELLER], True, ["yes", "no"]),
        ([SELLER], True, ["yes"]),
        ([{"makes_it": False}], True, ["unknown"]),
    ],
)
def test_otherwise_owes_it_where_it_is_settled_that_nobody_goes_first(parties, closed, expected):
    found = rows(OTHERWISE, parties, closed)
    assert [one.in_scope.value for one in found] == expected


def test_what_the_one_who_comes_second_hangs_on_is_named():
    _, seller = rows(OTHERWISE, [{"supplies": False}, SELLER])
    assert [(one.name, one.thing.id) for one in seller.missing_of_scope] == [("makes_it", "parties-0")]
    (seller,) = rows(OTHERWISE, [SELLER], closed=False)
    assert [one.name for one in seller.missing_of_scope] == ["parties"]
    (seller,) = rows(OTHERWISE, [SELLER], closed=True)
    assert {one.name for one in seller.because} >= {"xx.supplier", "supplies"}


def test_a_norm_about_parties_is_shared_between_them():
    norm = SUPPLIER + "- {id: xx/act/2, about: party, bearer: {jointly: [xx.maker, xx.supplier]}, require: done_this}\n"
    found = results(
        program(norm, names=NAMES), parties=[MAKER | {"done_this": False}, SELLER | {"done_this": True}], closed=("parties",)
    )
    assert [row(found, "xx/act/2", number).met.met.value for number in (0, 1)] == ["yes", "yes"]


def test_who_bears_a_norm_together_may_not_hang_on_whether_it_is_fulfilled():
    norm = NORM.replace("when: supplies", "when: 'fulfilled(\"xx/act/2\")'").replace("CONTENT", "done_this")
    with pytest.raises(CorpusError) as caught:
        program(norm.replace("BEARER", SHARED[0]), names=NAMES)
    assert caught.value.code == "corpus.cycle"
