"""Money rules as data: what is printed stays exact, and a contradiction is named with file and key."""

import shutil
from datetime import date

import pytest

from loaders.plans import DATA, check_plans, read_plans
from loaders.plans.money import check_alike
from metrics.period import Period

PLANS = read_plans()
WAN = 10**4


def rule(plan, name):
    return PLANS[plan].money[name]


def test_hangzhou_prints_its_steps_half_open_and_as_ceilings():
    mall = rule("hznr", "r2")
    assert [(t.tier, t.area_from, t.area_to, t.value // WAN) for t in mall.tiers] == [
        ("r2.1", 800, 2000, 30),
        ("r2.2", 2000, 5000, 50),
        ("r2.3", 5000, None, 100),
    ]
    assert mall.at_most


def test_xiuzhou_s_first_sets_are_fixed_sums_and_its_other_amounts_ceilings():
    assert [tier.value // WAN for tier in rule("xzti", "r3").tiers] == [200, 150, 50, 20]
    assert not rule("xzti", "r3").at_most
    assert rule("xzti", "r1").at_most


def test_a_rule_lives_as_long_as_its_plan_unless_it_prints_dates():
    assert (rule("xzti", "r10").valid_from, rule("xzti", "r10").valid_to) == (date(2023, 7, 1), date(2024, 6, 30))
    assert not rule("xzti", "r10").dates_printed
    assert (rule("jxdf", "r8").valid_from, rule("jxdf", "r8").valid_to) == (date(2022, 7, 1), date(2022, 9, 30))
    assert rule("jxdf", "r8").dates_printed


def test_the_first_store_of_two_plans_names_each_other_and_its_rate_stays_open():
    assert rule("jxfs", "r1").same_as == ("xzti.r10",)
    assert rule("xzti", "r10").same_as == ("jxfs.r1",)
    assert rule("jxfs", "r1").of_cost
    assert rule("jxfs", "r1").cost_percent is None


def test_every_unit_of_hangzhou_shares_costs_but_the_scenic_area():
    half, quarter = rule("hznr", "r6"), rule("hznr", "r7")
    assert len(half.units) + len(quarter.units) == len(PLANS["hznr"].units_of("hz14", Period(2019, 1)))
    assert "HZ-XHFJ" not in {*half.units, *half.heirs, *quarter.units, *quarter.heirs}
    after = set(PLANS["hznr"].units_of("hz14", Period(2023, 4)))
    assert after <= {*half.units, *half.heirs, *quarter.units, *quarter.heirs}


def columns(plan):
    return [field.field for field in PLANS[plan].rosters["claims"].fields]


def test_each_plan_asks_only_for_the_columns_its_rules_need():
    assert {"area", "level", "city_share", "local_share"} <= set(columns("hznr"))
    assert "cost" not in columns("hznr")
    assert {"cost", "level"} <= set(columns("xzti"))
    assert {"area", "city_share", "local_share"}.isdisjoint(columns("xzti"))
    assert {"area", "level", "city_share"}.isdisjoint(columns("jxfs"))
    assert "claims" not in PLANS["scec"].rosters


def test_a_claim_is_made_under_a_rule_that_pays_chosen_by_its_name():
    chosen = next(f for f in PLANS["xzti"].rosters["claims"].fields if f.field == "rule").choices
    assert "r12" not in {choice.value for choice in chosen}
    assert ("r10", "品牌首店补助") in {(choice.value, choice.name.zh) for choice in chosen}
    levels = next(f for f in PLANS["hznr"].rosters["claims"].fields if f.field == "level").choices
    assert ("r2.2", "2000平方米（含）至5000平方米") in {(choice.value, choice.name.zh) for choice in levels}
    assert len({choice.name.zh for choice in levels}) == len(levels)


HZ, XZ, JX = "plans/hznr/money.toml", "plans/xzti/money.toml", "plans/jxfs/money.toml"
FAULTS = {
    "a gap between steps": (HZ, "area_from = 2000\narea_to = 5000", "area_from = 2001\narea_to = 5000", "r2.tiers"),
    "an amount not printed": (HZ, "value = 2000000\nper", "value = 3000000\nper", "r3.printed"),
    "a ceiling read as a sum": (HZ, "at_most = true\n", "", "r2.at_most"),
    "a sum without its value": (JX, "value = 200000\n", "", "r2.value"),
    "shares that do not make 100": (HZ, "local_percent = 50", "local_percent = 40", "r6.city_percent"),
    "a unit with two shares": (HZ, 'units = ["330109",', 'units = ["330102", "330109",', "already shares"),
    "an unknown unit": (HZ, '"330182"]\nheirs', '"339999"]\nheirs', "r7.units"),
    "a share that covers no rule": (HZ, 'covers = ["r1", "r2", "r3", "r4", "r5"]', "covers = []", "r6.covers"),
    "a share of a rule that pays nothing": (HZ, '"r4", "r5"]', '"r4", "r6"]', "nobody claims money under r6"),
    "dates that run backwards": (XZ, "no_stacking = true", "valid_to = 2020-01-01", "r12.valid_to"),
    "a rule that does not name its twin": (XZ, 'same_as = ["jxfs.r1"]', "", "jxfs/money.toml: r1.same_as"),
    "a twin that is not there": (JX, 'same_as = ["xzti.r10"]', 'same_as = ["xzti.r99"]', "there is no rule xzti.r99"),
    "claims kept by a stranger": ("plans/jxdf/plan.toml", 'claims = ["JX-SWJ"]', 'claims = ["JX-X"]', "unknown unit"),
    "keepers of an unknown list": ("plans/jxdf/plan.toml", 'claims = ["JX-SWJ"]', 'x = ["JX-SWJ"]', "unknown roster"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_a_money_rule_is_named_with_its_key(fault, tmp_path):
    file, old, new, expected = FAULTS[fault]
    for name in ("units.csv", "rosters.toml"):
        shutil.copy(DATA / name, tmp_path / name)
    for plan in {file.split("/")[1], "jxfs", "xzti"}:
        shutil.copytree(DATA / "plans" / plan, tmp_path / "plans" / plan)
    before = (tmp_path / file).read_text(encoding="utf-8")
    assert old in before, f"{file} no longer says {old}"
    (tmp_path / file).write_text(before.replace(old, new, 1), encoding="utf-8")
    faults = check_plans(tmp_path / "plans")
    assert any(expected in line for line in faults), faults


def test_a_plan_kept_alone_need_not_know_the_other_plans():
    assert list(check_alike({"xzti": PLANS["xzti"]})) == []
