"""Amendments of one day need an order; definitions must not turn in a circle (language, sections 5 and 8)."""

from datetime import date

import pytest
from tests.norms.small import corpus, program, results, row

from guiju.norms import CorpusError

DUTY = "- {id: xx/act/2, bearer: {each: [xx.maker]}, require: done_this}\n"


def amended(first="", second="", **days):
    known, effect = days.get("known", "2021-01-01"), days.get("effect", "2021-02-01")
    return f"""
  - {{event: xx/act#x1, kind: postpone, known: 2021-01-01, effect: 2021-02-01, on: 2022-01-01, targets: [xx/act/2]{first}}}
  - {{event: xx/act#x2, kind: postpone, known: {known}, effect: {effect}, on: 2023-01-01, targets: [xx/act]{second}}}
"""


def start(events):
    return row(results(program(DUTY, events=events), parties=[{"makes_it": True}]), "xx/act/2").timing.from_day


def test_a_tie_without_a_stated_order_is_refused():
    with pytest.raises(CorpusError) as caught:
        corpus(DUTY, events=amended())
    assert caught.value.code == "corpus.tie"
    assert caught.value.fields == {"got": "xx/act#x2", "other": "xx/act#x1", "norm": "xx/act/2"}
    assert str(caught.value.where).startswith("xx/act/events.yaml:6:")


@pytest.mark.parametrize(("first", "second", "day"), [(1, 2, date(2023, 1, 1)), (2, 1, date(2022, 1, 1))])
def test_with_a_stated_order_the_later_one_counts(first, second, day):
    assert start(amended(f", order: {first}", f", order: {second}")) == day


@pytest.mark.parametrize(("days", "day"), [
    ({"known": "2021-01-02"}, date(2023, 1, 1)), ({"known": "2020-12-31"}, date(2022, 1, 1)),
    ({"effect": "2021-02-02"}, date(2023, 1, 1)), ({"effect": "2021-01-31"}, date(2022, 1, 1)),
    ({"effect": "2021-01-31", "known": "2021-01-02"}, date(2022, 1, 1)),
])  # fmt: skip
def test_effect_goes_before_publication(days, day):
    assert start(amended(**days)) == day


def test_a_pending_amendment_makes_no_tie():
    assert start(amended(second=", pending: adopted")) == date(2022, 1, 1)


def test_amendments_of_different_norms_make_no_tie():
    assert start(amended().replace("targets: [xx/act]", "targets: [xx/act/3]")) == date(2022, 1, 1)


# -- circles -------------------------------------------------------------------------------------------------------------------


def status(number, makes, when, **more):
    written = "".join(f", {key}: {value}" for key, value in more.items())
    return f"- {{id: xx/act/{number}, kind: status, makes: [{makes}], when: '{when}'{written}}}\n"


CIRCLES = {
    "two terms": (
        status(3, "xx.grave", "xx.other") + status(4, "xx.other", "a || xx.grave"),
        ["xx/act/3", "xx.other", "xx/act/4", "xx.grave", "xx/act/3"],
    ),
    "a term of itself": (status(3, "xx.grave", "!xx.grave"), ["xx/act/3", "xx.grave", "xx/act/3"]),
    "through an exception to an exception": (
        status(3, "xx.grave", "a", unless="[{at: xx/act/3.1, when: b, unless: [{at: xx/act/3.2, when: xx.other}]}]")
        + status(4, "xx.other", "xx.grave"),
        ["xx/act/3", "xx.other", "xx/act/4", "xx.grave", "xx/act/3"],
    ),
    "through rows": (
        "- {id: xx/act/3, kind: status, about: purpose, makes: [xx.row_grave], when: xx.grave}\n"
        + status(4, "xx.grave", "some(purposes, xx.row_grave)"),
        ["xx/act/3", "xx.grave", "xx/act/4", "xx.row_grave", "xx/act/3"],
    ),
    "through a case": (
        "- {id: xx/act/3, kind: status, makes: [xx.tier], cases: [{when: xx.grave, is: high}, {is: low}]}\n"
        + status(4, "xx.grave", 'xx.tier == "high"'),
        ["xx/act/3", "xx.grave", "xx/act/4", "xx.tier", "xx/act/3"],
    ),
    "through a question about a norm": (
        "- {id: xx/act/2, bearer: {each: [xx.maker]}, when: xx.grave, require: done_this}\n"
        + status(3, "xx.grave", 'applies("xx/act/2")'),
        ["xx/act/2", "xx.grave", "xx/act/3"],
    ),
    "two norms that displace each other": (
        "- {id: xx/act/2, bearer: {each: [xx.maker]}, require: done_this, displaces: [{norms: [xx/act/3]}]}\n"
        "- {id: xx/act/3, bearer: {each: [xx.maker]}, require: done_that, displaces: [{norms: [xx/act/2]}]}\n",
        ["xx/act/2", "xx/act/3"],
    ),
    "two norms that yield to each other": (
        "- {id: xx/act/2, bearer: {each: [xx.maker]}, require: done_this, yields_to: [{norms: [xx/act/3]}]}\n"
        "- {id: xx/act/3, bearer: {each: [xx.maker]}, require: done_that, yields_to: [{norms: [xx/act/2]}]}\n",
        ["xx/act/2", "xx/act/3"],
    ),
}


@pytest.mark.parametrize(("rules", "names"), CIRCLES.values(), ids=CIRCLES)
def test_a_circle_is_refused_and_printed(rules, names):
    with pytest.raises(CorpusError) as caught:
        corpus(rules)
    assert caught.value.code == "corpus.cycle"
    circle = caught.value.fields["cycle"].split(" → ")
    assert circle[0] == circle[-1]
    assert set(names) <= set(circle)
    assert caught.value.fields["cycle"] in caught.value.message("en")
    assert caught.value.fields["cycle"] in caught.value.message("zh")
    assert caught.value.where is not None


def test_a_class_by_which_its_own_maker_begins_is_no_circle():
    """Dates of application are no part of the graph: a definition may begin by the class that it defines."""
    rules = "- {id: xx/act/13, kind: status, about: purpose, makes: [xx.row_grave], when: row_a}\n"
    events = """
  - event: xx/act#c
    kind: postpone
    known: 2021-01-01
    about: purpose
    targets: [xx/act/13]
    dates: [{for: xx.row_grave, on: 2022-01-01}]
"""
    assert "xx/act/13" in corpus(rules, events=events).norms


def test_reading_one_another_in_a_line_is_no_circle():
    assert corpus(status(3, "xx.grave", "xx.other") + status(4, "xx.other", "a"))
