"""The invented submissions of the three smaller plans: a plan under way, one that has ended, one reformed."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from metrics.period import Period
from metrics.plan import Plan
from store.actuals import latest_period
from store.database import Database, open_database
from store.results import result
from store.submissions import list_submissions

EVERY_STATUS = {
    "scec": {"no_target", "not_due", "achieved", "not_scored"},
    "xzti": {"no_target", "achieved", "missed", "not_scored"},
    "hznr": {"no_target", "achieved", "missed"},
}
LAST = {"scec": "2025Q2", "xzti": "2024Q2", "hznr": "2023Q4"}


@pytest.fixture(scope="module")
def samples(seeded_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    copy = shutil.copytree(seeded_folder, tmp_path_factory.mktemp("plans") / "sample")
    opened = open_database(f"duckdb:///{copy / 'sample.duckdb'}")
    yield opened
    opened.close()


def city(database: Database, plan: Plan, quarter: str, known_at: datetime | None = None) -> pd.DataFrame:
    """The city's rows by indicator."""
    table = result(database, plan, Period.parse(quarter), known_at).progress
    return table[table["unit"] == plan.area].set_index("indicator")


@pytest.mark.parametrize("name", EVERY_STATUS)
def test_each_plan_shows_its_states_in_its_last_quarter(name, samples, plans):
    assert str(latest_period(samples, plans[name])) == LAST[name]
    assert set(city(samples, plans[name], LAST[name])["status"]) == EVERY_STATUS[name]


def test_sichuan_waits_for_2025_and_2030(samples, plans):
    rows = city(samples, plans["scec"], "2025Q2")
    assert {row["deadline"].year for _, row in rows.iterrows() if row["deadline"]} == {2025, 2030}
    assert (rows.loc["zone-share", "actual"], rows.loc["zone-share", "status"]) == (Decimal("32.8"), "achieved")
    bases = rows.loc["bases"]
    assert (bases["actual"], bases["target"], bases["expected"], bases["status"]) == (27, 30, None, "not_due")
    assert (bases["units_expected"], bases["units_reported"], bases["units_stale"]) == (21, 18, 2)
    assert (bases["missing_units"], bases["provisional"]) == (["513300"], True)


def test_a_plan_that_has_ended_gives_verdicts_and_no_lamps(samples, plans):
    lamps = {"on_track", "watch", "behind", "critical", "not_due"}
    for name in ("xzti", "hznr"):
        rows = city(samples, plans[name], LAST[name])
        assert set(rows["status"]) & lamps == set()
        judged = rows[rows["status"].isin(["achieved", "missed"])]
        assert all(f"final:{plans[name].end.year}" in tags for tags in judged["tags"])


def test_xiuzhou_before_its_end_still_has_lamps(samples, plans):
    rows = city(samples, plans["xzti"], "2023Q4")
    assert (rows.loc["expos", "actual"], rows.loc["expos", "status"]) == (2, "on_track")
    assert rows.loc["town-industries", "status"] == "not_due"
    assert not any(tag.startswith("final") for tags in rows["tags"] for tag in tags)


def test_a_range_is_reached_from_below_and_more_is_no_failure(samples, plans):
    rows = result(samples, plans["xzti"], Period(2024, 2)).progress
    towns = rows[rows["indicator"] == "town-industries"].set_index("unit")
    assert (towns.loc["330411104", "actual"], towns.loc["330411104", "status"]) == (3, "achieved")
    assert (towns.loc["XZ-GXQ", "actual"], towns.loc["XZ-GXQ", "status"]) == (0, "missed")
    assert (towns.loc["330411", "passing_units"], towns.loc["330411", "target"]) == (5, 6)


def test_a_direction_has_a_trend_and_no_target(samples, plans):
    past = result(samples, plans["xzti"], Period(2024, 2)).history
    loans = past[(past["indicator"] == "mlt-loan-share") & (past["unit"] == "330411")]
    assert list(loans["actual"]) == [Decimal("41.9"), Decimal("43.0"), Decimal("43.7"), Decimal("44.8")]
    assert set(loans["status"]) == {"no_target"}


@pytest.mark.parametrize(
    ("quarter", "streets", "expected", "reported", "missing"),
    [("2021Q1", 13, 14, 14, []), ("2021Q2", 14, 13, 12, []), ("2023Q4", 23, 13, 11, ["330127"])],
)
def test_hangzhou_counts_the_districts_of_the_day(quarter, streets, expected, reported, missing, samples, plans):
    row = city(samples, plans["hznr"], quarter).loc["streets"]
    found = (row["actual"], row["units_expected"], row["units_reported"], row["missing_units"])
    assert found == (streets, expected, reported, missing)


def test_hangzhou_keeps_what_was_added_before_the_reform(samples, plans):
    rows = {quarter: city(samples, plans["hznr"], quarter).loc["brands-popup"] for quarter in ("2021Q1", "2021Q2")}
    assert [row["actual"] for row in rows.values()] == [9, 17]
    assert "former:6" in rows["2021Q2"]["tags"]


def test_replay_across_the_reform_shows_what_was_known(samples, plans):
    """On 1 July 2021 nobody had sent: the levels of the districts that stayed are carried, of the old ones not."""
    before = city(samples, plans["hznr"], "2021Q2", datetime(2021, 7, 1)).loc["streets"]
    assert (before["units_expected"], before["units_reported"], before["actual"]) == (13, 0, 5)
    assert set(before["missing_units"]) == {"330102@2021", "330105@2021", "330110@2021", "330113", "330114"}
    again = city(samples, plans["hznr"], "2021Q1", datetime(2021, 7, 1)).loc["streets"]
    assert (again["units_expected"], again["actual"]) == (14, 13)


def test_nobody_sends_a_quarter_in_which_they_do_not_stand(samples, plans):
    plan = plans["hznr"]
    sent = list_submissions(samples, plan)
    assert all(
        plan.units[unit].stands_on(Period.parse(quarter).end)
        for unit, quarter in zip(sent["unit"], sent["period"], strict=True)
    )
    assert set(sent[sent["period"] == "2021Q2"]["unit"]) >= {"330102@2021", "330113", "330114"}


def test_the_smaller_plans_stay_small(samples, plans):
    sizes = {name: len(list_submissions(samples, plans[name])) for name in LAST}
    assert sum(sizes.values()) <= 120
    assert all(sizes.values())
