"""The versions of a unit's quarter: all of them, in order, as known at any moment."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from metrics.period import Period
from metrics.plan import Plan
from store.database import Database
from store.originals import may_open
from store.people import NotAllowed, Person
from store.provenance import mends_of, versions
from store.review import publish_submission, return_submission
from store.sending import send_submission
from store.submissions import Mend, Submission
from tests.store.conftest import Send, figure

Q1 = Period(2025, 1)
NINE = datetime(2025, 4, 10, 9, 0)
HOUR = timedelta(hours=1)
COUNTY = Person("zhang", "张三", "county", "A")
REVIEWER = Person("li", "李四", "reviewer")


def sent(at: datetime, number: int, sha: str = "a", **changes: object) -> Submission:
    return Submission(
        "small", "1", "A", Q1, "A.xlsx", sha * 64, None, at, at, "", (figure("stores", number),), (), **changes
    )  # type: ignore[arg-type]


def test_a_life_of_returned_mended_published_and_replaced(database: Database, plan: Plan) -> None:
    county, reviewer = database.acting_as(COUNTY), database.acting_as(REVIEWER)
    one = send_submission(county, plan, sent(NINE, 2))
    return_submission(reviewer, one, why="少两家", now=NINE + HOUR)
    mend = Mend("数据填报", "F5", "2", "4", "zhang", NINE + 2 * HOUR)
    two = send_submission(county, plan, sent(NINE + 3 * HOUR, 4, mends=(mend,)))
    publish_submission(reviewer, plan, two, now=NINE + 4 * HOUR)
    three = send_submission(county, plan, sent(NINE + 5 * HOUR, 5, "b"))
    found = versions(county, plan, "A", Q1, indicator="stores")
    assert [(v.number, v.submission, v.state, v.figures.get("value")) for v in found] == [
        (1, one, "returned", None),
        (2, two, "in_force", 4),
        (3, three, "waiting", None),
    ]
    assert [(s.step, s.who, s.why) for s in found[0].steps] == [("sent", "zhang", None), ("returned", "li", "少两家")]
    assert mends_of(county, plan, "stores", "A", two) == [mend]


def test_then_one_saw_what_was_known_then(database: Database, plan: Plan, send: Send) -> None:
    send("A", "2025Q1", stores="ab", at=NINE)
    send("A", "2025Q1", stores="abc", at=NINE + HOUR)

    def known(at: datetime) -> list[tuple[str, object]]:
        return [(v.state, v.figures.get("value")) for v in versions(database, plan, "A", Q1, at, indicator="stores")]

    assert known(NINE - HOUR) == []
    assert known(NINE) == [("in_force", 2)]
    assert known(NINE + HOUR) == [("superseded", 2), ("in_force", 3)]


def test_a_submission_from_before_reviews_were_kept_still_names_its_publisher(
    database: Database, plan: Plan, send: Send
) -> None:
    send("A", "2025Q1", stores="ab", at=NINE)
    with database.transaction() as execute:
        execute("delete from review")
    (only,) = versions(database, plan, "A", Q1)
    assert [(step.step, step.who) for step in only.steps] == [("published", "test")]


def test_a_decided_count_is_told_by_the_decided_rule(database: Database, plan: Plan, send: Send) -> None:
    send("A", "2025Q1", events=("x@2025-01-05", "x@2025-02-05"), at=NINE)
    rule = replace(plan.indicators["events"].count, key=("name", "start"))  # type: ignore[type-var]
    by_day = replace(plan.indicators["events"], count=rule)
    decided = replace(plan, indicators={**plan.indicators, "events": by_day}, recount=frozenset({"events"}))
    told = [versions(database, p, "A", Q1, indicator="events")[0].figures["value"] for p in (plan, decided)]
    assert told == [1, 2]


def test_a_county_reads_its_own_versions_and_opens_its_own_files_only(
    database: Database, plan: Plan, send: Send
) -> None:
    send("A", "2025Q1", stores="ab", at=NINE, content="a")
    send("B", "2025Q1", stores="cd", at=NINE, content="b")
    county = database.acting_as(COUNTY)
    assert len(versions(county, plan, "A", Q1, indicator="stores")) == 1
    for indicator in ("stores", None):
        with pytest.raises(NotAllowed):
            versions(county, plan, "B", Q1, indicator=indicator)
    with pytest.raises(NotAllowed):
        mends_of(county, plan, "stores", "B", 2)
    assert [may_open(county, sha * 64) for sha in "ab"] == [True, False]
    assert may_open(database.acting_as(REVIEWER), "b" * 64)
