"""What people get wrong in a dossier, each file named after the mistake, and what they are told in both languages."""

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from tests.subjects.mistakes import MISTAKES

from guiju.norms import Vocabulary, read_text
from guiju.norms.read_rest import read_declared
from guiju.subjects import Answer, DossierError, dossier_from, read_dossier, read_subject, with_answers
from guiju.wording import LANGUAGES, GuijuError


def whole(error: GuijuError, lang: str) -> str:
    return f"{error.message(lang)} {error.hint(lang)}"


@pytest.mark.parametrize(("mistake", "code", "line", "en", "zh"), MISTAKES, ids=[row[0] for row in MISTAKES])
def test_what_is_said(mistake: str, code: str, line: int | None, en: str, zh: str, bad: Path, vocabulary: Vocabulary) -> None:
    path = bad / f"{mistake}.yaml"
    with pytest.raises(GuijuError) as caught:
        read_dossier(path, vocabulary)
    error = caught.value
    assert error.code == code
    assert error.where is not None
    assert (error.where.file, error.where.line) == (str(path), line)
    assert en in whole(error, "en")
    assert zh in whole(error, "zh")


def test_every_bad_file_is_in_the_table(bad: Path) -> None:
    assert {path.stem for path in bad.glob("*.yaml")} == {row[0] for row in MISTAKES}


def test_every_error_of_the_catalogue_has_its_mistake() -> None:
    """An entry with a hint is an error; each is provoked by a file here, or below."""
    below = {"dossier.relation-unclear", "dossier.id-twice-unplaced"}
    decided = {"dossier.no-such-proposal", "dossier.unsigned", "dossier.correction-without-value"}  # test_decisions
    text = files("guiju.wording").joinpath("messages", "en", "subjects.toml").read_text(encoding="utf-8")
    errors = {code for code, entry in tomllib.loads(text).items() if "hint" in entry and code.startswith("dossier.")}
    assert errors == {row[1] for row in MISTAKES if row[1].startswith("dossier.")} | below | decided


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("mistake", [row[0] for row in MISTAKES])
def test_nothing_is_left_to_fill_in(mistake: str, lang: str, bad: Path, vocabulary: Vocabulary) -> None:
    with pytest.raises(GuijuError) as caught:
        read_dossier(bad / f"{mistake}.yaml", vocabulary)
    said = caught.value.to_json(lang)["error"]
    assert isinstance(said, dict)
    assert said["message"]
    assert said["hint"]
    assert "  " not in said["message"].replace("\n", "")
    assert "“”" not in said["message"]


def test_a_relation_that_can_mean_two(vocabulary: Vocabulary) -> None:
    own = Vocabulary(dict(vocabulary.declared))
    second = read_text("{kind: relation, object: meeting, to: body, label: {zh: 受邀机构, en: invited body}}", "v")
    own.add(read_declared("invited_body", second))
    with pytest.raises(DossierError) as caught:
        dossier_from("objects: [{kind: body, id: b}, {kind: meeting, id: m, of: {body: b}}]", "d", own)
    assert caught.value.code == "dossier.relation-unclear"
    assert "of_body and invited_body" in whole(caught.value, "en")
    assert "of_body和invited_body" in whole(caught.value, "zh")


def test_an_id_given_twice_in_an_answer_has_no_line(vocabulary: Vocabulary) -> None:
    dossier = dossier_from("system: {id: s}", "d", vocabulary)
    with pytest.raises(DossierError) as caught:
        with_answers(dossier, [Answer("system", "s", "purposes", [{"id": "a"}, {"id": "a"}])], vocabulary)
    assert caught.value.code == "dossier.id-twice-unplaced"
    assert "is given to two objects." in whole(caught.value, "en")
    assert "两个对象用了同一个编号“a”。" in whole(caught.value, "zh")


@pytest.mark.parametrize("text", ['{"facts": {"markets": ["EU"]', '{"facts": {"markets": ["EU"}}', '{"facts": "a" "b"}'])
def test_json_that_is_none_is_told_as_json(text: str, tmp_path: Path, vocabulary: Vocabulary) -> None:
    path = tmp_path / "broken.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GuijuError) as caught:
        read_subject(path, vocabulary)
    assert caught.value.code == "file.not-json"
    assert "YAML" not in whole(caught.value, "en") + whole(caught.value, "zh")


# -- files that are no text --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["gone.yaml", "gone.json", "gone.md", "gone"])
def test_a_missing_file(name: str, tmp_path: Path, vocabulary: Vocabulary) -> None:
    with pytest.raises(GuijuError) as caught:
        read_subject(tmp_path / name, vocabulary)
    assert caught.value.code == "file.missing"
    assert name in str(caught.value.where)


def test_a_folder(tmp_path: Path, vocabulary: Vocabulary) -> None:
    with pytest.raises(GuijuError) as caught:
        read_dossier(tmp_path, vocabulary)
    assert caught.value.code == "file.folder"


@pytest.mark.parametrize("name", ["picture.yaml", "picture.json", "picture.md"])
def test_a_binary_file(name: str, tmp_path: Path, vocabulary: Vocabulary) -> None:
    path = tmp_path / name
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)))
    with pytest.raises(GuijuError) as caught:
        read_subject(path, vocabulary)
    assert caught.value.code == "file.binary"


@pytest.mark.parametrize("name", ["huge.yaml", "huge.md"])
def test_a_file_of_fifty_megabytes_is_refused_unread(name: str, tmp_path: Path, vocabulary: Vocabulary) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    with pytest.raises(GuijuError) as caught:
        read_subject(path, vocabulary)
    assert caught.value.code == "file.too-large"
    assert "50 MB" in whole(caught.value, "en")
    assert "50 MB" in whole(caught.value, "zh")


@pytest.mark.parametrize("text", ["- " * 200_000, "[" * 200_000, "{a: " * 100_000])
def test_nesting_without_end_does_not_bring_the_reader_down(text: str, vocabulary: Vocabulary) -> None:
    with pytest.raises(GuijuError) as caught:
        dossier_from(text, "deep.yaml", vocabulary)
    assert caught.value.code == "file.too-deep"


def test_keys_that_are_collections_are_refused_at_the_first(vocabulary: Vocabulary) -> None:
    with pytest.raises(GuijuError) as caught:
        dossier_from("? " * 100_000, "deep.yaml", vocabulary)
    assert caught.value.code == "file.key-not-a-word"


def test_references_that_multiply_are_refused_before_they_do(vocabulary: Vocabulary) -> None:
    rows = [
        "a: &a [x, x]",
        *(
            f"{new}: &{new} [*{old}, *{old}]"
            for old, new in zip("abcdefghijklmnopqrstuvw", "bcdefghijklmnopqrstuvwx", strict=True)
        ),
    ]
    with pytest.raises(GuijuError) as caught:
        dossier_from("\n".join(rows), "laughs.yaml", vocabulary)
    assert caught.value.code == "file.alias"


def test_text_that_is_not_text(vocabulary: Vocabulary) -> None:
    with pytest.raises(GuijuError):
        dossier_from("facts: {markets: [\ud800]}", "surrogate", vocabulary)
