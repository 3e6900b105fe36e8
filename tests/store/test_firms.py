"""A firm that several plans' rosters list is one firm, found by its credit code, with where it stands."""

from datetime import datetime

import pytest

from metrics.period import Period
from metrics.plan import Plan
from store.database import Database
from store.firms import firms
from store.sending import save_submission
from store.submissions import RosterRow, Submission

BOTH, ONE = "91330402XX1000001A", "91330402XX1000002B"


def sent(database: Database, plan: Plan, roster: str, period: str, *rows: dict[str, str], day: int = 10) -> None:
    quarter = Period.parse(period)
    at = datetime(quarter.end.year + quarter.quarter // 4, (quarter.quarter * 3) % 12 + 1, day, 9)
    listed = [RosterRow(roster, 5 + n, row, "名册", {}) for n, row in enumerate(rows)]
    save_submission(
        database,
        plan,
        Submission(
            plan.plan, plan.version, "330402", quarter, f"{plan.plan}-{period}-{day}.xlsx", f"{day:064x}", None, at, at,
            "test", [], listed,
        ),
    )  # fmt: skip


def store(code: str, name: str) -> dict[str, str]:
    return {"name": f"{name}工厂店", "uscc": code, "producer": name, "address": f"{name}路1号", "opened": "2025-02-03"}


def exporter(code: str, name: str) -> dict[str, str]:
    return {"name": name, "uscc": code, "first_export": "2025-07-01"}


@pytest.fixture
def filled(database: Database, plans: dict[str, Plan]) -> Database:
    sent(database, plans["jxfs"], "stores", "2025Q2", store(BOTH, "甲公司"), store(ONE, "乙公司"))
    sent(database, plans["jxfs"], "stores", "2025Q3", store(BOTH, "甲公司"), store(ONE, "乙公司"))
    sent(database, plans["jxdf"], "firms", "2025Q3", exporter(BOTH, "甲公司"))
    return database


def test_without_a_question_only_firms_of_several_plans_are_listed(filled: Database, plans: dict[str, Plan]) -> None:
    found = firms(filled, plans)
    assert set(found["code"]) == {BOTH}
    assert list(zip(found["plan"], found["roster"], found["firm"], strict=True)) == [
        ("jxdf", "firms", "甲公司"),
        ("jxfs", "stores", "甲公司"),
    ]


def test_an_entry_listed_in_two_quarters_stands_once_with_its_latest_origin(
    filled: Database, plans: dict[str, Plan]
) -> None:
    row = firms(filled, plans).query("plan == 'jxfs'").iloc[0]
    assert (row["period"], row["file_name"], row["sheet"], row["row"]) == ("2025Q3", "jxfs-2025Q3-10.xlsx", "名册", 5)


def test_it_counts_in_each_plan_only_for_the_indicators_of_that_plan(filled: Database, plans: dict[str, Plan]) -> None:
    counted = dict(zip(*(firms(filled, plans)[name] for name in ("plan", "indicators")), strict=True))
    assert "stores" in counted["jxfs"]
    assert "a1-new-exporters" in counted["jxdf"]
    assert set(counted["jxfs"]) <= set(plans["jxfs"].indicators)


@pytest.mark.parametrize("words", [ONE, "xx1000002", "乙公司", " 乙公司工厂店 "])
def test_a_firm_is_found_by_code_or_name_though_it_stands_in_one_plan(
    filled: Database, plans: dict[str, Plan], words: str
) -> None:
    assert set(firms(filled, plans, words)["code"]) == {ONE}


def test_a_replaced_list_is_not_searched_but_replayed_at_its_time(filled: Database, plans: dict[str, Plan]) -> None:
    sent(filled, plans["jxdf"], "firms", "2025Q3", exporter(ONE, "乙公司"), day=20)
    assert set(firms(filled, plans)["code"]) == {ONE}
    assert set(firms(filled, plans, known_at=datetime(2025, 10, 15))["code"]) == {BOTH}


def test_lists_after_the_quarter_looked_at_are_not_known_yet(filled: Database, plans: dict[str, Plan]) -> None:
    assert firms(filled, plans, until=Period.parse("2025Q2")).empty
    assert set(firms(filled, plans, "甲公司", until=Period.parse("2025Q2"))["plan"]) == {"jxfs"}


def test_a_percent_sign_is_no_wildcard(filled: Database, plans: dict[str, Plan]) -> None:
    assert firms(filled, plans, "%").empty
    assert firms(filled, plans, "甲_司").empty
