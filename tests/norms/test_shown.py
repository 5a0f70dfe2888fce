"""What a reader sees of rights, shared duties, presumptions and readings: in the result and on the page."""

from datetime import date

from tests.norms import small
from tests.norms.test_presumed import LISTED, STANDARD
from tests.norms.test_readings import CLOCK, NAMES

from guiju.assess import assess, to_json
from guiju.assess.page import page_lines
from guiju.norms import read_corpus, read_text
from guiju.subjects import dossier_from

RULES = """
- {id: xx/act/3, bearer: {jointly: [xx.maker]}, when: a, require: done_that}
- {id: xx/act/4, kind: right, holder: xx.maker, against: xx.maker, upon: changed, gives: {id: xx/act/4#x, require: done_that}}
- {id: xx/act/5, bearer: {each: [xx.maker]}, when: 'breached("xx/act/3")', require: done_that}
- id: xx/act/6
  kind: status
  makes: [xx.grave]
  when: a
  readings: [{id: never, by: someone, source: book, status: scholarly, when: a && c}]
"""
SCHEME = "schemes:\n  - {scheme: xx/risk, order: [low, high], object: {over: system, when: {high: xx.grave}}}\n"
DOSSIER = """
system: {id: sys}
facts: {a: true, b: true, c: false}
events: {seen_by_user: 2026-05-18, opened: 2026-05-27, changed: {not_until: 2026-06-05}}
parties:
  exactly:
    - {org: "org:one", facts: {makes_it: true}, conduct: {done_that: false}}
    - {org: "org:two", facts: {makes_it: true}, conduct: {done_that: {value: true, by: lead}}}
"""


def assessed():
    standard = STANDARD.replace("xx/guide/6, bearer", "xx/guide/7, bearer")
    files = small.files(small.MAKER + CLOCK + RULES + standard, events=LISTED, names=NAMES)
    corpus = read_corpus([("xx", [*files, ("schemes.yaml", SCHEME)])])
    dossier = dossier_from(read_text(DOSSIER, "d.yaml"), "d.yaml", corpus.vocabulary)
    return assess(dossier, corpus, date(2026, 6, 5))


def duty(document, norm, party="org:one"):
    (found,) = [one for one in document["duties"] if (one["norm"], one["party"]) == (norm, party)]
    return found


def test_the_result_says_who_did_it_and_with_whom_it_is_owed():
    one = duty(to_json(assessed()), "xx/act/3")
    assert one["bearer"] == {"how": "jointly", "terms": ["xx.maker"], "otherwise": []}
    assert one["shared_with"] == ["org:two"]
    assert (one["met"], one["basis"]) == (
        "yes",
        {"kind": "declared", "class": None, "by": "lead", "performed_by": ["org:two"]},
    )


def test_a_presumption_is_a_yes_whose_basis_says_so_and_counts_as_met():
    found = assessed()
    one = duty(to_json(found), "xx/act/2", "org:two")
    assert one["met"] == "yes"
    assert (one["basis"]["kind"], one["basis"]["class"], one["basis"]["by"]) == ("presumed", "xx/guide/5", "lead")
    assert one["basis"]["extent"]["en"] == "quality only"
    assert [item["name"] for item in one["missing"]] == ["done_this"]
    open_ones = {(row.norm.id, row.party.id) for row in found.unmet(also_unknown=True)}
    assert ("xx/act/2", "org:one") in open_ones
    assert ("xx/act/2", "org:two") not in open_ones


def test_readings_are_shown_with_their_outcomes():
    document = to_json(assessed())
    (read,) = duty(document, "xx/act/2")["depends_on_reading"]
    assert {key: read[key] for key in ("id", "in_scope", "status", "met", "clock", "due")} == {
        "id": "xx/act/2!own", "in_scope": "yes", "status": "applies", "met": "unknown", "clock": "running", "due": "2026-06-08",
    }  # fmt: skip
    (grade,) = document["grades"]
    assert [(one["id"], one["at_least"], one["at_most"]) for one in grade["depends_on_reading"]] == [
        ("xx/act/6!never", "low", "low")
    ]


def test_readiness_names_what_waits_for_a_claim_or_a_breach():
    ready = to_json(assessed())["readiness"]
    assert ready["by_kind"] == {"right": 1, "breach": 1}
    assert {(one["kind"], one["norm"], one["party"], one["upon"]) for one in ready["awaited"]} == {
        ("right", "xx/act/4#x", "org:one", "changed"),
        ("right", "xx/act/4#x", "org:two", "changed"),
        ("breach", "xx/act/5", "org:one", None),
        ("breach", "xx/act/5", "org:two", None),
    }


def test_the_page_says_all_of_it_in_both_languages():
    english = ("owed together with two", "done by two", "presumed to be met", "quality only", "due 8 June 2026",
               "rights that may be claimed", "read as “never”")  # fmt: skip
    chinese = ("与two共同承担", "由two完成", "推定已做到", "仅限质量", "期限：2026年6月8日", "可能有人主张的权利",
               "按“never”理解")  # fmt: skip
    for lang, said in (("en", english), ("zh", chinese)):
        page = "\n".join(line.text for line in page_lines(assessed(), lang, everything=True))
        for words in said:
            assert words in page, (lang, words, page)
