"""Sent, returned, withdrawn, published: what counts when, and who decided."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from metrics.period import Period
from metrics.plan import Plan
from store.actuals import actuals
from store.audit import list_entries
from store.database import Database
from store.people import GUEST, NotAllowed, Person
from store.results import result
from store.review import AlreadyDecided, life, list_waiting, publish_submission, return_submission, withdraw_submission
from store.sending import save_submission, send_submission
from store.submission_rows import list_mends, read_submission
from store.submissions import Mend, Submission, find_duplicate, last_figures, list_submissions
from tests.store.conftest import figure

SENT, LATER = datetime(2025, 4, 10, 9), datetime(2025, 4, 11, 9)
COUNTY = Person("a", "甲县", "county", "A")
REVIEWER = Person("li", "李审核", "reviewer")
Draft = Callable[..., Submission]


@pytest.fixture
def draft() -> Draft:
    def _draft(number: int, unit: str = "A", at: datetime = SENT) -> Submission:
        figures = (figure("stores", number),)
        return Submission("small", "1", unit, Period(2025, 1), f"{unit}.xlsx", "0" * 64, None, at, at, "a", figures, ())

    return _draft


def stores(database: Database, plan: Plan, known_at: datetime | None = None) -> list[object]:
    found = actuals(database, plan, known_at)
    return list(found[found["indicator"] == "stores"]["number"])


def test_what_waits_counts_at_no_moment(database: Database, plan: Plan, draft: Draft) -> None:
    number = send_submission(database.acting_as(COUNTY), plan, draft(5))
    for known_at in (None, SENT, datetime(2199, 12, 31)):
        assert stores(database, plan, known_at) == []
    assert list_submissions(database, plan).empty
    assert last_figures(database, plan, "A", Period(2025, 2)) == {}
    assert find_duplicate(database, plan, "A", Period(2025, 1), "0" * 64) is None
    waiting = list_waiting(database, plan)
    assert (list(waiting["submission"]), list(waiting["sent_by"])) == ([number], ["a"])


def test_a_result_tells_who_waits_from_who_has_not_sent_at_every_moment(
    database: Database, plan: Plan, draft: Draft
) -> None:
    def state(known_at: datetime | None = None) -> str:
        found = result(database, plan, Period(2025, 1), known_at).completeness.set_index("unit")
        return str(found["state"]["A"])

    def changed(act: Callable[[], object]) -> bool:
        """Whoever keeps a result hears of it."""
        before = database.data_version()
        act()
        return database.data_version() > before

    assert state() == "missing"
    county = database.acting_as(COUNTY)
    assert changed(lambda: send_submission(county, plan, draft(5)))
    assert state() == "waiting"
    number = int(list_waiting(database, plan)["submission"].iloc[0])
    assert changed(lambda: return_submission(database, number, why="缺附件", now=LATER))
    assert (state(), state(SENT), state(SENT - timedelta(minutes=1))) == ("missing", "waiting", "missing")
    again = SENT + timedelta(days=2)
    send_submission(county, plan, draft(6, at=again))
    number = int(list_waiting(database, plan)["submission"].iloc[0])
    assert changed(lambda: withdraw_submission(county, number, now=again + timedelta(hours=1)))
    assert (state(), state(again)) == ("missing", "waiting")
    send_submission(county, plan, draft(7, at=again + timedelta(hours=2)))
    number = int(list_waiting(database, plan)["submission"].iloc[0])
    publish_submission(database, plan, number, now=again + timedelta(hours=3))
    assert state() in ("received", "late")


def test_what_waits_for_a_later_quarter_hides_no_published_figure(database: Database, plan: Plan, draft: Draft) -> None:
    save_submission(database, plan, draft(5))
    send_submission(database.acting_as(COUNTY), plan, replace(draft(9), period=Period(2025, 2)))
    assert last_figures(database, plan, "A", Period(2025, 3)) == {("stores", "value"): 5}


def test_publishing_puts_it_in_force_from_that_moment(database: Database, plan: Plan, draft: Draft) -> None:
    first = send_submission(database.acting_as(COUNTY), plan, draft(5))
    publish_submission(database.acting_as(REVIEWER), plan, first, now=LATER)
    assert (stores(database, plan), stores(database, plan, SENT)) == ([5], [])
    second = send_submission(database.acting_as(COUNTY), plan, draft(7, at=LATER))
    assert stores(database, plan) == [5]
    publish_submission(database.acting_as(REVIEWER), plan, second, now=LATER + timedelta(days=1))
    assert (stores(database, plan), stores(database, plan, LATER)) == ([7], [5])
    assert list_waiting(database).empty
    assert list(life(database, second)["step"]) == ["sent", "published"]
    assert list_submissions(database, plan)["published_by"].to_list() == ["li", "li"]


def test_returning_keeps_the_published_version_and_needs_a_reason(database: Database, plan: Plan, draft: Draft) -> None:
    publish_submission(database, plan, send_submission(database, plan, draft(5)), now=SENT)
    number = send_submission(database.acting_as(COUNTY), plan, draft(50, at=LATER))
    reviewer = database.acting_as(REVIEWER)
    with pytest.raises(ValueError, match="reason"):
        return_submission(reviewer, number, why=" ", now=LATER)
    return_submission(reviewer, number, why="翻了十倍，请核对", now=LATER)
    assert stores(database, plan) == [5]
    assert list(life(database, number)["why"])[-1] == "翻了十倍，请核对"
    assert list_entries(database, action="return")["who"].to_list() == ["li"]


def test_sending_again_withdraws_what_still_waits(database: Database, plan: Plan, draft: Draft) -> None:
    county = database.acting_as(COUNTY)
    first, second = send_submission(county, plan, draft(5)), send_submission(county, plan, draft(6, at=LATER))
    assert list(list_waiting(county)["submission"]) == [second]
    assert list(life(county, first)["step"]) == ["sent", "withdrawn"]
    with pytest.raises(AlreadyDecided) as told:
        publish_submission(database, plan, first, now=LATER)
    assert (told.value.step, told.value.who) == ("withdrawn", "a")


def test_two_reviewers_cannot_both_decide_and_the_second_is_told(database: Database, plan: Plan, draft: Draft) -> None:
    number = send_submission(database.acting_as(COUNTY), plan, draft(5))
    gate, told, done = threading.Barrier(2), [], []

    def decide(name: str) -> None:
        mine = database.acting_as(Person(name, name, "reviewer"))
        gate.wait()
        try:
            publish_submission(mine, plan, number, now=LATER)
            done.append(name)
        except AlreadyDecided as fault:
            told.append((name, fault.step, fault.who))

    both = [threading.Thread(target=decide, args=(name,)) for name in ("li", "wang")]
    for one in both:
        one.start()
    for one in both:
        one.join()
    (winner,) = done
    (loser,) = {"li", "wang"} - {winner}
    assert told == [(loser, "published", winner)]
    assert list(life(database, number)["step"]) == ["sent", "published"]


def test_a_submission_reads_back_as_it_was_sent(database: Database, plan: Plan, draft: Draft) -> None:
    mend = Mend("数据填报", "F8", "约5", "5", "a", SENT)
    sent = replace(draft(5), mends=(mend,), notices=({"code": "jumped", "answer": "集中认定"},))
    number = send_submission(database.acting_as(COUNTY), plan, sent)
    read = read_submission(database, number)
    assert (list(read.figures), list(read.mends)) == (list(sent.figures), [mend])
    assert read.notices[0]["answer"] == "集中认定"
    assert list_mends(database.acting_as(COUNTY), number) == [mend]


def test_withdrawing_takes_it_out_of_the_queue(database: Database, plan: Plan, draft: Draft) -> None:
    county = database.acting_as(COUNTY)
    number = send_submission(county, plan, draft(5))
    withdraw_submission(county, number, now=LATER)
    assert list_waiting(database).empty
    with pytest.raises(AlreadyDecided):
        return_submission(database, number, why="晚了", now=LATER)


def test_publishing_at_once_withdraws_what_waits(database: Database, plan: Plan, draft: Draft) -> None:
    number = send_submission(database.acting_as(COUNTY), plan, draft(5))
    save_submission(database, plan, draft(6, at=LATER))
    assert (list_waiting(database).empty, list(life(database, number)["step"])) == (True, ["sent", "withdrawn"])


def test_who_signs_in_cannot_sign_for_somebody_else(database: Database, plan: Plan, draft: Draft) -> None:
    typed = replace(draft(5), published_by="张三")
    save_submission(database.acting_as(REVIEWER), plan, typed)
    save_submission(database.acting_as(GUEST), plan, replace(typed, period=Period(2025, 2)))
    assert sorted(list_submissions(database, plan)["published_by"]) == ["li", "张三"]


def test_a_county_neither_publishes_nor_touches_another_units_submission(
    database: Database, plan: Plan, draft: Draft
) -> None:
    county = database.acting_as(COUNTY)
    theirs = send_submission(database, plan, draft(5, unit="B"))
    refused: list[Callable[[], object]] = [
        lambda: publish_submission(county, plan, theirs, now=LATER),
        lambda: return_submission(county, theirs, why="x", now=LATER),
        lambda: withdraw_submission(county, theirs, now=LATER),
        lambda: read_submission(county, theirs),
        lambda: life(county, theirs),
        lambda: send_submission(county, plan, draft(5, unit="B")),
        lambda: save_submission(county, plan, draft(5)),
    ]
    for attempt in refused:
        with pytest.raises(NotAllowed):
            attempt()
    assert list_waiting(county).empty
    assert list(list_waiting(database)["submission"]) == [theirs]


def test_where_nobody_signs_in_the_typed_name_is_kept_and_elsewhere_it_is_not(
    database: Database, plan: Plan, draft: Draft
) -> None:
    first, second = (send_submission(database, plan, draft(4, unit)) for unit in "AB")
    publish_submission(database.acting_as(GUEST), plan, first, now=LATER, who="王审核")
    return_submission(database.acting_as(REVIEWER), second, why="漏填", now=LATER, who="王审核")
    assert life(database, first)["who"].iloc[-1] == "王审核"
    assert life(database, second)["who"].iloc[-1] == "li"
