"""What concerns several plans: fourteen tensions, and slogans that sound like numbers."""

from pathlib import Path

import pytest

from loaders.plans import PLANS, PlanError, check_plans, read_cross_plan, read_plans
from metrics.cross_plan import CrossPlan
from tests.versions import plan_data

CROSS = read_cross_plan()
SLOGANS = ["十百千", "千企创牌", "十链百场千企", "一镇一品"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return plan_data(tmp_path)


def test_there_are_fourteen_tensions_between_plans_in_both_languages():
    assert list(CROSS.tensions) == [f"X-{number:02d}" for number in range(1, 15)]
    assert all(words.zh and words.en for t in CROSS.tensions.values() for words in (t.statement, t.show_as))


def test_every_tension_names_plans_that_exist_and_a_plan_finds_its_own():
    plans = read_plans()
    assert {plan for tension in CROSS.tensions.values() for plan in tension.plans} == set(plans)
    assert "X-07" in {tension.tension for tension in CROSS.of("xzti")}
    assert "X-07" not in {tension.tension for tension in CROSS.of("hznr")}


def test_the_slogans_are_four_and_the_double_goal_is_not_one_of_them():
    assert [slogan.words for slogan in CROSS.slogans.values()] == SLOGANS
    assert "double-100bn" in read_plans()["jxdf"].indicators


@pytest.mark.parametrize("words", SLOGANS)
def test_a_slogan_can_not_become_a_target(folder: Path, words: str):
    file = folder / "jxdf" / "targets.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",突破10000家,", f",{words},"), encoding="utf-8")
    fault = f"jxdf/targets.csv: trade-entities: {words} is a campaign's name, not a number"
    assert fault in check_plans(folder)
    with pytest.raises(PlanError, match=words):
        read_plans(folder)


def test_a_slogan_can_not_become_an_indicator_either(folder: Path):
    file = folder / "jxdf" / "plan.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('"突破10000家"', '"“千企创牌”"'), encoding="utf-8")
    assert any("千企创牌 is a campaign's name" in line for line in check_plans(folder))


def test_plans_without_such_a_file_have_nothing_in_common(tmp_path: Path):
    assert read_cross_plan(tmp_path / "cross_plan.toml") == CrossPlan()
    assert PLANS.name == "plans"


def test_a_fault_in_the_file_is_named(tmp_path: Path):
    (tmp_path / "cross_plan.toml").write_text('[tensions.X-01]\nkind = "mood"\n', encoding="utf-8")
    with pytest.raises(PlanError, match=r"data/cross_plan\.toml: X-01\.kind"):
        read_cross_plan(tmp_path / "cross_plan.toml")
