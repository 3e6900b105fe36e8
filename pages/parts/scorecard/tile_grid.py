"""The tile grid as markup; a click on a tile opens its unit."""

from charts.tiles import Column, Tile
from metrics.result import Result
from pages.parts.context import href, say
from pages.parts.html import escape
from pages.parts.lamp import lamp

ON_A_PHONE = 3
"""Tiles that a phone can show beside each other; wider grids follow each other there, in the plan's order."""


def tile_grid(result: Result, tiles: tuple[Tile, ...], indicator: str) -> str:
    drawn = "".join(_tile(result, tile, indicator) for tile in tiles)
    across = max((tile.column for tile in tiles), default=0) + 1
    wide = " wide" if across > ON_A_PHONE else ""
    return f'<div class="tiles{wide}" style="--across:{across}">{drawn}</div>'


def _column(column: Column) -> str:
    """A quarter without a figure is a gap in the line: missing is never zero."""
    if column.size is None:
        return '<i class="gone"></i>'
    side = "down" if column.size < 0 else "up"
    return f'<i class="is-{column.status} {side}" style="--size:{abs(column.size):.0f}%"></i>'


def _tile(result: Result, tile: Tile, indicator: str) -> str:
    city = tile.unit == result.plan.area
    address = href("indicator", indicator=indicator) if city else href("unit", unit=tile.unit)
    name = say("pages.overview.city") if city else tile.name
    columns = "".join(map(_column, tile.columns))
    kind = "city" if city else ("lit" if tile.status != "no_target" else "plain")
    mark = (
        lamp(tile.status)
        if kind != "plain"
        else f'<span class="note">{escape(say("pages.scorecard.no_allocation"))}</span>'
    )
    mark += f'<span class="note">{escape(say("status.provisional"))}</span>' if tile.provisional else ""
    return (
        f'<a class="tile {kind} is-{tile.status}" target="_self" href="{escape(address)}" '
        f'style="grid-row:{tile.row + 1};grid-column:{tile.column + 1}">'
        f'<h3>{escape(name)}</h3><p class="marks">{mark}</p>'
        f'<p class="value"><b>{escape(tile.value)}</b></p><p class="side">{escape(tile.side)}</p>'
        f'<div class="columns{" above" if tile.above else ""}" aria-hidden="true">{columns}</div></a>'
    )
