import pytest

from loaders.dates import day, period, period_in
from metrics.period import Period
from tests.loaders import cells


@pytest.mark.parametrize(
    "written",
    [
        *("2024年3季度", "2024年三季度", "2024年第三季度", "2024Q3", "2024-Q3", "2024年Q3", "Q3 2024", "２０２４Ｑ３"),
        *("2024年7-9月", "2024年7—9月", "2024年7月至9月", "二〇二四年第三季度", "二○二四年九月", "二〇二四年九月"),
        *("202409", "2024/9/30", "2024-09-30", "2024年9月30日", "2024.09", "2024 年 三 季度"),
    ],
)
def test_a_quarter_is_read_silently_however_it_is_written(written: str):
    reading = period_in(written)
    assert (reading.value, reading.severity, reading.code) == (Period(2024, 3), None, "")


@pytest.mark.parametrize("written", ["第三季度", "三季度", "3季度", "7-9月", "７－９月", "Q3"])
def test_a_quarter_without_a_year_takes_that_of_the_form(written: str):
    assert period_in(written, 2024).value == Period(2024, 3)
    assert period_in(written).code == "period_without_year"


@pytest.mark.parametrize(
    ("written", "ends"),
    [
        ("1-9月", Period(2024, 3)),
        ("2024年1—9月", Period(2024, 3)),
        ("前三季度", Period(2024, 3)),
        ("一至三季度", Period(2024, 3)),
        ("上半年", Period(2024, 2)),
        ("1-6月", Period(2024, 2)),
        ("1-12月", Period(2024, 4)),
        ("2024年", Period(2024, 4)),
        ("全年", Period(2024, 4)),
        ("1-8月", Period(2024, 3)),
    ],
)
def test_a_cumulative_period_is_never_the_quarter(written: str, ends: Period):
    reading = period_in(written, 2024)
    assert (reading.value, reading.code) == (ends, "cumulative_period")


def test_the_first_quarter_is_its_own_cumulative_period():
    assert (period_in("1-3月", 2024).value, period_in("1-3月", 2024).code) == (Period(2024, 1), "")


@pytest.mark.parametrize("written", ["24年3季度", "9月30日", "去年同期", "2-4月", "十月", "本期"])
def test_an_unclear_period_is_sent_back(written: str):
    assert (period_in(written, 2024).severity, period_in(written, 2024).code) == ("error", "period_unclear")


def test_text_2024_10_is_october_but_the_number_2024_1_may_be_january():
    assert period(cells.text("2024.10")).value == Period(2024, 4)
    assert period(cells.number("2024.1")).code == "period_as_number"
    assert period(cells.number("2024.9")).code == "period_as_number"


def test_a_bare_date_serial_is_read_with_a_notice():
    assert (period(cells.number("45565")).value, period(cells.number("45565")).code) == (
        Period(2024, 3),
        "bare_date_serial",
    )
    assert (day(cells.number("45565")).value, day(cells.number("45565")).severity) == ("2024-09-30", "notice")


@pytest.mark.parametrize(
    "written",
    [
        *("2024-9-30", "2024/09/30", "2024.9.30", "2024年9月30日", "20240930", "二〇二四年九月三十日"),
        *("2024-09-30 00:00:00", "２０２４－９－３０", " 2024年 9月 30日 "),
    ],
)
def test_a_day_is_read_silently_however_it_is_written(written: str):
    assert (day(cells.text(written)).value, day(cells.text(written)).severity) == ("2024-09-30", None)


def test_a_month_alone_is_its_first_day_and_is_said():
    reading = day(cells.text("2024年9月"))
    assert (reading.value, reading.code) == ("2024-09-01", "date_without_day")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (cells.text("24.9.3"), "date_unclear"),
        (cells.text("9/30/2024"), "date_unclear"),
        (cells.text("2024年"), "date_unclear"),
        (cells.text("未定"), "date_unclear"),
        (cells.number("2024.9"), "date_unclear"),
        (cells.text("2024-02-30"), "date_impossible"),
        (cells.text("2024-13-01"), "date_impossible"),
        (cells.error("#N/A"), "error_value"),
    ],
)
def test_an_unclear_day_is_sent_back(cell, code: str):
    assert (day(cell).severity, day(cell).code) == ("error", code)


def test_no_day_is_no_day():
    assert day(None).missing == "blank"
    assert day(cells.text("—")).missing == "blank"
