"""合计 and 小计: which cells each of them should add up."""

from loaders.found import Found, Total
from loaders.own.search import Block
from loaders.own.titles import is_of_which, is_total
from loaders.workbook import Sheet


def is_total_row(sheet: Sheet, row: int) -> bool:
    first = list(sheet.rows.get(row, {}).values())[:3]
    return any(cell.kind == "text" and is_total(cell.value) for cell in first)


def totals(block: Block, columns: list[int], found: Found, *, rounded: bool) -> None:
    """Each 合计 with what it adds up: 小计 the rows since the last one, 合计 all plain rows."""
    sheet = block.sheet
    labels = {row: _first_text(sheet, row) for row in block.rows}
    totals = [row for row in block.rows if is_total_row(sheet, row)]
    plain = [row for row in block.rows if row not in totals and not is_of_which(labels[row])]
    for column in columns:
        since = 0
        for row in totals:
            cell = sheet.at(row, column)
            is_part = "小计" in labels[row].replace(" ", "").replace("　", "")
            above = [r for r in plain if (r > since if is_part else True) and r < row]
            parts = above or [r for r in plain if r > row]
            since = row if is_part else since
            cells = tuple(found_cell for r in parts if (found_cell := sheet.at(r, column)) is not None)
            if cell is not None and cells:
                found.totals.append(Total(sheet, cell, cells, rounded))


def _first_text(sheet: Sheet, row: int) -> str:
    return next((cell.value for cell in sheet.rows[row].values() if cell.kind == "text"), "")
