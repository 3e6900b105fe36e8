"""Any page as known at a moment: said in a line, marked behind the page, kept from link to link."""

import re
from contextlib import closing
from datetime import date, datetime, time

import pytest

from metrics.plan import Plan
from pages.parts.replay import OF_NOW, moment_of
from store.database import open_database
from tests.pages.visits import APP, markup, reported, said, visit

FIRST, AGAIN = datetime(2025, 10, 9, 9, 0), datetime(2025, 10, 20, 15, 30, 12)
SCRIPTS = dict(re.findall(r'"(\w+/\w+)": "(\w+)"', APP.read_text(encoding="utf-8")))
"""Script → address of every page in the menu."""
WITH_ACCOUNT = {"account/password"}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, plans: dict[str, Plan]) -> str:
    address = f"duckdb:///{tmp_path_factory.mktemp('replay') / 'real.duckdb'}"
    with closing(open_database(address)) as database:
        for number, when in ((40, FIRST), (44, AGAIN)):
            reported(database, plans["jxfs"], "330402", "2025Q3", {"stores": number}, when=when)
    return address


@pytest.mark.parametrize("script", sorted(SCRIPTS.keys() - WITH_ACCOUNT))
def test_every_page_says_that_the_past_is_looked_at(monkeypatch: pytest.MonkeyPatch, url: str, script: str) -> None:
    app = visit(monkeypatch, url, script, plan="jxfs", period="2025Q3", known="2025-10-15T09:30")
    assert not app.exception
    page = markup(app)
    assert "这一页暂时打不开" not in page
    of_now = SCRIPTS[script] in OF_NOW
    assert ("正在看 2025-10-15 09:30 当时所知的数据：" in page) is not of_now
    assert ("这一页办的是现在的事" in page) is of_now
    assert ('class="watermark"' in page) is not of_now


def test_before_anything_was_known_every_page_still_stands(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    for script in ("progress/overview", "progress/indicator", "progress/unit", "submissions/completeness"):
        app = visit(monkeypatch, url, script, plan="jxfs", period="2025Q3", known="2020-01-01T00:00")
        assert not app.exception
        assert "这一页暂时打不开" not in markup(app)
        assert "44" not in markup(app).split("当时所知的数据")[1].split("目标")[0]


def test_the_moment_is_chosen_by_day_and_clock_and_given_up_with_one_click(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    app = visit(monkeypatch, url, plan="jxfs", period="2025Q3")
    assert "watermark" not in markup(app)
    app.date_input(key="pick_known").set_value(date(2025, 10, 20)).run()
    app.time_input(key="pick_known_time").set_value(time(15, 30)).run()
    app.button(key="known-apply").click().run()
    assert said(app, "known") == "2025-10-20T15:30"
    assert "<b>40</b>" in markup(app)
    app.time_input(key="pick_known_time").set_value(time(15, 31)).run()
    app.button(key="known-apply").click().run()
    assert "<b>44</b>" in markup(app)
    app.button(key="replay-back").click().run()
    assert said(app, "known") is None
    assert "watermark" not in markup(app)


@pytest.mark.parametrize(
    ("at", "moment"),
    [
        (time(9, 5), datetime(2025, 10, 20, 9, 5)),
        (time(0, 0), datetime(2025, 10, 20)),
        (time(23, 59), datetime(2025, 10, 20, 23, 59, 59)),
        (None, datetime(2025, 10, 20, 23, 59, 59)),
    ],
)
def test_a_day_without_a_time_is_the_whole_day(at: time | None, moment: datetime) -> None:
    assert moment_of(date(2025, 10, 20), at) == moment


def test_a_moment_in_the_address_is_kept_to_the_second_and_nonsense_is_none(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    for given, kept in {
        "2025-10-20T15:30:12": "2025-10-20T15:30:12",
        "2025-10-20T15:30:00": "2025-10-20T15:30",
        "2025-10-20T15:30:12+08:00": "2025-10-20T15:30:12",
        "soon": None,
    }.items():
        assert said(visit(monkeypatch, url, plan="jxfs", period="2025Q3", known=given), "known") == kept
