"""A workbook with everything a county may have put into it: what a returned one must not lose."""

import io
import re
import zipfile

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from PIL import Image as Picture

from loaders.problem import Problem
from loaders.returned import write_returned
from tests.loaders.cells import saved

RESULT = "4711"
SHEET, OTHER = "数据's 表", "附件"
NOTES_DRAWING = "xl/drawings/commentsDrawing1.vml"
WRONG = Problem("error", "number_not_exact", SHEET, "B2", "约12")
NOTED = Problem("notice", "formula_volatile", SHEET, "A2", "门店数")
LIST, HEAD = "问题清单", 7
"""The list's name, and its first row."""


def returned(data: bytes, *problems, name: str = "南湖区.xlsx", **more) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_returned(data, name, problems, **more)))


def colour(book: openpyxl.Workbook, sheet: str, cell: str) -> str:
    return book[sheet][cell].fill.fgColor.rgb


def listed(book: openpyxl.Workbook) -> list[tuple]:
    return [row[:7] for row in book[LIST].iter_rows(min_row=HEAD, values_only=True) if row[0]]


def rich() -> bytes:
    """Two sheets, one hidden: formula with its result, picture, chart, drop-down, note, names, merge, protection."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = SHEET
    for row in (["指标", "本季数", "状态"], ["门店数", 12, "是"], ["合计", "=B2*3", "否"], ["备注", None, None]):
        sheet.append(row)
    sheet["B2"].fill, sheet["B2"].font = PatternFill("solid", start_color="FF00AA00"), Font(bold=True, size=17)
    sheet["B2"].number_format = "#,##0.00"
    sheet["A2"].comment = Comment("县里自己的批注", "张三")
    sheet.merge_cells("A6:C7")
    sheet["A6"] = "合并的说明"
    choice = DataValidation(type="list", formula1='"是,否"')
    choice.add("C2:C3")
    sheet.add_data_validation(choice)
    sheet.conditional_formatting.add(
        "B2:B3", CellIsRule(operator="lessThan", formula=["0"], font=Font(color="FFFF0000"))
    )
    sheet.protection.sheet = True
    sheet.freeze_panes, sheet.print_title_rows, sheet.column_dimensions["B"].width = "B2", "1:1", 23
    sheet.add_image(_picture(), "E2")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    sheet.add_chart(chart, "E10")
    other = book.create_sheet(OTHER)
    other["B5"] = "只有这一格"
    other.sheet_state = "hidden"
    book.create_sheet("空表")
    book.defined_names["门店"] = DefinedName("门店", attr_text="'数据''s 表'!$B$2")
    return _calculated(saved(book))


def _picture() -> Image:
    stream = io.BytesIO()
    Picture.new("RGB", (8, 8), "#17766e").save(stream, "PNG")
    stream.seek(0)
    return Image(stream)


def _calculated(data: bytes) -> bytes:
    """The formula with a result, as Excel saves it."""
    return changed(
        data, "xl/worksheets/sheet1.xml", lambda xml: re.sub(r"(</f>)<v ?/?>(</v>)?", rf"\1<v>{RESULT}</v>", xml)
    )


def changed(data: bytes, part: str, change) -> bytes:
    """The workbook with one part's text changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content.decode()) if name == part else content)
    return stream.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
