"""The forms of a dossier and the graph that comes of them (language, sections 2, 4, 11 and 12)."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from guiju.calendars import NEVER, DateRange, Duration
from guiju.logic import Interval, OneOf, SetOf, Truth, Value
from guiju.subjects import Dossier, DossierError

Read = Callable[[str], Dossier]


def one(dossier: Dossier, kind: str) -> object:
    (found,) = dossier.world.of_kind(kind)
    return found


# -- values ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("facts: {interacts_directly_with_natural_persons: true}", Truth.TRUE),
        ("facts: {interacts_directly_with_natural_persons: {value: false}}", Truth.FALSE),
        ("facts: {markets: [EU, CN]}", SetOf(has=frozenset({"EU", "CN"}))),
        ("facts: {markets: {exactly: [EU]}}", SetOf(has=frozenset({"EU"}), closed=True)),
        ("facts: {markets: {exactly: []}}", SetOf(closed=True)),
        ("facts: {markets: {has: [EU], lacks: [US]}}", SetOf(frozenset({"EU"}), frozenset({"US"}))),
        ("facts: {markets: {lacks: [US]}}", SetOf(lacks=frozenset({"US"}))),
        ("facts: {task_breadth: narrow}", OneOf.just("narrow")),
        ("facts: {licence_name: {one_of: [mit, bsd]}}", OneOf(frozenset({"mit", "bsd"}))),
        ("facts: {training_compute: 3.0e24}", Interval.just(Decimal("3.0e24"))),
        ("facts: {training_compute: {min: 3e24}}", Interval(Decimal("3e24"), None)),
        ("facts: {training_compute: {min: 1e24, max: 3e24}}", Interval(Decimal("1e24"), Decimal("3e24"))),
        ("facts: {staff: 0}", Interval.just(Decimal(0))),
        ("facts: {worldwide_turnover: 40000000.55}", Interval.just(Decimal("40000000.55"))),
        ("conduct: {log_retention: 6 months}", Duration(months=6)),
        ("conduct: {log_retention: '180 days'}", Duration(hours=4320)),
        ("events: {placed_on_market: 2026-08-15}", DateRange.on(date(2026, 8, 15))),
        ('events: {placed_on_market: "2026-08-15"}', DateRange.on(date(2026, 8, 15))),
        ("events: {placed_on_market: 2026-08}", DateRange(date(2026, 8, 1), date(2026, 8, 31))),
        ("events: {placed_on_market: 2026}", DateRange(date(2026, 1, 1), date(2026, 12, 31))),
        ("events: {placed_on_market: {min: 2026-08-15}}", DateRange(date(2026, 8, 15), NEVER)),
        ("events: {placed_on_market: {max: 2026-08}}", DateRange(date.min, date(2026, 8, 31))),
        ("events: {placed_on_market: {not_until: 2026-11-01}}", DateRange(date(2026, 11, 2), NEVER)),
        ("events: {placed_on_market: {not_until: 9999-12-31}}", DateRange.on(NEVER)),
    ],
)
def test_each_form_of_value(written: str, value: Value, read: Read) -> None:
    (given,) = [given for thing in read(written).world.things for given in thing.given.values()]
    assert given.value == value


def test_a_value_keeps_who_says_so_and_from_what(read: Read) -> None:
    dossier = read("model: {facts: {training_compute: {value: 3e24, source: card, by: lead, on: 2026-11-02, evidence: e1}}}")
    given = dossier.world.of_kind("model")[0].given["training_compute"]
    assert (given.source, given.by, given.on, given.evidence) == ("card", "lead", "2026-11-02", "e1")
    assert given.where == "test.yaml:1:35"


def test_conduct_may_say_when_it_was_done(read: Read) -> None:
    given = read("conduct: {algorithm_filed: {value: true, done: 2026-08}}").world.of_kind("party")[0].given["algorithm_filed"]
    assert given.value is Truth.TRUE
    assert given.done == DateRange(date(2026, 8, 1), date(2026, 8, 31))


def test_a_position_that_is_not_held_needs_no_date(read: Read) -> None:
    dossier = read("purposes: [{id: cv, positions: {eu.provider_holds_not_high_risk: false}}]")
    assert dossier.world.of_kind("purpose")[0].given["eu.provider_holds_not_high_risk"].value is Truth.FALSE


def test_a_judgement_is_signed(read: Read) -> None:
    signed = "{value: true, by: assessor, on: 2026-11-02, reasons: 'only sorts'}"
    given = read(f"purposes: [{{id: cv, judgements: {{eu.narrow_procedural_task: {signed}}}}}]").world.of_kind("purpose")[0].given
    assert given["eu.narrow_procedural_task"].reasons == "only sorts"


def test_what_is_written_without_a_value_is_not_said(read: Read) -> None:
    assert not one(read("facts: {interacts_directly_with_natural_persons: }"), "system").given  # type: ignore[attr-defined]


def test_no_is_only_a_word_and_may_be_an_id(read: Read) -> None:
    assert read("system: {id: NO}").subject.id == "NO"


# -- what stands there without being said ------------------------------------------------------------------------------------


def test_a_system_has_its_companions_linked_both_ways(read: Read) -> None:
    world = read("facts: {markets: [EU]}").world
    system, model, service, product, activity, purpose, party = (
        world.of_kind(kind)[0] for kind in ("system", "model", "service", "product", "activity", "purpose", "party")
    )
    assert all(thing.anonymous for thing in world.things)
    assert system.links == {"model": model, "service": service}
    assert service.links == {"offers": system, "product": product}
    assert product.links == {"as_service": service}
    assert activity.links == {}
    assert purpose.links == {"system": system}
    assert party.links == {"of_system": system}
    assert system.rows == {}
    assert system.closed == set()


def test_what_is_closed_and_empty_does_not_exist(read: Read) -> None:
    world = read("purposes: {exactly: []}\nparties: {exactly: []}\nmodel: {exactly: []}").world
    assert world.absent == {"purpose", "party", "model"}
    assert not {"purpose", "party", "model"} & {thing.kind for thing in world.things}
    assert world.root.closed == {"purposes", "parties"}


def test_open_and_closed_rows(read: Read) -> None:
    for written, closed in (("[{id: a}, {id: b}]", set()), ("{exactly: [{id: a}, {id: b}]}", {"purposes"})):
        system = read(f"purposes: {written}").world.root
        assert [row.id for row in system.rows["purposes"]] == ["a", "b"]
        assert system.closed == closed


def test_the_root_may_be_the_model(read: Read) -> None:
    dossier = read("root: model\nmodel: {id: m, name: My model}")
    assert (dossier.subject.kind, dossier.subject.id, dossier.subject.label) == ("model", "m", {"und": "My model"})
    assert one(dossier, "system").anonymous  # type: ignore[attr-defined]
    assert one(dossier, "system").links["model"] is dossier.subject  # type: ignore[attr-defined]


def test_the_root_may_be_any_object(read: Read) -> None:
    assert read("root: c1\nobjects: [{kind: body, id: c1}]").subject.kind == "body"


# -- where names go ----------------------------------------------------------------------------------------------------------


def test_names_at_the_top_go_to_the_one_object_of_their_kind(read: Read) -> None:
    world = read(
        "facts: {markets: [EU], training_compute: 1e24, staff: 7, offered_online: true, covered_by_mandatory_standard: true}\n"
        "conduct: {log_retention: 6 months}\n"
        'parties: [{org: "org:acme"}]'
    ).world
    given = {thing.kind: sorted(thing.given) for thing in world.things if thing.given}
    assert given == {
        "system": ["markets"],
        "model": ["training_compute"],
        "party": ["log_retention", "staff"],
        "service": ["offered_online"],
        "product": ["covered_by_mandatory_standard"],
    }


def test_facts_of_the_organisation_stand_with_the_party(read: Read) -> None:
    party = read('parties: [{org: "org:acme", facts: {staff: 7, is_undertaking: true}}]').world.of_kind("party")[0]
    assert party.id == "org:acme"
    assert set(party.given) == {"staff", "is_undertaking"}


def test_with_two_services_a_name_must_say_which(read: Read) -> None:
    two = "objects:\n  - {kind: service, id: a, facts: {offered_online: true}}\n  - {kind: service, id: b}\n"
    world = read(two).world
    assert [thing.links["offers"] for thing in world.of_kind("service")] == [world.root, world.root]
    assert "service" not in world.root.links
    with pytest.raises(DossierError) as caught:
        read(two + "facts: {users_register: true}")
    assert caught.value.code == "dossier.several-objects"
    assert "a and b" in caught.value.message("en")
    assert "a和b" in caught.value.message("zh")


def test_two_products_of_two_services(read: Read) -> None:
    world = read(
        "objects:\n  - {kind: product, id: p, of: {service: b}}\n  - {kind: product, id: q, of: {as_service: a}}\n"
        "  - {kind: service, id: a}\n  - {kind: service, id: b}\n"
    ).world
    services = {thing.id: thing for thing in world.of_kind("service")}
    assert services["a"].links["product"].id == "q"
    assert services["b"].links["product"].id == "p"


# -- the long form -----------------------------------------------------------------------------------------------------------


def test_objects_in_any_order_by_relation_or_by_kind(read: Read) -> None:
    for of in ("{body: c1}", "{of_body: c1}"):
        world = read(f"objects:\n  - {{kind: meeting, id: m1, of: {of}}}\n  - {{kind: body, id: c1}}").world
        body, meeting = world.of_kind("body")[0], world.of_kind("meeting")[0]
        assert meeting.links["of_body"] is body
        assert body.rows["meetings"] == [meeting]


def test_an_object_belongs_to_the_only_owner_there_is(read: Read) -> None:
    world = read("objects: [{kind: content, id: c}, {kind: decision, id: d}, {kind: meeting, id: m}]").world
    assert world.of_kind("content")[0].links["of_service"] is world.of_kind("service")[0]
    assert world.of_kind("decision")[0].links["for_system"] is world.root
    assert world.of_kind("meeting")[0].links == {}


def test_rows_inline_and_rows_apart_are_the_same(read: Read) -> None:
    inline = read(
        "objects:\n  - {kind: meeting, id: m, member_categories: {exactly: [{id: law, conduct: {represented: false}}]}}"
    )
    apart = read(
        "objects:\n  - {kind: category, id: law, of: {meeting: m}, conduct: {represented: false}}\n"
        "  - {kind: meeting, id: m, closed: [member_categories]}"
    )
    assert inline.digest == apart.digest
    meeting = inline.world.of_kind("meeting")[0]
    assert meeting.closed == {"member_categories"}
    assert [row.id for row in meeting.rows["member_categories"]] == ["law"]


def test_a_row_that_is_only_an_id(read: Read) -> None:
    product = read("product: {declared_standards: {exactly: [cn/gbt-45654-2025]}}").world.of_kind("product")[0]
    assert [row.id for row in product.rows["declared_standards"]] == ["cn/gbt-45654-2025"]


def test_one_standard_declared_for_two_products(read: Read) -> None:
    world = read(
        "objects:\n  - {kind: product, id: p, declared_standards: [s1]}\n  - {kind: product, id: q, declared_standards: [s1]}"
    ).world
    assert len(world.of_kind("standard")) == 2


def test_the_earlier_system_is_reached_but_not_answered_for(read: Read) -> None:
    dossier = read(
        "system: {id: now}\nearlier: {id: before, facts: {markets: [EU]}, purposes: [{id: cv, facts: {domain: credit}}]}"
    )
    earlier = dossier.subject.links["earlier"]
    assert (earlier.id, set(earlier.given)) == ("before", {"markets"})
    assert [row.id for row in earlier.rows["purposes"]] == ["cv"]
    assert earlier not in dossier.world.things
    assert all(thing.anonymous for thing in dossier.world.of_kind("purpose"))


def test_a_system_among_the_objects_is_the_system(read: Read) -> None:
    world = read("objects: [{kind: system, id: s, purposes: [{id: a}]}]\nfacts: {markets: [EU]}").world
    assert [thing.id for thing in world.of_kind("system")] == ["s"]
    assert set(world.root.given) == {"markets"}
    assert [row.id for row in world.root.rows["purposes"]] == ["a"]


def test_json_is_read_as_it_is(read: Read) -> None:
    yaml = read("system: {id: s}\nfacts: {markets: {exactly: [EU]}}\nevents: {placed_on_market: 2026-09-01}")
    json = read(
        '{"system": {"id": "s"}, "facts": {"markets": {"exactly": ["EU"]}}, "events": {"placed_on_market": "2026-09-01"}}'
    )
    assert yaml.digest == json.digest


def test_a_note_and_comments_say_nothing(read: Read) -> None:
    plain, noted = read("facts: {markets: [EU]}"), read("# a comment\nnote: to be checked\nfacts: {markets: [EU]}")
    assert noted.note == "to be checked"
    assert plain.digest == noted.digest
