"""Hangzhou's districts of before and after 9 April 2021: who may report which quarter."""

from datetime import datetime

import pytest

from loaders.intake import load
from loaders.plans import read_plans
from loaders.problem import Refused, message
from loaders.reform import of_its_time, out_of_time
from loaders.template import write_template
from loaders.verdict import Verdict
from metrics.period import Period
from store.database import Database
from tests.loaders.cells import xlsx

PLANS = read_plans()
HZNR = PLANS["hznr"]
BEFORE, AFTER = Period(2021, 1), Period(2021, 2)
NOW = datetime(2021, 7, 10, 9)


@pytest.mark.parametrize(
    ("unit", "period", "code"),
    [
        ("330103", BEFORE, None),
        ("330103", AFTER, "unit_ended"),
        ("HZ-QTXQ", AFTER, "unit_ended"),
        ("330102", AFTER, "unit_ended"),
        ("330102@2021", BEFORE, "unit_not_begun"),
        ("330113", BEFORE, "unit_not_begun"),
        ("330113", AFTER, None),
        ("330106", BEFORE, None),
        ("330106", AFTER, None),
    ],
)
def test_a_unit_reports_only_quarters_at_whose_end_it_stands(unit, period, code):
    fault = out_of_time(HZNR, unit, period)
    assert (fault.code if fault else None) == code


def test_the_refusal_says_since_when_and_who_reports_instead():
    ended, early = out_of_time(HZNR, "330103", AFTER), out_of_time(HZNR, "330113", BEFORE)
    assert message(ended) == "下城区因区划调整已于2021年4月8日不再存在，不能填报2021年二季度；请由调整后的单位填报。"
    assert message(early) == "临平区自2021年4月9日起设立，2021年一季度尚不存在，不能填报；请由调整前的单位填报。"
    assert "Xiacheng ended on 2021-04-08" in message(ended, "en")


def test_no_template_is_made_for_a_quarter_in_which_the_unit_does_not_exist():
    with pytest.raises(Refused, match="unit_ended"):
        write_template(HZNR, "330103", AFTER)
    assert write_template(HZNR, "330103", BEFORE)


def test_a_code_and_a_name_mean_the_unit_of_the_quarter():
    assert of_its_time(HZNR, "330102", AFTER) == "330102@2021"
    assert of_its_time(HZNR, "330110@2021", BEFORE) == "330110"
    # 下城 went into 拱墅, and part of 余杭 became 临平: a new name is another unit.
    assert of_its_time(HZNR, "330103", AFTER) == "330103"
    assert of_its_time(HZNR, "330113", BEFORE) == "330113"


def own_sheet(district: str, quarter: str) -> bytes:
    return xlsx([[f"{district}{quarter}新零售情况表"], ["指标", "本季数"], ["刷脸支付设备", 120]])


def sent(database: Database, data: bytes, **form) -> Verdict:
    return load(database, PLANS, data, "汇总.xlsx", now=NOW, who="test", plan="hznr", save=False, **form)


@pytest.mark.parametrize(("quarter", "unit"), [("2021年第一季度", "330102"), ("2021年第二季度", "330102@2021")])
def test_an_own_sheet_of_shangcheng_belongs_to_the_shangcheng_of_its_quarter(database, quarter, unit):
    verdict = sent(database, own_sheet("上城区", quarter))
    assert (verdict.unit, verdict.errors) == (unit, [])


def test_an_own_sheet_of_a_district_that_is_gone_is_sent_back_with_a_clear_sentence(database):
    verdict = sent(database, own_sheet("下城区", "2021年第二季度"))
    assert [problem.code for problem in verdict.errors] == ["unit_ended"]


def test_a_sheet_with_all_districts_gives_each_its_own_row(database):
    rows = [["单位", "刷脸支付设备"], ["上城区", 120], ["拱墅区", 90], ["临平区", 40]]
    data = xlsx([["2021年第二季度"], *rows])
    verdict = sent(database, data, unit="330102@2021", period=AFTER)
    assert [(f.indicator, f.number) for f in verdict.draft.figures] == [("face-pay", 120)]
