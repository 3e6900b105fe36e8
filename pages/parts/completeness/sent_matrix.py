"""Units down, quarters across: who has sent, in a table that is its own picture."""

from itertools import groupby

import pandas as pd

from charts.completeness import Cell, completeness_rows
from metrics.plan import Plan
from pages.parts.address import language
from pages.parts.context import say
from pages.parts.former import dated, unit_address
from pages.parts.html import escape


def sent_matrix(plan: Plan, every: pd.DataFrame) -> str:
    """`every` is `metrics.completeness` of several quarters with their `period`."""
    rows = completeness_rows(every, plan, language())
    quarters = [cell.period for cell in rows[0][1]]
    spans = [(year, len(list(group))) for year, group in groupby(quarter[:4] for quarter in quarters)]
    years = "".join(f'<th scope="colgroup" colspan="{span}">{escape(year)}</th>' for year, span in spans)
    names = (say(f"detail.completeness.{quarter[4:]}") for quarter in quarters)
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    lines = "".join(_row(plan, unit, cells) for unit, cells in rows)
    caption = escape(say("detail.completeness.matrix_caption"))
    return (
        f'<div class="scroll"><table class="sent"><caption>{caption}</caption>'
        f"<thead><tr><td></td>{years}</tr><tr><td></td>{heads}</tr></thead><tbody>{lines}</tbody></table></div>"
    )


def _row(plan: Plan, unit: str, cells: list[Cell]) -> str:
    address, name = escape(unit_address(plan, unit)), escape(dated(plan, unit, short=True))
    drawn = "".join(
        f'<td class="is-{cell.look} {cell.state}"><span aria-hidden="true">{cell.mark}</span> {escape(cell.word)}</td>'
        for cell in cells
    )
    return f'<tr><th scope="row"><a target="_self" href="{address}">{name}</a></th>{drawn}</tr>'
