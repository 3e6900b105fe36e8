"""The revisions of a figure on its page: one line without any, else steps that lead to both sources."""

from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from metrics.plan import Plan
from store.database import open_database
from tests.pages.visits import markup, reported, visit

PAGE = "progress/indicator"
FIRST, AGAIN = datetime(2025, 10, 9, 9, 0), datetime(2025, 10, 20, 15, 30, 12)


@pytest.fixture
def url(tmp_path: Path, plans: dict[str, Plan]) -> str:
    address = f"duckdb:///{tmp_path / 'real.duckdb'}"
    with closing(open_database(address)) as database:
        for unit, number, when in (("330402", 40, FIRST), ("330411", 7, FIRST), ("330402", 44, AGAIN)):
            reported(database, plans["jxfs"], unit, "2025Q3", {"stores": number, "promo-events": 3}, when=when)
    return address


def test_the_city_figure_leads_from_first_said_to_now_by_county(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    app = visit(monkeypatch, url, PAGE, plan="jxfs", indicator="stores", period="2025Q3")
    page = markup(app)
    assert "首报 47家，修订 1 次共 +4，现为 51家。" in page
    section = page.split("修订：首报 → 现在")[1]
    table = section.split("</table>")[0]
    for words in ("南湖", "2025-10-20 15:30", ">40<", ">44<", "+4"):
        assert words in table
    assert "known=2025-10-20T15%3A30%3A11.999999" in table
    assert "known=2025-10-20T15%3A30%3A12&" in table


def test_before_the_revision_was_published_there_is_none(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    query = {"plan": "jxfs", "indicator": "stores", "period": "2025Q3"}
    before = markup(visit(monkeypatch, url, PAGE, **query, known="2025-10-20T15:30"))
    assert "没有修订过，首报就是现在的 47家。" in before
    assert "按 2025-10-20 15:30 已知" in before
    after = markup(visit(monkeypatch, url, PAGE, **query, known="2025-10-20T15:30:12"))
    assert "修订 1 次共 +4" in after


def test_a_figure_nobody_revised_says_so_in_one_line(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    page = markup(visit(monkeypatch, url, PAGE, plan="jxfs", indicator="promo-events", period="2025Q3"))
    assert "没有修订过，首报就是现在的 6场。" in page


def test_one_county_is_told_of_its_own_revisions_only(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    page = markup(visit(monkeypatch, url, PAGE, plan="jxfs", indicator="stores", period="2025Q3", unit="330411"))
    assert "没有修订过，首报就是现在的 7家。" in page
