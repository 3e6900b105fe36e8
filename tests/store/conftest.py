"""A small plan and short ways to send submissions for it."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest

from metrics.period import Period
from metrics.plan import Bands, Count, Field, Indicator, Plan, Roster, Unit
from metrics.text import Text
from store.database import Database
from store.sending import save_submission
from store.submissions import Figure, RosterRow, Submission

Send = Callable[..., int]


def _text(phrase: str) -> Text:
    return Text(phrase, phrase)


@pytest.fixture
def plan() -> Plan:
    """Two counties that keep a list of stores and type one share."""
    stores = Indicator(
        "stores", _text("店"), "stock", _text("家"), "city", ("一",), ("3家",), count=Count("stores", ("uscc",))
    )
    events = Indicator(
        "events",
        _text("场"),
        "annual",
        _text("场"),
        "city",
        ("一",),
        ("1场",),
        count=Count("events", ("name",), since=("start",)),
    )
    share = Indicator("share", _text("比例"), "share", _text("%"), "city", ("一",), ("80%",))
    units = {key: Unit(key, None, key, key, key, None, "county-level") for key in ("CITY", "A", "B")}
    return Plan(
        plan="small",
        version="1",
        status="issued",
        title=_text("小方案"),
        short=_text("小方案"),
        area="CITY",
        start=date(2025, 1, 1),
        end=date(2026, 12, 31),
        unit_sets={"all": ("A", "B")},
        unit_set="all",
        units=units,
        indicators={"stores": stores, "events": events, "share": share},
        targets=(),
        bands=Bands(),
        rosters={
            "stores": Roster(
                "stores",
                "R1",
                _text("店"),
                ("uscc",),
                (Field("uscc", _text("码"), "uscc"), Field("name", _text("名"), "text")),
            ),
            "events": Roster(
                "events",
                "R3",
                _text("活动"),
                ("name",),
                (Field("name", _text("名"), "text"), Field("start", _text("日"), "date")),
            ),
        },
    )


@pytest.fixture
def send(database: Database, plan: Plan) -> Send:
    """`send("A", "2025Q1", stores="abc", at=…)`: each letter is one store; returns the number."""

    def _send(
        unit: str,
        period: str,
        *,
        stores: str = "",
        events: tuple[str, ...] = (),
        figures: tuple[Figure, ...] = (),
        at: datetime = datetime(2025, 4, 10, 9, 0),
        content: str = "0",
    ) -> int:
        rows = [
            RosterRow("stores", row, {"uscc": letter, "name": f"店{letter}"}, "工厂店名册", {"uscc": f"A{row}"})
            for row, letter in enumerate(stores, 5)
        ]
        rows += [
            RosterRow("events", row, {"name": name, "start": start}, "活动名册", {"name": f"A{row}"})
            for row, (name, start) in enumerate((event.split("@") for event in events), 5)
        ]
        submission = Submission(
            "small", "1", unit, Period.parse(period), f"{unit}.xlsx", content * 64, None, at, at, "test", figures, rows
        )
        return save_submission(database, plan, submission)

    return _send


def figure(indicator: str, number: int | None, *, part: str = "value", cell: str = "F5") -> Figure:
    exact = None if number is None else Decimal(number)
    return Figure(indicator, part, exact, "数据填报", cell, "—" if number is None else str(number))
