"""The task page: late, due, done and undated, each state with its word and shape, each leading to its cell."""

import re
from pathlib import Path

import pytest

from metrics.plan import Plan
from tests.pages.visits import markup, said, visit

PAGE = "plans/milestones"


def cells(shown: str, row: str) -> str:
    """The row of a table in which a text stands first."""
    return next(line for line in shown.split("<tr>") if row in line)


def list_of(shown: str, state: str) -> str:
    return next((part for part in shown.split("<details") if f'id="{state}"' in part), "").split("</details>")[0]


def test_the_title_counts_tasks_by_state_and_no_percentage_stands_on_the_page(monkeypatch, sample_url):
    shown = markup(visit(monkeypatch, sample_url, PAGE, plan="jxdf", period="2022Q4"))
    assert "44 项任务，25 项已完成；2 项逾期未完成、3 项本季到期、1 项到期未报送" in shown
    assert "%" not in re.sub(r'href="[^"]*"', "", shown)


def test_the_nine_rows_of_annex_2_stand_by_quarter_as_printed(monkeypatch, sample_url):
    shown = markup(visit(monkeypatch, sample_url, PAGE, plan="jxdf", period="2022Q4"))
    annex = shown.split('class="annex"')[1].split("</table>")[0]
    assert annex.count("<tr><th") == 9 + 1
    assert re.findall(r'<th scope="col">(2022年.季度)', annex) == [f"2022年{n}季度" for n in "一二三四"]
    first = cells(annex, "1. 体制机制建设")
    assert 'data-quarter="2022年一季度"><ul><li>整合工作纳入领导小组职责</li><li>实施方案起草并印发</li></ul>' in first
    assert first.count('class="nothing"') == 1
    assert "完善保障体系" in first


def test_first_quarter_tasks_are_marked_as_due_at_issue_with_the_days_that_were_left(monkeypatch, sample_url):
    shown = markup(visit(monkeypatch, sample_url, PAGE, plan="jxdf", period="2022Q2"))
    annex = shown.split('class="annex"')[1].split("</table>")[0]
    assert annex.count("印发时即到期") == 3
    assert "方案 2022年3月30日 印发，距期限只有 1 天。" in annex
    assert "☆" in cells(annex, "1. 体制机制建设") and "逾期完成" in cells(annex, "1. 体制机制建设")


def test_a_task_of_two_departments_shows_each_by_name(monkeypatch, sample_url):
    shown = markup(visit(monkeypatch, sample_url, PAGE, plan="jxdf", period="2022Q4"))
    line = cells(list_of(shown, "late"), "扩大内需挖掘·三季度")
    assert "2 家中 1 家已完成" in line
    assert line.index("逾期未完成 · 推进中") < line.index("市发展改革委</a>") < line.index("已完成</span>")


def test_what_has_no_deadline_is_called_so_and_is_not_late(monkeypatch, sample_url):
    shown = markup(visit(monkeypatch, sample_url, PAGE, plan="jxfs", period="2025Q3"))
    undated = list_of(shown, "no_deadline")
    assert "“五进”行动" in undated and "持续推进（原文无期限）" in undated and "推进中" in undated
    assert "“五进”行动" not in list_of(shown, "late")


def test_a_yearly_task_stands_once_a_year_with_its_deadline_marked_as_assumed(monkeypatch, sample_url):
    shown = markup(visit(monkeypatch, sample_url, PAGE, plan="jxfs", period="2025Q3"))
    assert "年度推介资金安排（2024年度）" in list_of(shown, "done")
    upcoming = cells(list_of(shown, "upcoming"), "年度推介资金安排（2025年度）")
    assert "2025年12月31日（推定）" in upcoming


def test_every_state_on_the_page_has_its_word_and_its_shape(monkeypatch, sample_url):
    shown = markup(visit(monkeypatch, sample_url, PAGE, plan="jxdf", period="2022Q4"))
    lamps = re.findall(
        r'class="lamp is-task-(\w+)"[^>]*><span class="shape" aria-hidden="true">(.)</span>([^<]+)<', shown
    )
    assert {state for state, _, _ in lamps} >= {"late", "due", "no_report", "no_deadline", "done_late", "done"}
    assert all(words.strip() for _, _, words in lamps)
    assert len({shape for _, shape, _ in lamps}) == len({state for state, _, _ in lamps})


def test_one_department_sees_its_own_tasks_and_the_address_says_whose(monkeypatch, sample_url):
    app = visit(monkeypatch, sample_url, PAGE, plan="jxdf", period="2022Q4", owner="JX-FGW")
    shown = markup(app)
    assert "3 项任务，2 项已完成；1 项逾期未完成" in shown
    assert "体制机制建设" not in shown
    assert said(app, "owner") == "JX-FGW"


def test_the_board_counts_by_unit_and_quarter_of_the_deadline(monkeypatch, sample_url):
    shown = markup(visit(monkeypatch, sample_url, PAGE, plan="jxdf", period="2022Q4"))
    board = shown.split('class="board"')[1].split("</table>")[0]
    row = cells(board, "市发展改革委")
    third = row.split('data-quarter="2022年三季度"')[1].split("</td>")[0]
    assert "逾期未完成 1" in third
    assert "owner=JX-FGW" in row


def test_a_status_leads_to_the_file_the_sheet_and_the_cell(monkeypatch, sample_url):
    query = {"plan": "jxdf", "period": "2022Q4", "task": "a2-7-q3", "by": "JX-FGW"}
    shown = markup(visit(monkeypatch, sample_url, PAGE, **query))
    assert "示例-嘉兴市发展改革委-2022Q4.xlsx" in shown
    assert "工作表「任务进展」D6" in shown
    grid = shown.split('class="sheet"')[1].split("</table>")[0]
    assert re.search(r'<td class="marked"><div>推进中</div>', grid)
    linked = [part for part in shown.split("<a ") if "task=a2-7-q3" in part and "by=JX-FGW" in part]
    assert linked and all("#origin" in part for part in linked)


def test_a_past_moment_shows_the_states_known_then(monkeypatch, sample_url):
    query = {"plan": "jxdf", "period": "2022Q4", "known": "2022-12-31T23:59"}
    shown = markup(visit(monkeypatch, sample_url, PAGE, **query))
    assert "嘉交会举办（2022年度）" not in list_of(shown, "done")


def test_before_anybody_reported_the_tasks_show_with_the_way_to_begin(monkeypatch, tmp_path: Path):
    shown = markup(visit(monkeypatch, f"duckdb:///{tmp_path / 'empty.duckdb'}", PAGE, plan="xzti", period="2023Q4"))
    assert "还没有单位报送任务进展" in shown
    assert "25 项任务，0 项已完成" in shown
    assert 'href="/submit?' in shown


def test_english_names_states_tasks_and_quarters(monkeypatch, sample_url):
    shown = markup(visit(monkeypatch, sample_url, PAGE, plan="jxdf", period="2022Q4", lang="en"))
    assert "44 tasks, 25 done; 2 late, 3 due this quarter" in shown
    assert "Document, meeting record" not in shown
    assert "1. Institutions" in shown and "2022 Q1" in shown and "Due at issue" in shown


@pytest.mark.parametrize("plan", ["jxfs", "jxdf", "xzti", "hznr", "scec"])
def test_every_plan_lists_all_its_tasks(monkeypatch, sample_url, plans: dict[str, Plan], plan: str):
    shown = markup(visit(monkeypatch, sample_url, PAGE, plan=plan, period=str(plans[plan].end.year - 1) + "Q4"))
    assert all(milestone.name.zh in shown for milestone in plans[plan].milestones if milestone.row is None)


def test_a_department_that_owes_only_tasks_has_a_page_and_a_template(monkeypatch, sample_url):
    app = visit(monkeypatch, sample_url, "progress/unit", plan="jxfs", period="2025Q3", unit="JX-CZJ")
    assert not app.exception
    shown = markup(app)
    assert "方案中有 1 项任务由本单位填报进展" in shown
    assert "/milestones?plan=jxfs&period=2025Q3&units=jx7&owner=JX-CZJ" in shown
