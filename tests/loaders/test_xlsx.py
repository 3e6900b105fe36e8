"""What a cell keeps on its way out of an xlsx: value, address, flags, and how it was shown."""

import io
from datetime import date, datetime

import openpyxl
import pytest

from loaders.formats.guard import check_zip
from loaders.formats.xlsx import read_xlsx
from loaders.problem import Refused
from loaders.workbook import Cell, Sheet, Workbook, address, from_plain, position, to_plain
from tests.loaders import cells, zips


def opened(data: bytes) -> Workbook:
    return read_xlsx(check_zip(data))


def first(sheet: str, **more: str) -> Sheet:
    return opened(zips.packed(zips.parts(sheet, **more))).sheets[0]


@pytest.fixture
def feature_book() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "数据填报"
    sheet["B2"], sheet["B3"], sheet["B4"] = "工厂店", 12, 0.1 + 0.2
    sheet["C2"], sheet["C3"] = date(2025, 9, 30), datetime(2025, 9, 30, 8, 30)
    sheet["D2"], sheet["D3"] = 0.8, 0.125
    sheet["D2"].number_format = sheet["D3"].number_format = "0.0%"
    sheet["E2"], sheet["E3"] = "=SUM(B3:B4)", True
    sheet["F2"] = "#REF!"
    sheet["F2"].data_type = "e"
    return book


def test_cells_keep_their_address_and_exact_value(feature_book: openpyxl.Workbook):
    sheet = opened(cells.saved(feature_book)).sheets[0]
    assert sheet.name == "数据填报"
    assert sheet.at(2, 2) == Cell(2, 2, "text", "工厂店")
    assert sheet.at(3, 2) == Cell(3, 2, "number", "12")
    assert sheet.at(4, 2) == Cell(4, 2, "number", "0.3")
    assert sheet.at(4, 2).address == "B4"
    assert sheet.at(1, 1) is None


def test_dates_percentages_and_errors_are_told_apart(feature_book: openpyxl.Workbook):
    sheet = opened(cells.saved(feature_book)).sheets[0]
    assert (sheet.at(2, 3).kind, sheet.at(2, 3).value) == ("date", "2025-09-30")
    assert sheet.at(3, 3).value == "2025-09-30T08:30:00"
    assert (sheet.at(2, 4).value, sheet.at(2, 4).shown, sheet.at(2, 4).style) == ("0.8", "80%", "percent")
    assert sheet.at(3, 4).shown == "12.5%"
    assert (sheet.at(3, 5).kind, sheet.at(3, 5).value) == ("bool", "1")
    assert (sheet.at(2, 6).kind, sheet.at(2, 6).value) == ("error", "#REF!")


def test_a_formula_without_result_is_not_an_empty_cell(feature_book: openpyxl.Workbook):
    assert opened(cells.saved(feature_book)).sheets[0].at(2, 5).kind == "uncached"


@pytest.mark.parametrize(
    ("formula", "mark"),
    [("SUM(A2:A3)", "formula"), ("[1]Sheet1!A1", "external"), ("TODAY()", "volatile"), ("RAND()*2", "volatile")],
)
def test_a_formula_keeps_its_result_and_what_kind_it_is(formula: str, mark: str):
    sheet = first(zips.rows(f'<c r="A1"><f>{formula}</f><v>12</v></c>'))
    assert (sheet.at(1, 1).value, sheet.at(1, 1).formula) == ("12", mark)


def test_a_formula_that_gives_empty_text_is_blank_text():
    cell = first(zips.rows('<c r="A1" t="str"><f>IF(1,"","")</f><v></v></c>')).at(1, 1)
    assert (cell.kind, cell.value) == ("text", "")


@pytest.mark.parametrize("format_id", [14, 22, 27, 30, 31, 36, 50, 57, 58])
def test_chinese_built_in_date_ids_are_dates(format_id: int):
    styles = f'<cellXfs><xf numFmtId="0"/><xf numFmtId="{format_id}"/></cellXfs>'
    cell = first(zips.rows('<c r="A1" s="1"><v>45565</v></c>'), styles=styles).at(1, 1)
    assert (cell.kind, cell.value) == ("date", "2024-09-30")


@pytest.mark.parametrize(
    ("code", "style"),
    [
        ("yyyy&quot;年&quot;m&quot;月&quot;", "date"),
        ("[$-804]yyyy/m/d;@", "date"),
        ("0.00%", "percent"),
        ("#,##0.00_ ;[Red]-#,##0.00", "general"),
        ("0&quot;家&quot;", "general"),
        ("0&quot;%&quot;", "general"),
        ("0.0E+00", "general"),
        ("General", "general"),
        ("@", "text"),
    ],
)
def test_a_number_format_has_a_class(code: str, style: str):
    styles = f'<numFmts><numFmt numFmtId="176" formatCode="{code}"/></numFmts>'
    styles += '<cellXfs><xf numFmtId="0"/><xf numFmtId="176"/></cellXfs>'
    assert first(zips.rows('<c r="A1" s="1"><v>45565</v></c>'), styles=styles).at(1, 1).style == style


def test_the_1904_calendar_is_heard():
    styles = '<cellXfs><xf numFmtId="14"/></cellXfs>'
    sheet = first(zips.rows('<c r="A1" s="0"><v>44103</v></c>'), styles=styles, book='<workbookPr date1904="1"/>')
    assert sheet.at(1, 1).value == "2024-09-30"


def test_the_strict_dialect_has_its_sheets():
    strings = "<si><t>工厂店</t></si>"
    sheet = '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="d"><v>2025-09-30</v></c></row></sheetData>'
    data = zips.parts(sheet, strings=strings, namespace=zips.STRICT, relations=zips.STRICT_RELATIONS)
    found = opened(zips.packed(data)).sheets[0]
    assert (found.at(1, 1).value, found.at(1, 2).kind) == ("工厂店", "date")


def test_prefixed_names_rich_text_and_phonetic_guides_are_read():
    strings = "<si><r><t>工厂</t></r><r><t>店</t></r><rPh><t>gongchang</t></rPh></si>"
    assert first(zips.rows('<c r="A1" t="s"><v>0</v></c>'), strings=strings).at(1, 1).value == "工厂店"
    body = '<x:sheetData xmlns:x="{0}"><x:row><x:c t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c></x:row></x:sheetData>'
    assert first(body.format(zips.NS)).at(1, 1).value == "甲"


def test_cells_without_addresses_count_on():
    sheet = first("<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData>")
    assert {cell.address: cell.value for cell in sheet.cells.values()} == {"A1": "1", "B1": "2", "A2": "3"}


def test_hidden_rows_columns_and_sheets_are_marked():
    book = openpyxl.Workbook()
    book.active.append(["a", "b", "c"])
    book.active.append(["1", "2", "3"])
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True
    book.create_sheet("藏").sheet_state = "hidden"
    book.create_sheet("_meta").sheet_state = "veryHidden"
    found = opened(cells.saved(book))
    assert (found.sheets[0].hidden_rows, found.sheets[0].hidden_columns) == ({2}, {2})
    assert [sheet.state for sheet in found.sheets] == ["visible", "hidden", "veryHidden"]


def test_values_hidden_under_a_merge_are_kept_apart():
    sheet = first(
        '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    )
    assert list(sheet.rows[1]) == [1]
    assert sheet.covered == {(1, 2): (1, 1)}
    assert sheet.spread(1, 2).value == "1"


@pytest.mark.parametrize(
    "sheet",
    [
        zips.rows('<c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c>'),
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>',
        '<dimension ref="A1:XFD1048576"/>' + zips.rows('<c r="A1"><v>1</v></c>'),
        zips.rows('<c r="A1"><v>1</v></c>') + '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        zips.rows('<c r="A1"><v>1</v></c>') + '<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>',
        '<cols><col min="1" max="16384" hidden="1"/></cols>' + zips.rows('<c r="A1"><v>1</v></c>'),
    ],
)
def test_far_cells_and_huge_ranges_cost_nothing(sheet: str):
    found = first(sheet)
    assert found.at(1, 1).value == "1"
    assert len(found.cells) <= 2
    assert len(found.covered) < 10


@pytest.mark.parametrize("place", ["XFE1", "A1048577", "A100000000000000", "AAAAA1", "A0"])
def test_a_cell_beyond_the_grid_is_refused(place: str):
    with pytest.raises(Refused) as refused:
        first(zips.rows(f'<c r="{place}"><v>1</v></c>'))
    assert refused.value.values["reason"] == "cell_outside"


def test_a_text_longer_than_excel_allows_is_refused():
    with pytest.raises(Refused, match="text_too_long"):
        first(zips.rows(f'<c r="A1" t="inlineStr"><is><t>{"x" * 50_000}</t></is></c>'))


def test_a_lying_count_of_strings_reserves_nothing():
    data = zips.parts(
        zips.rows('<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>99</v></c>'), strings="<si><t>甲</t></si>"
    )
    data["xl/sharedStrings.xml"] = data["xl/sharedStrings.xml"].replace("<sst ", '<sst uniqueCount="4294967295" ')
    found = opened(zips.packed(data)).sheets[0]
    assert found.at(1, 1).value == "甲"
    assert found.at(1, 2) is None


def test_broken_markup_is_a_damaged_file():
    with pytest.raises(Refused, match="file_damaged"):
        first("<sheetData><row><c>")


def test_another_kind_of_archive_is_told_apart():
    with pytest.raises(Refused, match="file_wrong_kind"):
        opened(zips.packed({"content.xml": "<a/>", "mimetype": "application/vnd.oasis.opendocument.spreadsheet"}))


@pytest.mark.parametrize(
    ("part", "mark"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/externalLinks/externalLink1.xml", "external_links"),
        ("xl/connections.xml", "connections"),
    ],
)
def test_macros_and_links_leave_a_mark_and_are_not_run(part: str, mark: str):
    data = zips.parts(zips.rows('<c r="A1"><v>1</v></c>'))
    assert opened(zips.packed({**data, part: "<a/>"})).marks == {mark}


def test_a_workbook_crosses_from_the_child_unchanged(feature_book: openpyxl.Workbook):
    found = opened(cells.saved(feature_book))
    assert from_plain(to_plain(found)) == found


def test_addresses_are_written_and_read():
    assert [address(1, 1), address(7, 26), address(7, 27), address(1048576, 16384)] == ["A1", "Z7", "AA7", "XFD1048576"]
    assert position("$C$7") == (7, 3)
    assert position("XFD1048576") == (1048576, 16384)
    for wrong in ("7", "C", "", "C7x", "七7"):
        with pytest.raises(ValueError):
            position(wrong)


def test_it_reads_what_openpyxl_reads():
    book = openpyxl.Workbook()
    for row in range(1, 30):
        book.active.append([f"行{row}", row * 1.1, row])
    data = cells.saved(book)
    theirs = openpyxl.load_workbook(io.BytesIO(data)).active
    ours = opened(data).sheets[0]
    assert {(c.row, c.column) for line in theirs.iter_rows() for c in line} == set(ours.cells)
    assert all(float(ours.at(row, 2).value) == pytest.approx(theirs.cell(row, 2).value) for row in range(1, 30))
