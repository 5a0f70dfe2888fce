"""Every number and period in a norm checked against the full text stands in the text of its provision (language, section 6)."""

import calendar
import json
import re
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from guiju.calendars import Period
from guiju.logic import Call, Literal, Product, walk
from guiju.norms import Norm, builtin, local
from guiju.norms.check import conditions

pytestmark = pytest.mark.data

CHINESE = {
    "cn/algorithm-provisions": "algorithm-recommendation-2021",
    "cn/cybersecurity-law": "cybersecurity-law-2025-amended",
    "cn/deep-synthesis": "deep-synthesis-provisions-2022",
    "cn/genai-measures": "genai-interim-measures-2023",
    "cn/labelling-measures": "aigc-labeling-measures-2025",
    "cn/minors-online-protection": "minors-online-protection-2023",
    "cn/network-data-regulation": "network-data-security-regulation-2024",
    "cn/pipl": "pipl-2021",
    "cn/standardization-law": "standardization-law-2017",
}
NOT_IN_THE_PROVISION: dict[tuple[str, str], str] = {
    ("eu/ai-act/51.2", "1E+25"): "the stored text prints the power as 1025, without the exponent raised",
    ("eu/ai-act/3.63", "1E+23"): "stands in a reading, whose source is a guideline of the Commission and not the Article",
    ("eu/ai-act/52.1", "14 days"): "the text says two weeks",
    ("eu/ai-act/30.4#accredited", "14 days"): "the text says two weeks",
    ("eu/ai-act/46.4", "15 days"): "the text says calendar days",
    ("eu/gdpr/36.2", "56 days"): "the text says eight weeks",
    **{
        (f"eu/gdpr/{place}", "1 month"): "stands in Article 12(3), which holds for every request under Articles 15 to 22"
        for place in ("15.1#duty", "15.1.h#duty", "16#duty", "17.1#request.duty", "18.1#duty", "20.1#duty")
    },
    ("eu/ai-act/57.1", "2026-08-02"): "stands in the 2024 text; the text in force has a year more",
    ("eu/ai-act/72.3#template", "2026-02-02"): "stands in the 2024 text",
    ("eu/ai-act/75.1a", "15 days"): "stands in Article 73(2), which applies correspondingly",
    ("eu/ai-act/75.1a", "10 days"): "stands in Article 73(4), which applies correspondingly",
    ("eu/ai-act/75.1a", "2 days"): "stands in Article 73(3), which applies correspondingly",
    ("eu/ai-act/80.4#fine", "15000000"): "stands in Article 99(4), to which the provision points",
    ("eu/ai-act/75c.4", "15000000"): "stands in Article 99(4), to which the provision points",
}
"""Numbers that do not stand in the stored text of the provision as they stand in the norm, and why."""


# -- the numbers of a norm ---------------------------------------------------------------------------------------------------


def numbers_of(norm: Norm) -> set[Decimal | Period | date]:
    """Every number, period and day that a norm turns on."""
    found: set[Decimal | Period | date] = set()
    for expr in conditions(norm):
        for item in walk(expr):
            match item:
                case Literal(Decimal() as number):
                    found.add(number)
                case Product(factor, _):
                    found.add(factor)
                case Call("months" | "years" | "days" | "hours" as unit, count):
                    found.add(Period(int(count), unit.removesuffix("s")))
                case Call("date", day):
                    found.add(date.fromisoformat(str(day)))
    if norm.clock:
        found |= {one for one in (norm.clock.within, *(case.within for case in norm.clock.cases)) if one}
    found |= {day for delay in norm.delays for day in delay.days}
    for tier in norm.sanction.tiers if norm.sanction else ():
        for fine in (tier.fine, tier.person_fine):
            if fine:
                found |= {one for one in (fine.low, fine.high, fine.share.percent if fine.share else None) if one is not None}
    return found


# -- how the law writes them -------------------------------------------------------------------------------------------------

WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
DIGITS = "零一二三四五六七八九"
MONTHS = list(calendar.month_name)[1:]
UNITS = {"month": "个月", "year": "年", "day": "日", "hour": "小时", "working-day": "个工作日"}


def chinese(number: int) -> str:
    """A whole number below a hundred million in Chinese numerals, as laws write it."""
    for size, word in ((10_000, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            head, rest = divmod(number, size)
            lead = "" if head == 1 and size == 10 else chinese(head)
            return lead + word + (chinese(rest) if rest else "")
    return DIGITS[number]


def in_chinese(number: Decimal | Period | date) -> set[str]:
    if isinstance(number, date):
        return {f"{number.year}年{number.month}月{number.day}日"}
    if isinstance(number, Period):
        return {amount + UNITS[number.unit] for amount in (chinese(int(number.amount)), str(number.amount))}
    if number < 1:
        return {"百分之" + chinese(int(number * 100))}
    whole = chinese(int(number))
    digits = {f"{int(number) // 10_000}万"} if number >= 10_000 and number % 10_000 == 0 else set()
    return {whole + "元", "百分之" + whole, whole, str(number), *digits}


def in_english(number: Decimal | Period | date) -> set[str]:
    if isinstance(number, date):
        return {f"{number.day} {MONTHS[number.month - 1]} {number.year}"}
    if isinstance(number, Period):
        amounts = {str(number.amount), *([WORDS[int(number.amount)]] if number.amount <= 12 else [])}
        plural = "" if number.amount == 1 else "s"
        return {f"{amount} {number.unit.replace('-', ' ')}{plural}" for amount in amounts}
    exponent = number.adjusted()
    if number.normalize().as_tuple().digits == (1,) and exponent > 12:
        return {f"10^{exponent}", f"10({exponent})"}
    spaced = f"{int(number):,}".replace(",", " ")
    return {spaced, spaced.replace(" ", "\u00a0"), str(number), f"{number} %", f"{number}\u00a0%"}


def in_korean(number: Decimal | Period | date) -> set[str]:
    """Round sums in won, which is all that the Korean norms hold."""
    assert isinstance(number, Decimal)
    assert number % 10_000_000 == 0
    return {f"{int(number) // 10_000_000}천만원"}


def in_canadian(number: Decimal | Period | date) -> set[str]:
    """Days, and counts of experts, which is all that the Canadian norms hold."""
    if isinstance(number, date):
        return {f"{MONTHS[number.month - 1]} {number.day}, {number.year}"}
    assert isinstance(number, Decimal)
    return {("no", "one", "two")[int(number)]}


def stands_in(text: str, forms: set[str]) -> bool:
    """One of the forms stands in the text by itself, not as part of a longer number."""
    return any(re.search(rf"(?<![0-9{DIGITS}十百千万]){re.escape(form)}(?![0-9])", text) for form in forms)


# -- the text of a provision -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def text_of(data_dir):
    """The stored text of the article, or the annex, that a norm is in."""

    @cache
    def chinese_articles(name):
        text = (data_dir / "instruments" / "cn" / f"{name}.txt").read_text(encoding="utf-8")
        parts = re.split(r"(?m)^第([零一二三四五六七八九十百]+)条[ \u3000]", text)
        return dict(zip(parts[1::2], parts[2::2], strict=True))

    @cache
    def european_articles():
        folder = data_dir / "instruments" / "eu" / "ai-act-consolidated-2026-07-27"
        articles = json.loads((folder / "eu-ai-act-articles.json").read_text(encoding="utf-8"))
        annexes = json.loads((folder / "eu-ai-act-annexes.json").read_text(encoding="utf-8"))
        found = {one["articleNumber"]: "\n".join(one["paragraphs"]) for one in articles}
        return found | {f"annex-{one['annexNumber'].lower()}": "\n".join(one["paragraphs"]) for one in annexes}

    @cache
    def korean_articles():
        stored = data_dir / "instruments" / "intl" / "kr-ai-framework-act-2025-current-articles.json"
        return {one.get("articleNumber"): one["fullText"] for one in json.loads(stored.read_text(encoding="utf-8"))}

    @cache
    def canadian_directive():
        """The whole text: a requirement of section 6 has its figures in section 1 or in Appendix C."""
        stored = data_dir / "instruments" / "intl" / "canada-adm-directive-provisions.json"
        return "\n".join(one["fullText"] for one in json.loads(stored.read_text(encoding="utf-8")))

    @cache
    def data_protection_articles():
        stored = data_dir / "instruments" / "eu" / "gdpr-articles.json"
        return {one["articleNumber"]: one["fullText"] for one in json.loads(stored.read_text(encoding="utf-8"))}

    def read(norm):
        if norm.instrument == "ca/directive-adm":
            return canadian_directive()
        article = re.split(r"[.#]", local(norm.id))[0]
        if norm.instrument == "kr/ai-basic-act":
            return korean_articles()[article]
        if norm.instrument == "eu/ai-act":
            return european_articles()[article]
        if norm.instrument == "eu/gdpr":
            return data_protection_articles()[article]
        return chinese_articles(CHINESE[norm.instrument])[chinese(int(article))]

    return read


FULL_TEXT = [norm for norm in builtin().all_norms() if norm.checked.against == "full-text"]


def test_every_number_stands_in_its_provision(text_of):
    astray = []
    for norm in FULL_TEXT:
        forms = {"ca": in_canadian, "eu": in_english, "kr": in_korean}.get(norm.instrument.split("/")[0], in_chinese)
        wanted = [one for one in numbers_of(norm) if (norm.id, str(one)) not in NOT_IN_THE_PROVISION]
        astray += [(norm.id, sorted(forms(one))) for one in wanted if not stands_in(text_of(norm), forms(one))]
    assert astray == []


def test_each_exception_is_needed(text_of):
    """A reason for a number that does stand in the text, or in no norm, is taken out."""
    needless = []
    for identifier, number in NOT_IN_THE_PROVISION:
        norms = [norm for norm in FULL_TEXT if norm.id == identifier and number in map(str, numbers_of(norm))]
        found = [
            one for norm in norms for one in numbers_of(norm) if str(one) == number and stands_in(text_of(norm), in_english(one))
        ]
        if not norms or found:
            needless.append((identifier, number))
    assert needless == []


def test_the_trap_of_the_exponent(text_of):
    """The stored text prints ten to the power of twenty-five as 1025; nobody may read that as a number."""
    (norm,) = [one for one in FULL_TEXT if one.id == "eu/ai-act/51.2"]
    assert "1025" in re.sub(r"[\s()^]", "", text_of(norm))
    assert numbers_of(norm) == {Decimal("1E+25")}


def test_there_are_numbers_to_check():
    assert sum(len(numbers_of(norm)) for norm in FULL_TEXT) >= 30


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (6, "六"),
        (10, "十"),
        (15, "十五"),
        (20, "二十"),
        (35, "三十五"),
        (100_000, "十万"),
        (1_000_000, "一百万"),
        (50_000_000, "五千万"),
        (10_000, "一万"),
    ],
)
def test_numbers_in_chinese(number, words):
    assert chinese(number) == words


@pytest.mark.parametrize(
    ("text", "forms", "stands"),
    [
        ("保存不少于六个月", {"六个月"}, True),
        ("保存不少于十六个月", {"六个月"}, False),
        ("EUR 15 000 000 or", {"15 000 000"}, True),
        ("EUR 115 000 000", {"15 000 000"}, False),
        ("at least six months, unless", {"six months"}, True),
    ],
)
def test_found_only_by_itself(text, forms, stands):
    assert stands_in(text, forms) is stands
