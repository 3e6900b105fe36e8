import pytest

from loaders.names import choice, clean_text, fold_heading, fold_name, region, unit_in_title, yes_no
from metrics.plan import Choice, Field, Plan, Unit
from metrics.text import Text
from tests.loaders import cells

CITY = Unit("330400", "330400", "嘉兴市", "嘉兴", "Jiaxing", None, "city")
NANHU = Unit("330402", "330402", "南湖区", "南湖", "Nanhu", "330400", "county", aliases=("秀城区",))
XIUZHOU = Unit("330411", "330411", "秀洲区", "秀洲", "Xiuzhou", "330400", "county")
ZONE = Unit("JX-JK", None, "嘉兴经济技术开发区", "经开", "Zone", "330400", "zone", aliases=("经开区",))
UNITS = [NANHU, XIUZHOU, ZONE]
PARENTS = {"330400": CITY}


@pytest.mark.parametrize(
    "written",
    [
        *("南湖区", "南湖", "嘉兴市南湖区", "嘉兴南湖", "浙江省嘉兴市南湖区", "330402", "330402.0", "330402000000"),
        *("南 湖 区", "　南湖区　", "南湖区\u00a0", "秀城区", "Nanhu"),
    ],
)
def test_a_unit_is_known_by_name_old_name_short_name_and_code(written: str):
    assert region(written, UNITS, PARENTS).value == "330402"


def test_a_functional_zone_is_known_by_its_own_names():
    assert region("经开区", UNITS, PARENTS).value == "JX-JK"


def test_an_unknown_unit_is_sent_back_with_the_nearest_name():
    reading = region("南胡区", UNITS, PARENTS)
    assert (reading.severity, reading.code, reading.values) == ("error", "unit_unknown_near", {"nearest": "南湖区"})
    assert region("火星", UNITS, PARENTS).code == "unit_unknown"


def test_one_short_name_in_two_cities_needs_the_city():
    here = Unit("1", "330102", "上城区", "上城", "a", "330100", "county")
    there = Unit("2", "330302", "上城区", "上城", "b", "330300", "county")
    cities = {
        "330100": Unit("330100", "330100", "杭州市", "杭州", "", None, "city"),
        "330300": Unit("330300", "330300", "温州市", "温州", "", None, "city"),
    }
    assert region("上城区", [here, there], cities).code == "unit_ambiguous"
    assert region("杭州市上城区", [here, there], cities).value == "1"


def test_a_title_names_its_unit_and_not_one_inside_another_name(plans: dict[str, Plan]):
    plan = plans["jxfs"]
    assert unit_in_title("嘉兴市南湖区2025年三季度工厂店情况表", plan) == {"330402"}
    assert unit_in_title("工厂店情况表", plan) == set()


@pytest.mark.parametrize(
    "written",
    ["零售额（万元）", "零 售 额\n(万元)", "零售额", "零售额*", "零售额：", "零售额【必填】", "零售额 (万元) *"],
)
def test_headings_are_compared_without_units_marks_and_breaks(written: str):
    assert fold_heading(written) == "零售额"


def test_company_names_are_folded_for_matching_and_kept_as_typed():
    assert fold_name("嘉兴（示例）有限 公司") == fold_name("嘉兴(示例)有限公司")
    assert clean_text(cells.text(" 嘉兴（示例）有限公司　")).value == "嘉兴（示例）有限公司"


@pytest.mark.parametrize(
    ("written", "value"),
    [("是", "yes"), ("有", "yes"), ("√", "yes"), ("Y", "yes"), ("1", "yes"), ("否", "no"), ("无", "no"), ("×", "no")],
)
def test_yes_and_no_have_many_words(written: str, value: str):
    assert yes_no(cells.text(written)).value == value


def test_neither_yes_nor_no_is_sent_back():
    assert yes_no(cells.text("部分")).code == "not_yes_or_no"
    assert yes_no(cells.text("/")).missing == "blank"


STAGE = Field(
    "stage",
    Text("建设阶段", "Stage"),
    "choice",
    choices=(Choice("planned", Text("规划", "Planned")), Choice("built", Text("建成", "Built"))),
)


@pytest.mark.parametrize("written", ["建成", " 建 成", "Built", "BUILT", "built"])
def test_a_choice_is_known_in_both_languages(written: str):
    assert choice(cells.text(written), STAGE).value == "built"


def test_an_unknown_choice_is_sent_back_with_the_list():
    reading = choice(cells.text("快好了"), STAGE)
    assert reading.code == "unknown_choice"
    assert reading.values["choices"] == {"zh": "规划、建成", "en": "Planned, Built"}
