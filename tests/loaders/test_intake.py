"""End to end: a template goes out, comes back filled, and is saved as a whole or not at all."""

import io
import itertools
import json
import re
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from loaders.__main__ import main
from loaders.found import Form
from loaders.intake import load, load_many
from loaders.problem import Problem, message, place
from loaders.template import fill_template, write_template
from loaders.verdict import gather
from locales import LANGUAGES, catalogue
from metrics.period import Period
from metrics.plan import Plan
from store.actuals import actuals, origins
from store.audit import list_entries
from store.database import Database, open_database
from store.originals import read_original
from store.submissions import list_submissions
from tests.loaders import cells

Q3 = Period(2025, 3)
NOW = datetime(2025, 10, 8, 9, 30)
CODE = "91350100M000100Y43"
STORE = {"name": "示例甲店", "uscc": CODE, "address": "甲路1号", "opened": "2025-03-04", "own_products": "yes"}
SECOND = {**STORE, "name": "示例乙店", "address": "乙路2号", "opened": "2025-04-05"}


TEMPLATES: dict[tuple[str, str, Period, str], bytes] = {}


def blank(plan: Plan, unit: str = "330402", period: Period = Q3, language: str = "zh_CN") -> bytes:
    """An empty template; each is written once for all tests."""
    key = (plan.plan, unit, period, language)
    if key not in TEMPLATES:
        TEMPLATES[key] = write_template(plan, unit, period, language=language)
    return TEMPLATES[key]


def filled(plan: Plan, figures=None, rosters=None, unit: str = "330402", language: str = "zh_CN") -> bytes:
    return fill_template(blank(plan, unit, Q3, language), plan, figures or {}, rosters or {})


def send(database: Database, plans: dict[str, Plan], data: bytes, name: str = "南湖.xlsx", **more):
    return load(database, plans, data, name, now=NOW, who="张三", **more)


def codes(verdict) -> list[tuple[str, str, str]]:
    return [(problem.code, problem.sheet, problem.cell) for problem in verdict.problems]


def test_a_filled_template_is_accepted_and_its_figures_stand_in_the_store(database, plans):
    plan = plans["jxdf"]
    data = filled(plan, {("domestic-sales-new", "value"): Decimal("120000000"), ("bases-2025", "value"): 3})
    verdict = send(database, plans, data)
    assert verdict.verdict == "accepted_with_notices"
    assert [code for code, _, _ in codes(verdict)] == ["figures_blank"]
    assert (verdict.plan, verdict.unit, verdict.period) == ("jxdf", "330402", Q3)
    saved = actuals(database, plan)
    sales = saved[saved["indicator"] == "domestic-sales-new"].iloc[0]
    assert (sales["number"], sales["unit"], sales["period"]) == (Decimal(120_000_000), "330402", "2025Q3")
    origin = origins(database, plan, "domestic-sales-new", "330402", "2025Q3").iloc[0]
    assert (origin["sheet"], origin["shown"]) == ("数据填报", "1.2")
    assert origin["file_name"] == "南湖.xlsx"


def test_a_template_with_everything_filled_has_nothing_to_say(database, plans):
    plan = plans["jxfs"]
    layout = set(_asked(plan))
    verdict = send(database, plans, filled(plan, dict.fromkeys(layout, 3)))
    assert (verdict.verdict, verdict.problems) == ("accepted", [])


def _asked(plan: Plan) -> list[tuple[str, str]]:
    book = openpyxl.load_workbook(io.BytesIO(blank(plan)))
    rows = [row for row in book["_meta"].iter_rows(values_only=True) if len(row) >= 4 and row[3]]
    return [(str(row[2]), str(row[3])) for row in rows if row[3] in ("value", "numerator", "denominator")]


def test_counts_come_from_the_roster_and_differ_aloud(database, plans):
    plan = plans["jxfs"]
    verdict = send(database, plans, filled(plan, {("stores", "value"): 5}, {"stores": [STORE, SECOND]}))
    differs = next(problem for problem in verdict.problems if problem.code == "count_differs")
    assert (differs.severity, differs.sheet, differs.found) == ("notice", "数据填报", "5")
    assert differs.values["counted"] == "2"
    saved = actuals(database, plan)
    stores = saved[saved["indicator"] == "stores"].iloc[0]
    assert (stores["number"], stores["basis"], stores["reported"]) == (2, "derived", 5)


def test_three_planted_faults_are_told_with_their_cells_and_nothing_is_saved(database, plans):
    plan = plans["jxfs"]
    rows = [{**STORE, "uscc": "91350100M000100Y44"}, {**SECOND, "closed": "2024-01-01"}]
    data = filled(plan, {("stores", "value"): "约120"}, {"stores": rows})
    verdict = send(database, plans, data)
    assert (verdict.verdict, verdict.submission) == ("rejected", None)
    errors = {(p.code, p.sheet) for p in verdict.errors}
    assert errors == {
        ("number_not_exact", "数据填报"),
        ("credit_code_check", "工厂店名册"),
        ("date_order", "工厂店名册"),
    }
    assert all(problem.cell for problem in verdict.errors)
    assert list_submissions(database).empty
    assert actuals(database, plan).empty
    assert read_original(database, verdict.sha256) == data
    (entry,) = list_entries(database).to_dict("records")
    assert (entry["who"], entry["action"], entry["detail"]["verdict"]) == ("张三", "load", "rejected")


def test_the_same_file_again_changes_nothing_and_says_so(database, plans):
    data = filled(plans["jxfs"], {("stores", "value"): 5})
    first = send(database, plans, data)
    version = database.data_version()
    again = send(database, plans, data, "另一个名字.xlsx")
    assert (again.verdict, again.submission, again.duplicate) == ("accepted_with_notices", first.submission, True)
    assert codes(again) == [("already_loaded", "", "")]
    assert database.data_version() == version
    assert len(list_submissions(database)) == 1


def test_a_changed_file_replaces_the_standing_one_as_a_whole(database, plans):
    plan = plans["jxfs"]
    send(database, plans, filled(plan, {("stores", "value"): 5, ("clusters-city", "value"): 2}))
    send(database, plans, filled(plan, {("stores", "value"): 6}))
    saved = actuals(database, plan)
    assert list(zip(saved["indicator"], saved["number"], strict=True)) == [("stores", 6)]


def test_a_rehearsal_has_the_verdict_and_keeps_nothing(database, plans):
    verdict = send(database, plans, filled(plans["jxfs"], {("stores", "value"): 5}), save=False)
    assert verdict.accepted and verdict.submission is None and verdict.draft is not None
    assert list_submissions(database).empty
    assert list_entries(database).empty


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"unit": "330411"}, "unit_differs"),
        ({"period": Period(2025, 2)}, "period_differs"),
        ({"plan": "jxdf"}, "plan_differs"),
    ],
)
def test_a_template_of_another_unit_quarter_or_plan_than_the_form_is_rejected(database, plans, form, code):
    verdict = send(database, plans, filled(plans["jxfs"], {("stores", "value"): 5}), **form)
    assert verdict.verdict == "rejected"
    assert [problem.code for problem in verdict.problems] == [code]


def test_an_english_template_is_read_as_well(database, plans):
    data = filled(plans["jxfs"], {("stores", "value"): 2}, {"stores": [STORE, SECOND]}, language="en")
    verdict = send(database, plans, data)
    assert verdict.accepted
    assert verdict.draft is not None and len(verdict.draft.roster_rows) == 2
    assert verdict.draft.roster_rows[0].values["own_products"] == "yes"


def test_not_applicable_unknown_and_zero_are_kept_apart(database, plans):
    plan = plans["jxfs"]
    figures = {("stores", "value"): None, ("clusters-city", "value"): "不详", ("promo-events", "value"): 0}
    verdict = send(database, plans, filled(plan, figures))
    saved = actuals(database, plan).set_index("indicator")["number"]
    assert saved["stores"] is None
    assert saved["promo-events"] == 0
    assert "clusters-city" not in saved.index
    assert "value_unknown" in [problem.code for problem in verdict.problems]


def test_an_empty_template_is_rejected(database, plans):
    verdict = send(database, plans, blank(plans["jxfs"]))
    assert codes(verdict) == [("nothing_filled", "", "")]


def test_a_stock_that_fell_by_half_and_a_jump_of_ten_thousand_are_noticed(database, plans):
    plan = plans["jxfs"]
    before = fill_template(
        blank(plan, period=Period(2025, 2)),
        plan,
        {("stores", "value"): 100, ("promo-events", "value"): 3},
        {},
    )
    assert send(database, plans, before).accepted
    verdict = send(database, plans, filled(plan, {("stores", "value"): 40, ("promo-events", "value"): 30000}))
    assert verdict.verdict == "accepted_with_notices"
    assert {"fell_by_half", "jumped"} <= {problem.code for problem in verdict.problems}


def edited(data: bytes, change) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    return cells.saved(book)


def test_rows_and_columns_inserted_into_a_template_do_not_shift_figures(database, plans):
    plan = plans["jxfs"]
    data = filled(plan, {("stores", "value"): 5, ("star-stock", "value"): 2}, {"stores": [STORE]})

    def insert(book: openpyxl.Workbook) -> None:
        book["数据填报"].insert_rows(6)
        book["工厂店名册"].insert_cols(3)
        book["工厂店名册"].insert_rows(5)

    verdict = send(database, plans, edited(data, insert))
    assert verdict.accepted
    assert verdict.draft is not None
    assert {f.indicator: f.number for f in verdict.draft.figures} == {"stores": 5, "star-stock": 2}
    assert verdict.draft.roster_rows[0].values["uscc"] == CODE
    assert "column_moved" in [problem.code for problem in verdict.problems]


def test_a_template_whose_labels_were_overwritten_is_rejected(database, plans):
    data = filled(plans["jxfs"], {("stores", "value"): 5})

    def overwrite(book: openpyxl.Workbook) -> None:
        sheet = book["数据填报"]
        row = next(cell.row for cell in sheet["A"] if cell.value == "工厂店培育总数")
        sheet.cell(row, 1).value = "别的"

    verdict = send(database, plans, edited(data, overwrite))
    assert [problem.code for problem in verdict.errors] == ["layout_changed"]


def test_a_deleted_sheet_is_missed_and_a_differing_copy_refused(database, plans):
    data = filled(plans["jxfs"], {("stores", "value"): 5})
    verdict = send(database, plans, edited(data, lambda book: book.remove(book["工厂店名册"])))
    assert ("sheet_missing", "工厂店名册", "") in codes(verdict)

    def rename(book: openpyxl.Workbook) -> None:
        book["工厂店名册"].title = "工厂店"

    renamed = send(database, plans, edited(data, rename))
    (problem,) = renamed.errors
    assert (problem.code, problem.sheet) == ("sheet_renamed", "工厂店")
    assert "改回“工厂店名册”" in message(problem)
    assert "sheet_ignored" not in {one.code for one in renamed.problems}

    def copy(book: openpyxl.Workbook) -> None:
        book.copy_worksheet(book["数据填报"]).title = "数据填报 (2)"
        book["数据填报 (2)"]["F6"] = 99

    assert ("sheet_copy_differs", "数据填报 (2)", "") in codes(send(database, plans, edited(data, copy)))


def test_a_template_of_an_older_version_is_read_with_a_notice(database, plans):
    data = filled(plans["jxfs"], {("stores", "value"): 5})

    def older(book: openpyxl.Workbook) -> None:
        for row in book["_meta"].iter_rows(max_col=2):
            if row[0].value == "template_version":
                row[1].value = "0"

    verdict = send(database, plans, edited(data, older))
    assert verdict.accepted
    assert "template_old" in [problem.code for problem in verdict.problems]


@pytest.mark.parametrize("key", ["plan", "unit", "period"])
def test_a_template_whose_identity_was_spoilt_is_rejected(database, plans, key: str):
    data = filled(plans["jxfs"], {("stores", "value"): 5})

    def spoil(book: openpyxl.Workbook) -> None:
        for row in book["_meta"].iter_rows(max_col=2):
            if row[0].value == key:
                row[1].value = "zzz"

    verdict = send(database, plans, edited(data, spoil))
    assert verdict.verdict == "rejected"
    assert verdict.problems[0].code in ("plan_unknown", "unit_not_reporting", "template_broken")


def test_a_template_that_lost_its_hidden_sheet_is_read_by_its_words(database, plans):
    plan = plans["jxfs"]
    data = filled(plan, {("stores", "value"): 2, ("star-stock", "value"): 1}, {"stores": [STORE, SECOND]})
    with_meta = send(database, plans, data, save=False)
    without = send(database, plans, edited(data, lambda book: book.remove(book["_meta"])), save=False)
    assert without.accepted and without.unit == "330402" and without.period == Q3
    assert with_meta.draft is not None and without.draft is not None
    assert without.draft.figures == with_meta.draft.figures
    assert without.draft.roster_rows == with_meta.draft.roster_rows


def test_a_countys_own_csv_is_loaded_with_a_form(database, plans):
    lines = "2025年三季度工厂店情况\n指标,本季数\n工厂店培育总数,126\n".encode("gb18030")
    verdict = send(database, plans, lines, "表.csv", plan="jxfs", unit="330402", period=Q3)
    assert (verdict.verdict, codes(verdict)) == ("accepted_with_notices", [("absent", "", "")])
    assert verdict.draft is not None
    assert [(f.indicator, f.number, f.cell) for f in verdict.draft.figures] == [("stores", 126, "B3")]


def test_a_wrong_total_names_both_places(database, plans):
    rows = [["单位", "工厂店培育总数"], ["南湖区", 40], ["秀洲区", 35], ["合计", 85]]
    verdict = send(database, plans, cells.xlsx(rows), plan="jxfs", unit="330402", period=Q3)
    (problem,) = verdict.errors
    assert (problem.code, problem.cell, problem.found) == ("total_differs", "B4", "85")
    assert (problem.values["cells"], problem.values["sum"]) == ("B2:B3", "75")


def test_many_files_are_judged_each_by_itself(database, plans):
    good = filled(plans["jxfs"], {("stores", "value"): 5})
    other = filled(plans["jxdf"], {("bases-2025", "value"): 1})
    files = [(good, "好.xlsx"), (b"PK\x03\x04", "坏.xlsx"), (other, "另.xlsx")]
    verdicts = list(load_many(database, plans, files, now=NOW, who="张三", form=Form()))
    assert [verdict.verdict for verdict in verdicts] == ["accepted_with_notices", "rejected", "accepted_with_notices"]
    assert len(list_submissions(database)) == 2
    assert len(list_entries(database)) == 3


def test_the_json_line_has_what_a_program_needs(database, plans):
    verdict = send(database, plans, filled(plans["jxfs"], {("stores", "value"): "约120"}))
    line = verdict.as_json("en")
    assert list(line) == ["file", "verdict", "plan", "unit", "period", "submission", "problems"]
    (problem,) = [one for one in line["problems"] if one["severity"] == "error"]
    assert list(problem) == ["severity", "code", "sheet", "cell", "found", "message"]
    assert (problem["sheet"], problem["cell"], problem["found"]) == ("数据填报", "F6", "约120")
    assert "exact figure" in problem["message"]
    assert json.loads(json.dumps(line)) == line


def test_the_commands_write_check_and_load_a_template(tmp_path: Path, plans, capsys):
    url, out = f"duckdb:///{tmp_path / 'x.duckdb'}", tmp_path / "n.xlsx"
    asked = ["template", "--plan", "jxfs", "--unit", "330402", "--period", "2025Q3", "--out", str(out)]
    assert main([*asked, "--database", url]) == 0
    empty = out.read_bytes()
    out.write_bytes(fill_template(empty, plans["jxfs"], {("stores", "value"): 2}, {"stores": [STORE, SECOND]}))
    wrong = tmp_path / "wrong.xlsx"
    wrong.write_bytes(empty[:-100])
    assert main(["load", str(out), "--database", url]) == 0
    assert main(["load", str(out), str(wrong), "--database", url, "--language", "en"]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["verdict"] for line in lines] == ["accepted_with_notices", "accepted_with_notices", "rejected"]
    assert lines[1]["problems"][0]["code"] == "already_loaded"
    assert lines[2]["problems"][0]["message"].startswith("The file is damaged")
    assert main([*asked, "--database", url]) == 0
    assert main(["check"]) == 0
    assert main(["load", str(tmp_path / "none.xlsx"), "--database", url]) == 2
    assert main(["load", str(out), "--unit", "999", "--database", url]) == 2


def test_the_next_template_carries_over_what_was_sent(tmp_path: Path, plans):
    url, out = f"duckdb:///{tmp_path / 'x.duckdb'}", tmp_path / "n.xlsx"
    opened = open_database(url)
    send(opened, plans, filled(plans["jxfs"], {("stores", "value"): 2}, {"stores": [STORE]}))
    opened.close()
    asked = ["template", "--plan", "jxfs", "--unit", "330402", "--period", "2025Q4", "--out", str(out)]
    assert main([*asked, "--database", url]) == 0
    sheet = openpyxl.load_workbook(out)["工厂店名册"]
    assert CODE in [cell.value for row in sheet.iter_rows() for cell in row]


def test_many_notices_of_one_kind_are_told_as_one_and_errors_one_by_one():
    notices = [Problem("notice", "unit_in_cell", "表", f"B{n}", f"{n}家", {"number": n}) for n in range(1, 9)]
    errors = [Problem("error", "error_value", "表", f"C{n}", "#REF!") for n in range(1, 9)]
    gathered = gather([*notices, *errors, *errors])
    assert [problem.severity for problem in gathered] == ["error"] * 8 + ["notice"]
    assert gathered[-1].values["alike"] == 8
    assert "共 8 处" in message(gathered[-1])


def test_notices_with_numbers_of_their_own_are_told_one_by_one():
    notices = [Problem("notice", "count_differs", "表", f"B{n}", f"{n}") for n in range(1, 9)]
    assert gather(notices) == notices


def test_a_figure_in_another_unit_than_the_printed_one_is_sent_back(database, plans):
    data = filled(plans["jxdf"], {("domestic-sales-new", "value"): 1})

    def change(book: openpyxl.Workbook) -> None:
        sheet = book["数据填报"]
        row = next(cell.row for cell in sheet["A"] if cell.value == "外贸企业新增国内销售额")
        assert sheet.cell(row, 3).value == "亿元"
        sheet.cell(row, 3).value = "万元"

    verdict = send(database, plans, edited(data, change))
    (problem,) = verdict.errors
    assert (problem.code, problem.found, problem.cell[0]) == ("measure_differs", "万元", "C")
    assert "请按“亿元”填数" in message(problem)


def test_every_code_in_the_loaders_has_its_sentence_in_both_languages():
    source = "\n".join(file.read_text(encoding="utf-8") for file in Path("loaders").rglob("*.py"))
    calls = r'(?:error|noticed|Refused|Rule)\(\s*"(\w+)"|(?:say|Problem)\(\s*"(?:error|notice)",\s*"(\w+)"'
    used = set(itertools.chain.from_iterable(re.findall(calls, source))) - {""}
    used |= set(re.findall(r'Reading\(None, "(?:notice|error)", "(\w+)"', source))
    assert len(used) > 80
    for language in LANGUAGES:
        missing = {code for code in used if f"problem.{code}" not in catalogue(language)}
        assert missing == set()


def test_no_sentence_is_kept_for_a_fault_nobody_finds():
    source = "\n".join(file.read_text(encoding="utf-8") for file in Path("loaders").rglob("*.py"))
    marks = {"has_macros", "has_external_links", "has_embedded", "has_connections", "has_html"}
    marks |= {"formula_external", "formula_volatile"}
    keys = {key.removeprefix("problem.") for key in catalogue("zh_CN") if key.startswith("problem.")}
    assert {key for key in keys - marks if f'"{key}"' not in source} == set()


def test_a_place_is_written_as_people_say_it():
    assert place(Problem("error", "error_value", "数据填报", "C7")) == "“数据填报”C7"
    assert place(Problem("error", "sheet_missing", "数据填报")) == "“数据填报”"
    assert place(Problem("error", "file_empty")) == ""
