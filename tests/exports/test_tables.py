"""json, csv, xlsx and pdf: the contract's fields, safe to open, and one value everywhere."""

import csv
import io
import json
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from exports import EXPORTS, card_data
from exports.fields import FIELDS
from metrics.result import Result
from tests.builders import a_plan, a_target, an_indicator, words
from tests.exports.worlds import a_result, allocated, share, stores

EXPECTED_FIELDS = [
    "indicator",
    "unit",
    "as_of",
    "kind",
    "baseline",
    "target",
    "comparison",
    "deadline",
    "expected",
    "actual",
    "attainment",
    "lead",
    "gap",
    "status",
    "provisional",
    "units_expected",
    "units_reported",
    "units_stale",
    "missing_units",
    "passing_units",
    "shortfall",
    "pace_average",
    "pace_recent",
    "pace_required",
    "forecast_low",
    "forecast_high",
    "eta",
    "rank",
    "path",
    "tags",
]


def as_json(result: Result) -> dict[str, Any]:
    return dict(json.loads(EXPORTS["json"](result)))


def as_csv(result: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(EXPORTS["csv"](result).decode("utf-8-sig"))))


def as_book(result: Result, indicator: str | None = None) -> Any:
    return load_workbook(io.BytesIO(EXPORTS["xlsx"](result, indicator)))


def pdf_text(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def test_the_fields_are_those_of_the_contract() -> None:
    assert list(FIELDS) == EXPECTED_FIELDS


def test_json_says_which_plan_version_quarter_moment_and_units() -> None:
    document = as_json(replace(stores(), known_at=datetime(2025, 10, 12, 9, 30)))
    assert {key: document[key] for key in document if key != "rows"} == {
        "plan": "jxfs",
        "plan_version": "1",
        "as_of": "2025Q3",
        "known_at": "2025-10-12T09:30:00",
        "unit_set": "jx7",
    }
    assert list(document["rows"][0]) == EXPECTED_FIELDS
    assert document["rows"][0]["unit"] == "330400"


def test_unknown_is_null_and_empty_never_zero() -> None:
    result = stores((None, 18, 15, 12, 25, 16, 20))
    row = as_json(result)["rows"][1]
    assert (row["unit"], row["actual"], row["target"]) == ("330402", None, None)
    assert as_csv(result)[1]["actual"] == ""


def test_money_is_whole_yuan_and_a_percentage_has_one_decimal() -> None:
    row = as_json(allocated([125 * 10**7] * 7, 10**10, money=True))["rows"][0]
    assert row["actual"] == 8750000000
    assert isinstance(row["actual"], int)
    assert row["attainment"] == 12.5
    assert as_json(share())["rows"][0]["actual"] == 40.0


def test_a_bare_number_is_scored_as_at_least_and_says_so_to_machines() -> None:
    bare = a_plan([an_indicator("stores")], [a_target("stores", 100, "2026-12-31", comparison="=")])
    result = a_result(bare, {"stores": {}})
    assert result.progress["comparison"].iloc[0] == "="
    assert as_json(result)["rows"][0]["comparison"] == ">="
    assert as_csv(result)[0]["comparison"] == ">="


def test_invented_data_says_so_in_every_form_people_read() -> None:
    result = stores(sample=True)
    assert as_json(result)["sample"] is True
    assert "示例数据" in str(as_book(result).worksheets[0]["A3"].value)
    assert "示例数据" in pdf_text(EXPORTS["pdf"](result))


def test_one_figure_has_one_value_everywhere() -> None:
    """The city's 126 of 300, 42.0 %, 16.3 points behind, 174 to go."""
    result = stores()
    row, line = as_json(result)["rows"][0], as_csv(result)[0]
    assert (row["actual"], row["attainment"], row["lead"], row["gap"]) == (126, 42.0, -16.3, 174)
    assert (line["actual"], line["attainment"], line["lead"], line["gap"]) == ("126", "42.0", "-16.3", "174")

    sheet = as_book(result).worksheets[0]
    heads = {sheet.cell(4, n).value: n for n in range(1, sheet.max_column + 1)}
    cells = [sheet.cell(5, heads[name]).value for name in ("实际", "完成率", "比序时（百分点）", "差目标")]
    assert [float(cell) for cell in cells] == [126, 42.0, -16.3, 174]

    table = pdf_text(EXPORTS["pdf"](result))
    assert all(words_ in table for words_ in ("126", "42.0%", "−16.3", "174"))

    card = card_data(result, "progress", "stores")
    assert card["city"]["strong"] == "42.0%"  # type: ignore[index]
    assert card["city"]["small"] == "126 / 300家"  # type: ignore[index]
    assert card["city"]["label"]["text"] == "慢 16.3"  # type: ignore[index]
    drawn = pdf_text(EXPORTS["pdf"](result, "stores", card="progress")).replace(" ", "")
    assert "42.0%" in drawn
    assert "126/300家" in drawn
    assert card_data(result, "waterfall", "stores")["steps"][-1]["amount"] == "126"  # type: ignore[index]
    assert card_data(result, "scorecard")["city"][0]["cells"][0]["text"] == "126"  # type: ignore[index]
    assert card_data(result, "tilegrid", "stores")["city"]["big"] == "42.0"  # type: ignore[index]


def test_the_document_is_a4_with_fonts_embedded_and_page_numbers() -> None:
    reader = PdfReader(io.BytesIO(EXPORTS["pdf"](allocated([120, 61, 57, 50, 40, 20, 0]))))
    page = reader.pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 595)
    assert "第 1 页 共 1 页" in page.extract_text().replace("第1页共1页", "第 1 页 共 1 页")
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert all("NotoSansCJKsc" in font["/BaseFont"] for font in fonts)


def test_the_workbook_has_frozen_headings_a_chart_and_a_print_layout() -> None:
    book = as_book(stores(), "stores")
    sheet, chart, fields = book.worksheets
    assert sheet.freeze_panes == "C5"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.auto_filter.ref == "A4:M12"
    assert len(chart._charts) == 1
    assert [cell.value for cell in fields[1]] == EXPECTED_FIELDS


def test_numbers_are_numbers_with_a_format_that_hides_nothing() -> None:
    sheet = as_book(allocated([125 * 10**7] * 7, 10**10, money=True)).worksheets[0]
    row = {sheet.cell(4, n).value: sheet.cell(6, n) for n in range(1, sheet.max_column + 1)}
    assert (row["实际"].value, row["实际"].number_format) == (12.5, "#,##0.0")
    assert row["完成率"].number_format == '0.0"%"'


def test_the_charts_schedule_is_rounded_half_up_like_every_figure() -> None:
    result = allocated([40] * 7)
    table = result.progress.assign(expected=Decimal(49), target=Decimal(400))  # 12.25 %
    chart = as_book(replace(result, progress=table)).worksheets[1]
    assert [cell.value for cell in chart[1]] == ["单位", "完成率", "序时（占目标）"]
    assert chart["C2"].value == 12.3


@pytest.mark.parametrize("start", ["=1+1", "+1+1", "-1+1", "@SUM(A1)"])
def test_a_name_that_looks_like_a_formula_stays_a_name(start: str) -> None:
    result = stores()
    indicator = replace(result.plan.indicators["stores"], name=words(start))
    result = replace(result, plan=replace(result.plan, indicators={"stores": indicator}))
    for sheet in as_book(result).worksheets:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert as_book(result).worksheets[0]["A5"].value == start


def test_csv_disarms_texts_but_leaves_negative_numbers_alone() -> None:
    from exports.as_csv import cell

    assert cell("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert cell("=") == "="
    assert cell(-16.3) == "-16.3"
    assert cell(["missing:2025Q2", "shared:3"]) == "missing:2025Q2|shared:3"
