"""Numbers and modal words of English texts, on sentences made up for it; pinpoints in two languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.norms.statutes import sentences_of
from guiju.verify import english_modals
from guiju.verify.english_modals import fits_without_modal, modal_words, modals_in, summary_fits
from guiju.verify.english_numbers import numbers_of
from guiju.verify.english_text import plain, tokens
from guiju.verify.pinpoints import same_numbers

PARTIES = english_modals.party_pattern(
    ["provider", "providers", "deployer", "deployers", "Commission", "Member States", "market surveillance authority", "operator"]
)


@pytest.mark.parametrize(
    ("text", "value", "unit", "bound"),
    [
        ("not later than 15 days after the incident", 15, "day", "<="),
        ("within a period of 15 days", 15, "day", "<="),
        ("no later than 10 working days", 10, "working-day", "<="),
        ("for at least six months", 6, "month", ">="),
        ("within two weeks", 14, "day", "<="),
        ("for a period ending 10 years after", 10, "year", None),
        ("fines of up to EUR 35 000 000", 35_000_000, "EUR", "<="),
        ("fines of up to EUR 35,000,000", 35_000_000, "EUR", "<="),
        ("up to EUR 7.5 million", 7_500_000, "EUR", "<="),
        ("up to 7 % of its turnover", 7, "percent", "<="),
        ("not exceeding 3% of it", 3, "percent", "<="),
        ("shall not exceed five years", 5, "year", "<="),
        ("fewer than 250 persons", 250, "person", "<"),
        ("more than 48 hours", 48, "hour", ">"),
        ("a 15-day period", 15, "day", None),
        ("12 months or longer", 12, "month", ">="),
        ("persons under the age of 18", 18, "year", "<"),
        ("shall report annually", 1, "year", None),
        ("at least once a year", 1, "year", None),
        ("meets twice", 2, "things", None),
    ],
)
def test_numbers_with_unit_and_bound(text: str, value: float, unit: str, bound: str | None):
    assert (Decimal(str(value)), unit, bound) in {(one.value, one.unit, one.bound) for one in numbers_of(text).quantities}


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("referred to in paragraph 2, 15 days after it", 15, "day"),
        ("under Article 73 and 30 days later", 30, "day"),
        ("points 1 to 3 and 24 months", 24, "month"),
        ("Article 5 and 100 000 persons", 100_000, "person"),
    ],
)
def test_a_number_after_those_of_provisions_is_one(text: str, value: int, unit: str):
    assert (value, unit) in {(one.value, one.unit) for one in numbers_of(text).quantities}


@pytest.mark.parametrize(
    "text",
    [
        "pursuant to Article 6(1) and (2), points 3 to 5, and Annex III, point 5",
        "Regulation (EU) 2016/679 and Directive 2009/48/EC (OJ L 170, 30.6.2009, p. 1)",
        "Articles 102 to 110 of Regulation (EU) No 1025/2012",
    ],
)
def test_numbers_of_provisions_are_no_quantities(text: str):
    assert numbers_of(text).quantities == ()


def test_dates():
    found = numbers_of("It shall apply from 2 August 2026, on 31 December each year, not on 30 February 2027.")
    assert found.dates == {date(2026, 8, 2)}
    assert found.days_of_year == {(12, 31)}
    assert numbers_of("by a two-thirds majority").fractions == {(2, 3)}
    assert numbers_of("Two thirds of the members").fractions == {(2, 3)}


@pytest.mark.parametrize("printed", ["10(^25)", "10 25", "1025", "10^25", "10²⁵"])
def test_a_power_that_lost_its_superscript_is_read_as_a_power(printed: str):
    found = numbers_of(f"Its training, measured in floating point operations, is greater than {printed}.")
    assert [(one.value, one.bound) for one in found.quantities] == [(Decimal(10) ** 25, ">")]


def test_only_floating_point_operations_are_repaired():
    assert next(one.value for one in numbers_of("It has 1025 users and 10 25-day periods.").quantities) == 1025
    assert Decimal(10) ** 25 not in {
        one.value for one in numbers_of("It has 1025 users. Floating point operations count.").quantities
    }


@given(st.integers(1, 999_999_999))
def test_amounts_are_read_as_they_are_grouped(number: int):
    for grouped in (f"{number:,}", f"{number:,}".replace(",", " "), str(number)):
        assert [one.value for one in numbers_of(f"EUR {grouped}").quantities] == [number]


@pytest.mark.parametrize(
    ("text", "modality", "subjects"),
    [
        ("Providers of systems shall inform the deployer.", "obligation", {"providers"}),
        ("Where the deployer finds a risk, the provider shall act.", "obligation", {"provider"}),
        ("Where deployers find a risk, they shall inform the provider.", "obligation", {"deployers"}),
        ("Providers, including small ones, shall test.", "obligation", {"providers"}),
        ("Providers and deployers shall not use it.", "prohibition", {"providers", "deployers"}),
        ("The Commission may request the operator to act.", "permission", {"commission", "operator"}),
        ("The Commission is empowered to adopt acts.", "permission", {"commission"}),
        ("The report shall be drawn up by the provider.", "obligation", {"provider"}),
        ("No decision may be taken on that ground.", "prohibition", set()),
        ("Member States should help.", "encouragement", {"member states"}),
        ("Providers shall test. They shall report.", "obligation", {"providers"}),
        ("The Commission shall inform the provider accordingly and request it to act.", "obligation", {"commission", "provider"}),
    ],
)
def test_who_has_to_do_it(text: str, modality: str, subjects: set[str]):
    found = [one for one in modal_words(plain(text), PARTIES) if one.modality == modality]
    assert subjects in [set(one.subjects) for one in found]


def test_a_sentence_that_names_nobody_is_impersonal():
    (said,) = modal_words("The documentation shall be drawn up.", PARTIES)
    assert said.impersonal
    assert not said.subjects


def test_rules_of_scope_neither_forbid_nor_allow():
    assert modal_words("This shall not apply; it shall be without prejudice to that; by 2 May 2026", PARTIES) == []
    assert [one.modality for one in modal_words("the authority in paragraph 1 may ask", PARTIES)] == ["permission"]


def test_what_may_be_done_only_so_is_limited():
    assert [one.limited for one in modal_words("Data may be used only for this. Data may be used.", PARTIES)] == [True, False]


def test_summaries():
    assert modals_in("They must not do it and may ask.") == {"prohibition"}
    assert modals_in("They report prohibited practices.") == set()
    assert summary_fits("It may ask.", "permission")
    assert not summary_fits("It asks.", "permission")
    assert not summary_fits("It asks.", "prohibition")
    assert summary_fits("It asks.", "obligation")
    assert summary_fits("It tells those that may be hurt.", "obligation")
    assert not summary_fits("Where it matters, the authority may ask.", "obligation")
    assert fits_without_modal("This Regulation does not preclude Member States from it.", "permission")
    assert not fits_without_modal("A word.", "obligation")


def test_words_are_compared_without_their_endings():
    assert set(tokens("providers notify")) & set(tokens("a provider notifying")) >= {"provid"}


@pytest.mark.parametrize(
    ("zh", "en", "same"),
    [
        ("第6条第3款第2段（a）项", "Art. 6(3), second subparagraph, point (a)", True),
        ("第5条第1款（h）项第1目至第3目", "Art. 5(1)(h)(i) to (iii)", True),
        ("附件三第5点（a）项", "Annex III, point 5(a)", True),
        ("附件八A节第1点至第13点", "Annex VIII, Section A, points 1 to 13", True),
        ("第26条第10款第1段第2句、第3段", "Art. 26(10), first subparagraph, second sentence, and third subparagraph", True),
        ("第6条第1款（2024年文本）", "Art. 6(1) (2024 text)", True),
        ("第6条第4款", "Art. 6(3)", False),
        ("附件四第5点", "Annex III, point 5", False),
        ("第5条第1款（b）项", "Art. 5(1)(ba)", False),
        ("", "Art. 6(3)", True),
    ],
)
def test_pinpoints_in_two_languages(zh: str, en: str, same: bool):
    assert same_numbers({"zh": zh, "en": en}) is same


@pytest.mark.parametrize(
    ("pinpoint", "sentences"),
    [
        ("Art. 6(3), second sentence", {2}),
        ("Art. 75a(4), fourth subparagraph, fifth and sixth sentences", {5, 6}),
        ("Art. 37(4), first to third sentences", {1, 2, 3}),
        ("Art. 6(3), second subparagraph", set()),
        ("Art. 50(1), second sentence, 50(2), third sentence", set()),
    ],
)
def test_sentences_of_a_pinpoint(pinpoint: str, sentences: set[int]):
    assert sentences_of(pinpoint) == sentences
