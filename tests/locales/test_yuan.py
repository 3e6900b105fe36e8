"""One way to write money: exact, in 元, 万元 or 亿元."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales.formats import yuan

UNITS = {"亿元": 10**8, "万元": 10**4, "元": 1}


@pytest.mark.parametrize(
    ("amount", "zh", "en"),
    [
        (0, "0元", "CNY 0"),
        (9_999, "9999元", "CNY 9,999"),
        (10_000, "1万元", "CNY 10,000"),
        (500_000, "50万元", "CNY 500,000"),
        (300_001, "30.0001万元", "CNY 300,001"),
        (99_990_000, "9,999万元", "CNY 99,990,000"),
        (100_000_000, "1亿元", "CNY 100,000,000"),
        (120_000_000, "1.2亿元", "CNY 120,000,000"),
        (100_000_001, "10,000.0001万元", "CNY 100,000,001"),
        (-1, "−1元", "−CNY 1"),
        (None, "—", "—"),
    ],
)
def test_an_amount_is_written_exactly_in_both_languages(amount, zh, en):
    assert yuan(amount) == zh
    assert yuan(amount, "en") == en


@given(st.integers(0, 10**14))
def test_what_is_written_reads_back_to_the_same_yuan(amount):
    words = yuan(amount)
    unit = next(unit for unit in UNITS if words.endswith(unit))
    assert Decimal(words.removesuffix(unit).replace(",", "")) * UNITS[unit] == amount
