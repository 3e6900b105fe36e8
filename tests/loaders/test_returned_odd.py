"""The returned workbook of files that are odd, old, hostile or not workbooks at all."""

import io
import re

import openpyxl
import pytest
from openpyxl.comments import Comment

from loaders import sandbox
from loaders.formats.guard import check_zip
from loaders.formats.reader import read_workbook
from loaders.problem import Problem
from loaders.returned import write_returned
from loaders.returned.marks import LIST_MARK, TINTS
from tests.loaders import cells, old_excel, zips
from tests.loaders.rich import HEAD, LIST, NOTED, SHEET, WRONG, changed, colour, listed, parts, returned, rich

VBA = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"


def _types() -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/></Types>'
    )


def test_a_missing_cell_is_put_where_it_belongs_and_takes_the_style_of_its_column():
    sheet = (
        '<cols><col min="3" max="3" width="9" style="1"/></cols><sheetData><row r="2" spans="1:1">'
        '<c r="A2"><v>1</v></c><c r="E2"><v>5</v></c></row><row r="9"/></sheetData>'
    )
    styles = (
        '<fonts count="1"><font><sz val="11"/></font></fonts>'
        '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf fontId="0" fillId="0" borderId="0"/>'
        '<xf numFmtId="10" fontId="0" fillId="0" borderId="0"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    )
    data = zips.packed(zips.parts(sheet, styles=styles) | {"[Content_Types].xml": _types()})
    faults = [Problem("error", "negative", "表", cell) for cell in ("C2", "F2", "B9", "A5", "A12", "A1")]
    book = returned(data, *faults)
    assert all(colour(book, "表", fault.cell) == TINTS["error"] for fault in faults)
    assert book["表"]["C2"].number_format == "0.00%"
    xml = parts(write_returned(data, "a.xlsx", faults))["xl/worksheets/sheet1.xml"].decode()
    assert re.findall(r' r="([A-Z]+\d+)"', xml) == ["A1", "A2", "C2", "E2", "F2", "A5", "B9", "A12"]
    assert "spans" not in xml


def _with_macros() -> bytes:
    related = f'<Relationship Id="rM" Type="{VBA}" Target="vbaProject.bin"/></Relationships>'
    kind = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Override'
    plain, with_macros = "openxmlformats-officedocument.spreadsheetml.sheet.main", "ms-excel.sheet.macroEnabled.main"
    data = changed(rich(), "xl/_rels/workbook.xml.rels", lambda xml: xml.replace("</Relationships>", related))
    data = changed(
        data, "[Content_Types].xml", lambda xml: xml.replace(plain, with_macros).replace("<Override", kind, 1)
    )
    return zips.packed(parts(data) | {"xl/vbaProject.bin": b"\xd0\xcf macros"})


def test_macros_are_left_out_and_the_list_says_so():
    out = write_returned(_with_macros(), "带宏.xlsm", [WRONG])
    after = parts(out)
    assert not [name for name in after if "vba" in name]
    assert b"vba" not in after["xl/_rels/workbook.xml.rels"] + after["[Content_Types].xml"]
    assert b"macroEnabled" not in after["[Content_Types].xml"]
    assert "不含宏" in openpyxl.load_workbook(io.BytesIO(out))[LIST]["A4"].value


def test_a_strict_workbook_is_marked_in_its_own_dialect():
    data = _strict()
    out = write_returned(data, "a.xlsx", [Problem("error", "negative", "表", "A1")])
    assert zips.STRICT_RELATIONS.encode() in parts(out)["xl/worksheets/_rels/sheet1.xml.rels"]
    workbook = read_workbook(out, "a.xlsx")
    assert [sheet.name for sheet in workbook.sheets] == [LIST, "表"]
    assert workbook.sheets[1].cells[1, 1].value == "1"


def _strict() -> bytes:
    styles = (
        '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>'
        '<cellXfs count="1"><xf fontId="0" fillId="0" borderId="0"/></cellXfs>'
    )
    made = zips.parts(
        zips.rows("<c><v>1</v></c>"), styles=styles, namespace=zips.STRICT, relations=zips.STRICT_RELATIONS
    )
    return zips.packed(made | {"[Content_Types].xml": _types()})


@pytest.mark.parametrize("name", ["旧表.xls", "表.csv", "网页.xls"])
def test_other_kinds_come_back_as_a_copy_of_their_values(name):
    data = {
        "旧表.xls": old_excel.xls(),
        "表.csv": "指标,数\n工厂店,=1+1\n".encode("gb18030"),
        "网页.xls": "<html><table><tr><td>指标</td><td>=1+1</td></tr></table></html>".encode(),
    }[name]
    read = read_workbook(data, name)
    place = next(iter(read.sheets[0].cells.values()))
    book = returned(data, Problem("error", "negative", read.sheets[0].name, place.address), name=name)
    assert "不是 .xlsx" in book[LIST]["A4"].value
    assert book[read.sheets[0].name][place.address].value == place.value
    assert colour(book, read.sheets[0].name, place.address) == TINTS["error"]
    assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    again = read_workbook(write_returned(data, name, []), "a.xlsx").sheets[1]
    assert {at: cell.value for at, cell in again.cells.items()} == {
        at: c.value for at, c in read.sheets[0].cells.items()
    }


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04 nothing", zips.overlapping()])
def test_a_file_that_cannot_be_opened_gives_the_list_alone(data):
    book = returned(data, Problem("error", "file_damaged"))
    assert book.sheetnames == [LIST]
    assert listed(book)[0][2] == "整个文件" and "无法打开" in book[LIST]["A4"].value


def test_a_part_nobody_foresaw_is_copied_by_its_values_instead():
    odd = changed(rich(), "xl/styles.xml", lambda xml: re.sub(r"<cellXfs.*</cellXfs>", "<cellXfs/>", xml))
    book = returned(odd, WRONG)
    assert "内部结构特殊" in book[LIST]["A4"].value and book[SHEET]["B2"].value == 12


def test_a_child_that_dies_over_a_file_costs_the_marks_and_not_the_list(monkeypatch):
    monkeypatch.setattr(sandbox.sys, "executable", "/bin/false")
    assert listed(returned(rich(), WRONG))[0][:4] == (1, "必须改正", SHEET, "B2")


def test_words_that_look_like_formulas_or_markup_stay_words():
    evil = Problem("error", "not_a_number", SHEET, "B2", '=HYPERLINK("http://x")<&\x01"\'')
    book = returned(rich(), evil, why="=1+1")
    found = book[LIST].cell(HEAD, 5)
    assert found.value == '=HYPERLINK("http://x")<&"\'' and found.data_type == "s"
    assert "=1+1" in book[LIST]["A5"].value and book[LIST]["A5"].data_type == "s"


def test_the_returned_file_passes_the_guard_like_any_other():
    out = write_returned(rich(), "a.xlsx", [WRONG, NOTED])
    assert check_zip(out).testzip() is None
    assert read_workbook(out, "a.xlsx").sheets[0].at(1, 8).value == LIST_MARK


def test_notes_of_a_drawing_with_unclosed_tags_are_added_all_the_same():
    book = openpyxl.load_workbook(io.BytesIO(rich()))
    book[SHEET]["C1"].comment = Comment("二", "李四")
    data = cells.saved(book)
    drawing = next(name for name in parts(data) if name.endswith(".vml"))
    data = changed(data, drawing, lambda xml: xml.replace("</xml>", "<br></xml>"))
    assert returned(data, WRONG)[SHEET]["B2"].comment


def test_a_file_whose_notes_have_no_boxes_or_boxes_no_notes_gets_both():
    sheet, related = "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"
    boxless = changed(rich(), sheet, lambda xml: re.sub(r"<legacyDrawing[^>]*>", "", xml))
    boxless = changed(boxless, related, lambda xml: re.sub(r"<Relationship [^>]*vmlDrawing[^>]*>", "", xml))
    book = returned(boxless, WRONG)
    assert book[SHEET]["B2"].comment and book[SHEET]["A2"].comment.text == "县里自己的批注"
    after = parts(write_returned(boxless, "a.xlsx", [WRONG]))
    assert after[sheet].count(b"<legacyDrawing") == 1 and b"vmlDrawing" in after[related]
    noteless = changed(rich(), related, lambda xml: re.sub(r"<Relationship [^>]*/comments\"[^>]*>", "", xml))
    after = parts(write_returned(noteless, "a.xlsx", [WRONG]))
    assert after[sheet].count(b"<legacyDrawing") == 1
    assert returned(noteless, WRONG)[SHEET]["B2"].comment.text.startswith("【退回件】")


@pytest.mark.parametrize(
    "data",
    [
        zips.lie_about_size(rich(), "xl/styles.xml", 10),
        zips.set_flag(rich(), 1),
        changed(rich(), "xl/workbook.xml", lambda xml: xml.replace("<workbook", "<!DOCTYPE x><workbook", 1)),
        changed(rich(), "xl/worksheets/sheet1.xml", lambda xml: xml.replace("</row>", "", 1)),
        rich()[:-300],
    ],
    ids=["size lies", "encrypted", "doctype", "not well-formed", "cut off"],
)
def test_whatever_is_done_to_a_file_the_sender_gets_a_list_that_opens(data):
    book = returned(data, WRONG)
    assert listed(book)[0][:4] == (1, "必须改正", SHEET, "B2")
    assert book.sheetnames == [LIST]


def test_part_names_in_another_case_are_the_same_part():
    moved = {name.replace("xl/styles.xml", "xl/Styles.XML"): content for name, content in parts(rich()).items()}
    after = parts(write_returned(zips.packed(moved), "a.xlsx", [WRONG]))
    assert TINTS["error"].encode() in after["xl/Styles.XML"] and "xl/styles.xml" not in after
