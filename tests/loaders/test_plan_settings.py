"""Every tension that can be decided names its readings in data; a decision lays one over the plan."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from loaders.plans import (
    PLANS,
    PlanError,
    check_plans,
    decided_plans,
    decided_versions,
    read_plan,
    read_plans,
    read_versions,
)
from metrics.money_rules import cost_share
from metrics.plan import Plan
from metrics.tensions import tensions_of, touched, undecided
from store.database import Database
from store.decisions import save_decision
from tests.versions import add_issued_version, plan_data

EVERY = read_plans()
NOON, LATER = datetime(2026, 1, 5, 12), datetime(2026, 1, 5, 15)
SETTINGS = {
    "jxfs": ["JF-05", "JF-09", "JF-11", "JF-13", "JF-14", "JF-17"],
    "jxdf": ["JD-07", "JD-08", "JD-10", "JD-11", "JD-14"],
    "xzti": ["XZ-03", "XZ-06"],
    "hznr": ["HZ-03", "HZ-06", "HZ-08"],
    "scec": ["SC-02"],
}
UNDECIDED = {"JD-07", "JD-08", "JD-11", "SC-02"}
OPTIONS = [(p, t, o.value) for p, names in SETTINGS.items() for t in names for o in EVERY[p].tensions[t].options]


def read(plan: str, **chosen: str) -> Plan:
    return read_plan(PLANS / plan, {name.replace("_", "-"): option for name, option in chosen.items()})


def target(plan: Plan, indicator: str) -> list[tuple[date | None, str, Decimal | None]]:
    return [(t.deadline, t.comparison, t.value) for t in plan.targets if t.indicator == indicator]


@pytest.mark.parametrize("plan", SETTINGS)
def test_the_tensions_that_can_be_decided_are_these(plan):
    assert [name for name, tension in EVERY[plan].tensions.items() if tension.options] == SETTINGS[plan]


def test_where_the_register_fixes_no_reading_none_is_taken():
    found = {t.tension for plan in EVERY.values() for t in plan.tensions.values() if undecided(plan, t)}
    assert found == UNDECIDED


@pytest.mark.parametrize(("plan", "tension", "option"), OPTIONS)
def test_every_option_makes_a_plan_without_fault_that_says_what_was_decided(plan, tension, option):
    decided = read(plan, **{tension: option})
    assert decided.decided == {tension: option}
    assert decided.reading(tension) is not None
    assert decided.as_printed == EVERY[plan]


@pytest.mark.parametrize(("plan", "tension"), [(p, t) for p, names in SETTINGS.items() for t in names])
def test_every_setting_asks_a_question_in_both_languages_and_touches_something(plan, tension):
    found = EVERY[plan].tensions[tension]
    assert found.question and found.question.zh and found.question.en
    assert touched(EVERY[plan], found) or tension == "HZ-06"


def test_no_decision_leaves_the_plan_as_printed():
    assert read("jxfs") == EVERY["jxfs"]
    assert EVERY["jxfs"].recount == frozenset()


def test_seven_or_nine_units_is_a_decision_on_the_unit_set():
    assert EVERY["jxfs"].unit_set == EVERY["jxfs"].indicators["clusters-county"].unit_set == "jx7"
    nine = read("jxfs", JF_05="jx9")
    assert nine.unit_set == nine.indicators["clusters-county"].unit_set == "jx9"


def test_events_of_each_county_bind_every_unit_and_leave_no_city_target():
    each = read("jxfs", JF_09="each").indicators["promo-events"]
    assert (each.scope, each.reporters) == ("each_unit", ("@units",))


def test_without_collection_stores_a_store_whose_form_is_not_said_still_counts():
    without = read("jxfs", JF_11="without")
    where = dict(without.indicators["stores"].count.where)
    assert "collection" not in where["form"] and "" in where["form"]
    assert without.recount == {"stores", "star-stock", "star-annual"}


def test_undated_targets_get_the_plan_end_with_the_word_assumed():
    dated = read("jxfs", JF_13="plan_end")
    rows = [t for t in dated.targets if t.indicator in ("local-brand-events", "tour-routes")]
    assert {(t.deadline, t.tags) for t in rows} == {(date(2026, 12, 31), ("assumed_deadline",))}
    assert target(EVERY["jxfs"], "tour-routes") == [(None, ">=", Decimal(10))]


def test_clusters_at_initial_scale_count_from_that_day():
    rule = read("jxfs", JF_14="initial").indicators["clusters-county"].count
    assert (rule.since, rule.where) == (("initial_on", "built"), (("stage", ("initial", "built")),))


def test_the_year_of_annex_1_dates_its_four_rows_and_lets_them_be_judged():
    for name in ("a1-leaders", "a1-bases", "a1-new-exporters", "a1-export-to-domestic"):
        assert not EVERY["jxdf"].indicators[name].scored
        decided = read("jxdf", JD_08="y2025")
        assert decided.indicators[name].scored
        assert {t.deadline for t in decided.targets if t.indicator == name} == {date(2025, 12, 31)}


def test_a_yearly_annex_1_repeats_its_printed_cells_and_never_multiplies_them():
    rows = target(read("jxdf", JD_08="yearly"), "a1-leaders")
    assert [value for deadline, _, value in rows if deadline == date(2024, 12, 31)] == [36, 5, 4, 5, 5, 4, 5, 5, 2, 1]
    assert len(rows) == 40


def test_the_share_of_trading_firms_has_no_verdict_until_its_base_is_fixed():
    assert not EVERY["jxdf"].indicators["domestic-share"].scored
    decided = read("jxdf", JD_11="exporters").indicators["domestic-share"]
    assert decided.scored and dict(decided.denominator.where) == {"exporter": ("yes",)}
    assert decided.denominator_name.zh == "名册内有出口实绩的企业数"


def test_additional_exports_are_the_sum_of_all_quarters_or_of_those_of_one_year():
    assert read("jxdf", JD_07="increments").indicators["exports-new"].kind == "cumulative"
    level = read("jxdf", JD_07="level").indicators["exports-new"]
    assert (level.kind, level.path) == ("annual", "prorata")


def test_payout_by_cases_counts_rows_instead_of_adding_amounts():
    assert EVERY["xzti"].indicators["payout-100"].numerator.total == "paid"
    cases = read("xzti", XZ_03="cases").indicators["payout-100"]
    assert (cases.numerator.total, cases.denominator.total) == (None, None)


def test_the_cost_share_covers_five_schemes_or_one():
    assert cost_share(EVERY["hznr"].money, "r1", "330106") is not None
    one = read("hznr", HZ_06="one")
    assert cost_share(one.money, "r1", "330106") is None
    assert cost_share(one.money, "r5", "330106").city_percent == 50


def test_decisions_do_not_depend_on_their_order():
    both = {"JF-05": "jx9", "JF-14": "initial", "JF-11": "without"}
    one = read_plan(PLANS / "jxfs", both)
    other = read_plan(PLANS / "jxfs", dict(reversed(both.items())))
    assert (one.indicators["clusters-county"].count, one.recount) == (
        other.indicators["clusters-county"].count,
        other.recount,
    )


def test_a_decided_indicator_carries_the_mark_of_its_decision():
    decided = read("jxfs", JF_14="initial")
    assert "decided:JF-14" in decided.indicators["clusters-city"].tags
    assert "decided:JF-14" not in decided.indicators["stores"].tags


def test_a_tension_shows_beside_every_figure_one_of_its_readings_changes():
    names = [tension.tension for tension in tensions_of(EVERY["jxfs"], "star-stock")]
    assert {"JF-02", "JF-11", "JF-05"} <= set(names)


def test_an_unknown_tension_or_option_is_an_error_with_its_name():
    with pytest.raises(PlanError, match="JF-05: has no option jx8"):
        read("jxfs", JF_05="jx8")
    with pytest.raises(PlanError, match="JF-99"):
        read("jxfs", JF_99="jx7")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the plan data to break."""
    return plan_data(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"targets.tour-routes.deadline"', '"targets.tour-ways.deadline"', "JF-13 plan_end: targets.tour-ways"),
        ('"targets.tour-routes.deadline"', '"targets.tour-routes.due"', "targets.csv has no such cell"),
        ('"indicators.promo-events.scope"', '"indicators.promo.scope"', "there is no promo"),
        ('stage = ["initial", "built"]', 'stage = ["opened"]', "opened is not one of its values"),
        ('default = "jx7"', 'default = "jx8"', "default jx8 is not one of the options"),
        ('unit_set = "jx9"', 'unit_set = "jx8"', "unknown unit set jx8"),
        ('value = "plan_end"', 'value = "undated"', "option undated stands twice"),
        ('question = { zh = "按7个', 'questions = { zh = "按7个', "unknown key"),
        ('"targets.tour-routes.deadline"', '"indicators.promo-events.scope"', "is also set by"),
    ],
)
def test_a_fault_in_a_setting_is_named_with_tension_and_place(folder: Path, old: str, new: str, fault: str):
    file = folder / "jxfs" / "tensions.toml"
    said = file.read_text(encoding="utf-8")
    assert old in said
    file.write_text(said.replace(old, new, 1), encoding="utf-8")
    assert any(fault in line for line in check_plans(folder)), check_plans(folder)


def test_pages_and_commands_read_the_plans_with_the_decisions_in_force(database: Database):
    assert decided_plans(database)["jxfs"] == EVERY["jxfs"]
    save_decision(database, EVERY["jxfs"], "JF-05", "jx9", why="市委专题会", who="市专班", now=NOON)
    decided = decided_plans(database)["jxfs"]
    assert decided.unit_set == "jx9"
    assert decided.decisions["JF-05"].decided_by == "市专班"
    assert decided_plans(database)["jxdf"] == EVERY["jxdf"]


def test_known_at_gives_the_plan_of_that_moment_and_undoing_the_printed_one(database: Database):
    save_decision(database, EVERY["jxfs"], "JF-05", "jx9", why="市委专题会", who="市专班", now=NOON)
    save_decision(database, EVERY["jxfs"], "JF-05", None, why="另行研究", who="市专班", now=LATER)
    assert decided_plans(database, datetime(2026, 1, 1))["jxfs"] == EVERY["jxfs"]
    assert decided_plans(database, NOON)["jxfs"].unit_set == "jx9"
    assert decided_plans(database)["jxfs"] == EVERY["jxfs"]


@pytest.fixture
def issued(folder: Path) -> Path:
    """The plan data with an invented issued version of the factory stores plan beside the draft."""
    return add_issued_version(folder)


def test_the_latest_version_is_in_force_and_the_others_are_kept(issued: Path):
    assert check_plans(issued) == []
    versions = read_versions(issued)["jxfs"]
    assert [plan.version for plan in versions] == ["draft-1", "issued-1"]
    assert read_plans(issued)["jxfs"].version == "issued-1"
    assert target(versions[0], "clusters-city") == [(date(2024, 12, 31), "=", 8)]
    assert target(versions[1], "clusters-city") == [(date(2026, 12, 31), ">=", 15)]


def test_what_two_versions_count_differently_is_counted_from_the_rows(issued: Path):
    draft, later = read_versions(issued)["jxfs"]
    assert draft.recount == later.recount == {"clusters-city", "clusters-county", "cluster-five-ones"}


def test_a_decision_says_nothing_about_a_version_without_its_tension(issued: Path, database: Database):
    file = issued / "jxfs.issued-1" / "tensions.toml"
    words = file.read_text(encoding="utf-8")
    file.write_text(words[: words.index("[JF-09.setting]")] + words[words.index("[JF-10]") :], encoding="utf-8")
    save_decision(database, EVERY["jxfs"], "JF-09", "each", why="会议纪要", who="市专班", now=NOON)
    draft, later = decided_versions(database, root=issued)["jxfs"]
    assert (draft.decided, later.decided) == ({"JF-09": "each"}, {})


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("issued-1", "draft-1", "draft-1 lies in two folders"),
        ("in_force_from = 2024-05-01\n", "", "two versions are in force from the same day"),
        ('plan = "jxfs"', 'plan = "other"', "is other, but the folder is jxfs.issued-1"),
    ],
)
def test_versions_that_cannot_be_told_apart_are_a_fault(issued: Path, old: str, new: str, fault: str):
    for file in (issued / "jxfs.issued-1" / "plan.toml", issued / "jxfs.issued-1" / "targets.csv"):
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert any(fault in line for line in check_plans(issued))
