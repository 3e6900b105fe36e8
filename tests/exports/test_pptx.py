"""The deck, reopened as PowerPoint would: same figures, native charts, marks on every slide."""

import io
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Inches

from exports import EXPORTS, CardError
from metrics.result import Result
from tests.builders import words
from tests.exports.worlds import allocated, composite, everyone, floor, stores

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def deck(result: Result, indicator: str | None = None, language: str = "zh_CN") -> Any:
    return Presentation(io.BytesIO(EXPORTS["pptx"](result, indicator, language=language)))


def charts(opened: Any) -> list[Any]:
    return [shape.chart for slide in opened.slides for shape in slide.shapes if shape.has_chart]


def said(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def cells(opened: Any) -> list[list[str]]:
    tables = [shape.table for slide in opened.slides for shape in slide.shapes if shape.has_table]
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows]


def series(chart: Any) -> dict[str, list[float | None]]:
    return {found.name: list(found.values) for plot in chart.plots for found in plot.series}


@pytest.mark.parametrize("world", everyone())
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_way_a_figure_can_be_fills_a_deck(world: str, language: str) -> None:
    assert len(deck(everyone()[world], language=language).slides) >= 3


def test_the_slides_are_16_to_9_and_their_typefaces_are_set_once_in_the_theme() -> None:
    opened = deck(stores())
    assert (opened.slide_width, opened.slide_height) == (Inches(13.333), Inches(7.5))
    theme = etree.fromstring(opened.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob)
    for kind in ("majorFont", "minorFont"):
        [fonts] = theme.iter(A + kind)
        assert fonts.find(A + "ea").get("typeface") == "微软雅黑"
        assert fonts.find(A + "latin").get("typeface") == "Arial"
    for slide in opened.slides:
        assert list(slide._element.iter(A + "ea")) == []


def test_every_slide_bears_plan_version_quarter_completeness_marks_and_page() -> None:
    result = stores(sample=True)
    result = replace(result, plan=replace(result.plan, status="draft"))
    for number, slide in enumerate(deck(result).slides, 1):
        text = said(slide)
        for needed in (
            "示例数据",
            "1（征求意见稿）",
            "数据截至2025年9月30日",
            "范围：7地",
            "报送 0/7",
            "含全部已发布报送",
        ):
            assert needed in text
        fields = [f.findtext(A + "t") for f in slide._element.iter(A + "fld") if f.get("type") == "slidenum"]
        assert fields == [str(number)]
        assert slide.shapes.title.text_frame.text


def test_real_and_issued_figures_bear_no_mark() -> None:
    result = stores()
    for slide in deck(replace(result, plan=replace(result.plan, status="issued"))).slides:
        assert "示例数据" not in said(slide)
        assert "征求意见稿" not in said(slide)


def test_the_notes_name_the_workbooks_the_quarter_and_the_version() -> None:
    result = replace(stores(), files={"330402": "南湖区 三季度.xlsx"})
    for slide in deck(result).slides:
        notes = slide.notes_slide.notes_text_frame.text
        assert "《南湖区 三季度.xlsx》" in notes
        assert "计划版本：1" in notes
        assert "2025年9月30日" in notes
    assert "本季没有报送文件" in deck(stores()).slides[0].notes_slide.notes_text_frame.text


def test_the_figures_are_those_of_the_progress_table() -> None:
    """The city's 126 of 300, 42.0 %, 16.3 points behind."""
    opened = deck(stores())
    assert "门店" not in said(opened.slides[0])
    row = next(row for row in cells(opened) if len(row) == 7 and row[0] == "工厂店培育总数")
    assert row[1:6] == ["126家", "300家", "2026年底", "42.0%", "−16.3"]
    attainment = next(c for c in charts(opened) if "完成率（%）" in series(c))
    assert series(attainment) == {"完成率（%）": [42.0], "未完成（%）": [58.0]}
    assert any("慢 16.3 个百分点" in said(slide) for slide in opened.slides)


def test_money_in_a_chart_is_the_money_that_is_written() -> None:
    opened = deck(allocated([125 * 10**7, *[10**8] * 6], 10**10, money=True), "shops")
    units = next(c for c in charts(opened) if "本地目标" in series(c))
    assert series(units)["实际"] == [12.5, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]
    assert series(units)["本地目标"] == [100.0] * 7
    assert "12.5亿元" in {cell for row in cells(opened) for cell in row}


def test_every_chart_is_native_and_carries_its_workbook() -> None:
    found = charts(deck(stores()))
    assert len(found) >= 4
    for chart in found:
        book = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        sheet = book.worksheets[0]
        columns = {sheet.cell(1, n).value: n for n in range(2, sheet.max_column + 1)}
        for name, values in series(chart).items():
            assert [sheet.cell(row, columns[name]).value for row in range(2, len(values) + 2)] == values


def test_a_target_of_its_own_is_a_dash_on_the_axes_of_the_bars() -> None:
    chart = next(c for c in charts(deck(allocated([120, 61, 57, 50, 40, 20, 0]))) if "本地目标" in series(c))
    bars, lines = chart.plots
    assert [found.name for found in lines.series] == ["本地目标"]
    axes = [[axis.get("val") for axis in plot._element.findall("{*}axId")] for plot in (bars, lines)]
    assert axes[0] == axes[1]


def test_the_assumed_path_is_dashed_and_named_assumed() -> None:
    chart = next(c for c in charts(deck(stores())) if "序时（推算）" in series(c))
    [assumed] = [found for found in chart.plots[0].series if found.name == "序时（推算）"]
    assert assumed.format.line.dash_style is not None


def test_a_unit_without_a_report_is_a_gap_and_never_a_zero() -> None:
    units = charts(deck(stores((20, None, 15, 12, 25, 16, 20)), "stores"))[-1]
    assert list(units.plots[0].categories)[-1] == "秀洲\n未报送"
    assert series(units)["实际"][-1] is None


def test_pictures_charts_and_tables_say_in_words_what_they_show() -> None:
    for slide in deck(floor()).slides:
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table or shape.shape_type == 13:
                assert shape._element.xpath(".//p:cNvPr")[0].get("descr")


def test_names_cannot_break_the_file() -> None:
    result = stores()
    nasty = "<a:t>&amp;]]> ${x} {{ y }}"
    indicator = replace(result.plan.indicators["stores"], name=words("工厂店"), measure=words(nasty))
    plan = replace(result.plan, indicators={"stores": indicator})
    opened = deck(replace(result, plan=plan, files={"330402": nasty + "\x0b\x01"}))
    assert "<a:t>&amp;]]>" in opened.slides[0].notes_slide.notes_text_frame.text


def test_an_office_may_bring_its_own_template(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    own = Presentation()
    own.slide_width, own.slide_height = Inches(13.333), Inches(7.5)
    own.slide_master.name = "市府办"
    own.slides.add_slide(own.slide_layouts[0]).shapes.title.text_frame.text = "旧幻灯片"
    own.save(str(tmp_path / "deck.pptx"))
    monkeypatch.setenv("DASHBOARD_TEMPLATES", str(tmp_path))
    opened = deck(stores())
    assert opened.slide_master.name == "市府办"
    assert all("旧幻灯片" not in said(slide) for slide in opened.slides)


def test_a_template_of_another_shape_is_refused_in_one_sentence(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    Presentation().save(str(tmp_path / "deck.pptx"))
    monkeypatch.setenv("DASHBOARD_TEMPLATES", str(tmp_path))
    with pytest.raises(CardError, match="须为16:9宽屏"):
        deck(stores())


def test_the_notes_leave_out_those_who_do_not_report_under_the_unit_set() -> None:
    result = replace(stores(), files={"330402": "南湖.xlsx", "JX-JK": "经开.xlsx"})
    notes = deck(result).slides[0].notes_slide.notes_text_frame.text
    assert "《南湖.xlsx》" in notes
    assert "经开" not in notes


@pytest.mark.parametrize("world", ["twenty-one units", "long names", "mixed"])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_nothing_reaches_below_the_slide(world: str, language: str) -> None:
    opened = deck(everyone()[world], language=language)
    for slide in opened.slides:
        for shape in slide.shapes:
            height = sum(row.height for row in shape.table.rows) if shape.has_table else shape.height
            assert shape.top + height <= opened.slide_height


def test_both_goals_minimums_and_who_has_sent_get_a_slide_of_their_own() -> None:
    titles = [slide.shapes.title.text_frame.text for slide in deck(composite()).slides]
    assert "双千亿：2项中1项已达标，新增内销额还差360.0亿元" in titles
    titles = [slide.shapes.title.text_frame.text for slide in deck(floor()).slides]
    assert "集聚区：7地中5地达标，海宁差3个、嘉善差1个" in titles
    assert "应报7个单位均未报送" in titles
