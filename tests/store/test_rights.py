"""A walk of role × action through the functions themselves: refused there, whatever a page offers."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from typing import get_args

import pytest

from metrics.period import Period
from metrics.plan import Plan
from store.accounts.register import add_account, disable_account, list_accounts
from store.addresses import add_address
from store.attempts import list_attempts
from store.audit import list_entries, verify
from store.brief_edits import list_brief_edits
from store.calendar import save_change
from store.database import Database
from store.decisions import save_decision
from store.mappings import save_mapping
from store.people import RIGHTS, Action, NotAllowed, Person, Role, may
from store.results import result
from store.review import AlreadyDecided, publish_submission, return_submission
from store.sending import send_submission
from store.submission_rows import read_submission
from store.submissions import Submission
from tests.store.conftest import Send

NOW = datetime(2025, 4, 10, 9)
Q1 = Period(2025, 1)
Act = Callable[[Database, Plan, str], object]


def submission(unit: str) -> Submission:
    return Submission("small", "1", unit, Q1, "x.xlsx", "0" * 64, None, NOW, NOW, "", (), [])


def brief(database: Database, plan: Plan) -> dict[str, object]:
    whole = result(database, plan, Q1)
    return {"result": whole, "language": "zh_CN"}


DOORS: dict[Action, list[Act]] = {
    "read": [
        lambda db, plan, unit: read_submission(db, {"A": 1, "B": 2}[unit]),
        lambda db, plan, unit: list_attempts(db, plan, unit),
    ],
    "send": [
        lambda db, plan, unit: send_submission(db, plan, submission(unit)),
        lambda db, plan, unit: save_mapping(db, plan, unit, {}, now=NOW),
    ],
    "review": [
        lambda db, plan, unit: publish_submission(db, plan, 1, now=NOW),
        lambda db, plan, unit: return_submission(db, 1, why="因为", now=NOW),
    ],
    "decide": [lambda db, plan, unit: save_decision(db, plan, "T", None, why="因为", who="", now=NOW)],
    "calendar": [
        lambda db, plan, unit: save_change(db, plan, Q1, unit, "due", date(2025, 5, 1), why="因为", now=NOW),
    ],
    "export": [lambda db, plan, unit: list_brief_edits(db, **brief(db, plan))],  # type: ignore[arg-type]
    "remind": [lambda db, plan, unit: add_address(db, unit, f"{db.person.role}@example.org", now=NOW)],
    "audit": [lambda db, plan, unit: verify(db), lambda db, plan, unit: list_entries(db)],
    "accounts": [
        lambda db, plan, unit: list_accounts(db),
        lambda db, plan, unit: disable_account(db, "nobody", now=NOW),
        lambda db, plan, unit: add_account(
            db, f"by.{db.person.role}", label="x", role="leader", unit=None, password=None, now=NOW
        ),
    ],
}


def refused(act: Act, database: Database, plan: Plan, unit: str) -> bool:
    """What a permitted act may still find wrong is none of this walk's business."""
    try:
        with suppress(ValueError, KeyError, AlreadyDecided):
            act(database, plan, unit)
    except NotAllowed:
        return True
    return False


def test_the_walk_goes_through_every_action() -> None:
    assert set(DOORS) == set(get_args(Action))


@pytest.mark.parametrize("role", get_args(Role))
@pytest.mark.parametrize("unit", ["A", "B"])
def test_every_door_opens_to_whom_the_table_says_and_to_nobody_else(
    database: Database, plan: Plan, send: Send, role: Role, unit: str
) -> None:
    send("A", "2025Q1", stores="ab")
    send("B", "2025Q1", stores="bc")
    person = Person("x", "某人", role, "A" if role in ("county", "department") else None)
    acting = database.acting_as(person)
    for action, acts in DOORS.items():
        for number, act in enumerate(acts):
            assert refused(act, acting, plan, unit) is not may(person, action, unit), (role, action, number, unit)


def test_no_role_but_the_administrator_makes_another_administrator() -> None:
    assert [role for role, rights in RIGHTS.items() if "accounts" in rights] == ["administrator"]
