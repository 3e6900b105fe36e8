"""Uploaded workbooks wait in the database until they are sent or put away."""

import threading
from datetime import datetime

import pytest

from metrics.period import Period
from metrics.plan import Plan
from store.attempts import (
    AlreadySent,
    change_attempt,
    list_attempts,
    list_open_attempts,
    put_away_attempt,
    save_attempt,
)
from store.database import Database
from store.people import NotAllowed, Person
from store.sending import send_submission
from store.submissions import Mend, Submission, list_submissions
from store.typed import keep_answer, keep_mend
from tests.store.conftest import figure

NOW = datetime(2025, 4, 10, 9)
Q1 = Period(2025, 1)
COUNTY = Person("a", "甲县", "county", "A")
OTHER = Person("b", "乙县", "county", "B")


def attempt(database: Database, unit: str | None = "A", name: str = "a.xlsx", plan: str | None = "small") -> int:
    period = Q1 if plan else None
    return save_attempt(
        database,
        plan=plan,
        unit=unit,
        period=period,
        file_name=name,
        sha256="0" * 64,
        verdict="accepted",
        problems=[],
        now=NOW,
    )


def draft() -> Submission:
    return Submission("small", "1", "A", Q1, "a.xlsx", "0" * 64, None, NOW, NOW, "a", (figure("stores", 3),), ())


def numbers(database: Database) -> list[int]:
    return [int(number) for number in list_open_attempts(database)["attempt"]]


def test_only_the_latest_attempt_of_a_duty_lies_open_and_files_without_one_all_do(database: Database) -> None:
    mine = database.acting_as(COUNTY)
    attempt(mine)
    latest = attempt(mine)
    unknown = [attempt(mine, None, f"{n}.xlsx", plan=None) for n in range(2)]
    assert numbers(mine) == [*reversed(unknown), latest]
    assert list(list_attempts(mine)["unit"]) == ["A"] * 4
    assert numbers(database.acting_as(OTHER)) == []


def test_what_was_sent_or_put_away_lies_open_no_more(database: Database, plan: Plan) -> None:
    mine = database.acting_as(COUNTY)
    first, second = attempt(mine), attempt(mine, None, plan=None)
    send_submission(mine, plan, draft(), attempt=first)
    put_away_attempt(mine, second, NOW)
    assert numbers(mine) == []


def test_an_attempt_is_sent_once_and_the_second_tab_saves_nothing(database: Database, plan: Plan) -> None:
    mine = database.acting_as(COUNTY)
    number = attempt(mine)
    sent = send_submission(mine, plan, draft(), attempt=number)
    with pytest.raises(AlreadySent):
        send_submission(mine, plan, draft(), attempt=number)
    assert list(list_attempts(mine)["submission"]) == [sent]
    assert list_submissions(database).empty
    assert len(database.rows("select 1 from submission")) == 1


def test_mends_and_answers_come_back_as_they_were_kept(database: Database) -> None:
    mine = database.acting_as(COUNTY)
    number = attempt(mine)
    mend = Mend("数据填报", "F6", "约12", "12", "a", NOW)
    change_attempt(mine, number, mends=[mend], answers={"键": {"answer": "因为", "who": "a", "at": str(NOW)}})
    row = list_attempts(mine).iloc[0]
    assert row["mends"] == [mend]
    assert row["answers"]["键"]["answer"] == "因为"


def test_nobody_touches_another_countys_attempt(database: Database) -> None:
    number = attempt(database.acting_as(COUNTY))
    other = database.acting_as(OTHER)
    with pytest.raises(NotAllowed):
        change_attempt(other, number, mends=[])
    with pytest.raises(NotAllowed):
        put_away_attempt(other, number, NOW)
    with pytest.raises(NotAllowed):
        attempt(other, "A")


def test_people_who_type_at_once_lose_nothing(database: Database) -> None:
    mine = database.acting_as(COUNTY)
    number = attempt(mine)

    def typing(n: int) -> None:
        keep_mend(mine, number, Mend("数据填报", f"F{n}", "约1", "1", "a", NOW))
        keep_answer(mine, number, f"键{n}", "因为", notice="", now=NOW)

    threads = [threading.Thread(target=typing, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    row = list_attempts(mine).iloc[0]
    assert {mend.cell for mend in row["mends"]} == {f"F{n}" for n in range(12)}
    assert len(row["answers"]) == 12


def test_nothing_is_typed_into_what_was_sent(database: Database, plan: Plan) -> None:
    mine = database.acting_as(COUNTY)
    number = attempt(mine)
    send_submission(mine, plan, draft(), attempt=number)
    with pytest.raises(KeyError):
        keep_mend(mine, number, Mend("数据填报", "F6", "约1", "1", "a", NOW))
    with pytest.raises(KeyError):
        keep_answer(mine, number, "键", "因为", notice="", now=NOW)


def test_another_county_types_nothing_here(database: Database) -> None:
    number = attempt(database.acting_as(COUNTY))
    with pytest.raises(NotAllowed):
        keep_mend(database.acting_as(OTHER), number, Mend("数据填报", "F6", "约1", "1", "b", NOW))
