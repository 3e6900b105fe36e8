from datetime import datetime, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from metrics.period import Period
from metrics.plan import Plan
from store.actuals import actuals, latest_period, origins, shared
from store.database import Database
from store.rosters import counted_rows, last_roster, review_list, roster_rows
from store.submissions import find_duplicate, last_figures, list_submissions
from tests.store.conftest import Send, figure

Q1, Q2 = Period(2025, 1), Period(2025, 2)


def numbers(
    database: Database, plan: Plan, known_at: datetime | None = None
) -> dict[tuple[str, str, str, str], object]:
    found = actuals(database, plan, known_at)
    return {(r.indicator, r.unit, r.period, r.part): r.number for r in found.itertuples()}


def test_a_count_is_the_number_of_rows_and_wins_over_the_typed_total(
    database: Database, plan: Plan, send: Send
) -> None:
    send("A", "2025Q1", stores="abc", figures=(figure("stores", 4),))
    row = actuals(database, plan).iloc[0]
    assert (row["number"], row["basis"], row["reported"]) == (3, "derived", 4)


def test_a_typed_total_counts_when_there_is_no_list(database: Database, plan: Plan, send: Send) -> None:
    send("A", "2025Q1", figures=(figure("stores", 0),))
    row = actuals(database, plan).iloc[0]
    assert (row["number"], row["basis"], row["reported"]) == (0, "reported", None)


def test_a_blank_figure_and_an_empty_list_leave_no_actual_at_all(database: Database, plan: Plan, send: Send) -> None:
    send("A", "2025Q1")
    assert actuals(database, plan).empty
    assert list(list_submissions(database, plan)["unit"]) == ["A"]


def test_a_figure_that_does_not_apply_is_kept_as_such(database: Database, plan: Plan, send: Send) -> None:
    send("A", "2025Q1", figures=(figure("share", None, part="numerator"),))
    assert numbers(database, plan) == {("share", "A", "2025Q1", "numerator"): None}


def test_a_flow_counts_only_the_rows_of_its_quarter(database: Database, plan: Plan, send: Send) -> None:
    send("A", "2025Q2", events=("春季@2025-03-02", "夏季@2025-05-01", "端午@2025-05-31"))
    assert numbers(database, plan)["events", "A", "2025Q2", "value"] == 2


def test_a_resubmission_replaces_the_earlier_one_as_a_whole(database: Database, plan: Plan, send: Send) -> None:
    send("A", "2025Q1", stores="abc", figures=(figure("share", 7, part="numerator"),))
    send("A", "2025Q1", stores="ab", at=datetime(2025, 4, 20))
    assert numbers(database, plan) == {("stores", "A", "2025Q1", "value"): 2}


def test_replay_before_a_resubmission_gives_the_old_table_bit_for_bit(
    database: Database, plan: Plan, send: Send
) -> None:
    send("A", "2025Q1", stores="abc", at=datetime(2025, 4, 10))
    send("B", "2025Q1", stores="cd", at=datetime(2025, 4, 11))
    then = datetime(2025, 4, 15)
    before, before_shared = actuals(database, plan), shared(database, plan)
    send("A", "2025Q1", stores="ab", at=datetime(2025, 4, 20))
    assert actuals(database, plan, then).equals(before)
    assert shared(database, plan, then).equals(before_shared)
    assert not actuals(database, plan).equals(before)


def test_exactly_one_version_stands_at_any_moment_even_when_clocks_repeat(
    database: Database, plan: Plan, send: Send
) -> None:
    moment = datetime(2025, 4, 10)
    for stores in ("a", "ab", "abc"):
        send("A", "2025Q1", stores=stores, at=moment)
    versions = list_submissions(database, plan).sort_values("submission")
    published, closed = list(versions["published_at"]), list(versions["superseded_at"])
    assert closed[:-1] == published[1:]
    assert closed[-1] is None
    assert numbers(database, plan)["stores", "A", "2025Q1", "value"] == 3


def test_a_store_listed_by_two_units_is_shared_and_on_the_review_list(
    database: Database, plan: Plan, send: Send
) -> None:
    send("A", "2025Q1", stores="abc")
    send("B", "2025Q1", stores="cd")
    assert [(r.key, r.unit) for r in shared(database, plan).itertuples()] == [("c", "A"), ("c", "B")]
    review = review_list(database, plan)
    assert [(r.key, r.unit, r.sheet, r.row) for r in review.itertuples()] == [
        ("c", "A", "工厂店名册", 7),
        ("c", "B", "工厂店名册", 5),
    ]


def test_the_same_store_in_two_quarters_of_one_unit_is_not_shared(database: Database, plan: Plan, send: Send) -> None:
    send("A", "2025Q1", stores="abc")
    send("A", "2025Q2", stores="abcd")
    assert shared(database, plan).empty


def test_every_figure_leads_back_to_its_file_sheet_and_cell(database: Database, plan: Plan, send: Send) -> None:
    number = send("A", "2025Q1", stores="abc", figures=(figure("stores", 4, cell="F9"),), content="f")
    derived, typed = origins(database, plan, "stores", "A", Q1).itertuples()
    assert (derived.basis, derived.number, derived.sheet, derived.cell) == ("derived", 3, "工厂店名册", "5:7")
    assert (typed.basis, typed.number, typed.sheet, typed.cell) == ("reported", 4, "数据填报", "F9")
    assert (typed.submission, typed.file_name, typed.sha256) == (number, "A.xlsx", "f" * 64)


def test_a_count_opens_into_its_rows(database: Database, plan: Plan, send: Send) -> None:
    send("A", "2025Q1", stores="abc")
    assert list(counted_rows(database, plan, "stores", "A", Q1)["name"]) == ["店a", "店b", "店c"]


def test_the_next_template_starts_from_the_last_published_list(database: Database, plan: Plan, send: Send) -> None:
    send("A", "2025Q1", stores="ab")
    send("A", "2025Q1", stores="abc", at=datetime(2025, 4, 20))
    assert [row["uscc"] for row in last_roster(database, plan, "A", "stores", Q2)] == ["a", "b", "c"]
    assert last_figures(database, plan, "A", Q2) == {("stores", "value"): Decimal(3)}
    assert last_figures(database, plan, "A", Q1) == {}


def test_the_latest_list_of_each_unit_is_shown_when_no_quarter_is_asked(
    database: Database, plan: Plan, send: Send
) -> None:
    send("A", "2025Q1", stores="ab")
    send("A", "2025Q2", stores="abc")
    send("B", "2025Q1", stores="x")
    shown = roster_rows(database, plan, "stores")
    assert list(zip(shown["unit"], shown["period"], shown["uscc"], strict=True)) == [
        ("A", "2025Q2", "a"),
        ("A", "2025Q2", "b"),
        ("A", "2025Q2", "c"),
        ("B", "2025Q1", "x"),
    ]


def test_the_same_bytes_are_recognised_only_while_they_stand(database: Database, plan: Plan, send: Send) -> None:
    number = send("A", "2025Q1", stores="a", content="1")
    assert find_duplicate(database, plan, "A", Q1, "1" * 64) == number
    assert find_duplicate(database, plan, "B", Q1, "1" * 64) is None
    send("A", "2025Q1", stores="b", content="2", at=datetime(2025, 5, 1))
    assert find_duplicate(database, plan, "A", Q1, "1" * 64) is None


def test_money_is_kept_exactly(database: Database, plan: Plan, send: Send) -> None:
    yuan = 99_999_999_999
    send("A", "2025Q1", figures=(figure("share", yuan, part="numerator"),))
    assert numbers(database, plan)["share", "A", "2025Q1", "numerator"] == Decimal(yuan)


def test_every_saved_submission_raises_the_data_version(database: Database, plan: Plan, send: Send) -> None:
    before = database.data_version()
    send("A", "2025Q1", stores="a")
    send("A", "2025Q2", stores="a", at=datetime(2025, 7, 1))
    assert database.data_version() == before + 2
    assert latest_period(database, plan) == Q2


def test_a_submission_that_cannot_be_saved_leaves_nothing_behind(database: Database, plan: Plan, send: Send) -> None:
    twice = (figure("share", 1, part="numerator"), figure("share", 2, part="numerator"))
    with pytest.raises(sa.exc.DBAPIError):
        send("A", "2025Q1", stores="abc", figures=twice)
    assert list_submissions(database, plan).empty
    assert database.rows("select count(*) from roster_row")[0][0] == 0
    assert database.data_version() == 0


def test_versions_known_at_a_moment_do_not_show_what_came_later(database: Database, plan: Plan, send: Send) -> None:
    first = datetime(2025, 4, 10)
    send("A", "2025Q1", stores="a", at=first)
    send("A", "2025Q1", stores="ab", at=first + timedelta(days=5))
    then = list_submissions(database, plan, known_at=first + timedelta(days=1))
    assert list(then["superseded_at"]) == [None]
