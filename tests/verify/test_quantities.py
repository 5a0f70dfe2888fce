"""Numbers and modal words of statute text, on sentences made up for it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from guiju.verify.modals import modal_words, party_pattern
from guiju.verify.quantities import numbers_of

PARTIES = party_pattern(["提供者", "使用者", "网信部门", "有关主管部门", "国家", "个人", "任何组织和个人", "技术支持者"])


@pytest.mark.parametrize(
    ("text", "value", "unit", "bound"),
    [
        ("自收到之日起十个工作日内", 10, "working-day", "<="),
        ("三十日内答复", 30, "day", "<="),
        ("保存期限不得少于六个月", 6, "month", ">="),
        ("不满十四周岁的未成年人", 14, "year", "<"),
        ("已满十六周岁", 16, "year", ">="),
        ("处一万元以上十万元以下罚款", 100_000, "CNY", "<="),
        ("处一万元以上十万元以下罚款", 10_000, "CNY", ">="),
        ("营业额百分之五以下", 5, "percent", "<="),
        ("处理100万人以上个人信息", 1_000_000, "person", ">="),
        ("超过1000万人", 10_000_000, "person", ">"),
        ("半年", 6, "month", None),
        ("每２小时提醒", 2, "hour", None),
        ("违法所得一倍以上十倍以下", 10, "times", "<="),
    ],
)
def test_numbers_with_unit_and_bound(text, value, unit, bound):
    assert (Decimal(value), unit, bound) in {(one.value, one.unit, one.bound) for one in numbers_of(text).quantities}


def test_numbers_of_articles_are_no_quantities():
    assert numbers_of("依照第二十四条第三款第一项的规定一并处理，万一统一").quantities == ()


def test_dates_days_of_the_year_and_fractions():
    found = numbers_of("自2023年8月15日起施行；每年三月三十一日前；三分之二以上；2023年2月30日")
    assert found.dates == {date(2023, 8, 15)}
    assert found.days_of_year == {(3, 31)}
    assert found.fractions == {(2, 3)}


@pytest.mark.parametrize(
    ("text", "modality", "subjects"),
    [
        ("提供者应当标识。", "obligation", {"提供者"}),
        ("提供者和使用者不得侵害他人。", "prohibition", {"提供者", "使用者"}),
        ("提供者发现使用者违法的，应当警示。", "obligation", {"提供者"}),
        ("对违反规定的提供者，网信部门应当处理。", "obligation", {"网信部门"}),
        ("国家鼓励创新。", "encouragement", {"国家"}),
        ("提供者对使用者的输入应当保护。", "obligation", {"提供者"}),
        ("提供者应当登记。不得转让。", "prohibition", {"提供者"}),
    ],
)
def test_who_has_to_do_it(text, modality, subjects):
    found = [one for one in modal_words(text.replace("，", ",").replace("。", ";"), PARTIES) if one.modality == modality]
    assert subjects in [set(one.subjects) for one in found]


def test_words_that_only_look_modal():
    assert modal_words("相应的应用可能适应供应链;应急;许可;不可逆", PARTIES) == []
