"""The pages themselves: links lead somewhere, nothing is said that belongs elsewhere."""

import re
from pathlib import Path

import pytest
from tests.docs.pages import DOCS, ROOT, links, page, pages

TITLES = [path.relative_to(ROOT).as_posix() for path in pages()]


@pytest.mark.parametrize("name", TITLES)
def test_links_lead_somewhere(name: str) -> None:
    path = ROOT / name
    for link in links(path):
        target, _, anchor = link.partition("#")
        found = (path.parent / target).resolve() if target else path
        assert found.is_relative_to(ROOT), link
        assert found.exists(), link
        if anchor:
            assert anchor in anchors(found), link


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\s-]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", TITLES)
def test_one_title_and_no_stray_spaces(name: str) -> None:
    text = page(name)
    outside = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    assert len(re.findall(r"^# ", outside, re.MULTILINE)) == 1
    assert not re.findall(r"[ \t]+$", text, re.MULTILINE)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("name", TITLES)
def test_nothing_of_one_machine(name: str) -> None:
    folders = [f"/{folder}/" for folder in ("work", "tmp", "home", "Users")]  # in parts, since this file is looked through too
    assert not re.findall("|".join((*folders, "localhost", r"\bpypi\b")), page(name), re.IGNORECASE)


@pytest.mark.parametrize("name", TITLES)
def test_words_we_do_not_use(name: str) -> None:
    prose = re.sub(r"`[^`\n]*`|^```.*?^```$|^    .*$", "", page(name), flags=re.DOTALL | re.MULTILINE)
    assert not re.findall(r"please note|successful|\w!(?!\[)|！", prose.replace('no "please note"', ""), re.IGNORECASE)


def test_every_page_is_in_the_reading_order() -> None:
    index = DOCS / "index.md"
    reached = {(index.parent / link.split("#")[0]).resolve() for link in links(index)}
    for start in (DOCS / "zh" / "index.md", DOCS / "zh" / "cli.md"):
        reached |= {(start.parent / link.split("#")[0]).resolve() for link in links(start)}
    assert {path for path in DOCS.rglob("*.md") if path != index} <= reached


def test_chinese_pages_are_chinese() -> None:
    for path in sorted((DOCS / "zh").glob("*.md")):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if len(line) > 20 and not line.startswith("    ")]
        chinese = [line for line in lines if re.search("[\u3400-\u9fff]", line)]
        assert len(chinese) == len([line for line in lines if not re.fullmatch(r"[|-]+", line)]), path
        assert not re.findall("[\u3400-\u9fff][,;:?!]", re.sub(r"`[^`]*`", "", "\n".join(chinese))), path
