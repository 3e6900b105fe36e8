"""Who has sent what."""

import pytest

from metrics.plan import Plan
from tests.pages.visits import markup, six_of_seven, visit

PAGE = "submissions/completeness"


@pytest.fixture
def url(tmp_path_factory: pytest.TempPathFactory, plans: dict[str, Plan]) -> str:
    address = f"duckdb:///{tmp_path_factory.mktemp('completeness') / 'real.duckdb'}"
    six_of_seven(address, plans["jxfs"])
    return address


def test_counties_and_departments_are_told_apart_with_the_missing_by_name(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    page = markup(visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3"))
    assert "6 / 7 已报" in page
    assert "未报：海盐。" in page
    assert "0 / 3 已报" in page
    assert "应在 2025年10月15日 前报送" in page


def test_the_matrix_has_a_row_a_unit_and_a_cell_a_quarter(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    page = markup(visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3"))
    matrix = page[page.index('<table class="sent">') : page.index("</table>")]
    assert matrix.count("</td></tr>") == 10
    assert matrix.count("按时") == 6
    assert matrix.count('<th scope="col">') == 7


def test_an_empty_database_shows_everybody_missing_and_no_fault(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    empty = f"duckdb:///{tmp_path_factory.mktemp('empty') / 'real.duckdb'}"
    app = visit(monkeypatch, empty, PAGE, plan="jxfs", period="2025Q3")
    assert not app.exception
    assert "0 / 7 已报" in markup(app)
