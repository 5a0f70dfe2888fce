"""Receipt numbers are read as people write them, and a slip of the pen is noticed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.record import RecordError, new_receipt, read_receipt, receipt_hash
from guiju.record.receipts import _written

NUMBER = "GJ-7K3M-9QWX-2F4R-8TVA-Q"

numbers = st.integers(0, 2**80 - 1).filter(lambda one: one % 37 < 32).map(_written)


def test_a_new_number_has_digits_and_plain_letters_only() -> None:
    found = {new_receipt() for _ in range(200)}
    assert len(found) == 200
    assert all(re.fullmatch(r"GJ(-[0-9A-HJKMNP-TV-Z]{4}){4}-[0-9A-HJKMNP-TV-Z]", one) for one in found)


@given(numbers)
def test_a_number_is_read_as_it_was_given(number: str) -> None:
    assert read_receipt(number) == number


@pytest.mark.parametrize(
    "typed",
    [
        "gj-7k3m-9qwx-2f4r-8tva-q",
        "  GJ 7K3M 9QWX 2F4R 8TVA Q ",
        "7K3M9QWX2F4R8TVAQ",
        "GJ7K3M9QWX2F4R8TVAQ",
        "ＧＪ－７Ｋ３Ｍ－９ＱＷＸ－２Ｆ４Ｒ－８ＴＶＡ－Ｑ",
        "GJ—7K3M—9QWX—2F4R—8TVA—Q",
        "GJ_7K3M.9QWX,2F4R\t8TVA\nQ",
    ],
)
def test_case_spaces_and_dashes_are_forgiven(typed: str) -> None:
    assert read_receipt(typed) == NUMBER
    assert receipt_hash(typed) == receipt_hash(NUMBER)


@given(numbers)
def test_letters_that_look_like_digits_are_those_digits(number: str) -> None:
    head, body = number[:2], number[2:]
    assert read_receipt(head + body.replace("0", "o").replace("1", "l")) == number
    assert read_receipt(head + body.replace("0", "O").replace("1", "I")) == number


@given(numbers, st.integers(0, 16), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_sign_is_noticed(number: str, at: int, sign: str) -> None:
    signs = number.replace("-", "")[2:]
    wrong = signs[:at] + sign + signs[at + 1 :]
    if wrong != signs:
        with pytest.raises(RecordError) as caught:
            read_receipt(wrong)
        assert caught.value.code == "receipt.mistyped"


@given(numbers, st.integers(0, 14))
def test_two_neighbours_that_changed_places_are_noticed(number: str, at: int) -> None:
    signs = number.replace("-", "")[2:]
    wrong = signs[:at] + signs[at + 1] + signs[at] + signs[at + 2 :]
    if wrong != signs:
        with pytest.raises(RecordError):
            read_receipt(wrong)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "receipt.length"),
        ("GJ-7K3M-9QWX-2F4R-8TVA", "receipt.length"),
        (NUMBER + "Q", "receipt.length"),
        ("x" * 10_000, "receipt.length"),
        ("GJ-7K3M-9QWX-2F4R-8TV!-Q", "receipt.sign"),
        ("GJ-7K3M-9QWX-2F4R-8TUA-Q", "receipt.sign"),
        ("GJ-7K3M-9QWX-2F4R-8TVA-R", "receipt.mistyped"),
    ],
)
def test_what_is_no_number_is_told_why(typed: str, code: str) -> None:
    with pytest.raises(RecordError) as caught:
        read_receipt(typed)
    assert caught.value.code == code
    assert caught.value.message("zh")
    assert caught.value.hint("en")


def test_the_hash_names_its_purpose() -> None:
    import hashlib

    assert receipt_hash(NUMBER) == hashlib.sha256(b"guiju-receipt/1\n" + NUMBER.encode()).hexdigest()
