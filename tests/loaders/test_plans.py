"""The plans of `data/plans` say what the texts print, and a fault in them is named with file and key."""

import re
import shutil
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from loaders.headings import field_names
from loaders.names import fold_name, unit_in_title
from loaders.plans import DATA, PlanError, check_plans, read_plan, read_plans
from metrics.period import Period
from metrics.plan import Plan
from metrics.text import Text

PLANS = read_plans()
REGISTER = {
    # plan: indicators, milestones, money rules, tensions, units of the default set
    "jxfs": (15, 27, 7, 20, 7),
    "jxdf": (28, 44, 9, 28, 9),
    "scec": (13, 28, 4, 14, 21),
    "xzti": (7, 25, 14, 13, 6),
    "hznr": (13, 26, 8, 16, 14),
}
ANNEX_1 = ["330402", "330411", "330421", "330482", "330424", "330481", "330483", "JX-JK", "JX-GQ"]


def cells(plan: Plan, indicator: str) -> dict[str, Decimal | None]:
    return {t.unit: t.value for t in plan.targets if t.indicator == indicator}


@pytest.mark.parametrize("plan", REGISTER)
def test_a_plan_holds_as_many_of_everything_as_the_register_counts(plan):
    read = PLANS[plan]
    found = (read.indicators, read.milestones, read.money, read.tensions, read.units_of(at=Period.of(read.start)))
    assert tuple(map(len, found)) == REGISTER[plan]


def test_all_five_plans_together_count_76_indicators_150_milestones_42_money_rules_and_91_tensions():
    assert [sum(column) for column in zip(*REGISTER.values(), strict=True)][:4] == [76, 150, 42, 91]
    assert set(PLANS) >= set(REGISTER)


def test_the_factory_store_plan_comes_first():
    assert next(iter(PLANS)) == "jxfs"


def test_the_data_of_all_plans_is_without_fault():
    assert check_plans() == []


@pytest.mark.parametrize(
    ("indicator", "values"),
    [
        ("a1-leaders", [5, 4, 5, 5, 4, 5, 5, 2, 1]),
        ("a1-bases", [1, 1, 1, 1, 1, 1, 1, 1, 1]),
        ("a1-new-exporters", [55, 42, 64, 55, 53, 119, 65, 34, 13]),
        (
            "a1-export-to-domestic",
            [960000000, 960000000, 1320000000, 1440000000, 960000000, 1440000000, 1440000000, 1200000000, 1080000000],
        ),
    ],
)
def test_annex_1_keeps_its_nine_cells_in_printed_order_without_a_deadline(indicator, values):
    targets = [t for t in PLANS["jxdf"].targets if t.indicator == indicator]
    assert [(t.unit, t.value) for t in targets[1:]] == list(zip(ANNEX_1, values, strict=True))
    assert {t.deadline for t in targets} == {None}
    assert (targets[0].unit, targets[0].value, targets[0].tags) == ("330400", sum(values), ("derived",))


def test_annex_1_adds_up_to_36_9_500_and_exactly_10_8_billion_yuan():
    jxdf = PLANS["jxdf"]
    city = [cells(jxdf, i)["330400"] for i in ("a1-leaders", "a1-bases", "a1-new-exporters", "a1-export-to-domestic")]
    assert city == [36, 9, 500, 10_800_000_000]


def test_the_double_goal_is_two_parts_of_100_billion_yuan_each():
    jxdf = PLANS["jxdf"]
    assert jxdf.indicators["double-100bn"].parts == ("exports-new", "domestic-sales-new")
    assert cells(jxdf, "exports-new") == cells(jxdf, "domestic-sales-new") == {"330400": Decimal(10**11)}


def test_comparisons_are_those_of_the_printed_words():
    found = {(t.indicator, t.deadline and t.deadline.year): (t.comparison, t.value) for t in PLANS["jxfs"].targets}
    assert found["stores", 2024] == ("=", 100)
    assert found["stores", 2026] == (">=", 300)
    assert next(t for t in PLANS["jxdf"].targets if t.indicator == "trade-entities").comparison == ">"
    town = next(t for t in PLANS["xzti"].targets if t.indicator == "town-industries")
    assert (town.comparison, town.value, town.maximum) == ("range", 1, 2)


def test_a_yearly_target_stands_once_for_each_year():
    years = [t.deadline for t in PLANS["jxfs"].targets if t.indicator == "promo-events"]
    assert years == [date(2024, 12, 31), date(2025, 12, 31), date(2026, 12, 31)]


def test_seven_counties_and_two_zones_report_for_jiaxing():
    jxfs, jxdf = PLANS["jxfs"], PLANS["jxdf"]
    assert set(jxfs.units_of("jx9")) - set(jxfs.units_of("jx7")) == {"JX-JK", "JX-GQ"}
    assert set(jxfs.units_of("jx9")) == set(jxdf.units_of("jx9")) == set(ANNEX_1)
    assert (jxfs.unit_set, jxdf.unit_set) == ("jx7", "jx9")


def test_a_code_used_again_after_the_reform_is_another_unit():
    hznr = PLANS["hznr"]
    old, new = hznr.units["330102"], hznr.units["330102@2021"]
    assert old.code == new.code == "330102"
    assert (old.valid_to, new.valid_from) == (date(2021, 4, 8), date(2021, 4, 9))
    before, after = (hznr.units_of("hz14", Period.parse(quarter)) for quarter in ("2021Q1", "2021Q2"))
    assert (len(before), len(after)) == (14, 13)
    assert set(before) - set(after) == {"330102", "330103", "330104", "330105", "330110", "HZ-QTXQ"}
    assert set(after) - set(before) == {"330102@2021", "330105@2021", "330110@2021", "330113", "330114"}


def test_units_answer_to_the_names_people_write():
    units = PLANS["jxfs"].units
    known = {unit.unit: {unit.name, unit.short, *unit.aliases} for unit in units.values()}
    assert {"南湖", "南湖区", "嘉兴市南湖区", "秀城区"} <= known["330402"]
    assert {"经开区", "经开", "嘉兴经开"} <= known["JX-JK"]
    assert {"港区", "嘉兴港区"} <= known["JX-GQ"]


def test_a_county_owes_the_lists_its_figures_are_counted_from_and_the_claims_it_takes_in():
    jxfs = PLANS["jxfs"]
    assert [roster.code for roster in jxfs.rosters_of("330402")] == ["R1", "R2", "R3", "R4", "R5", "R16"]
    assert [roster.code for roster in jxfs.rosters_of("JX-XCB")] == ["R7"]


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_a_leader_is_shown_four_to_eight_headlines_and_every_indicator_has_a_heading(plan):
    assert 4 <= sum(indicator.headline for indicator in plan.indicators.values()) <= 8
    assert all(indicator.group for indicator in plan.indicators.values())


def phrases(value: object, at: str = "") -> list[tuple[str, Text]]:
    """Every phrase within nouns, however deep."""
    if isinstance(value, Text):
        return [(at, value)]
    if is_dataclass(value):
        inner = {field.name: getattr(value, field.name) for field in fields(value)}
    elif isinstance(value, dict):
        inner = value
    elif isinstance(value, tuple):
        inner = dict(enumerate(value))
    else:
        return []
    return [found for name, part in inner.items() for found in phrases(part, f"{at}.{name}")]


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_every_phrase_is_written_in_chinese_and_in_english(plan):
    found = phrases(plan, plan.plan)
    assert len(found) > 200
    wordless = [at for at, text in found if not re.search("[一-鿿]", text.zh) and text.zh != "%"]
    assert wordless == []
    assert [at for at, text in found if not text.en.strip()] == []


# ---- faults: each is planted in a copy of the data and must be named with file and key

PLAN, TARGETS, MILESTONES = "plans/jxdf/plan.toml", "plans/jxdf/targets.csv", "plans/jxdf/milestones.csv"
FAULTS = {
    "an unknown key": (
        PLAN,
        "headline = true",
        "headlines = true",
        "jxdf/plan.toml: indicators.bases-2025.headlines: unknown key",
    ),
    "a missing key": (PLAN, 'area = "330400"\n', "", "jxdf/plan.toml: area: missing"),
    "broken TOML": (PLAN, "[bands]", "[bands", "jxdf/plan.toml: -: not readable as TOML"),
    "an unknown kind": (PLAN, 'kind = "stock"', 'kind = "level"', "jxdf/plan.toml: indicators.bases-2025.kind:"),
    "a phrase without its twin": (
        PLAN,
        ', en = "Integration reform pilot bases"',
        "",
        "indicators.bases-2025.name: needs exactly zh and en",
    ),
    "an unknown group": (
        PLAN,
        'group = "goals"',
        'group = "aims"',
        "jxdf/plan.toml: indicators.bases-2025.group: not one of [groups]",
    ),
    "an unknown unit in a set": (PLAN, '"JX-GQ"]', '"JX-XX"]', "jxdf/plan.toml: unit_sets.jx9: unknown unit JX-XX"),
    "a unit listed twice": (PLAN, '"JX-GQ"]', '"JX-JK"]', "jxdf/plan.toml: unit_sets.jx9: JX-JK is listed twice"),
    "an unknown default set": (
        PLAN,
        'unit_set = "jx9"',
        'unit_set = "jx8"',
        "jxdf/plan.toml: unit_set: unknown unit set jx8",
    ),
    "an unknown reporter": (
        PLAN,
        '["JX-HG"]',
        '["JX-XX"]',
        "jxdf/plan.toml: indicators.trade-entities.reporters: unknown unit JX-XX",
    ),
    "bands with a gap": (PLAN, "watch = -10", "watch = -40", "jxdf/plan.toml: bands: edges must fall"),
    "an indicator's own bands with a gap": (
        PLAN,
        "[indicators.exports-new]\n",
        "[indicators.exports-new]\nbands = { on_track = 0, watch = -5, behind = -5 }\n",
        "jxdf/plan.toml: indicators.exports-new.bands: edges must fall",
    ),
    "an unknown roster": (
        PLAN,
        'roster = "recognitions"',
        'roster = "honours"',
        "indicators.bases-2025.count.roster: unknown roster honours",
    ),
    "an unknown field": (
        PLAN,
        'since = ["awarded"]',
        'since = ["given"]',
        "indicators.bases-2025.count.since: roster recognitions has no field given",
    ),
    "a date that is none": (
        PLAN,
        'since = ["awarded"]',
        'since = ["holder"]',
        "indicators.bases-2025.count.since: holder is not a date",
    ),
    "an unknown choice": (
        PLAN,
        'honour = ["pilot_base"]',
        'honour = ["base"]',
        "indicators.bases-2025.count.where.honour: base is not one of its values",
    ),
    "an unknown tension": (
        PLAN,
        '"JD-02"',
        '"JD-99"',
        "jxdf/plan.toml: indicators.bases-2025.tensions: JD-99 is not in tensions.toml",
    ),
    "an unknown part": (
        PLAN,
        'parts = ["exports-new"',
        'parts = ["exports"',
        "jxdf/plan.toml: indicators.double-100bn.parts: unknown indicator exports",
    ),
    "a share without denominator": (
        PLAN,
        "denominator_name",
        "denominator_nam",
        "indicators.domestic-share.denominator_nam: unknown key",
    ),
    "another plan's folder": (
        PLAN,
        'plan = "jxdf"',
        'plan = "jxxx"',
        "jxdf/plan.toml: plan: is jxxx, but the folder is jxdf",
    ),
    "a target of nobody": (
        TARGETS,
        "a1-leaders,330402,,=,5",
        "a1-firms,330402,,=,5",
        "jxdf/targets.csv: a1-firms 330402 no deadline: unknown indicator",
    ),
    "a target of an unknown unit": (
        TARGETS,
        "a1-leaders,330402",
        "a1-leaders,330499",
        "jxdf/targets.csv: a1-leaders 330499 no deadline: unknown unit 330499",
    ),
    "an allocation that does not add up": (
        TARGETS,
        "a1-leaders,330402,,=,5,,5家",
        "a1-leaders,330402,,=,6,,6家",
        "jxdf/targets.csv: a1-leaders: allocated 37 in all, but the area's row says 36",
    ),
    "an allocation without a unit": (
        TARGETS,
        "a1-leaders,JX-GQ",
        "a1-leaders,JX-JK",
        "jxdf/targets.csv: a1-leaders: allocation must name every unit of jx9 once",
    ),
    "a comparison against the words": (
        TARGETS,
        "2025-12-31,>,10000",
        "2025-12-31,>=,10000",
        "comparison >= does not fit 突破10000家: expected >",
    ),
    "a value against the words": (TARGETS, "=,100,,100家", "=,120,,100家", "value 120 is not what is printed: 100家"),
    "an unknown comparison": (
        TARGETS,
        "2025-12-31,>,10000",
        "2025-12-31,=>,10000",
        "jxdf/targets.csv: line 4.comparison:",
    ),
    "a deadline that is no date": (
        TARGETS,
        "2025-12-31,>,10000",
        "2025-13-31,>,10000",
        "jxdf/targets.csv: line 4.deadline:",
    ),
    "a deadline after the plan": (
        TARGETS,
        "2025-12-31,>,10000",
        "2027-12-31,>,10000",
        "deadline is after the plan's end 2025-12-31",
    ),
    "a deadline before the plan": (
        TARGETS,
        "2025-12-31,>,10000",
        "2021-12-31,>,10000",
        "deadline is before the plan's start 2022-03-30",
    ),
    "a comparison without a value": (TARGETS, ">,10000,,", ">,,,", "a comparison needs a value, none has no value"),
    "a range without a maximum": (
        TARGETS,
        ">,10000,,突破10000家",
        "range,10000,,",
        "a range, and only a range, has a maximum",
    ),
    "a fraction of a yuan": (
        TARGETS,
        "330402,,=,960000000,,9.6亿元",
        "330402,,=,960000000.5,,",
        "money is integer yuan",
    ),
    "an unknown version": (
        TARGETS,
        "10000家,到2025年,issued-1",
        "10000家,到2025年,issued-9",
        "unknown version issued-9",
    ),
    "a target twice": (
        TARGETS,
        "leaders-2025,330400,2025-12-31",
        "bases-2025,330400,2025-12-31",
        "stands twice in the same version",
    ),
    "an indicator without a target": (
        TARGETS,
        "leaders-2025,330400,2025-12-31",
        "bases-2025,330400,2025-12-31",
        "jxdf/targets.csv: leaders-2025: indicator has no row",
    ),
    "a header of its own": (
        TARGETS,
        "indicator,unit",
        "indicator,county",
        "jxdf/targets.csv: header: expected indicator, unit",
    ),
    "a row too short": (
        TARGETS,
        "a1-leaders,330402,,=,5,,5家,,issued-1,\n",
        "a1-leaders,330402\n",
        "jxdf/targets.csv: line 10: needs 10 cells",
    ),
    "a milestone twice": (MILESTONES, "\nm2,", "\nm1,", "m1 is listed twice"),
    "a milestone outside the plan": (
        MILESTONES,
        "2022-12-31,2022年四季度",
        "2029-12-31,2022年四季度",
        "a2-1-q4: deadline 2029-12-31 lies outside the plan",
    ),
    "an action without its twin": (
        MILESTONES,
        "County experience summaries; Publicity",
        "County experience summaries",
        "actions: as many actions in zh as in en",
    ),
    "an unknown money key": ("plans/jxdf/money.toml", "amount =", "sum =", "jxdf/money.toml: r1.sum: unknown key"),
    "an unknown tension kind": (
        "plans/jxdf/tensions.toml",
        'kind = "arithmetic"',
        'kind = "sums"',
        "jxdf/tensions.toml: JD-01.kind:",
    ),
    "a roster key without a field": (
        "rosters.toml",
        'key = ["uscc", "address"]',
        'key = ["uscc", "street"]',
        "data/rosters.toml: stores.key: no field street",
    ),
    "a roster order that is no date": (
        "rosters.toml",
        '["opened", "rated"]',
        '["opened", "star"]',
        "data/rosters.toml: stores.orders: star is not a date field",
    ),
    "a heading for two columns": (
        "rosters.toml",
        'aliases = ["地址", "门店地址"',
        'aliases = ["店名", "门店地址"',
        "data/rosters.toml: stores.fields: 店名 names two columns",
    ),
    "a choice without a list": (
        "rosters.toml",
        'choices = "store_form"',
        'choices = "forms"',
        "data/rosters.toml: stores.fields.form: a choice needs a list",
    ),
    "an unknown parent": ("units.csv", "Nanhu,330400", "Nanhu,330499", "data/units.csv: 330402: unknown parent 330499"),
    "a name of two units": ("units.csv", "嘉兴秀洲", "嘉兴南湖", "嘉兴南湖 also names 330411"),
    "a unit twice": ("units.csv", "\n330411,330411", "\n330402,330411", "330402 is listed twice"),
}


@pytest.fixture
def planted(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """A copy of the data with one text replaced once."""

    def plant(file: str, old: str, new: str) -> Path:
        for name in ("units.csv", "rosters.toml"):
            shutil.copy(DATA / name, tmp_path / name)
        shutil.copytree(DATA / "plans" / "jxdf", tmp_path / "plans" / "jxdf")
        path = tmp_path / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} no longer says {old}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return tmp_path / "plans"

    return plant


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_its_file_and_key(fault, planted):
    file, old, new, expected = FAULTS[fault]
    faults = check_plans(planted(file, old, new))
    assert any(expected in line for line in faults), faults


def test_a_broken_plan_stops_the_start_and_lists_every_fault(planted):
    root = planted(PLAN, "watch = -10", "watch = -40")
    (root / "jxdf" / "targets.csv").write_text("indicator\n", encoding="utf-8")
    with pytest.raises(PlanError, match=r"targets\.csv: header: expected") as stop:
        read_plans(root)
    assert stop.value.faults == check_plans(root)
    with pytest.raises(PlanError):
        read_plan(root / "jxdf")


def test_a_missing_file_is_a_fault(planted):
    root = planted(PLAN, "watch = -10", "watch = -20")
    (root / "jxdf" / "tensions.toml").unlink()
    assert "jxdf/tensions.toml: -: file is missing" in check_plans(root)


def test_an_empty_folder_of_plans_is_a_fault(tmp_path):
    assert any("no plan folder found" in line for line in check_plans(tmp_path / "plans"))


@pytest.mark.parametrize("title", ["海宁市商务局工厂店名册", "海宁市2025年三季度工厂店名册（报市商务局）"])
def test_a_county_s_own_bureau_in_a_title_means_the_county(title):
    assert unit_in_title(title, PLANS["jxfs"]) == {"330481"}


def test_the_city_s_bureau_alone_in_a_title_means_the_bureau():
    assert unit_in_title("嘉兴市商务局 2025年三季度", PLANS["jxfs"]) == {"JX-SWJ"}


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_no_two_columns_of_a_roster_and_no_two_units_of_a_time_answer_to_one_folded_name(plan):
    for roster in plan.rosters.values():
        called = [name for field in roster.fields for name in field_names(field)]
        assert sorted(called) == sorted(set(called)), roster.roster
    for units in (plan.units_of(name, Period.of(day)) for name in plan.unit_sets for day in (plan.start, plan.end)):
        names = [
            name for key in units for name in {fold_name(n) for n in (plan.units[key].name, *plan.units[key].aliases)}
        ]
        assert sorted(names) == sorted(set(names))


def test_owners_are_found_by_name_and_a_task_without_one_goes_to_the_lead():
    answering = {
        plan: {task.milestone: task.reporters for task in PLANS[plan].milestones} for plan in ("jxfs", "hznr", "xzti")
    }
    assert answering["jxfs"]["m7"] == ("JX-SWJ", "JX-FGW", "JX-JXJ")
    assert answering["jxfs"]["m8"] == ("@units",)
    assert answering["jxfs"]["m9"] == ("JX-SWJ",)
    assert answering["hznr"]["m10"] == ("HZ-SWJ", "@units")
    assert answering["xzti"]["m22"] == ("330411101", "330411103", "330411104", "330411105", "330411106", "XZ-GXQ")


def test_an_owner_nobody_knows_and_a_task_nobody_reports_are_faults(tmp_path):
    shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("fonts", "samples"))
    file = tmp_path / "data" / "plans" / "jxfs" / "milestones.csv"
    file.write_text(file.read_text("utf-8").replace("市财政局,division", "市财政厅,division"), encoding="utf-8")
    plan = file.with_name("plan.toml")
    plan.write_text(plan.read_text("utf-8").replace('lead_unit = "JX-SWJ"\n', ""), encoding="utf-8")
    with pytest.raises(PlanError) as broken:
        read_plan(file.parent)
    said = str(broken.value)
    assert "jxfs/milestones.csv: m17: 市财政厅 is neither a unit" in said
    assert "jxfs/milestones.csv: m9: nobody reports it" in said
