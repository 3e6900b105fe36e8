"""From a figure to its parts, to the version, to the cell: with who mended, answered, sent and published."""

import io
import re
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from loaders.judging import judge
from loaders.sandbox import read_file
from loaders.template import write_template
from metrics.period import Period
from metrics.plan import Plan
from store.accounts.register import add_account
from store.database import open_database
from store.originals import save_original
from store.people import Person
from store.review import publish_submission, return_submission
from store.sending import send_submission
from store.submissions import Mend
from tests.pages.visits import markup, reported, visit, visit_as

PAGE = "progress/indicator"
NINE = datetime(2025, 10, 9, 9, 0)
HOUR = timedelta(hours=1)
Q3 = Period(2025, 3)


def section(page: str) -> str:
    return page.split("这个数从哪里来")[1]


def rows(page: str, title: str) -> list[list[str]]:
    """The cells of the table below a heading, as text."""
    table = page.split(title, 1)[1].split("</table>")[0].split("<tbody>")[1]
    return [
        [re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", table)
    ]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, plans: dict[str, Plan]) -> str:
    """Two counties of the factory stores plan, three quarters."""
    address = f"duckdb:///{tmp_path_factory.mktemp('origin') / 'real.duckdb'}"
    with closing(open_database(address)) as database:
        for unit, sent in {"330402": (2, 3, 5), "330411": (1, 1, 4)}.items():
            for quarter, number in enumerate(sent, 1):
                figures = {"stores": 10 * number, "promo-events": number, "clusters-county": number}
                reported(database, plans["jxfs"], unit, f"2025Q{quarter}", figures)
    return address


def test_a_city_sum_opens_into_its_units_each_leading_on(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    page = section(markup(visit(monkeypatch, url, PAGE, plan="jxfs", indicator="stores", period="2025Q3")))
    assert "7 个单位合计，正好是全市 90家。" in page
    told = rows(page, "这个数由哪些单位合成")
    assert [row[:2] for row in told][:2] == [["南湖", "50"], ["秀洲", "40"]]
    assert [row[1] for row in told][2:] == ["—"] * 5
    assert "unit=330411#origin" in page


def test_a_units_flow_opens_into_its_quarters_and_they_add_up(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    query = {"plan": "jxfs", "indicator": "promo-events", "period": "2025Q3"}
    page = section(markup(visit(monkeypatch, url, PAGE, **query, unit="330402")))
    assert "3 个季度合计，正好是南湖 10场。" in page
    told = rows(page, "南湖的数由哪些季度合成")
    assert told == [["2025年三季度", "5"], ["2025年二季度", "3"], ["2025年一季度", "2"]]
    assert "quarter=2025Q2#origin" in page


def test_of_a_minimum_it_says_who_passes_and_adds_nothing_up(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    page = section(markup(visit(monkeypatch, url, PAGE, plan="jxfs", indicator="clusters-county", period="2025Q3")))
    assert "7 个单位中 2 个达到最低要求。不求和，不平均。" in page


def filled(plan: Plan, exports: str) -> tuple[bytes, str]:
    """The customs' template with one figure typed, and the cell it stands in."""
    book = openpyxl.load_workbook(io.BytesIO(write_template(plan, "JX-HG", Q3)))
    sheet = book["数据填报"]
    cell = next(row[5] for row in sheet.iter_rows(min_row=5) if "出口额" in str(row[0].value))
    cell.value = exports
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue(), str(cell.coordinate)


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory, plans: dict[str, Plan]) -> str:
    """A department's real workbook on its way: returned once, mended and answered, published."""
    url = f"duckdb:///{tmp_path_factory.mktemp('life') / 'real.duckdb'}"
    data, cell = filled(plans["jxdf"], "12.5")
    opened = read_file(data, "海关.xlsx")
    with closing(open_database(url)) as database:
        sha256 = save_original(database, data)
        sender = database.acting_as(Person("zhao", "赵", "department", "JX-HG"))
        reviewer = database.acting_as(Person("li", "李", "reviewer"))

        def send(at: datetime, mends: tuple[Mend, ...]) -> int:
            """Judged by the real rules, then sent with its mends and one answered notice."""
            verdict = judge(database, plans, opened, "海关.xlsx", sha256, now=at, who="zhao", mends=mends)
            assert verdict.draft is not None, verdict.problems
            asked = {"severity": "notice", "code": "fell", "sheet": "数据填报", "cell": cell, "message": "大幅下降"}
            answer = {"answer": "外需转弱", "answered_by": "zhao", "answered_at": at.isoformat()}
            draft = replace(verdict.draft, published_at=at, published_by="zhao", mends=mends, notices=[asked | answer])
            return send_submission(sender, plans["jxdf"], draft)

        return_submission(reviewer, send(NINE, ()), why="少了一位", now=NINE + HOUR)
        mended = Mend("数据填报", cell, "12.5", "125", "zhao", NINE + 2 * HOUR)
        publish_submission(reviewer, plans["jxdf"], send(NINE + 3 * HOUR, (mended,)), now=NINE + 4 * HOUR)
    return url


def test_the_panel_tells_the_whole_life_of_a_figure(monkeypatch: pytest.MonkeyPatch, life: str) -> None:
    query = {"plan": "jxdf", "indicator": "exports-new", "period": "2025Q3"}
    page = section(markup(visit(monkeypatch, life, PAGE, **query)))
    assert "第 2 版" in page and "现行" in page
    told = re.sub("<[^>]+>", "", page)
    for words in (
        "网页上改 1 格 2025-10-09 11:00 zhao",
        "答复 1 条提示 2025-10-09 12:00 zhao",
        "送审 2025-10-09 12:00 zhao",
        "发布 2025-10-09 13:00 li",
        "原表为 12.5，zhao 于 2025-10-09 11:00 在网页上改为 125",
        "大幅下降",
        "答复：外需转弱（zhao，2025-10-09 12:00）",
        "退回 2025-10-09 10:00 li，原因：少了一位",
    ):
        assert words in told
    assert re.search(r'<td class="[^"]*marked mended[^"]*"><div><s>12.5</s> 125</div></td>', page)
    chain = rows(page, "这个季度报过 2 版")
    assert [row[:3] for row in chain] == [["第 2 版 （正在看）", "现行", "125.0"], ["第 1 版", "已退回", "—"]]


def test_while_it_waited_there_was_no_figure_but_a_version(monkeypatch: pytest.MonkeyPatch, life: str) -> None:
    query = {"plan": "jxdf", "indicator": "exports-new", "period": "2025Q3", "known": "2025-10-09T12:30"}
    page = section(markup(visit(monkeypatch, life, PAGE, **query)))
    assert "没有报送这项" in page
    assert [row[1] for row in rows(page, "这个季度报过 2 版")] == ["待审核", "已退回"]


def test_each_row_of_the_big_table_leads_to_its_source(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    app = visit(monkeypatch, url, plan="jxfs", period="2025Q3")
    links = app.dataframe[-1].value["来源"]
    assert all(link.startswith("/indicator?") and link.endswith("#origin") for link in links)
    assert any("indicator=stores&unit=330400" in link for link in links)


def test_a_county_sees_its_own_way_to_the_cell_and_not_that_of_others(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, plans: dict[str, Plan]
) -> None:
    address = f"duckdb:///{tmp_path / 'real.duckdb'}"
    with closing(open_database(address)) as database:
        for unit, number, when in (("330402", 50, NINE), ("330411", 40, NINE), ("330402", 52, NINE + HOUR)):
            reported(database, plans["jxfs"], unit, "2025Q3", {"stores": number}, when=when)
        for name, role, unit in (("boss", "administrator", None), ("xz", "county", "330411")):
            add_account(
                database, name, label=name, role=role, unit=unit, password="Long enough 2026!", must_change=False,
                now=NINE,
            )  # fmt: skip
    query = {"plan": "jxfs", "indicator": "stores", "period": "2025Q3"}
    app = visit_as(monkeypatch, address, "xz", PAGE, **query, **{"from": "330402"})
    assert not app.exception
    page = markup(app)
    assert "首报 90家，修订 1 次共 +2，现为 92家。" in page
    assert "其他县区" in page and "330402.xlsx" not in page
    assert "330411.xlsx" in section(page)
    assert "这个数由哪些单位合成" not in page
    own = markup(visit_as(monkeypatch, address, "xz", PAGE, **query, unit="330411"))
    assert "没有修订过，首报就是现在的 40家。" in own
