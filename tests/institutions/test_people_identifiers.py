"""Identifiers of organisations: what their own rules let be checked is checked."""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.institutions.people import LEI, USCC

from guiju.institutions.people.identifiers import IdentifierError, Read, read_identifier

USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LEI_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

KNOWN_LEIS = ("5493001KJTIIGC8Y1R12", "529900T8BM49AURSDO55", "213800WSGIIZCXF1P572")
"""Identifiers whose check digits were not computed here."""


def uscc(body: str) -> str:
    """A code with its check sign, by GB 32100-2015, 5.3: weights are the powers of three modulo 31."""
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    rest = 31 - sum(USCC_SIGNS.index(sign) * weight for sign, weight in zip(body, weights, strict=True)) % 31
    return body + USCC_SIGNS[rest % 31]


def lei(body: str) -> str:
    """An identifier with its check digits, by ISO 7064 MOD 97-10."""
    number = int("".join(str(int(one, 36)) for one in body + "00"))
    return f"{body}{98 - number % 97:02}"


bodies_of_uscc = st.tuples(
    st.text(USCC_SIGNS, min_size=2, max_size=2), st.integers(1, 999999), st.text(USCC_SIGNS, min_size=9, max_size=9)
).map(lambda parts: f"{parts[0]}{parts[1]:06}{parts[2]}")
bodies_of_lei = st.text(LEI_SIGNS, min_size=18, max_size=18)


def holds(scheme: str, value: str) -> bool:
    try:
        read_identifier(scheme, value)
    except IdentifierError:
        return False
    return True


@given(bodies_of_uscc)
def test_a_code_with_its_check_sign_is_taken(body: str) -> None:
    assert read_identifier("uscc", uscc(body)) == Read("uscc", "", uscc(body))


@given(bodies_of_uscc, st.integers(0, 17), st.sampled_from(USCC_SIGNS))
def test_every_single_sign_that_is_wrong_is_found_in_a_code(body: str, place: int, sign: str) -> None:
    right = uscc(body)
    wrong = right[:place] + sign + right[place + 1 :]
    assert holds("uscc", wrong) == (wrong == right)


@given(bodies_of_uscc, st.integers(0, 16))
def test_two_neighbours_that_changed_places_are_found_in_a_code(body: str, place: int) -> None:
    right = uscc(body)
    swapped = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
    assert holds("uscc", swapped) == (swapped == right)


@given(bodies_of_lei)
def test_an_lei_with_its_check_digits_is_taken(body: str) -> None:
    assert read_identifier("lei", lei(body)).value == lei(body)


@given(bodies_of_lei, st.integers(0, 19), st.sampled_from(LEI_SIGNS))
def test_a_letter_for_a_letter_and_a_digit_for_a_digit_is_found_in_an_lei(body: str, place: int, sign: str) -> None:
    """The check digits promise no more: a letter counts as two digits, so that "1B" and "B1" are the same number."""
    right = lei(body)
    assume(right[place].isdigit() == sign.isdigit())
    wrong = right[:place] + sign + right[place + 1 :]
    assert holds("lei", wrong) == (wrong == right)


@given(bodies_of_lei, st.integers(0, 18))
def test_two_neighbours_of_a_kind_that_changed_places_are_found_in_an_lei(body: str, place: int) -> None:
    right = lei(body)
    assume(right[place].isdigit() == right[place + 1].isdigit())
    swapped = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
    assert holds("lei", swapped) == (swapped == right)


@pytest.mark.parametrize("value", KNOWN_LEIS)
def test_identifiers_that_are_known_are_taken(value: str) -> None:
    assert read_identifier("lei", value).value == value


@pytest.mark.parametrize("typed", [" 9135 0100 M000 100Y 43 ", "91350100m000100y43", "9135-0100-M000-100Y-43"])
def test_blanks_dashes_and_small_letters_are_forgiven(typed: str) -> None:
    assert read_identifier("uscc", typed).value == USCC
    assert read_identifier("lei", f" {LEI[:4]} {LEI[4:].lower()}").value == LEI


def test_a_number_in_a_register_keeps_its_register() -> None:
    assert read_identifier("register", "HRB  12345 ", " Amtsgericht  Berlin ") == Read(
        "register", "Amtsgericht Berlin", "HRB 12345"
    )


WRONG: dict[str, tuple[tuple[Any, ...], str]] = {
    "unknown-scheme": (("duns", "1"), "identifiers.unknown-scheme"),
    "register-without-name": (("register", "HRB 1"), "identifiers.register-incomplete"),
    "register-without-number": (("register", " ", "Berlin"), "identifiers.register-incomplete"),
    "register-long": (("register", "1" * 81, "Berlin"), "identifiers.too-long"),
    "uscc-short": (("uscc", USCC[:-1]), "identifiers.uscc-length"),
    "uscc-letter": (("uscc", "O" + USCC[1:]), "identifiers.uscc-sign"),
    "uscc-full-width": (("uscc", "９" + USCC[1:]), "identifiers.uscc-sign"),  # as some keyboards type it
    "uscc-zeros": (("uscc", "0" * 18), "identifiers.uscc-region"),
    "uscc-letters-for-a-region": (("uscc", "91A50100M000100Y43"), "identifiers.uscc-region"),
    "lei-zeros": (("lei", "0" * 18 + "01"), "identifiers.lei-check"),
    "uscc-check": (("uscc", USCC[:-1] + "0"), "identifiers.uscc-check"),
    "lei-long": (("lei", LEI + "0"), "identifiers.lei-length"),
    "lei-ends-in-letters": (("lei", LEI[:18] + "AB"), "identifiers.lei-sign"),
    "lei-check": (("lei", LEI[:-1] + "0"), "identifiers.lei-check"),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_what_is_no_identifier_is_told_with_the_reason(mistake: str) -> None:
    given_, code = WRONG[mistake]
    with pytest.raises(IdentifierError) as told:
        read_identifier(*given_)
    assert told.value.code == code
    assert told.value.hint("zh")
    assert told.value.hint("en")
