"""The number lines of the table of mess: what is silent, what is noticed, what is sent back."""

from decimal import Decimal

import pytest

from loaders.numbers import money, number, percent, whether_mixed
from tests.loaders import cells


def read(written: str, measure: str = "家") -> tuple[Decimal | None, str | None, str]:
    reading = number(cells.text(written), measure)
    return reading.value, reading.severity, reading.code


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1234", 1234),
        ("１２３４", 1234),
        ("１２．５", "12.5"),
        ("1 234", 1234),
        ("　12　", 12),
        ("12\u00a0", 12),
        ("\u200b12", 12),
        ("'12", 12),
        ("\u221212", -12),
        ("－12", -12),
        ("-12", -12),
        ("+12", 12),
        ("1,234.5", "1234.5"),
        ("1，234", 1234),
        ("0", 0),
        ("12.", 12),
    ],
)
def test_plain_numbers_typed_as_text_are_read_silently(written: str, value: object):
    assert read(written) == (Decimal(str(value)), None, "")


@pytest.mark.parametrize(
    ("written", "value", "code"),
    [
        ("12。5", "12.5", "odd_decimal_point"),
        ("(12.5)", "-12.5", "odd_negative"),
        ("（12.5）", "-12.5", "odd_negative"),
        ("—12.5", "-12.5", "odd_negative"),
        ("△5", "-5", "odd_negative"),
        ("▲5", "-5", "odd_negative"),
        ("↓5", "-5", "odd_negative"),
        ("↑5", "5", "odd_positive"),
        ("下降5", "-5", "odd_negative"),
        ("增长5", "5", "odd_positive"),
        ("12家", "12", "unit_in_cell"),
        ("1,200 家", "1200", "unit_in_cell"),
    ],
)
def test_odd_but_certain_numbers_are_read_with_a_notice(written: str, value: str, code: str):
    assert read(written) == (Decimal(value), "notice", code)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1,23", "thousands_misplaced"),
        ("1,2345", "thousands_misplaced"),
        ("1.234.5", "thousands_misplaced"),
        ("约1200", "number_not_exact"),
        ("1200左右", "number_not_exact"),
        (">100", "number_not_exact"),
        ("≥100", "number_not_exact"),
        ("100以上", "number_not_exact"),
        ("100-200", "number_not_exact"),
        ("100—200", "number_not_exact"),
        ("120/130", "number_not_exact"),
        ("一百二十", "number_not_exact"),
        ("十家", "number_not_exact"),
        ("120余", "number_not_exact"),
        ("1O0", "letters_in_number"),
        ("l2", "letters_in_number"),
        ("1234①", "annotation_in_number"),
        ("1234²", "annotation_in_number"),
        ("1234*", "annotation_in_number"),
        ("1234[1]", "annotation_in_number"),
        ("1234注1", "annotation_in_number"),
        ("12万", "wrong_unit_in_cell"),
        ("12场", "wrong_unit_in_cell"),
        ("12%", "percent_not_number"),
        ("100美元", "foreign_currency"),
        ("详见附件", "not_a_number"),
        ("12abc", "wrong_unit_in_cell"),
    ],
)
def test_what_could_be_two_numbers_is_sent_back(written: str, code: str):
    assert read(written) == (None, "error", code)


def test_no_annotation_is_ever_glued_to_its_number():
    # NFKC would read these as 12341 and 12342.
    assert read("1234①")[0] is None
    assert read("1234²")[0] is None


@pytest.mark.parametrize("written", ["", " ", "　", "\u200b"])
def test_blank_is_not_reported(written: str):
    assert number(cells.text(written)).missing == "blank"
    assert number(None).missing == "blank"


@pytest.mark.parametrize("written", ["-", "—", "——", "/", "无", "N/A", "n/a"])
def test_dashes_and_none_are_nothing_of_the_kind_and_silent(written: str):
    reading = number(cells.text(written))
    assert (reading.value, reading.missing, reading.severity) == (None, "none", None)


@pytest.mark.parametrize("written", ["…", "……", "..."])
def test_less_than_the_smallest_unit_is_flagged_silently(written: str):
    reading = number(cells.text(written))
    assert (reading.value, reading.missing, reading.severity) == (None, "none", None)
    assert reading.code == "below_smallest_unit"


@pytest.mark.parametrize("written", ["不详", "未统计"])
def test_an_unknown_figure_is_noticed_and_not_reported(written: str):
    reading = number(cells.text(written))
    assert (reading.missing, reading.severity, reading.code) == ("unknown", "notice", "value_unknown")


def test_blank_none_and_zero_stay_apart():
    blank, none, zero = number(None), number(cells.text("—")), number(cells.text("0"))
    assert [blank.missing, none.missing, zero.missing] == ["blank", "none", ""]
    assert [blank.value, none.value, zero.value] == [None, None, Decimal(0)]


@pytest.mark.parametrize("value", ["#REF!", "#DIV/0!", "#N/A", "#VALUE!"])
def test_an_error_value_is_sent_back_and_never_an_empty_cell(value: str):
    assert (number(cells.error(value)).severity, number(cells.error(value)).code) == ("error", "error_value")


def test_a_formula_nobody_calculated_is_sent_back():
    assert number(cells.uncached()).code == "formula_without_value"


def test_a_date_or_a_percentage_is_no_count():
    day = cells.placed("", 1, 1) or cells.number(1)._replace(kind="date", value="2025-03-04")
    assert number(day).code == "date_not_number"
    assert number(cells.percent("0.8"), "家").code == "percent_not_number"


@pytest.mark.parametrize(
    ("written", "unit", "yuan", "code"),
    [
        ("1200", "万元", 12_000_000, ""),
        ("9.6", "亿元", 960_000_000, ""),
        ("960000000", "元", 960_000_000, ""),
        ("12", "千元", 12_000, ""),
        ("1200万元", "万元", 12_000_000, "unit_in_cell"),
        ("0.12亿", "万元", 12_000_000, "converted_in_cell"),
        ("3500元", "万元", 3_500, "converted_in_cell"),
        ("￥12", "万元", 120_000, ""),
        ("0.1234567891", "亿元", 12_345_679, ""),
    ],
)
def test_money_becomes_whole_yuan(written: str, unit: str, yuan: int, code: str):
    reading = money(cells.text(written), unit)
    assert (reading.value, reading.code) == (Decimal(yuan), code)
    assert reading.severity == ("notice" if code else None)


@pytest.mark.parametrize(
    ("written", "code"),
    [("12家", "wrong_unit_in_cell"), ("100万美元", "foreign_currency"), ("约1200万元", "number_not_exact")],
)
def test_money_in_something_else_is_sent_back(written: str, code: str):
    assert (money(cells.text(written), "万元").severity, money(cells.text(written), "万元").code) == ("error", code)


@pytest.mark.parametrize("written", ["6222021234567890123", "1" * 40, "-" + "9" * 30])
def test_a_number_too_large_to_be_a_figure_is_sent_back_and_not_cut_to_fit(written: str):
    for reading in (number(cells.text(written)), money(cells.text(written), "亿元"), percent(cells.text(written))):
        assert (reading.value, reading.severity, reading.code) == (None, "error", "number_too_large")
    assert number(cells.number("1e300")).code == money(cells.number("1e25"), "万元").code == "number_too_large"
    assert money(cells.text("99999999"), "亿元").value == 99999999 * 10**8


def test_nine_cells_of_annex_1_add_up_to_exactly_108():
    typed = ["9.6", "9.6", "13.2", "14.4", "9.6", "14.4", "14.4", "12", "10.8"]
    assert sum(money(cells.number(one), "亿元").value for one in typed) == Decimal("10800000000")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (cells.text("80%"), "80"),
        (cells.text("８０％"), "80"),
        (cells.percent("0.8"), "80"),
        (cells.number("80"), "80"),
        (cells.number("0"), "0"),
    ],
)
def test_percentages_are_read_in_percent(cell, value: str):
    assert (percent(cell).value, percent(cell).severity) == (Decimal(value), None)


def test_a_plain_number_below_one_in_a_percentage_column_is_always_noticed():
    reading = percent(cells.number("0.8"))
    assert (reading.value, reading.severity, reading.code) == (Decimal("0.8"), "notice", "maybe_ratio")


def test_a_fall_in_words_is_a_negative_percentage():
    reading = percent(cells.text("下降5.2%"))
    assert (reading.value, reading.code) == (Decimal("-5.2"), "odd_negative")


def test_a_computed_growth_divided_by_zero_is_no_value():
    reading = percent(cells.error("#DIV/0!"))
    assert (reading.value, reading.severity, reading.code) == (None, "notice", "division_by_zero")
    assert percent(cells.error("#REF!")).code == "error_value"


def test_a_column_of_percentages_with_and_without_the_sign_is_told_apart():
    formatted, plain = cells.percent("0.8"), cells.number("75")
    assert whether_mixed([formatted, plain]) == ([formatted], [plain])
    assert whether_mixed([formatted, cells.text("75")]) is None
