"""The tile grid as markup; a click on a tile opens its unit."""

from charts.tiles import Tile
from metrics.result import Result
from pages.parts.context import href, say
from pages.parts.html import escape
from pages.parts.lamp import lamp


def tile_grid(result: Result, tiles: tuple[Tile, ...], indicator: str) -> str:
    drawn = "".join(_tile(result, tile, indicator) for tile in tiles)
    across = max((tile.column for tile in tiles), default=0) + 1
    return f'<div class="tiles" style="--across:{across}">{drawn}</div>'


def _tile(result: Result, tile: Tile, indicator: str) -> str:
    city = tile.unit == result.plan.area
    address = href("indicator", indicator=indicator) if city else href("unit", unit=tile.unit)
    name = say("pages.overview.city") if city else tile.name
    columns = "".join(
        f'<i class="is-{c.status} {"down" if c.size < 0 else "up"}" style="--size:{abs(c.size):.0f}%"></i>'
        for c in tile.columns
    )
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
