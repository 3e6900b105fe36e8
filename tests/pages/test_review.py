"""Reviewing: what waits, how it differs, and what becomes of it; of two reviewers the second is told."""

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from metrics.period import Period
from metrics.plan import Plan
from store.accounts.register import add_account
from store.actuals import actuals
from store.database import Database, open_database
from store.people import Person
from store.review import life, list_waiting, publish_submission
from store.sending import send_submission
from store.submissions import Figure, Mend, RosterRow, Submission
from tests.pages.visits import APP, markup, reported, visit, visit_as

PAGE = "submissions/review"
Q3, SENT = Period(2025, 3), datetime(2025, 10, 12, 9, 30)
NOTICE = {
    "severity": "notice", "code": "fell_by_half", "sheet": "数据填报", "cell": "F8", "found": "4", "asks": True,
    "message": "从上季的 9 降到 4", "answer": "两条街合并统计", "answered_by": "平湖填报员",
    "answered_at": "2025-10-12 09:20:00",
}  # fmt: skip
MEND = Mend("数据填报", "F9", "约5", "5", "平湖填报员", datetime(2025, 10, 12, 9, 10))


@pytest.fixture
def url(tmp_path_factory: pytest.TempPathFactory, plans: dict[str, Plan]) -> str:
    """Two counties published two quarters; one of them sent a correction, the other's first stays."""
    url = f"duckdb:///{tmp_path_factory.mktemp('review') / 'real.duckdb'}"
    database = open_database(url)
    for quarter, stores in (("2025Q2", 10), ("2025Q3", 12)):
        reported(
            database, plans["jxfs"], "330482", quarter, {"stores": stores, "promo-events": 9, "clusters-county": 9}
        )
        reported(database, plans["jxfs"], "330402", quarter, {"stores": stores + 30, "promo-events": 3})
    database.close()
    return url


def waits(
    url: str, plan: Plan, unit: str = "330482", figures: dict[str, int] | None = None, *, period: Period = Q3,
    at: datetime = SENT, notices: tuple[dict[str, object], ...] = (), mends: tuple[Mend, ...] = (),
    rows: Sequence[RosterRow] = (),
) -> int:  # fmt: skip
    figures = {"stores": 15, "promo-events": 5} if figures is None else figures
    typed = [
        Figure(name, "value", Decimal(number), "数据填报", f"F{row}", str(number))
        for row, (name, number) in enumerate(figures.items(), 8)
    ]
    sent = Submission(
        plan.plan, plan.version, unit, period, f"{unit}-{period}.xlsx", "a" * 64, None, at, at, "平湖填报员",
        typed, rows, notices=notices, mends=mends,
    )  # fmt: skip
    database = open_database(url)
    try:
        return send_submission(database, plan, sent)
    finally:
        database.close()


def looked_at(monkeypatch: pytest.MonkeyPatch, url: str, number: int) -> AppTest:
    app = visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3", submission=str(number))
    assert not app.exception
    return app


def stores(url: str, plan: Plan, unit: str = "330482") -> int:
    database = open_database(url)
    known = actuals(database, plan)
    database.close()
    chosen = known[(known["indicator"] == "stores") & (known["unit"] == unit) & (known["period"] == "2025Q3")]
    return int(chosen["number"].iloc[0])


def steps(url: str, number: int) -> list[str]:
    database = open_database(url)
    try:
        return list(life(database, number)["step"])
    finally:
        database.close()


def decided(app: AppTest, act: str, *, why: str = "") -> AppTest:
    """A reviewer writes a name, a reason if there is one, and clicks."""
    app.text_input(key="review-who").set_value("王审核")
    app.text_area(key="review-why").set_value(why)
    return app.button(key=f"review-{act}").click().run()


def test_the_queue_stands_in_the_order_it_fell_due_and_leads_to_each(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    waits(url, plans["jxfs"], "330424", at=datetime(2025, 10, 17))
    late = waits(url, plans["jxfs"], "330411", period=Period(2025, 2), at=datetime(2025, 10, 18))
    page = markup(visit(monkeypatch, url, PAGE, plan="jxfs", period="2025Q3"))
    assert page.index("秀洲区") < page.index("海盐县")
    assert f"submission={late}" in page
    assert "迟 2 天" in page
    assert "迟 95 天" in page


def test_a_correction_is_not_called_late(monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]) -> None:
    waits(url, plans["jxfs"], at=datetime(2025, 11, 3))
    page = markup(visit(monkeypatch, url, PAGE))
    assert "更正" in page
    assert "迟 " not in page


def test_an_empty_queue_says_so(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    assert "没有待审的报送" in markup(visit(monkeypatch, url, PAGE))


def test_figures_stand_beside_last_quarter_the_last_version_and_the_others(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    page = markup(looked_at(monkeypatch, url, waits(url, plans["jxfs"])))
    line = page[page.index(">工厂店培育总数", page.index("数字对照")) :]
    line = line[: line.index("</tr>")]
    cells = re.findall(r">([^<>]+)<", line)
    assert [cell.strip() for cell in cells if cell.strip()] == [
        "工厂店培育总数",
        "家",
        "改动",
        "10",
        "12",
        "15",
        "+5",
        "+50.0%",
        "42",
        "+5.0%",
    ]
    assert "比上一版变了 3 处" in page  # stores, promo-events, and clusters that are gone


def test_a_published_figure_leads_to_its_origin_and_a_waiting_one_to_its_cell(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    number = waits(url, plans["jxfs"])
    page = markup(looked_at(monkeypatch, url, number))
    assert "indicator=stores&unit=330482&from=330482&quarter=2025Q2#origin" in page
    assert "indicator=stores&unit=330482&from=330482&quarter=2025Q3#origin" in page
    assert f"submission={number}&cell=stores.value#cell" in page


def test_notices_with_their_answers_and_mended_cells_beside_the_original_are_shown(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    number = waits(url, plans["jxfs"], notices=(NOTICE,), mends=(MEND,))
    page = markup(looked_at(monkeypatch, url, number))
    assert "两条街合并统计" in page
    assert "<s>约5</s>" in page
    assert "<b>5</b>" in page
    assert "1 条提示 · 已答复" in markup(visit(monkeypatch, url, PAGE))


def test_a_doubt_is_a_sentence_with_the_figures_in_it(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    number = waits(url, plans["jxfs"], figures={"stores": 15_000, "promo-events": 5})
    page = markup(looked_at(monkeypatch, url, number))
    assert "“工厂店培育总数”本次填 15,000家，上季是 10家，相差约 1,000 倍" in page
    assert "1 个疑点" in page


def test_a_list_that_another_county_keeps_too_does_not_fill_the_page_with_doubts(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    rows = [
        RosterRow(
            "stores", row, {"name": f"店{row}", "uscc": f"{row}", "address": "路", "opened": "2025-01-05"}, "名册", {}
        )
        for row in range(5, 25)
    ]
    numbers = [waits(url, plans["jxfs"], unit, {}, rows=rows) for unit in ("330411", "330482")]
    database = open_database(url)
    publish_submission(database, plans["jxfs"], numbers[0], now=datetime(2025, 10, 13))
    database.close()
    page = markup(looked_at(monkeypatch, url, numbers[1]))
    assert "20 个疑点" in page
    assert page.count("也在秀洲区的名册里") == 12
    assert "另有 8 个疑点" in page


def test_the_citys_figure_is_shown_as_publishing_would_leave_it(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    page = markup(looked_at(monkeypatch, url, waits(url, plans["jxfs"])))
    effect = page[page.index("发布以后全市的变化") :]
    for shown in ("54", "57", "+3"):
        assert f">{shown}</td>" in effect


def test_publishing_an_earlier_quarter_warns_that_later_ones_follow(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    late, now = waits(url, plans["jxfs"], "330411", period=Period(2025, 2)), waits(url, plans["jxfs"])
    words = "到2025年三季度为止，其后各季"
    assert words in markup(visit(monkeypatch, url, PAGE, plan="jxfs", submission=str(late)))
    assert words not in markup(visit(monkeypatch, url, PAGE, plan="jxfs", submission=str(now)))


def test_lists_are_compared_with_the_last_version_and_with_the_quarter_before(
    monkeypatch: pytest.MonkeyPatch, sample_url: str, plans: dict[str, Plan]
) -> None:
    database = open_database(sample_url)
    number = list_waiting(database, plans["jxfs"], "330483")["submission"].iloc[0]
    database.close()
    page = markup(visit(monkeypatch, sample_url, PAGE, plan="jxfs", submission=str(number)))
    lists = page[page.index("名册变化") :]
    version, quarter = lists.split("<summary>与2025年二季度相比</summary>")
    assert "与上一版相比" in version
    assert "活动名册</b>　删去 2 行<" in version
    assert version.count('<tr class="removed">') == 2
    assert "新增" in quarter


def test_what_changed_in_a_row_is_told_in_the_words_and_measures_of_the_list(
    monkeypatch: pytest.MonkeyPatch, sample_url: str, plans: dict[str, Plan]
) -> None:
    database = open_database(sample_url)
    number = list_waiting(database, plans["jxdf"], "330411")["submission"].iloc[0]
    database.close()
    page = markup(visit(monkeypatch, sample_url, PAGE, plan="jxdf", submission=str(number)))
    assert "本季国内销售额（万元）：空 → 197；开展内销：否 → 是" in page
    effect = page[page.index("发布以后全市的变化") :]
    assert re.search("<td>外贸企业新增国内销售额</td><td>亿元</td>", effect)


def test_publishing_puts_it_in_force_under_the_reviewers_name(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    number = waits(url, plans["jxfs"])
    app = looked_at(monkeypatch, url, number)
    decided(app, "publish")
    assert "已发布" in app.success[0].value
    assert "王审核 发布" in markup(app)
    assert stores(url, plans["jxfs"]) == 15
    assert steps(url, number) == ["sent", "published"]


def test_returning_needs_a_reason_and_leaves_the_published_version(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    number = waits(url, plans["jxfs"])
    app = looked_at(monkeypatch, url, number)
    decided(app, "return")
    assert "退回须写明理由" in app.error[0].value
    assert steps(url, number) == ["sent"]
    decided(app, "return", why="活动场次漏了九月的")
    assert "已退回" in app.success[0].value
    assert "活动场次漏了九月的" in markup(app)
    assert stores(url, plans["jxfs"]) == 12
    assert steps(url, number) == ["sent", "returned"]


def test_the_reason_stays_with_its_submission_and_the_name_with_the_visit(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    first, second = waits(url, plans["jxfs"]), waits(url, plans["jxfs"], "330402")
    app = looked_at(monkeypatch, url, first)
    decided(app, "return", why="漏了九月的活动")
    app.query_params["submission"] = str(second)
    app.run()
    assert not app.text_area(key="review-why").value
    assert app.text_input(key="review-who").value == "王审核"


def test_where_nobody_signs_in_a_name_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    number = waits(url, plans["jxfs"])
    app = looked_at(monkeypatch, url, number)
    app.button(key="review-publish").click().run()
    assert "请写审核人姓名" in app.error[0].value
    assert steps(url, number) == ["sent"]


def test_the_second_reviewer_is_told_who_was_first_and_nothing_changes(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    number = waits(url, plans["jxfs"])
    app = looked_at(monkeypatch, url, number)
    first = open_database(url)
    publish_submission(
        first.acting_as(Person("li", "李审核", "reviewer")), plans["jxfs"], number, now=datetime(2025, 10, 13, 8, 5)
    )
    first.close()
    decided(app, "return", why="漏填")
    assert "这份报送已由 li 于 2025-10-13 08:05 发布，你这次的操作没有生效" in app.warning[0].value
    assert "li 发布" in markup(app)
    assert steps(url, number) == ["sent", "published"]
    assert stores(url, plans["jxfs"]) == 15


def test_an_address_of_what_was_decided_tells_its_story_and_offers_no_decision(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    number = waits(url, plans["jxfs"])
    newer = waits(url, plans["jxfs"], figures={"stores": 16})
    app = looked_at(monkeypatch, url, number)
    assert "平湖填报员 撤回" in markup(app)
    assert f"submission={newer}" in markup(app)
    assert not [button for button in app.button if button.key == "review-publish"]


def test_a_number_there_is_not_gets_a_sentence(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    assert "没有编号为 999 的报送" in markup(looked_at(monkeypatch, url, 999))


@pytest.mark.parametrize("said", ["²", "-1", "<b>", "9" * 40, "9" * 5000])
def test_what_is_no_number_of_a_submission_leads_to_the_queue(
    monkeypatch: pytest.MonkeyPatch, url: str, said: str
) -> None:
    shown = markup(visit(monkeypatch, url, PAGE, submission=said))
    assert "按到期先后排列" in shown
    assert "暂时打不开" not in shown


def test_nothing_is_decided_while_looking_at_a_past_day(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    number = waits(url, plans["jxfs"])
    app = visit(monkeypatch, url, PAGE, plan="jxfs", submission=str(number), known="2025-10-01T12:00")
    assert not app.exception
    assert "审核请先回到最新数据" in markup(app)
    assert not [button for button in app.button if button.key == "review-publish"]


def test_what_was_returned_before_is_told_above_what_came_again(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    number = waits(url, plans["jxfs"])
    app = looked_at(monkeypatch, url, number)
    decided(app, "return", why="漏了九月的活动")
    again = markup(looked_at(monkeypatch, url, waits(url, plans["jxfs"], at=datetime(2025, 10, 14))))
    assert "王审核 退回过：漏了九月的活动" in again


def signed_in(database: Database, name: str, role: str, unit: str | None = None) -> None:
    add_account(
        database, name, label=name, role=role, unit=unit,  # type: ignore[arg-type]
        password="Xiu-zhou-2026", must_change=False, now=datetime.now(),
    )  # fmt: skip


def test_who_signed_in_decides_under_the_own_name_and_is_not_asked_for_one(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    number = waits(url, plans["jxfs"])
    database = open_database(url)
    signed_in(database, "shenhe", "reviewer")
    database.close()
    app = visit_as(monkeypatch, url, "shenhe", PAGE, plan="jxfs", submission=str(number))
    assert not [field for field in app.text_input if field.key == "review-who"]
    app.button(key="review-publish").click().run()
    database = open_database(url)
    assert list(life(database, number)["who"])[-1] == "shenhe"
    database.close()


@pytest.mark.parametrize(("role", "unit"), [("county", "330482"), ("department", "JX-SWJ"), ("leader", None)])
def test_others_see_neither_the_queue_nor_a_submission(
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    url: str,
    plans: dict[str, Plan],
    role: str,
    unit: str | None,
) -> None:
    number = waits(url, plans["jxfs"], notices=(NOTICE,))
    database = open_database(url)
    signed_in(database, "someone", role, unit)
    database.close()
    app = visit_as(monkeypatch, url, "someone", plan="jxfs", submission=str(number))
    past_the_menu = AppTest.from_file(str(APP.parent / "pages" / f"{PAGE}.py"), default_timeout=60)
    past_the_menu.user, past_the_menu.query_params["submission"] = app.user, str(number)
    past_the_menu.run()
    assert past_the_menu.exception
    assert f"NotAllowed: someone ({role}) may not review" in caplog.text
    assert "两条街合并统计" not in markup(past_the_menu)
    database = open_database(url)
    assert list(list_waiting(database)["submission"]) == [number]
    database.close()


def test_the_sample_queue_shows_every_submission_without_a_fault(
    monkeypatch: pytest.MonkeyPatch, sample_url: str
) -> None:
    database = open_database(sample_url)
    waiting = list_waiting(database).to_dict("records")
    database.close()
    for row in waiting:
        for language in ("zh", "en"):
            app = visit(
                monkeypatch, sample_url, PAGE, plan=row["plan"], submission=str(row["submission"]), lang=language
            )
            assert not app.exception
            assert 'role="alert"' not in markup(app)
            assert [button for button in app.button if button.key == "review-publish"]


def test_a_figure_of_a_sample_opens_in_the_sheet_it_was_sent_in(
    monkeypatch: pytest.MonkeyPatch, sample_url: str, plans: dict[str, Plan]
) -> None:
    database = open_database(sample_url)
    number = list_waiting(database, plans["jxfs"], "330482")["submission"].iloc[0]
    database.close()
    app = visit(monkeypatch, sample_url, PAGE, plan="jxfs", submission=str(number))
    picked = app.selectbox(key="review-cell")
    picked.select_index(next(i for i, name in enumerate(picked.options) if name == "专项促销活动场次")).run()
    page = markup(app)
    query = {"plan": "jxfs", "submission": str(number), "cell": "promo-events.value"}
    assert 'class="sheet' in markup(visit(monkeypatch, sample_url, PAGE, **query))
    assert "看海宁市的名册" in page
    assert 'class="sheet' in page
    assert "<s>约5</s> 5" in page[page.index('class="sheet') :]
