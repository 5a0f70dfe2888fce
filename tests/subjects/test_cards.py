"""Model cards as they are found: what they let one propose, and what they do not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from guiju.logic import OneOf, SetOf, Truth
from guiju.norms import Vocabulary
from guiju.subjects import Dossier, card_from, dossier_from, dumps, is_card, read_card, read_subject
from guiju.wording import LANGUAGES

Card = Callable[[str], Dossier]


@pytest.fixture
def card(vocabulary: Vocabulary) -> Card:
    return lambda text: card_from(text, "models/my-model.md", vocabulary)


def said(dossier: Dossier) -> dict[str, str]:
    return {proposal.name: proposal.value for proposal in dossier.proposals}


def test_a_card_is_a_dossier_of_a_model(card: Card) -> None:
    dossier = card("---\nlicense: apache-2.0\n---\n# My Model\n")
    assert (dossier.subject.kind, dossier.subject.id, dossier.subject.label) == ("model", "my-model", {"und": "My Model"})
    assert all(dossier.world.of_kind(kind)[0].anonymous for kind in ("system", "service", "party"))
    assert dossier.world.root.given["licence_name"].value == OneOf.just("apache_2_0")
    allows = dossier.subject.given["licence_allows"].value
    assert allows == SetOf(has=frozenset({"access", "use", "modification", "distribution"}))


def test_a_proposal_names_its_line_and_rule(card: Card) -> None:
    dossier = card("---\nlanguage: en\nlicense: mit\n---\n")
    first = dossier.proposals[0]
    assert (first.name, first.line, first.excerpt, first.confidence, first.rule, first.data) == (
        "licence_name", 3, "license: mit", "stated", "license", "mit",
    )  # fmt: skip
    assert first.thing is dossier.subject
    assert dossier.subject.given["licence_name"].source == "my-model.md, line 3"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("apache-2.0", "apache_2_0"), ("Apache-2.0", "apache_2_0"), ("“mit”", "mit"), ("bsd-3-clause", "bsd"), ("gpl-3.0", "gpl"),
        ("agpl-3.0", "gpl"), ("cc-by-4.0", "cc_by"), ("cc-by-sa-3.0", "cc_by_sa"), ("cc-by-nc-4.0", "cc_by_nc"),
        ("cc-by-nc-sa-4.0", "cc_by_nc"), ("cc-by-nd-4.0", "other_licence"), ("openrail", "openrail"),
        ("creativeml-openrail-m", "openrail"), ("bigscience-bloom-rail-1.0", "openrail"), ("bigcode-openrail-m", "openrail"),
        ("openrail++", "openrail"), ("llama2", "llama_community"), ("llama3.1", "llama_community"), ("gemma", "gemma_terms"),
        ("other", "other_licence"), ("tongyi-qianwen", "other_licence"), ("[mit]", "mit"),
    ],
)  # fmt: skip
def test_licences(written: str, name: str, card: Card) -> None:
    found = said(card(f"---\nlicense: {written}\n---\n"))
    assert found["licence_name"] == name
    assert ("licence_allows" in found) is (name in ("apache_2_0", "mit", "bsd"))


@pytest.mark.parametrize("written", ["", "unknown", "[More Information Needed]", "[mit, apache-2.0]", "{name: mit}", "~", "[]"])
def test_a_licence_that_is_not_one_says_nothing(written: str, card: Card) -> None:
    assert said(card(f"---\nlicense: {written}\n---\n")) == {}


@pytest.mark.parametrize(
    ("task", "inputs", "outputs", "breadth"),
    [
        ("text-generation", "text", "text", None),
        ("text-to-image", "text", "image", None),
        ("automatic-speech-recognition", "audio", "text", None),
        ("image-text-to-text", "image, text", "text", None),
        ("feature-extraction", None, "embedding", None),
        ("sentence-similarity", "text", "embedding", "narrow"),
        ("text-classification", "text", "label", "narrow"),
        ("zero-shot-classification", "text", "label", None),
        ("fill-mask", "text", None, None),
        ("any-to-any", None, None, None),
        ("robotics", None, None, None),
    ],
)
def test_tasks(task: str, inputs: str | None, outputs: str | None, breadth: str | None, card: Card) -> None:
    found = said(card(f"---\npipeline_tag: {task}\n---\n"))
    assert found.get("model_input_modalities") == inputs
    assert found.get("model_output_modalities") == outputs
    assert found.get("task_breadth") == breadth


def test_a_classifier_that_also_generates_is_not_called_narrow(card: Card) -> None:
    found = said(card("---\npipeline_tag: text-classification\ntags: [text-generation]\n---\n"))
    assert "task_breadth" not in found
    assert found["model_output_modalities"] == "label, text"


def test_what_comes_out_is_an_open_list(card: Card) -> None:
    value = card("---\npipeline_tag: text-generation\n---\n").subject.given["model_output_modalities"].value
    assert isinstance(value, SetOf)
    assert value.contains("image") is Truth.UNKNOWN


@pytest.mark.parametrize("written", ["org/base", "[org/a, org/b]", "\n- org/base"])
def test_a_base_model(written: str, card: Card) -> None:
    assert said(card(f"---\nbase_model: {written}\n---\n")) == {"base_model_named": "true"}


@pytest.mark.parametrize("written", ["", "[]", "None", "{a: b}"])
def test_silence_is_never_a_no(written: str, card: Card) -> None:
    assert said(card(f"---\nbase_model: {written}\n---\n")) == {}


# -- training compute --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "Training used 3.8e25 FLOPs.",
        "Total training compute: 3.8 × 10^25 FLOP",
        "Trained with $3.8 \\times 10^{25}$ FLOPs",
        "训练算力：3.8×10²⁵次浮点运算",
        "Pretraining took 3.8 x 10<sup>25</sup> FLOPs",
        "## Training\n\nCompute: 3.8E+25 FLOPs",
    ],
)
def test_a_plain_figure_of_training_compute(line: str, card: Card) -> None:
    dossier = card(f"---\nlicense: mit\n---\n# M\n\n{line}\n")
    proposal = next(one for one in dossier.proposals if one.name == "training_compute")
    assert (proposal.value, proposal.confidence) == ("3.8e25", "stated")
    assert proposal.excerpt in line


@pytest.mark.parametrize(
    "line",
    [
        "Training throughput: 150 TFLOP per GPU per second",
        "Training ran at 1.0e18 FLOPs/s",
        "Training ran at 1.0e18 FLOPs per second",
        "Inference needs 3.8e12 FLOPs; training is described elsewhere",
        "Below the threshold of 1e25 FLOPs for training",
        "Training used 3.8e25 FLOPs; the larger one, also in training, 9e25 FLOPs",
        "The model needs 3.8e25 FLOPs",
        "```\ntraining: 3.8e25 FLOPs\n```",
        "Trained on 3.8e12 tokens",
    ],
)
def test_other_figures_are_not_taken_for_it(line: str, card: Card) -> None:
    assert "training_compute" not in said(card(f"---\nlicense: mit\n---\n# M\n\n{line}\n"))


# -- cards in a bad state ----------------------------------------------------------------------------------------------------


def codes(dossier: Dossier) -> list[str]:
    return [warning.code for warning in dossier.warnings]


def test_no_front_matter(card: Card) -> None:
    dossier = card("# Llama 9\n\nLicense: MIT\n\nTraining used 3e25 FLOPs.\n")
    assert dossier.subject.label == {"und": "Llama 9"}
    assert said(dossier) == {
        "licence_name": "mit", "licence_allows": "access, use, modification, distribution", "training_compute": "3e25",
    }  # fmt: skip
    assert codes(dossier) == ["card.no-front-matter"]
    assert dossier.warnings[0].message("en").startswith("The card has no front matter")
    assert dossier.warnings[0].message("zh").startswith("模型卡开头没有元数据")


def test_next_to_nothing(card: Card) -> None:
    dossier = card("a model without a heading")
    assert dossier.subject.label == {"und": "my-model"}
    assert dossier.proposals == ()
    assert codes(dossier) == ["card.no-front-matter"]


def test_only_front_matter(card: Card) -> None:
    dossier = card("---\nlicense: mit\n---\n")
    assert said(dossier)["licence_name"] == "mit"
    assert codes(dossier) == ["card.no-body"]


def test_a_key_that_stands_twice(card: Card) -> None:
    same = card("---\nlicense: mit\nlicense: mit\n---\n# T\n")
    other = card("---\nlicense: mit\ntags: [fill-mask]\ntags: [chat]\nlicense: gpl-3.0\n---\n# T\n")
    assert said(same)["licence_name"] == "mit"
    assert codes(same) == []
    assert codes(other) == ["card.repeated-key", "card.repeated-key", "card.contradiction"]
    assert {str(one.where) for one in other.warnings} == {"models/my-model.md:4", "models/my-model.md:5"}
    assert all("license" in other.warnings[1].message(lang) for lang in LANGUAGES)
    assert [one.value for one in other.proposals] == ["mit", "gpl"]


@pytest.mark.parametrize(
    "matter",
    [
        "license: mit\r\ntags:\r\n- fill-mask",
        "license:\tmit\ntags:\n\t- fill-mask",
        "\ufefflicense: mit\ntags: [fill-mask]".removeprefix("\ufeff"),
        "license: mit # free\ntags: ['fill-mask',]",
        "license: &l mit\ntags: [fill-mask]\nother: *l",
        "license: mit\ntags: [fill-mask]\nwidget: !!python/object/apply:os.system [ls]",
        "license: mit\ntags: [fill-mask]\ndescription: it's: broken: yaml\n  - and worse",
        "license: mit\ntags:\n- fill-mask\nmodel-index:\n- name: x\n  results: [{task: {type: text-generation}}]",
    ],
)
def test_front_matter_as_people_write_it(matter: str, card: Card) -> None:
    for text in (f"---\n{matter}\n---\n# T\n", f"\ufeff---\r\n{matter}\r\n---\r\n# T\r\n"):
        found = card(text)
        assert said(found)["licence_name"] == "mit"
        assert said(found)["model_input_modalities"] == "text"
        assert "model_output_modalities" not in said(found)


def test_front_matter_that_is_never_closed(card: Card) -> None:
    dossier = card("---\nlicense: mit\ntags:\n- fill-mask\n\n# The model\n\nWords.\n\n---\n\nMore words.\n")
    assert said(dossier)["licence_name"] == "mit"
    assert dossier.subject.label == {"und": "The model"}
    assert codes(dossier) == ["card.front-matter-unclosed"]
    assert str(dossier.warnings[0].where) == "models/my-model.md:1"


def test_broken_front_matter_is_owned_up_to(card: Card) -> None:
    dossier = card("---\nlicense: mit\nbad: [unclosed\n---\n# T\n")
    assert said(dossier)["licence_name"] == "mit"
    assert codes(dossier) == ["card.front-matter-unreadable"]


def test_a_card_in_an_older_encoding(tmp_path: Path, vocabulary: Vocabulary) -> None:
    for encoding in ("cp1252", "utf-16"):
        path = tmp_path / f"{encoding}.md"
        path.write_bytes("---\nlicense: mit\nauthor: “José”\n---\n# T\n".encode(encoding))
        dossier = read_card(path, vocabulary)
        assert said(dossier)["licence_name"] == "mit"
        assert codes(dossier) == ["card.not-utf8"]


def test_a_readme_is_called_by_its_folder(tmp_path: Path, vocabulary: Vocabulary) -> None:
    folder = tmp_path / "My Model v2"
    folder.mkdir()
    (folder / "README.md").write_text("---\nlicense: mit\n---\n# Model Card for Model ID\n", "utf-8")
    assert read_subject(folder / "README.md", vocabulary).subject.id == "My-Model-v2"


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("# **Big** [Model](https://example.org) `v2` #", "Big Model v2"),
        ("<h1 align=center>\n  Baichuan &amp; 2\n</h1>", "Baichuan & 2"),
        ("```\n# not this\n```\n## This", "This"),
        ("<!--\n# not this\n-->\n# This", "This"),
        ("Old style\n=========\n", "Old style"),
        ("# Model Details\n# Other", "my-model"),
        ("# DEPRECATED. This is now live at https://example.org/bloom . Change it there!", "my-model"),
        ("# Deprecated\n# Other", "my-model"),
    ],
)
def test_the_name_of_a_card(body: str, title: str, card: Card) -> None:
    assert card(f"---\nlicense: mit\n---\n{body}\n").subject.label == {"und": title}


def test_what_is_a_card() -> None:
    assert [is_card(name) for name in ("README.md", "a.MARKDOWN", "b.yaml", "c.json", "md")] == [True, True, False, False, False]


def test_a_huge_front_matter(card: Card) -> None:
    tags = "\n".join(f"- tag-{number}" for number in range(60_000))
    assert said(card(f"---\ntags:\n{tags}\nlicense: mit\n---\n"))["licence_name"] == "mit"


def test_nesting_in_front_matter_without_end(card: Card) -> None:
    assert said(card("---\nlicense: mit\nx: " + "[" * 50_000 + "\n---\n"))["licence_name"] == "mit"


# -- real cards --------------------------------------------------------------------------------------------------------------


@pytest.mark.data
def test_every_real_card_reads_and_reads_back(data_dir: Path, vocabulary: Vocabulary) -> None:
    cards = sorted((data_dir / "model-cards").glob("*.md"))
    assert len(cards) > 20
    for path in cards:
        dossier = read_card(path, vocabulary)
        lines = path.read_text("utf-8").split("\n")
        assert all(one.excerpt[:40] in lines[one.line - 1] for one in dossier.proposals), path.name
        assert dossier_from(dumps(dossier.content), "again", vocabulary).digest == dossier.digest


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("all-MiniLM-L6-v2", {"licence_name": "apache_2_0", "model_output_modalities": "embedding", "task_breadth": "narrow"}),
        (
            "llama-3.1-8b-instruct",
            {"licence_name": "llama_community", "base_model_named": "true", "model_output_modalities": "text, code"},
        ),
        ("bloom", {"licence_name": "openrail"}),
        ("whisper", {"model_input_modalities": "audio", "model_output_modalities": "text"}),
        ("llama-2", {"training_tokens": "2e12", "model_input_modalities": "text", "architecture_public": "true"}),
        ("docker-qwen3", {"licence_name": "apache_2_0", "model_input_modalities": "text", "weights_public": "true"}),
        ("deepseek-r1-github", {"licence_name": "mit", "base_model_named": "true"}),
        ("qwen2.5-0.5b-lora-empty-template", {"base_model_named": "true"}),
    ],
)
def test_what_real_cards_let_one_propose(name: str, facts: dict[str, str], data_dir: Path, vocabulary: Vocabulary) -> None:
    found = said(read_card(data_dir / "model-cards" / f"{name}.md", vocabulary))
    assert facts.items() <= found.items()
    assert "false" not in found.values()
