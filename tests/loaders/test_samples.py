"""The invented submissions show every state a reader may meet, and are plainly invented."""

import json
import shutil
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pandas as pd
import pytest

from loaders.credit_code import check_character
from loaders.intake import load
from loaders.samples import sample_files
from loaders.samples.story import LAST, read_stories
from metrics.milestones import STATES, milestone_states, together
from metrics.period import Period
from metrics.plan import Plan
from store.database import Database, open_database
from store.milestones import statuses
from store.results import result
from store.rosters import review_list, roster_rows
from store.submissions import list_submissions

CITY = "330400"
EVERY_STATUS = {
    "achieved",
    "missed",
    "on_track",
    "watch",
    "behind",
    "critical",
    "not_due",
    "not_scored",
    "no_deadline",
    "no_target",
    "no_report",
    "not_applicable",
}


@pytest.fixture(scope="module")
def samples(seeded_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One copy of the sample database for the tests of this module, which only read."""
    copy = shutil.copytree(seeded_folder, tmp_path_factory.mktemp("samples") / "sample")
    opened = open_database(f"duckdb:///{copy / 'sample.duckdb'}")
    yield opened
    opened.close()


def table(database: Database, plan: Plan, as_of: Period = LAST, known_at: datetime | None = None) -> pd.DataFrame:
    return result(database, plan, as_of, known_at).progress.set_index(["indicator", "unit"])


def test_every_status_is_shown_in_the_last_quarter(samples: Database, plans: dict[str, Plan]) -> None:
    seen = {status for name in ("jxfs", "jxdf") for status in table(samples, plans[name])["status"]}
    assert seen == EVERY_STATUS


def test_the_last_quarter_is_provisional_stale_and_incomplete(samples: Database, plans: dict[str, Plan]) -> None:
    stores = table(samples, plans["jxfs"]).loc["stores", CITY]
    assert bool(stores["provisional"])
    assert (stores["units_expected"], stores["units_reported"], stores["units_stale"]) == (7, 5, 2)
    assert "stale:2025Q2" in stores["tags"]
    sales = table(samples, plans["jxdf"]).loc["domestic-sales-new", CITY]
    assert sales["missing_units"] == ["330411", "330424"]
    assert "missing:2023Q2" in sales["tags"]
    assert "stale:2025Q1" in table(samples, plans["jxdf"]).loc[("own-brand-export", CITY), "tags"]


def test_some_sent_late_one_waits_for_review_and_two_sent_nothing(samples: Database, plans: dict[str, Plan]) -> None:
    units = result(samples, plans["jxfs"], LAST).completeness.set_index("unit")
    named = {state: [unit for unit in units.index if units.loc[unit, "state"] == state] for state in units["state"]}
    assert named["missing"] == ["330421", "JX-WGLJ"]
    assert named["waiting"] == ["330482"]
    assert named["late"] == ["330481", "330483", "JX-XCB"]


def test_the_story_passes_through_the_worked_example(samples: Database, plans: dict[str, Plan]) -> None:
    stores = table(samples, plans["jxfs"], Period(2025, 2)).loc["stores", CITY]
    assert (stores["actual"], stores["lead"], stores["status"]) == (126, Decimal("-7.9"), "watch")
    events = table(samples, plans["jxfs"]).loc["promo-events", CITY]
    assert (events["actual"], events["lead"], events["status"]) == (81, Decimal("6.0"), "on_track")
    both = table(samples, plans["jxdf"]).loc["double-100bn", CITY]
    assert (both["actual"], both["target"], both["attainment"]) == (1, 2, Decimal("64.0"))


def test_a_quarter_sent_twice_shows_both_values_when_replayed(samples: Database, plans: dict[str, Plan]) -> None:
    def stores(day: datetime) -> object:
        return table(samples, plans["jxfs"], known_at=day).loc[("stores", "330402"), "actual"]

    assert stores(datetime(2025, 10, 22, 9)) == 25
    assert stores(datetime(2025, 10, 22, 10)) == 27
    before = table(samples, plans["jxdf"], Period(2025, 2), datetime(2025, 7, 29, 15))
    after = table(samples, plans["jxdf"], Period(2025, 2), datetime(2025, 7, 29, 16))
    difference = before["actual"] - after["actual"]
    assert difference["domestic-sales-new", "330481"] == Decimal("8658000000")


def test_a_store_that_two_counties_claim_counts_once(samples: Database, plans: dict[str, Plan]) -> None:
    rows = table(samples, plans["jxfs"], Period(2025, 2)).loc["stores"]
    assert "shared:1" in rows.loc[CITY, "tags"]
    assert rows["actual"].drop(CITY).sum() == rows.loc[CITY, "actual"] + 1
    claimed = review_list(samples, plans["jxfs"])
    assert len(claimed) > 0


def test_typed_figures_stand_beside_counted_ones(samples: Database, plans: dict[str, Plan]) -> None:
    rows = table(samples, plans["jxfs"])
    assert (rows.loc[("stores", "330483"), "actual"], rows.loc[("stores", "330483"), "reported"]) == (26, 28)
    # Clusters: none, and said so; that is a figure, not a gap.
    assert rows.loc[("clusters-county", "330424"), "actual"] == 0
    assert table(samples, plans["jxdf"]).loc[("a1-bases", "JX-GQ"), "status"] == "not_applicable"


def test_everything_is_marked_as_invented(samples: Database, plans: dict[str, Plan]) -> None:
    assert samples.sample
    submissions = list_submissions(samples)
    assert submissions["file_name"].str.startswith("示例-").all()
    assert set(submissions["published_by"]) == {"示例"}
    for plan, roster, field in (
        ("jxfs", "stores", "name"),
        ("jxdf", "firms", "name"),
        ("jxdf", "recognitions", "holder"),
    ):
        assert roster_rows(samples, plans[plan], roster)[field].str.contains("示例").all()


def test_credit_codes_are_well_formed_and_nobodys(samples: Database, plans: dict[str, Plan]) -> None:
    listed = [
        roster_rows(samples, plans[p], r) for p, r in (("jxfs", "stores"), ("jxfs", "separations"), ("jxdf", "firms"))
    ]
    codes = {code for rows in listed for code in rows["uscc"]}
    assert len(codes) > 500
    assert {code for code in codes if check_character(code[:17]) != code[17]} == set()
    assert {code[8:10] for code in codes} == {"XX"}


def test_samples_come_in_without_a_fault_but_the_planted_differences(samples: Database) -> None:
    notices = [notice["code"] for found in list_submissions(samples)["notices"] for notice in found]
    assert notices.count("count_differs") == 3
    # The other planted faults are those of claims and payouts, each shown once.
    assert {code for code in notices if not code.startswith(("claim_", "payout_"))} == {"count_differs"}


def test_a_sample_workbook_is_an_ordinary_file_for_intake(plans: dict[str, Plan], database: Database) -> None:
    file = next(iter(sample_files(plans)))
    verdict = load(database, plans, file.data, file.file_name, now=file.at, who="test")
    assert verdict.accepted
    assert not database.sample
    assert json.dumps(verdict.as_json())


def test_the_story_is_the_same_every_time_it_is_told(plans: dict[str, Plan]) -> None:
    first, second = ([s for story in read_stories(plans) for s in story.sendings()] for _ in range(2))
    assert first == second
    assert len({(sending.unit, sending.period, sending.at) for sending in first}) == len(first) > 200
    names = [file.file_name for file in islice(sample_files(plans), 3)]
    assert names == [file.file_name for file in islice(sample_files(plans), 3)]


def tasks(database: Database, plan: Plan, quarter: str) -> pd.DataFrame:
    return together(milestone_states(plan, statuses(database, plan), Period.parse(quarter)))


def test_tasks_pass_through_every_state(samples: Database, plans: dict[str, Plan]) -> None:
    jxfs = {state for quarter in ("2024Q4", "2025Q3") for state in tasks(samples, plans["jxfs"], quarter)["state"]}
    jxdf = {state for quarter in ("2022Q4", "2025Q3") for state in tasks(samples, plans["jxdf"], quarter)["state"]}
    assert jxfs == set(STATES) - {"done_late"}
    assert jxdf == set(STATES) - {"not_applicable"}


def test_the_first_quarter_tasks_of_annex_2_were_due_at_issue_and_two_were_finished_late(
    samples: Database, plans: dict[str, Plan]
) -> None:
    found = tasks(samples, plans["jxdf"], "2022Q2").set_index("milestone")
    at_issue = found[found["due_at_issue"]]
    assert dict(at_issue["state"]) == {"a2-1-q1": "done_late", "a2-4-q1": "done_late", "a2-9-q1": "done"}
