"""The meaning of a norm, and of an edition, hangs on what is said and not on how it is written (language, section 10)."""

import re
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from tests.norms import rewriting
from tests.norms.small import MAKER, corpus, files
from tests.strategies.worlds import cases

from guiju.norms import Program, World, answer, builtin, meaning_digest, read_corpus
from guiju.norms.read_norm import read_norm

SPOKEN = {"zh", "en", "principles", "evidence", "reviewed", "encoded_by", "source"}


@pytest.fixture(scope="module", params=[1, 2, 3])
def other_order(request):
    return read_corpus(rewriting.shuffled(rewriting.builtin_books(), request.param))


# -- order -------------------------------------------------------------------------------------------------------------------


def digests(rules):
    return {(norm.id, norm.since): norm.meaning for norm in rules.all_norms()}


def test_the_shuffle_is_one():
    books = rewriting.builtin_books()
    others = dict(rewriting.shuffled(books, 1))
    assert any(dict(files)[shown] != text for name, files in books for shown, text in others[name])


def test_the_order_of_files_and_norms_changes_no_meaning(other_order):
    assert digests(other_order) == digests(builtin())
    assert other_order.events.keys() == builtin().events.keys()
    assert other_order.schemes.keys() == builtin().schemes.keys()


@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(case=cases())
def test_the_order_of_files_and_norms_changes_no_answer(other_order, case):
    program, world = case.program, case.world
    found = answer(program, world).rows
    again = answer(Program(other_order, program.on, program.known), world_under(world, other_order)).rows
    by_key = {(row.norm.id, id(row.thing), id(row.party)): row for row in again}
    assert len(by_key) == len(found)
    for row in found:
        twin = by_key[row.norm.id, id(row.thing), id(row.party)]
        assert (twin.in_scope, twin.timing.status, twin.timing.start) == (row.in_scope, row.timing.status, row.timing.start)
        assert (twin.met and twin.met.met) is (row.met and row.met.met)
        assert twin.force.force == row.force.force
        assert {one.id for one in twin.readings} == {one.id for one in row.readings}


def world_under(world, rules):
    return World(rules.vocabulary, world.root, world.things, world.absent)


def test_the_edition_is_the_digest_of_every_byte_whatever_the_order_of_files():
    book = files("- {id: xx/act/2, bearer: {each: [xx.maker]}, require: done_this}\n" + MAKER)
    edition = read_corpus([("xx", book)]).edition
    assert read_corpus([("xx", book[::-1])]).edition == edition
    assert read_corpus([("xx", [(name, text + "# a word\n") for name, text in book])]).edition != edition


# -- wording -------------------------------------------------------------------------------------------------------------------


def reworded(key, scalar):
    return rewriting.written(scalar, scalar.text + "!") if key in SPOKEN and scalar.value is not None else scalar


def test_words_and_the_order_of_keys_change_no_meaning():
    told_otherwise = []
    for item in rewriting.norm_items():
        meaning = meaning_digest(read_norm(item))
        others = (rewriting.changed(item, reworded), rewriting.reversed_keys(item))
        told_otherwise += [str(item.where) for other in others if meaning_digest(read_norm(other)) != meaning]
    assert told_otherwise == []


def test_spaces_and_parentheses_change_no_meaning():
    plain, spaced = (
        corpus(f"- {{id: xx/act/2, bearer: {{each: [xx.maker]}}, when: '{when}', require: done_this}}\n")
        for when in ("a && !b", "(a)  &&  !(b)")
    )
    assert digests(plain) == digests(spaced)


# -- what does change it ---------------------------------------------------------------------------------------------------------

NAMING = {
    "id", "at", "phase", "topic", "summary", "pinpoint", "left_out", "evidence", "checked", "source", "readings",
    "cure", "factors", "procedure", "must_state", "by", "law",
    "explained", "reviewed",
}  # fmt: skip


def with_other_number(scalar):
    """The first number in the value made another one."""
    if isinstance(scalar.value, Decimal):
        return rewriting.replace(scalar, text=str(scalar.value + 1), value=scalar.value + 1)
    found = re.search(r"(?<![\w.#/-])[0-9]+(?![\w/])", scalar.text)
    if found is None or '"' in scalar.text[: found.start()].rsplit(" ", 1)[-1]:
        return None
    if re.fullmatch(r"[0-9]{2}-[0-9]{2}", scalar.text):  # a day that every year has
        return rewriting.written(scalar, "01-01" if scalar.text != "01-01" else "01-02")
    return rewriting.written(scalar, scalar.text[: found.start()] + str(int(found[0]) + 1) + scalar.text[found.end() :])


def test_every_changed_number_is_another_meaning():
    same, tried = [], 0
    for item in rewriting.norm_items():
        meaning = meaning_digest(read_norm(item))
        for path, scalar in rewriting.scalars(item):
            other = None if NAMING & set(path) else with_other_number(scalar)
            if other is not None:
                tried += 1
                if meaning_digest(read_norm(rewriting.with_scalar(item, scalar, other))) == meaning:
                    same.append((str(scalar.where), scalar.text, other.text))
    assert same == []
    assert tried > 50


BASE = """
- id: xx/act/2
  bearer: {each: [xx.maker]}
  when: a
  require: kept >= months(6)
  clock: {kind: deadline, from: opened, within: 10 days}
  unless: [{at: xx/act/2.1, when: b, unless: [{at: xx/act/2.2, when: c}]}]
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("months(6)", "months(7)"),
        ("10 days", "11 days"),
        ("10 days", "10 working-days"),
        ("from: opened", "from: changed"),
        ("{each: [xx.maker]}", "{jointly: [xx.maker]}"),
        ("when: b,", "when: c,"),
        (", unless: [{at: xx/act/2.2, when: c}]", ""),
        ("at: xx/act/2.1", "at: xx/act/2.3"),
        ("when: a\n", "when: a || b\n"),
        ("require:", "forbid:"),
        ("- id: xx/act/2\n", "- id: xx/act/3\n"),
        ("kept >= months(6)", "kept > months(6)"),
        ("  when: a\n", "  when: a\n  delays: [{norm: xx/act/1, until: 2026-12-02}]\n"),
        ("  when: a\n", "  when: a\n  modality: best_efforts\n"),
        ("  when: a\n", "  when: a\n  effect_if_broken: void\n"),
    ],
)
def test_a_changed_rule_is_another_meaning(old, new):
    assert old in BASE
    before, after = corpus(BASE), corpus(BASE.replace(old, new, 1))
    assert {one.meaning for one in before.all_norms()} != {one.meaning for one in after.all_norms()}


DELAY = """
- id: xx/act/15
  kind: application
  how: transition
  when: opened < date("2026-08-02")
  delays: [{norm: xx/act/1, until: 2026-12-02}]
"""


def test_a_changed_day_is_another_meaning():
    written = (DELAY, DELAY.replace("2026-12-02", "2026-12-03"), DELAY.replace("08-02", "08-03"))
    assert len({corpus(rules).norms["xx/act/15"][0].meaning for rules in written}) == 3


def test_the_two_helpers_of_these_tests_do_what_they_say():
    """A rewriting that changed nothing would let every test above pass."""
    items = list(rewriting.norm_items())
    assert len(items) == len([norm for norm in builtin().all_norms() if not norm.of_right])
    assert rewriting.changed(items[0], reworded) != items[0]
    assert list(rewriting.reversed_keys(items[0]).items) == list(items[0].items)[::-1]
