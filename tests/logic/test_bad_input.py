"""Mistakes people make, one file each, named after the mistake: the code, the column and the words in both languages."""

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from tests.logic.small_scope import SCOPE

from guiju.logic import ExpressionError, check_condition, parse, parse_type
from guiju.logic.bits import BitProgram
from guiju.logic.syntax import TRUE, Compared, Name
from guiju.wording import Where, fields_of

BAD = sorted((Path(__file__).parent / "bad").glob("*.txt"))
OF_OTHER_TESTS = {"expression.too-long", "expression.circle", "expression.compared-condition-part"}


def attempt(written: str) -> None:
    if written.startswith("type: "):
        parse_type(written.removeprefix("type: "))
    else:
        check_condition(parse(written), SCOPE)


@pytest.mark.parametrize("path", BAD, ids=[path.stem for path in BAD])
def test_the_mistake_is_told(path):
    written, _, told = path.read_text(encoding="utf-8").partition("\n---\n")
    head, *words = told.splitlines()
    with pytest.raises(ExpressionError) as caught:
        attempt(written)
    error = caught.value
    assert f"{error.code} {error.fields.get('column', '')}".strip() == head
    assert [error.message("en"), error.hint("en"), error.message("zh"), error.hint("zh")] == words


def catalogue(lang):
    return tomllib.loads(files("guiju.wording").joinpath("messages", lang, "logic.toml").read_text(encoding="utf-8"))


def test_every_error_of_the_catalogue_has_its_mistake():
    shown = {path.read_text(encoding="utf-8").partition("\n---\n")[2].split()[0] for path in BAD}
    assert shown | OF_OTHER_TESTS == {code for code, entry in catalogue("en").items() if "hint" in entry}


def test_both_languages_have_the_same_entries_and_fields():
    ours = catalogue("en")
    assert ours.keys() == catalogue("zh").keys()
    assert [code for code in ours if fields_of(code, "en") != fields_of(code, "zh")] == []


def test_too_long():
    with pytest.raises(ExpressionError) as caught:
        parse("a" * 10_001)
    assert caught.value.code == "expression.too-long"
    assert parse("a" * 10_000) == Name("a" * 10_000)


def test_a_circle_of_definitions_is_printed():
    with pytest.raises(ExpressionError) as caught:
        BitProgram([parse("eu.a")], {"eu.a": parse("eu.b || x"), "eu.b": parse("y && !eu.c"), "eu.c": parse("eu.a")})
    assert caught.value.code == "expression.circle"
    assert caught.value.message("en") == "Definitions go in a circle: eu.a → eu.b → eu.c → eu.a."
    assert caught.value.message("zh") == "定义绕成了一圈：eu.a → eu.b → eu.c → eu.a。"


def test_a_tree_not_made_by_the_parser_is_checked_too():
    with pytest.raises(ExpressionError) as caught:
        check_condition(Compared(TRUE, "==", Name("staff")), SCOPE)
    assert caught.value.code == "expression.compared-condition-part"
    assert "true" in caught.value.message("en")
    assert "true" in caught.value.message("zh")


def test_the_place_in_the_file_is_shifted_to_the_column():
    with pytest.raises(ExpressionError) as caught:
        parse("a = b", Where("norms.yaml", 7, 11))
    assert str(caught.value.where) == "norms.yaml:7:13"


def test_in_a_block_of_several_lines_the_column_counts_inside_the_expression():
    with pytest.raises(ExpressionError) as caught:
        parse("a &&\nb = c", Where("norms.yaml", 7, 11))
    assert str(caught.value.where) == "norms.yaml:7:11"
    assert caught.value.fields["column"] == 8


def test_errors_of_fit_carry_the_place_too():
    where = Where("norms.yaml", 7, 11)
    for written in ("put_own_nam", "some(purpose, profiling)", 'domain == "x"'):
        with pytest.raises(ExpressionError) as caught:
            check_condition(parse(written), SCOPE, where)
        assert caught.value.where == where
