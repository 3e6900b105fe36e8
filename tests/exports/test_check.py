"""An exported file comes back: what is stale, what was edited by hand, what is not ours."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation

from exports import EXPORTS
from exports import stamp as stamp_module
from exports.check import check_file
from exports.fields import records
from exports.findings import Finding, message
from exports.jobs import check_file as checked_outside
from exports.jobs import read_stamp
from exports.seal import FIGURES
from exports.stamp import code
from exports.unseal import unseal
from metrics.result import Result
from tests.exports.worlds import allocated, share, stores

OFFICE = ("xlsx", "docx", "pptx")


def changed(data: bytes, change: Callable[[object], None]) -> bytes:
    """The workbook after somebody edited it and saved it again."""
    book = load_workbook(io.BytesIO(data))
    change(book.worksheets[0])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def told(data: bytes, form: str, result: Result) -> list[str]:
    return [message(finding) for finding in check_file(data, f"a.{form}", result)]


def a_store_more(result: Result) -> Result:
    """The same quarter after one county has corrected its figure."""
    table = result.progress.copy()
    row = table.index[table["unit"] == "330402"][0]
    table.at[row, "actual"] += Decimal(1)
    return replace(result, progress=table)


@pytest.mark.parametrize("form", OFFICE)
def test_a_file_as_it_was_written_has_no_finding(form: str) -> None:
    for result in (stores(), share(), allocated([120, 61, 57, 50, 40, 20, 0])):
        assert told(EXPORTS[form](result), form, result) == []


def test_a_changed_cell_is_named_with_what_it_was() -> None:
    result = stores()

    def change(sheet) -> None:
        sheet["D5"] = 150

    assert told(changed(EXPORTS["xlsx"](result), change), "xlsx", result) == [
        "进度!D5 工厂店培育总数 全市 实际 被改动：现为“150”，导出时是“126”。"
    ]


def test_a_formula_in_the_place_of_a_figure_is_an_edit() -> None:
    result = stores()

    def change(sheet) -> None:
        sheet["D5"] = "=100+26"

    [said] = told(changed(EXPORTS["xlsx"](result), change), "xlsx", result)
    assert "现为“=100+26”，导出时是“126”" in said


def test_sorted_rows_and_notes_beside_the_table_are_no_edit_but_a_lost_row_is() -> None:
    result = stores()

    def sort(sheet) -> None:
        first, second = ([cell.value for cell in sheet[n]] for n in (6, 7))
        for n, row in ((6, second), (7, first)):
            for column, value in enumerate(row, 1):
                sheet.cell(n, column, value)
        sheet["N6"] = "请核实 999"

    def drop(sheet) -> None:
        sheet.delete_rows(6)

    assert told(changed(EXPORTS["xlsx"](result), sort), "xlsx", result) == []
    [said] = told(changed(EXPORTS["xlsx"](result), drop), "xlsx", result)
    assert "已删去：“工厂店培育总数 南湖" in said


@pytest.mark.parametrize("form", OFFICE)
def test_a_figure_that_moved_on_is_named_with_both_values(form: str) -> None:
    before = stores()
    [said] = told(EXPORTS[form](before), form, a_store_more(before))
    assert said == "工厂店培育总数 南湖 已过时：文件里是实际 20，现在是实际 21。"


def test_a_workbook_saved_by_libreoffice_has_its_truth_values_as_formulas_and_they_are_no_edit() -> None:
    before = stores()
    book = load_workbook(io.BytesIO(EXPORTS["xlsx"](before)))
    for row in book.worksheets[2].iter_rows(min_row=2):
        for cell in row:
            if isinstance(cell.value, bool):
                cell.value = f"={str(cell.value).upper()}()"
    stream = io.BytesIO()
    book.save(stream)
    assert told(stream.getvalue(), "xlsx", before) == []
    assert [f.kind for f in check_file(stream.getvalue(), "a.xlsx", a_store_more(before))] == ["stale"]


def test_stale_and_edited_are_told_apart_in_one_file() -> None:
    before = stores()

    def change(sheet) -> None:
        sheet["D5"] = 150

    kinds = [f.kind for f in check_file(changed(EXPORTS["xlsx"](before), change), "a.xlsx", a_store_more(before))]
    assert kinds == ["stale", "edited"]


def test_a_figure_edited_on_a_slide_is_named_with_its_page() -> None:
    result = stores()
    deck = Presentation(io.BytesIO(EXPORTS["pptx"](result)))
    page, cell = next(
        (n, shape.table.cell(1, 1))
        for n, slide in enumerate(deck.slides, 1)
        for shape in slide.shapes
        if shape.has_table and shape.table.cell(1, 1).text == "126家"
    )
    cell.text = "151家"
    stream = io.BytesIO()
    deck.save(stream)
    assert told(stream.getvalue(), "pptx", result) == [f"第{page}页 被改动：现为“151家”，导出时是“126家”。"]


def test_a_figure_edited_in_the_brief_is_named_and_new_wording_alone_is_not() -> None:
    result = stores()
    brief = Document(io.BytesIO(EXPORTS["docx"](result)))
    sentence = next(p for p in brief.paragraphs if "126" in p.text)
    original = sentence.text
    sentence.text = original.replace("126", "162")
    brief.add_paragraph("请各地抓紧推进。")
    stream = io.BytesIO()
    brief.save(stream)
    [found] = check_file(stream.getvalue(), "a.docx", result)
    assert (found.kind, found.place) == ("edited", "正文")
    assert "162" in found.found and "126" in found.exact


def test_an_edited_table_is_named_by_its_row_and_an_edited_chart_by_its_slide() -> None:
    result = stores()
    brief = Document(io.BytesIO(EXPORTS["docx"](result)))
    brief.tables[0].cell(1, 1).paragraphs[0].runs[0].text = "151家"
    stream = io.BytesIO()
    brief.save(stream)
    [found] = check_file(stream.getvalue(), "a.docx", result)
    assert (found.place, found.found) == ("表格“工厂店培育总数”一行", "151家")
    deck = Presentation(io.BytesIO(EXPORTS["pptx"](result)))
    page, chart = next((n, s.chart) for n, slide in enumerate(deck.slides, 1) for s in slide.shapes if s.has_chart)
    value = next(v for v in chart._chartSpace.iter("{*}v") if v.text and v.text.replace(".", "").isdigit())
    value.text = "987654"
    stream = io.BytesIO()
    deck.save(stream)
    assert f"第{page}页图表" in {found.place for found in check_file(stream.getvalue(), "a.pptx", result)}


def test_a_file_of_another_quarter_plan_or_range_is_said_to_be() -> None:
    result = stores()
    data = EXPORTS["pptx"](result)
    later = replace(result, as_of=result.as_of + 1)
    assert told(data, "pptx", later) == ["这份文件是2025年三季度的，不是2025年四季度的。"]
    other = replace(result, plan=replace(result.plan, plan="another"))
    assert "这份文件属于另一个方案" in told(data, "pptx", other)[0]
    assert "单位范围" in told(data, "pptx", replace(result, unit_set="jx9"))[0]


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04 broken"])
def test_what_is_not_ours_is_said_in_one_sentence(data: bytes) -> None:
    assert [finding.kind for finding in check_file(data, "x.xlsx", stores())] == ["unknown"]


def test_a_seal_that_was_tampered_with_counts_as_lost() -> None:
    result = stores()
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(EXPORTS["pptx"](result))) as source,
        zipfile.ZipFile(stream, "w") as target,
    ):
        for member in source.infolist():
            broken = b'<figures xmlns="urn:progress-dashboard:figures">AAAA</figures>'
            target.writestr(member.filename, broken if member.filename == FIGURES else source.read(member))
    sealed = unseal(stream.getvalue())
    assert sealed is not None and sealed.stamp["code"] == code(result) and sealed.records is None
    assert [f.kind for f in check_file(stream.getvalue(), "a.pptx", result)] == ["unsealed"]


def test_the_code_is_that_of_the_data_and_not_of_the_day_or_the_language() -> None:
    result = stores()
    assert code(result) == code(stores())
    assert code(result) != code(a_store_more(result))
    for form in OFFICE:
        assert EXPORTS[form](result) == EXPORTS[form](result)
        assert read_stamp(EXPORTS[form](result, language="en"))["code"] == code(result)


def test_the_code_is_worked_out_once_for_a_result_and_anew_for_another_of_the_same_quarter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    result, asked = stores(), []
    monkeypatch.setattr(stamp_module, "records", lambda one: asked.append(one) or records(one))
    first = code(result)
    EXPORTS["html"](result)
    assert (code(result), len(asked)) == (first, 1)
    other = replace(result, progress=result.progress.assign(actual=Decimal(1)))
    assert other == result and code(other) != first


def test_the_check_runs_in_a_process_of_its_own() -> None:
    result = stores()
    assert checked_outside(b"nothing", "b.docx", result, "zh_CN") == [Finding("unknown", found="b.docx")]
    assert checked_outside(EXPORTS["xlsx"](result), "a.xlsx", result, "zh_CN") == []
