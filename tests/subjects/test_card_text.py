"""What the text of a card lets one propose: cards of our own in the styles that people write them in, and what none may do."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from guiju.logic import OneOf
from guiju.norms import Vocabulary
from guiju.subjects import Dossier, bare, card_from, read_card
from guiju.wording import LANGUAGES, GuijuError

HERE = Path(__file__).resolve().parent
Card = Callable[[str], Dossier]

ALL = "access, use, modification, distribution"

STYLES: dict[str, dict[str, tuple[str, int]]] = {
    "bold-lead-ins": {
        "licence_name": ("apache_2_0", 11), "licence_allows": (ALL, 11), "model_input_modalities": ("text", 5),
        "model_output_modalities": ("text, code", 7), "weights_public": ("true", 22), "architecture_public": ("true", 9),
        "usage_information_public": ("true", 21), "training_compute": ("7.8e22", 16), "model_parameters": ("7.2e9", 15),
        "training_tokens": ("1.8e12", 15),
    },
    "attribute-table": {
        "licence_name": ("mit", 14), "licence_allows": (ALL, 14), "model_input_modalities": ("text, image", 12),
        "model_output_modalities": ("text", 13), "task_breadth": ("wide", 5), "weights_public": ("true", 5),
        "architecture_public": ("true", 10), "usage_information_public": ("true", 20), "model_parameters": ("2.1e10", 11),
        "training_tokens": ("{min: 9e12}", 15),
    },
    "family-of-sizes": {
        "licence_name": ("cc_by_nc", 13), "model_input_modalities": ("text", 3), "model_output_modalities": ("text", 3),
    },
    "front-matter-and-body": {
        "licence_name": ("gemma_terms", 3), "model_input_modalities": ("text", 5), "model_output_modalities": ("text", 5),
        "task_breadth": ("wide", 8), "base_model_named": ("true", 4),
    },
    "html-table": {
        "licence_name": ("other_licence", 27), "model_input_modalities": ("text", 16), "model_output_modalities": ("text", 17),
        "task_breadth": ("wide", 3), "training_tokens": ("1.2e13", 18),
    },
    "fine-tuned-classifier": {
        "licence_name": ("bsd", 2), "licence_allows": (ALL, 2), "model_input_modalities": ("text", 11),
        "model_output_modalities": ("label", 14), "task_breadth": ("narrow", 8), "usage_information_public": ("true", 20),
        "base_model_named": ("true", 8),
    },
    "numbered-chinese": {
        "licence_name": ("apache_2_0", 22), "licence_allows": (ALL, 22), "model_input_modalities": ("text", 10),
        "model_output_modalities": ("text, code", 11), "task_breadth": ("wide", 5), "weights_public": ("true", 22),
        "architecture_public": ("true", 7), "usage_information_public": ("true", 16), "training_compute": ("2.5e23", 8),
        "model_parameters": ("1.3e10", 5), "training_tokens": ("{min: 3.2e12}", 5),
    },
    "fine-tuned-chinese": {
        "licence_name": ("apache_2_0", 2), "licence_allows": (ALL, 2), "task_breadth": ("narrow", 7),
        "base_model_named": ("true", 7),
    },
    "japanese": {
        "licence_name": ("apache_2_0", 7), "licence_allows": (ALL, 7), "model_input_modalities": ("text", 8),
        "model_output_modalities": ("text", 9), "task_breadth": ("wide", 5), "weights_public": ("true", 15),
        "usage_information_public": ("true", 14), "base_model_named": ("true", 5), "model_parameters": ("8e9", 5),
    },
    "silent-template": {},
    "speech-and-pictures": {
        "licence_name": ("openrail", 9), "model_input_modalities": ("text", 4), "model_output_modalities": ("video", 4),
        "weights_public": ("true", 14), "architecture_public": ("true", 4),
    },
    "denials": {"licence_name": ("proprietary", 5)},
}  # fmt: skip


@pytest.fixture
def card(vocabulary: Vocabulary) -> Card:
    return lambda text: card_from(text, "models/my-model.md", vocabulary)


def said(dossier: Dossier) -> dict[str, str]:
    return {one.name: one.value for one in dossier.proposals}


def codes(dossier: Dossier) -> list[str]:
    return [one.code for one in dossier.warnings if one.code != "card.no-front-matter"]


def test_every_card_has_its_table() -> None:
    assert {path.stem for path in (HERE / "cards").glob("*.md")} == set(STYLES)


@pytest.mark.parametrize("name", STYLES)
def test_a_card_in_each_style(name: str, vocabulary: Vocabulary) -> None:
    dossier = read_card(HERE / "cards" / f"{name}.md", vocabulary)
    assert {one.name: (one.value, one.line) for one in dossier.proposals} == STYLES[name]
    lines = (HERE / "cards" / f"{name}.md").read_text("utf-8").split("\n")
    assert all(one.excerpt in lines[one.line - 1] and one.excerpt for one in dossier.proposals)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("family-of-sizes", ["card.several-sizes", "card.several-figures"]),
        ("html-table", ["card.several-sizes"]),
        ("denials", ["card.says-no"]),
        ("fine-tuned-chinese", ["card.says-no"]),
    ],
)
def test_what_is_left_to_a_person_is_told(name: str, expected: list[str], vocabulary: Vocabulary) -> None:
    dossier = read_card(HERE / "cards" / f"{name}.md", vocabulary)
    assert codes(dossier) == expected
    for one in dossier.warnings:
        assert one.code == "card.no-front-matter" or (one.where and one.where.line)
        assert all(one.message(lang) for lang in LANGUAGES)


def test_no_card_ever_proposes_a_no(vocabulary: Vocabulary) -> None:
    for path in (HERE / "cards").glob("*.md"):
        for one in read_card(path, vocabulary).proposals:
            assert one.data is not False
            assert not (isinstance(one.data, dict) and "exactly" in one.data)


# -- each rule, and what it must not take ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "The code is released under the MIT License.",
        "The dataset is distributed under CC BY 4.0. The model is described below.",
        "The model was developed by researchers at MIT.",
        "This model is derived from a base model licensed under Apache 2.0.",
        "License: see LICENSE",
        "License: [More Information Needed]",
        "The model is not released under the MIT License.",
        "The model weights are licensed under Apache 2.0 or the Model Research License.",
    ],
)
def test_what_is_no_licence_of_the_model(text: str, card: Card) -> None:
    assert "licence_name" not in said(card(f"# A model\n\n{text}\n"))


def test_a_value_not_written_to_its_end_names_no_licence(card: Card) -> None:
    assert "licence_name" not in said(card("---\nlicense: [mit\n tags: - x\n---\n# A language model\n"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The model weights are released under the MIT license.", "mit"),
        ("This model and its code are licensed under the Apache-2.0 license.", "apache_2_0"),
        ("## License\n\nApache 2.0", "apache_2_0"),
        ("## 7. Licence\n\nThis model is available under CC-BY-NC-SA 4.0.", "cc_by_nc"),
        ("| License | Gemma Terms of Use |\n|---|---|\n| Size | 2B |", "gemma_terms"),
        ("<b>License:</b> GPL-3.0", "gpl"),
        ("![License](https://img.shields.io/badge/License-MIT-blue.svg)", "mit"),
        ("模型遵循 Apache 2.0 许可协议。", "apache_2_0"),
    ],
)
def test_licences_in_the_text(text: str, name: str, card: Card) -> None:
    assert said(card(f"# A model\n\n{text}\n"))["licence_name"] == name


@pytest.mark.parametrize(
    "text",
    [
        "It has a context of 131,072 tokens and a vocabulary of 150K tokens.",
        "It outperforms GPT-4, which was trained on 13 trillion tokens and has 1.7 trillion parameters.",
        "The tokenizer was trained on 2 billion tokens.",
        "It was fine-tuned on 300 million tokens of instruction data.",
        "It has 37B activated parameters.",
        "LoRA adds 4M trainable parameters.",
        "Each expert has 7 billion parameters.",
        "The learning rate has 3 parameters.",
        "It was trained with a batch size of 4M tokens.",
    ],
)
def test_figures_of_something_else(text: str, card: Card) -> None:
    assert not {"model_parameters", "training_tokens"} & said(card(f"# A model\n\n## Training\n\n{text}\n")).keys()


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("The model has 70 billion parameters.", "model_parameters", "7e10"),
        ("Parameters: 1.5B", "model_parameters", "1.5e9"),
        ("A 125M-parameter model.", "model_parameters", "1.25e8"),
        ("110,000,000 parameters", "model_parameters", "1.1e8"),
        ("模型共有 340 亿参数。", "model_parameters", "3.4e10"),
        ("It was pre-trained on more than 15 trillion tokens.", "training_tokens", "{min: 1.5e13}"),
        ("Training tokens: 300B", "training_tokens", "3e11"),
        ("在 1.4 万亿 tokens 上训练。", "training_tokens", "1.4e12"),
    ],
)
def test_figures(text: str, name: str, value: str, card: Card) -> None:
    assert said(card(f"# A model\n\n{text}\n"))[name] == value


@pytest.mark.parametrize(
    "text",
    [
        'tokenizer = AutoTokenizer.from_pretrained("some-lab/my-model")',
        'model = AutoModel.from_pretrained("./my-model")',
        'model = AutoModel.from_pretrained("other-lab/quite-different")',
        'model = AutoModel.from_pretrained("path/to/my-model")',
        '# model = AutoModel.from_pretrained("some-lab/my-model")',
    ],
)
def test_loading_that_shows_no_public_weights(text: str, card: Card) -> None:
    assert "weights_public" not in said(card(f"# My-Model\n\n```python\n{text}\n```\n"))


def test_the_base_loaded_by_name_is_not_the_model(card: Card) -> None:
    found = said(card("---\nbase_model: lab/big\n---\n# Big tuned\n\n```python\nAutoModel.from_pretrained('lab/big')\n```\n"))
    assert "weights_public" not in found


@pytest.mark.parametrize(
    "text",
    [
        "The weights will be released soon.",
        "Once you have access to the model weights, go on.",
        "We compare it with other open-source models.",
        "The weights of the original model are available.",
    ],
)
def test_weights_that_are_not_offered(text: str, card: Card) -> None:
    assert "weights_public" not in said(card(f"# A model\n\n{text}\n"))


def test_an_architecture_of_one_word_is_none(card: Card) -> None:
    assert "architecture_public" not in said(card("# A model\n\n| Attribute | Value |\n|---|---|\n| Architecture | llm9 |\n"))


# -- contradictions ----------------------------------------------------------------------------------------------------------


def test_two_licences_are_both_proposed_and_neither_is_settled(card: Card) -> None:
    dossier = card("---\nlicense: mit\n---\n# A model\n\n- **License:** CC BY-NC 4.0\n")
    assert [(one.name, one.value, one.line) for one in dossier.proposals] == [
        ("licence_name", "mit", 2),
        ("licence_name", "cc_by_nc", 6),
    ]
    assert dossier.subject.given["licence_name"].value == OneOf(frozenset({"mit", "cc_by_nc"}))
    assert codes(dossier) == ["card.contradiction"]
    assert "2" in dossier.warnings[0].message("en")
    assert "6" in dossier.warnings[0].message("zh")
    assert "licence_name" not in bare(dossier).subject.given


def test_two_figures_leave_the_number_open(card: Card) -> None:
    dossier = card("# A model\n\nIt has 7 billion parameters.\n\n## Details\n\nThe model has 13 billion parameters.\n")
    assert [one.value for one in dossier.proposals] == ["7e9", "1.3e10"]
    assert "model_parameters" not in dossier.subject.given
    assert codes(dossier) == ["card.contradiction"]


def test_a_plain_no_beside_a_yes_leaves_it_open(card: Card) -> None:
    dossier = card("# A model\n\nWe release the weights.\n\nThe model weights are not publicly available.\n")
    assert said(dossier) == {"weights_public": "true"}
    assert "weights_public" not in dossier.subject.given
    assert codes(dossier) == ["card.contradiction"]
    assert dossier.warnings[-1].fields["lines"] == [3, 5]


def test_all_that_there_is_against_more(card: Card) -> None:
    dossier = card("# A model\n\n**Input** Text only.\n\n## Details\n\n**Input:** Text and images.\n")
    assert [one.value for one in dossier.proposals] == ["text", "text, image"]
    assert "model_input_modalities" not in dossier.subject.given


# -- what is no card ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mistake", "code", "line", "en", "zh"),
    [
        ("pdf-renamed", "card.other-file", None, "it seems to be a PDF file. Export it as text", "看起来是：PDF 文件"),
        ("archive-renamed", "card.other-file", None, "a packed archive. Unpack it", "请解压后提交"),
        ("workbook-renamed", "card.other-file", None, "an Excel workbook. Give it back its ending .xlsx", "扩展名改回 .xlsx"),
        ("document-renamed", "card.other-file", None, "a document of a word processor", "文字处理软件的文档"),
        (
            "web-page-saved",
            "card.other-file",
            1,
            "a web page (HTML). Download the Markdown file itself",
            "请下载 Markdown 原文件",
        ),
        ("configuration-renamed", "card.other-file", 1, "data in JSON", "看起来是：JSON 数据"),
        ("dossier-renamed", "card.other-file", 1, "a dossier. Give it the ending .yaml.", "信息档。 请把扩展名改为 .yaml"),
        ("nothing-in-it", "card.empty", None, "The card is empty.", "模型卡是空的。"),
        ("shopping-list", "card.no-model", 1, "no word of a model", "全文也没有提到模型"),
    ],
)
def test_what_is_no_card_is_refused(
    mistake: str, code: str, line: int | None, en: str, zh: str, bad: Path, vocabulary: Vocabulary
) -> None:
    with pytest.raises(GuijuError) as caught:
        read_card(bad / f"{mistake}.md", vocabulary)
    error = caught.value
    assert error.code == code
    assert error.where is not None
    assert error.where.line == line
    assert en in f"{error.message('en')} {error.hint('en')}"
    assert zh in f"{error.message('zh')} {error.hint('zh')}"


def test_every_bad_card_is_tried(bad: Path) -> None:
    marks = test_what_is_no_card_is_refused.pytestmark  # type: ignore[attr-defined]
    tried = {row[0] for mark in marks for row in mark.args[1]}
    assert {path.stem for path in bad.glob("*.md")} == tried


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("# モデル\n\nこのモデルは日本語の対話モデルです。ライセンス：MIT\n- **ライセンス：** MIT\n", "shift_jis"),
        ("# 模型\n\n这个模型是在中文语料上训练的。\n\n- **许可证：** MIT\n", "gb18030"),
        ("# 模型\n\n- **许可证：** MIT\n", "utf-16-le"),
        ("# 模型\n\n- **License:** MIT\n" + "The model is a model. " * 20, "utf-16-be"),
    ],
)
def test_other_encodings_are_read(text: str, encoding: str, tmp_path: Path, vocabulary: Vocabulary) -> None:
    path = tmp_path / "card.md"
    path.write_bytes(("\ufeff" + text if encoding == "utf-16-le" else text).encode(encoding))
    dossier = read_card(path, vocabulary)
    assert said(dossier)["licence_name"] == "mit"
    assert "card.not-utf8" in codes(dossier)


def test_code_that_is_never_closed_is_owned_up_to(card: Card) -> None:
    dossier = card("# A model\n\nLicense: MIT\n\n```\nimport x\n\nParameters: 7B\n")
    assert said(dossier)["licence_name"] == "mit"
    assert codes(dossier) == ["card.code-unclosed"]
    assert dossier.warnings[-1].where is not None
    assert dossier.warnings[-1].where.line == 5


@pytest.mark.parametrize(
    "text",
    [
        "# A model\n" + "the model weights are under the MIT License and were trained on tokens\n" * 10_000,
        "# A model\n"
        + "".join(f"- **Key {n}:** {n} billion parameters, trained on {n} trillion tokens\n" for n in range(10_000)),
        "# A model\n\n" + "a" * 5_000_000,
        "# A model\n\n" + "is based on the pretrained model, " * 30_000,
        "# A model\n\n" + "[a](" * 250_000,
        "# A model\n" + "*" * 1_000_000,
        "# A model\n" + "<table" * 100_000,
        "# A model\n<table>" + "<tr><td rowspan=999 colspan=999>x" * 3_000 + "</table>",
        "# A model\n|a|b|\n|-|-|\n" + "|x|y|\n" * 50_000,
        "---\n" + "a: b\n" * 50_000 + "\n# A model\n",
    ],
)
def test_a_huge_card_is_read_in_bounded_time(text: str, card: Card) -> None:
    begun = time.perf_counter()
    card(text)
    assert time.perf_counter() - begun < 30


def test_a_line_of_five_megabytes_is_read_and_told(card: Card) -> None:
    dossier = card("# A model\n\nLicense: MIT\n\n" + "word " * 1_000_000 + "\n\nParameters: 7B\n")
    assert said(dossier)["model_parameters"] == "7e9"
    assert codes(dossier) == ["card.long-line"]
