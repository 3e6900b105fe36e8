"""计划库: anyone can read what a plan promises, clause by clause."""

from pathlib import Path

import pytest

from metrics.plan import Plan
from store.database import open_database
from tests.pages.visits import markup, visit

PAGE = "plans/library"


@pytest.fixture
def url(tmp_path: Path) -> str:
    made = f"duckdb:///{tmp_path / 'real.duckdb'}"
    open_database(made).close()
    return made


def clause(shown: str, name: str) -> str:
    return next(part for part in shown.split("<tbody>") if f'colspan="4">{name}</th>' in part)


def test_the_shelf_counts_what_all_plans_promise(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    shown = markup(visit(monkeypatch, url, PAGE, plan="jxfs")).replace("\u00a0", " ")
    five = {"jxfs", "jxdf", "xzti", "hznr", "scec"}
    more = [plan for name, plan in plans.items() if name not in five]
    sums = [76, 150, 42, 91]  # of the five plans we began with
    for place, kind in enumerate(("indicators", "milestones", "money", "tensions")):
        sums[place] += sum(len(getattr(plan, kind)) for plan in more)
    words = "{} 个计划：{} 项指标、{} 项任务、{} 条资金规则、{} 处原文出入"
    assert words.format(len(plans), *sums) in shown


def test_what_the_text_does_not_print_is_said(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    draft = markup(visit(monkeypatch, url, PAGE, plan="jxfs"))
    assert "<dt>文号</dt><dd class=note>原文未载明</dd>" in draft
    issued = markup(visit(monkeypatch, url, PAGE, plan="jxdf"))
    assert "<dt>印发日期</dt><dd>2022年3月30日</dd>" in issued


@pytest.mark.parametrize("name", ["jxfs", "jxdf", "xzti", "hznr", "scec"])
def test_every_promise_of_a_plan_stands_on_the_page_once(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan], name: str
) -> None:
    plan, shown = plans[name], markup(visit(monkeypatch, url, PAGE, plan=name))
    table = shown.split('<table class="list promises">')[1].split("</table>")[0]
    for kind, number in (("指标", plan.indicators), ("任务", plan.milestones), ("资金", plan.money)):
        assert table.count(f'<td class="kind" data-label="">{kind}</td>') == len(number), kind
    for tension in plan.tensions.values():
        assert tension.statement.zh in table


def test_a_clause_says_what_by_whom_by_when_and_leads_on(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    mine = clause(markup(visit(monkeypatch, url, PAGE, plan="jxfs")), "一(三)")
    assert "工厂店培育总数" in mine
    assert "「300家以上」" in mine
    assert "<b>≥300家</b> 2026年底" in mine
    assert "indicator=stores" in mine
    assert "本条原文有出入 10 处" in mine


def test_indicators_tasks_and_money_of_a_clause_stand_together(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    mine = clause(markup(visit(monkeypatch, url, PAGE, plan="jxfs")), "二(一)1")
    assert [kind for kind in ("指标", "任务", "资金") if f">{kind}</td>" in mine] == ["指标", "任务", "资金"]
    assert "/money?" in mine
    assert "#rule-r" in mine
    assert "/milestones?" in mine


def test_an_owner_is_marked_stated_or_inferred_or_not_printed(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    shown = markup(visit(monkeypatch, url, PAGE, plan="jxfs"))
    bases = {indicator.owner_basis for indicator in plans["jxfs"].indicators.values()}
    words = {"stated": "原文载明", "division": "分工推定", "inferred": "推定", "not_stated": "原文未载明"}
    assert all(f'<span class="note">{words[basis]}</span>' in shown for basis in bases)


def test_a_hope_is_tagged(monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]) -> None:
    shown = markup(visit(monkeypatch, url, PAGE, plan="jxfs"))
    hoped = [indicator for indicator in plans["jxfs"].indicators.values() if indicator.aspirational]
    assert shown.count('<span class="badge hoped">力争</span>') == len(hoped) > 0


def test_a_search_narrows_the_plan_and_names_other_plans(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    shown = markup(visit(monkeypatch, url, PAGE, plan="jxfs", find="首店"))
    assert "本计划找到" in shown
    assert "品牌首店补助" in shown
    assert "工厂店培育总数</a>" not in shown
    assert "plan=xzti" in shown.split("其他计划：")[1].split("</p>")[0]


def test_a_search_without_hits_says_so(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    assert "没有找到“火星”" in markup(visit(monkeypatch, url, PAGE, plan="jxfs", find="火星"))


def test_one_kind_can_be_read_alone(monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]) -> None:
    app = visit(monkeypatch, url, PAGE, plan="jxfs")
    shown = markup(next(box for box in app.button_group if box.key == "library_kind").set_value("money").run())
    table = shown.split('<table class="list promises">')[1]
    assert table.count('<td class="kind"') == len(plans["jxfs"].money)


def test_units_stand_with_code_and_validity(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    zones = markup(visit(monkeypatch, url, PAGE, plan="jxdf"))
    assert "无行政区划代码，本系统用 JX-JK" in zones
    reform = markup(visit(monkeypatch, url, PAGE, plan="hznr"))
    assert "至2021年4月8日" in reform
    assert "2021年4月9日起" in reform


def test_what_does_not_agree_between_plans_stands_at_the_end(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    shown = markup(visit(monkeypatch, url, PAGE, plan="jxfs"))
    assert "计划之间的出入（14 处）" in shown
    assert all(f'id="X-{number:02d}"' in shown for number in range(1, 15))
    assert "十百千" in shown.split('<ul class="slogans">')[1]


def test_the_page_reads_in_english(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    shown = markup(visit(monkeypatch, url, PAGE, plan="jxfs", lang="en"))
    assert "Clause by clause" in shown
    assert "Factory stores nurtured" in shown
