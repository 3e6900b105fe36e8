"""Tasks through the template: written, filled, read, checked, saved and led back to their cells."""

import io
from collections.abc import Mapping
from datetime import date, datetime

import openpyxl
import pytest

from loaders.intake import load
from loaders.problem import message
from loaders.template import fill_template, write_template
from loaders.template.meta import META_SHEET, Layout, read_meta
from loaders.verdict import Verdict
from metrics.milestones import milestone_states
from metrics.period import Period
from metrics.plan import Plan
from store.database import Database
from store.milestones import last_statuses, status_origins, statuses

Q3, NOW = Period(2025, 3), datetime(2025, 10, 9, 9, 0)
SHEET = "任务进展"
DONE = {"status": "done", "date": date(2025, 9, 12), "evidence": "嘉商务〔2025〕7号（示例）"}
Said = Mapping[str, Mapping[str, str | date | None]]


def opened(content: bytes) -> tuple[openpyxl.Workbook, Layout]:
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    return workbook, read_meta(workbook[META_SHEET].iter_rows(values_only=True))


def place(layout: Layout, milestone: str, field: str) -> str:
    return next(cell for (_, cell), what in layout.tasks.items() if what == (milestone, field))


def filled(plan: Plan, unit: str, said: Said, period: Period = Q3, **options: str) -> bytes:
    return fill_template(write_template(plan, unit, period, **options), plan, {}, {}, said)


def send(database: Database, plans: Mapping[str, Plan], content: bytes, now: datetime = NOW) -> Verdict:
    return load(database, dict(plans), content, "任务.xlsx", now=now, who="test")


def found(verdict: Verdict) -> list[tuple[str, str, str, str]]:
    return [(p.severity, p.code, p.sheet, p.cell) for p in verdict.problems]


@pytest.mark.parametrize(
    ("plan", "unit", "tasks"),
    [
        ("jxfs", "330402", ["m8", "m19", "m22", "m25"]),
        ("jxfs", "JX-CZJ", ["m17"]),
        ("jxfs", "JX-JXJ", ["m6", "m7"]),
        ("jxdf", "JX-HG", []),
        ("jxdf", "JX-FGW", ["a2-7-q2", "a2-7-q3", "a2-7-q4"]),
        ("hznr", "330106", ["m7", "m10", "m11", "m12", "m13", "m14", "m15", "m16", "m17", "m18", "m19", "m22"]),
        ("xzti", "330411101", ["m22", "m23"]),
        ("xzti", "330411002", []),
    ],
)
def test_the_sheet_lists_exactly_the_tasks_a_unit_answers_for(plans, plan, unit, tasks):
    _, layout = opened(write_template(plans[plan], unit, Period.of(plans[plan].end)))
    assert list(dict.fromkeys(milestone for milestone, _ in layout.tasks.values())) == tasks
    assert [milestone.milestone for milestone in plans[plan].milestones_of(unit)] == tasks


def test_a_task_whose_owner_is_not_stated_goes_to_the_lead_department_and_says_so(plans):
    workbook, layout = opened(write_template(plans["jxfs"], "JX-SWJ", Q3))
    row = place(layout, "m9", "status")[1:]
    assert "原文未写责任单位，由牵头部门填报" in workbook[SHEET][f"A{row}"].value
    assert workbook[SHEET][f"C{row}"].value == "持续推进（原文无期限）"
    named = place(layout, "m1", "status")[1:]
    assert "原文未写责任单位" not in workbook[SHEET][f"A{named}"].value


def test_every_row_shows_clause_printed_deadline_and_the_actions_of_annex_2(plans):
    workbook, layout = opened(write_template(plans["jxdf"], "JX-SWJ", Period(2022, 1)))
    sheet, row = workbook[SHEET], place(layout, "a2-1-q1", "status")[1:]
    assert [sheet[f"{letter}4"].value for letter in "ABCDEFG"] == [
        "任务", "条款", "期限（原文）", "状态", "完成日期", "文号或链接（佐证）", "备注",
    ]  # fmt: skip
    assert (sheet[f"B{row}"].value, sheet[f"C{row}"].value) == ("附件2 第1行", "2022年一季度")
    assert "· 实施方案起草并印发" in sheet[f"A{row}"].value


def test_a_yearly_task_names_the_year_it_asks_about(plans):
    workbook, layout = opened(write_template(plans["jxfs"], "JX-CZJ", Q3))
    row = place(layout, "m17", "status")[1:]
    assert workbook[SHEET][f"A{row}"].value == "年度推介资金安排（2025年度）"


def test_statuses_come_from_a_list_of_four(plans):
    workbook, layout = opened(write_template(plans["jxfs"], "JX-CZJ", Q3))
    rules = {str(rule.sqref): rule.formula1 for rule in workbook[SHEET].data_validations.dataValidation}
    assert rules[f"{place(layout, 'm17', 'status')}"] == '"未开始,推进中,已完成,不适用"'


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_filled_sheet_is_saved_with_the_cells_it_was_read_from(database, plans, language):
    said = {"m17": DONE | {"note": "两笔"}}
    content = filled(plans["jxfs"], "JX-CZJ", said, language=language)
    _, layout = opened(content)
    verdict = send(database, plans, content)
    assert (verdict.verdict, found(verdict)) == ("accepted", [])
    row = status_origins(database, plans["jxfs"], "m17", "JX-CZJ", Q3).iloc[0]
    assert (row["status"], row["done_on"], row["evidence"], row["note"]) == (
        "done", date(2025, 9, 12), DONE["evidence"], "两笔",
    )  # fmt: skip
    assert row["cells"]["status"] == place(layout, "m17", "status")


def test_a_blank_sheet_says_nothing_and_asks_for_nothing(database, plans):
    content = fill_template(
        write_template(plans["jxfs"], "JX-SWJ", Q3), plans["jxfs"], {("promo-events", "value"): 3}, {}
    )
    verdict = send(database, plans, content)
    assert verdict.accepted
    assert not any(code.startswith("task") for _, code, _, _ in found(verdict))
    assert statuses(database, plans["jxfs"]).empty


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"status": "大概完成"}, "task_status_unknown", "status"),
        ({"status": "逾期"}, "task_status_unknown", "status"),
        ({"status": "done", "evidence": "文件"}, "task_done_without_date", "date"),
        ({"status": "done", "date": date(2025, 10, 1), "evidence": "文件"}, "task_date_after_quarter", "date"),
        ({"status": "done", "date": date(2025, 9, 30)}, "task_done_without_evidence", "evidence"),
        ({"status": "under_way", "date": date(2025, 9, 30)}, "task_date_without_done", "status"),
        ({"evidence": "文件"}, "task_without_status", "status"),
        ({"status": "done", "date": "上个月", "evidence": "文件"}, "date_unclear", "date"),
    ],
)
def test_a_fault_names_its_cell_and_nothing_is_saved(database, plans, said, code, field):
    content = filled(plans["jxfs"], "JX-CZJ", {"m17": said})
    _, layout = opened(content)
    verdict = send(database, plans, content)
    assert verdict.verdict == "rejected"
    assert found(verdict) == [("error", code, SHEET, place(layout, "m17", field))]
    assert statuses(database, plans["jxfs"]).empty
    assert all(message(problem, language) for problem in verdict.problems for language in ("zh_CN", "en"))


def test_the_message_about_an_unknown_status_offers_the_four_and_says_that_lateness_is_computed(database, plans):
    verdict = send(database, plans, filled(plans["jxfs"], "JX-CZJ", {"m17": {"status": "逾期"}}))
    said = message(verdict.problems[0])
    assert "未开始、推进中、已完成、不适用" in said
    assert "按期限计算" in said


def test_a_date_before_the_plan_is_kept_and_noticed(database, plans):
    said = {"m17": DONE | {"date": date(2015, 9, 12)}}
    verdict = send(database, plans, filled(plans["jxfs"], "JX-CZJ", said))
    assert (verdict.verdict, [p.code for p in verdict.problems]) == ("accepted_with_notices", ["task_done_before_plan"])


def test_a_task_that_is_no_longer_done_is_noticed(database, plans):
    jxfs, second = plans["jxfs"], Period(2025, 2)
    send(database, plans, filled(jxfs, "JX-JXJ", {"m7": DONE | {"date": date(2025, 6, 1)}}, second))
    verdict = send(database, plans, filled(jxfs, "JX-JXJ", {"m7": {"status": "under_way"}}))
    assert [p.code for p in verdict.problems] == ["task_undone"]


def test_a_yearly_task_that_begins_anew_is_not_noticed(database, plans):
    jxfs, year_end = plans["jxfs"], Period(2024, 4)
    send(database, plans, filled(jxfs, "JX-CZJ", {"m17": DONE | {"date": date(2024, 12, 1)}}, year_end))
    verdict = send(database, plans, filled(jxfs, "JX-CZJ", {"m17": {"status": "under_way"}}))
    assert verdict.problems == []


def test_the_next_template_starts_from_what_was_published(database, plans):
    jxfs, fourth = plans["jxfs"], Period(2025, 4)
    send(database, plans, filled(jxfs, "JX-JXJ", {"m7": DONE, "m6": {"status": "under_way", "note": "已选址"}}))
    last = last_statuses(database, jxfs, "JX-JXJ", fourth)
    content = write_template(jxfs, "JX-JXJ", fourth, last_statuses=last)
    workbook, layout = opened(content)
    seen = {field: workbook[SHEET][place(layout, "m7", field)].value for field in ("status", "evidence")}
    assert seen == {"status": "已完成", "evidence": DONE["evidence"]}
    assert workbook[SHEET][place(layout, "m6", "note")].value == "已选址"
    assert send(database, plans, content, datetime(2026, 1, 9)).verdict == "accepted"
    found = milestone_states(jxfs, statuses(database, jxfs), fourth)
    mine = found[(found["unit"] == "JX-JXJ") & (found["milestone"] == "m7")].iloc[0]
    assert (mine["state"], mine["value_period"], mine["done_on"]) == ("done", "2025Q4", date(2025, 9, 12))


def test_an_inserted_row_does_not_shift_a_status_to_another_task(database, plans):
    workbook, _ = opened(filled(plans["jxfs"], "JX-JXJ", {"m6": {"status": "under_way"}, "m7": DONE}))
    workbook[SHEET].insert_rows(5)
    stream = io.BytesIO()
    workbook.save(stream)
    assert send(database, plans, stream.getvalue()).accepted
    assert dict(statuses(database, plans["jxfs"])[["milestone", "status"]].to_numpy()) == {
        "m6": "under_way",
        "m7": "done",
    }


def test_a_deleted_row_is_an_error_and_not_silence(database, plans):
    workbook, _ = opened(filled(plans["jxfs"], "JX-JXJ", {"m7": DONE}))
    workbook[SHEET].delete_rows(5)
    stream = io.BytesIO()
    workbook.save(stream)
    verdict = send(database, plans, stream.getvalue())
    assert [(p.code, p.sheet) for p in verdict.errors] == [("layout_changed", SHEET)]


def test_common_words_for_a_status_are_understood(database, plans):
    said = {"m6": {"status": "进行中"}, "m7": {"status": " 不适用 "}}
    assert send(database, plans, filled(plans["jxfs"], "JX-JXJ", said)).verdict == "accepted"
    assert list(statuses(database, plans["jxfs"])["status"]) == ["under_way", "not_applicable"]
