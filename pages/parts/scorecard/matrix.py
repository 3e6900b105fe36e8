"""The scorecard as an HTML table: units down, indicators across, every cell a link."""

from charts.palette import STATUS
from charts.scorecard import Cell, Measure, Row, Scorecard
from charts.values import measure_of
from metrics.result import Result
from pages.parts.context import chosen, href, say
from pages.parts.html import escape
from pages.parts.tension_mark import tension_link


def matrix(result: Result, card: Scorecard, measure: Measure) -> str:
    heads = "".join(_head(result, index, card, measure) for index in range(len(card.indicators)))
    corner = escape(say("pages.scorecard.unit"))
    passing = escape(say("pages.scorecard.passing"))
    head = f'<tr><th scope="col" class="name">{corner}</th><th scope="col" class="passing">{passing}</th>{heads}</tr>'
    rows = "".join(_row(result, row) for row in card.rows)
    foot = "".join(_behind(number) for number in card.behind)
    return (
        f'<div class="scroll"><table class="matrix"><thead>{head}</thead>'
        f'<tbody class="city">{_row(result, card.city)}</tbody><tbody>{rows}</tbody>'
        f"<tfoot><tr><td></td><td></td>{foot}</tr></tfoot></table></div>"
    )


def _head(result: Result, index: int, card: Scorecard, measure: Measure) -> str:
    language = chosen().language
    indicator = card.indicators[index]
    name = escape(indicator.name.by(language))
    unit = escape(measure_of(indicator, language)) if measure == "actual" else ""
    address = escape(href("indicator", indicator=indicator.indicator))
    mark = tension_link(result.plan, indicator.indicator)
    return f'<th scope="col"><a target="_self" href="{address}">{name}</a>{mark}<small>{unit}</small></th>'


def _row(result: Result, row: Row) -> str:
    city = row.unit == result.plan.area
    name = say("pages.overview.city") if city else result.plan.units[row.unit].label(chosen().language, short=True)
    address = escape(href("overview") if city else href("unit", unit=row.unit))
    cells = "".join(_cell(cell) for cell in row.cells)
    link = f'<a target="_self" href="{address}">{escape(name)}</a>'
    return f'<tr><th scope="row" class="name">{link}</th>{_passing(row)}{cells}</tr>'


def _cell(cell: Cell) -> str:
    """Colour, shape and (for the reader who hovers or listens) the word and the whole figure."""
    word = say(f"status.{cell.status}")
    notes = [word, cell.full]
    notes += [say("status.provisional")] if cell.provisional else []
    notes += [say("pages.scorecard.carried")] if cell.stale else []
    title = escape(" · ".join(notes))
    shape = f'<span class="shape" aria-hidden="true">{STATUS[cell.status].shape}</span>' if cell.lit else ""
    look = f"is-{cell.status} {'lit' if cell.lit else 'plain'}{' hatched' if cell.provisional else ''}"
    address = escape(href("indicator", indicator=cell.indicator, unit=cell.unit, anchor="origin"))
    bar = "" if cell.lit else f' style="--share:{cell.share:.0f}%"'
    return (
        f'<td class="{look}"{bar}><a target="_self" href="{address}" title="{title}" aria-label="{title}">'
        f"{shape}{escape(cell.shown)}{'*' if cell.stale else ''}</a></td>"
    )


def _passing(row: Row) -> str:
    count = row.standing
    if not count.judged:
        return '<td class="passing">—</td>'
    return (
        f'<td class="passing"><i class="bar" aria-hidden="true"><i style="width:{count.share:.0f}%"></i></i>'
        f"<b>{count.good}</b>/{count.judged}</td>"
    )


def _behind(number: int) -> str:
    return f"<td>{escape(say('pages.scorecard.behind_count', number=number))}</td>" if number else "<td></td>"
