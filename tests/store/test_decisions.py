"""Decisions are added, never changed: the latest counts, `known_at` replays, undoing restores."""

from dataclasses import replace
from datetime import datetime

import pandas as pd
import pytest

from metrics.period import Period
from metrics.plan import Count, Option, Plan, Tension
from metrics.text import Text
from store.actuals import actuals, origins, shared
from store.audit import list_entries
from store.database import Database
from store.decisions import decisions, list_decisions, save_decision
from store.results import result
from store.rosters import counted_rows
from store.sending import save_submission
from store.submissions import RosterRow, Submission
from tests.store.conftest import Send, figure

NOON, LATER, EVENING = (datetime(2025, 5, 1, hour) for hour in (12, 15, 18))
SPRING = Period.parse("2025Q1")


def words(phrase: str) -> Text:
    return Text(phrase, phrase)


@pytest.fixture
def torn(plan: Plan) -> Plan:
    """The small plan with one tension: every store counts, or only the one called 店a."""
    options = (Option("all", words("都计")), Option("named", words("只计店a")))
    tension = Tension("T-1", "definition", ("一",), words("两种读法"), words("并列"), default="all", options=options)
    return replace(plan, tensions={"T-1": tension})


@pytest.fixture
def named(torn: Plan) -> Plan:
    """The same plan as read by the second option, as the plan reader would build it."""
    stores = replace(torn.indicators["stores"], count=Count("stores", ("uscc",), where=(("name", ("店a",)),)))
    return replace(
        torn,
        indicators={**torn.indicators, "stores": stores},
        decided={"T-1": "named"},
        recount=frozenset({"stores"}),
        as_printed=torn,
    )


def decide(database: Database, plan: Plan, option: str | None, at: datetime = NOON, why: str = "口径一致") -> int:
    return save_decision(database, plan, "T-1", option, why=why, who="市专班", now=at)


def stores(frame: pd.DataFrame) -> dict[str, object]:
    mine = frame[frame["indicator"] == "stores"]
    return dict(zip(mine["unit"], mine["number"], strict=True))


def test_the_latest_decision_counts_and_says_who_when_and_why(database: Database, torn: Plan):
    decide(database, torn, "named")
    decide(database, torn, "all", LATER, "会议纪要〔2025〕3号")
    found = decisions(database, "small")["T-1"]
    assert (found.option, found.decided_by, found.decided_at) == ("all", "市专班", LATER)
    assert found.why == "会议纪要〔2025〕3号"


def test_a_withdrawn_decision_is_no_decision_and_stays_in_the_history(database: Database, torn: Plan):
    decide(database, torn, "named")
    decide(database, torn, None, LATER)
    assert decisions(database, "small") == {}
    assert list(list_decisions(database, "small")["option"]) == [None, "named"]


def test_known_at_replays_what_was_decided_at_that_moment(database: Database, torn: Plan):
    decide(database, torn, "named", LATER)
    assert decisions(database, "small", NOON) == {}
    assert decisions(database, "small", LATER)["T-1"].option == "named"
    assert list_decisions(database, "small", NOON).empty


def test_decisions_of_one_moment_keep_their_order(database: Database, torn: Plan):
    decide(database, torn, "named")
    decide(database, torn, "all")
    assert decisions(database, "small")["T-1"].option == "all"
    assert decisions(database, "small", NOON)["T-1"].option == "named"


@pytest.mark.parametrize(("why", "who"), [("", "市专班"), ("  ", "市专班"), ("口径一致", " ")])
def test_nothing_is_decided_without_a_reason_and_a_name(database: Database, torn: Plan, why: str, who: str):
    with pytest.raises(ValueError, match="needs a reason and a name"):
        save_decision(database, torn, "T-1", "named", why=why, who=who, now=NOON)
    assert decisions(database, "small") == {}


@pytest.mark.parametrize(("tension", "option"), [("T-1", "other"), ("T-2", "named")])
def test_only_options_of_the_plan_can_be_chosen(database: Database, torn: Plan, tension: str, option: str):
    with pytest.raises(ValueError, match="has no option"):
        save_decision(database, torn, tension, option, why="口径一致", who="市专班", now=NOON)


def test_what_stands_so_already_is_not_decided_again(database: Database, torn: Plan):
    with pytest.raises(ValueError, match="stands so already"):
        decide(database, torn, None)
    decide(database, torn, "named")
    with pytest.raises(ValueError, match="stands so already"):
        decide(database, torn, "named", LATER)


def test_a_decision_raises_the_data_version_and_leaves_a_trace(database: Database, torn: Plan):
    before = database.data_version()
    decide(database, torn, "named")
    decide(database, torn, None, LATER)
    assert database.data_version() == before + 2
    trace = list_entries(database)
    assert list(trace["action"]) == ["withdraw", "decide"]
    assert trace["detail"][1] == {"plan": "small", "tension": "T-1", "option": "named", "why": "口径一致"}


def test_another_reading_counts_the_rows_in_force_again(database: Database, torn: Plan, named: Plan, send: Send):
    send("A", "2025Q1", stores="abc")
    send("B", "2025Q1", stores="bd")
    assert stores(actuals(database, torn)) == {"A": 3, "B": 2}
    assert stores(actuals(database, named)) == {"A": 1, "B": 0}


def test_undoing_restores_the_old_figures_bit_for_bit(database: Database, torn: Plan, named: Plan, send: Send):
    send("A", "2025Q1", stores="abc", figures=(figure("stores", 5),))
    send("B", "2025Q1", stores="cd")
    before = result(database, torn, SPRING)
    decide(database, torn, "named")
    assert not result(database, named, SPRING).progress.equals(before.progress)
    decide(database, torn, None, LATER)
    after = result(database, torn, SPRING)
    pd.testing.assert_frame_equal(after.progress, before.progress)
    pd.testing.assert_frame_equal(after.history, before.history)


def test_a_typed_figure_stands_beside_the_new_count_too(database: Database, named: Plan, send: Send):
    send("A", "2025Q1", stores="abc", figures=(figure("stores", 5),))
    row = actuals(database, named).iloc[0]
    assert (row["number"], row["basis"], row["reported"]) == (1, "derived", 5)


def test_a_store_of_two_units_is_counted_once_under_another_reading_too(database: Database, named: Plan, send: Send):
    send("A", "2025Q1", stores="ab")
    send("B", "2025Q1", stores="a")
    twice = shared(database, named)
    assert sorted(zip(twice["key"], twice["unit"], strict=True)) == [("a", "A"), ("a", "B")]
    city = result(database, named, SPRING).progress.query("indicator == 'stores' and unit == 'CITY'").iloc[0]
    assert city["actual"] == 1


def test_origin_and_rows_are_those_of_the_reading_shown(database: Database, named: Plan, send: Send):
    send("A", "2025Q1", stores="abc", figures=(figure("stores", 5),))
    found = origins(database, named, "stores", "A", SPRING)
    assert list(zip(found["basis"], found["number"], strict=True)) == [("derived", 1), ("reported", 5)]
    assert found["file_name"][0] == "A.xlsx"
    rows = counted_rows(database, named, "stores", "A", SPRING)
    assert list(zip(rows["key"], rows["row"], rows["name"], strict=True)) == [("a", 5, "店a")]


def test_what_is_sent_while_a_decision_stands_is_still_stored_as_printed(database: Database, torn: Plan, named: Plan):
    rows = [
        RosterRow("stores", 5 + i, {"uscc": u, "name": f"店{u}"}, "名册", {"uscc": f"A{i}"})
        for i, u in enumerate("abc")
    ]
    sent = Submission("small", "1", "A", SPRING, "A.xlsx", "0" * 64, None, NOON, NOON, "test", (), rows)
    save_submission(database, named, sent)
    assert stores(actuals(database, named)) == {"A": 1}
    assert stores(actuals(database, torn)) == {"A": 3}
