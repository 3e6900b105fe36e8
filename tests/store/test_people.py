"""Who may do what, and whose data each role sees: a walk of role × action and of every reading."""

from collections.abc import Callable
from datetime import datetime
from typing import get_args

import pytest

from metrics.period import Period
from metrics.plan import Plan
from store.actuals import actuals, origins
from store.attempts import change_attempt, list_attempts, put_away_attempt, save_attempt
from store.database import Database
from store.firms import firms
from store.originals import read_original, save_original
from store.people import GUEST, OPERATOR, RIGHTS, Action, NotAllowed, Person, Role, may, seen_plan
from store.results import result
from store.rosters import counted_rows, last_roster, review_list, roster_rows
from store.submissions import Mend, list_submissions
from tests.store.conftest import Send, figure

NOW = datetime(2025, 4, 10, 9)
COUNTY = Person("a", "甲县", "county", "A")
LEADER = Person("boss", "领导", "leader")
TABLE = {
    "county": "own own - - - - - - -",
    "department": "own own - - - - - - -",
    "reviewer": "all all all all all all all - -",
    "leader": "all - - - - all - - -",
    "administrator": "all all all all all all all all all",
}


@pytest.mark.parametrize("role", get_args(Role))
def test_every_role_may_do_what_the_table_says_and_nothing_else(role: Role) -> None:
    person = Person("x", "x", role, "A" if role in ("county", "department") else None)
    reach = [
        "all" if may(person, action, "B") else "own" if may(person, action, "A") else "-" for action in get_args(Action)
    ]
    assert " ".join(reach) == TABLE[role]


def test_the_table_names_every_role_and_action() -> None:
    assert set(TABLE) == set(RIGHTS) == set(get_args(Role))
    assert RIGHTS[OPERATOR.role] == RIGHTS[GUEST.role] == set(get_args(Action))


@pytest.fixture
def both(database: Database, send: Send) -> Database:
    """Two counties, one store listed by both."""
    send("A", "2025Q1", stores="ab", figures=(figure("stores", 2),), content="a")
    send("B", "2025Q1", stores="bc", figures=(figure("stores", 2),), content="b")
    return database


def test_a_county_is_refused_another_units_detail_by_every_function(both: Database, plan: Plan) -> None:
    county, period = both.acting_as(COUNTY), Period(2025, 1)
    theirs = save_original(both, b"workbook of B")
    refused: list[Callable[[], object]] = [
        lambda: origins(county, plan, "stores", "B", period),
        lambda: counted_rows(county, plan, "stores", "B", period),
        lambda: roster_rows(county, plan, "stores", "B"),
        lambda: last_roster(county, plan, "B", "stores", period),
        lambda: list_submissions(county, plan, "B"),
        lambda: list_attempts(county, plan, "B"),
        lambda: read_original(county, theirs),
    ]
    for attempt in refused:
        with pytest.raises(NotAllowed):
            attempt()


def test_lists_of_everybody_show_a_county_its_own_rows(both: Database, plan: Plan) -> None:
    county = both.acting_as(COUNTY)
    for frame in (actuals(county, plan), roster_rows(county, plan, "stores"), list_submissions(county, plan)):
        assert set(frame["unit"]) == {"A"}
    assert set(review_list(county, plan)["unit"]) == {"A"}
    assert set(firms(county, {"small": plan}, "b")["unit"]) == {"A"}
    assert set(firms(both, {"small": plan}, "b")["unit"]) == {"A", "B"}


def test_a_county_sees_the_citys_figure_whole_and_only_its_own_row_beside_it(both: Database, plan: Plan) -> None:
    period = Period(2025, 1)
    whole, own = result(both, plan, period), result(both.acting_as(COUNTY), plan, period)
    rows = own.progress[own.progress["indicator"] == "stores"].set_index("unit")["actual"]
    everybody = whole.progress[whole.progress["indicator"] == "stores"].set_index("unit")["actual"]
    assert dict(rows) == {"CITY": 3, "A": 2}
    assert dict(everybody) == {"CITY": 3, "A": 2, "B": 2}
    assert [unit.unit for unit in own.units] == ["A"]
    assert (list(own.completeness["unit"]), set(own.history["unit"])) == (["A"], {"CITY", "A"})
    assert own.files == {"A": "A.xlsx"}


def test_a_county_reads_its_own_original(both: Database, send: Send) -> None:
    content = b"workbook of A"
    fingerprint = save_original(both, content)
    save_attempt(
        both, plan="small", unit="A", period=Period(2025, 1), file_name="a.xlsx", sha256=fingerprint,
        verdict="rejected", problems=[], now=NOW,
    )  # fmt: skip
    assert read_original(both.acting_as(COUNTY), fingerprint) == content


def test_a_leader_reads_everything_and_writes_nothing(both: Database, plan: Plan) -> None:
    leader = both.acting_as(LEADER)
    assert set(actuals(leader, plan)["unit"]) == {"A", "B"}
    with pytest.raises(NotAllowed):
        save_attempt(
            leader, plan="small", unit="A", period=Period(2025, 1), file_name="a.xlsx", sha256="0" * 64,
            verdict="accepted", problems=[], now=NOW,
        )  # fmt: skip


def test_mends_and_answers_are_kept_until_the_attempt_is_put_away(database: Database, plan: Plan) -> None:
    county = database.acting_as(COUNTY)
    number = save_attempt(
        county, plan=None, unit=None, period=None, file_name="?.csv", sha256="0" * 64, verdict="rejected",
        problems=[{"code": "no_unit"}], now=NOW,
    )  # fmt: skip
    mend = Mend("数据", "B2", "约5", "5", "a", NOW)
    change_attempt(county, number, mends=[mend], answers={"k": {"answer": "是", "who": "a"}})
    (row,) = list_attempts(county).to_dict("records")
    assert (row["unit"], row["plan"], row["period"], row["who"]) == ("A", "", "", "a")
    assert (row["mends"], row["answers"]["k"]["answer"], row["problems"]) == ([mend], "是", [{"code": "no_unit"}])
    with pytest.raises(NotAllowed):
        put_away_attempt(database.acting_as(Person("b", "乙县", "county", "B")), number, NOW)
    put_away_attempt(county, number, NOW)
    assert list(list_attempts(county)["put_away_at"]) == [NOW]
    with pytest.raises(KeyError):
        change_attempt(county, 99, answers={})


def test_a_narrowed_plan_keeps_every_set_by_name(plan: Plan) -> None:
    narrowed = seen_plan(plan, COUNTY)
    assert (narrowed.unit_sets, narrowed.unit_set) == ({"all": ("A",)}, "all")
    assert seen_plan(plan, LEADER) is plan
