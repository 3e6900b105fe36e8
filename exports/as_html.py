"""A brief in one file: opens without server or network, on a phone, by light and by night.

Nothing in it asks for anything from outside, and nothing runs: the parts that open are the browser's
own. Every text that comes from a plan or a workbook is escaped.
"""

from collections.abc import Iterable
from html import escape
from pathlib import Path

from charts.theme import FONT, css_variables
from exports.cards import cards_of, write_card
from exports.cards.figures import Figure
from exports.cards.frame import bands_legend, decided, incomplete, marks, path_notes
from exports.cards.titles import city_clause, joined, units_clause
from exports.carried import carried, sources
from exports.short_table import NUMBERS, heads, in_measure, line
from exports.table import Block, blocks, heading, remarks, status
from locales import DEFAULT, spoken, text
from metrics.result import Result

STYLE = Path(__file__).parent / "html.css"
WIDER = (3, 5)
"""Columns a phone leaves out: deadline and lead. They stand in the details."""
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def write_html(
    result: Result, indicator: str | None = None, *, card: str | None = None, language: str = DEFAULT
) -> bytes:
    """The whole plan, or one indicator of it, opened."""
    language = spoken(language, result.plan.area_unit().name)
    found = blocks(result, indicator, language)
    parts = [_head(result, found, language)]
    if indicator is None:
        parts += [_messages(found, language), _overview(result, found, language)]
    parts.append(_section("details", language, (_details(result, block, language, len(found) == 1) for block in found)))
    parts.append(f"<footer>{escape(sources(result, language))}</footer>")
    title = escape(heading(result, language))
    document = (
        f'<!doctype html>\n<html lang="{"en" if language == "en" else "zh-CN"}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_style()}</style></head>\n<body>{''.join(parts)}</body></html>\n"
    )
    return document.encode()


def _style() -> str:
    night = f"@media screen and (prefers-color-scheme: dark){{{css_variables(dark=True)}}}"
    return css_variables() + night + STYLE.read_text(encoding="utf-8").replace("FONT", FONT)


def _section(key: str, language: str, inside: Iterable[str]) -> str:
    return f"<section><h2>{escape(text(f'html.{key}', language))}</h2>{''.join(inside)}</section>"


def _notes(notes: Iterable[str]) -> str:
    return "".join(f'<p class="note">{escape(note)}</p>' for note in notes)


def _head(result: Result, found: list[Block], language: str) -> str:
    provisional = any(block.city["provisional"] for block in found)
    badges = "".join(
        f'<span class="badge">{escape(mark["text"])}</span>'
        for mark in marks(result, language, provisional=provisional)
    )
    statuses = sorted({figure.status for block in found for figure in block.rows})
    legend = "\u3000".join(
        f"{entry.get('shape', '')} {entry['text']}".strip() for entry in bands_legend(result, statuses, language)
    )
    read = decided(result, [block.indicator.indicator for block in found], language)
    return (
        f'<header><div class="marks">{badges}</div><h1>{escape(heading(result, language))}</h1>'
        f'<p class="muted">{escape(result.plan.title.by(language))}</p>'
        f"{_notes([carried(result, language), legend, *read])}</header>"
    )


def _messages(found: list[Block], language: str) -> str:
    """What each headline indicator says, in the words of the cards."""
    told = [
        f'<li class="is-{block.city.status}"><span class="shape" aria-hidden="true">{block.city.style.shape}</span>'
        f"<span>{escape(_sentence(block, language))}</span></li>"
        for block in found
        if block.indicator.headline
    ]
    return _section("messages", language, [f'<ul class="messages">{"".join(told)}</ul>']) if told else ""


def _sentence(block: Block, language: str) -> str:
    clauses = joined([city_clause(block.city), units_clause(block.city, block.units)], language)
    return "".join(clauses)


def _overview(result: Result, found: list[Block], language: str) -> str:
    table = _table([block.city for block in found], language)
    return _section("overview", language, [table, _picture(result, "scorecard", None, language)])


def _table(figures: Iterable[Figure], language: str, *, units: bool = False) -> str:
    cells = "".join(_cell("th", n, escape(head), "") for n, head in enumerate(heads(language, units=units)))
    rows = "".join(_row(figure, units=units) for figure in figures)
    kind = ' class="units"' if units else ""
    return f'<div class="scroll"><table{kind}><thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table></div>'


def _row(figure: Figure, *, units: bool) -> str:
    written = line(figure, units=units)
    last = len(written.words) - 1
    cells = [
        _cell("th" if n == 0 else "td", n, escape(words), "status lit" if n == last and written.lit else "")
        for n, words in enumerate(written.words)
    ]
    city = " city" if units and figure.short == text("cards.city", figure.language) else ""
    return f'<tr class="is-{figure.status}{city}">{"".join(cells)}</tr>'


def _cell(tag: str, column: int, words: str, more: str) -> str:
    kinds = " ".join(filter(None, ["number" * (column in NUMBERS), "wider" * (column in WIDER), more]))
    return f'<{tag} class="{kinds}">{words}</{tag}>' if kinds else f"<{tag}>{words}</{tag}>"


def _details(result: Result, block: Block, language: str, opened: bool) -> str:
    """One indicator: closed, its figure and lamp; open, its units, its picture and what qualifies it."""
    city = block.city
    said = [text("table.clause", language, clauses=" ".join(block.indicator.clauses)), remarks(city)]
    notes = [*said, *incomplete(result, city, language), *path_notes(city)]
    units = [
        text("html.remark", language, unit=unit.short, remark=remark)
        for unit in block.units
        if (remark := remarks(unit))
    ]
    picture = _picture(result, "progress", block.indicator.indicator, language) if block.indicator.headline else ""
    return (
        f'<details{" open" if opened else ""}><summary class="is-{city.status}">'
        f'<span class="name">{escape(block.indicator.name.by(language))}</span>'
        f'<span>{escape(in_measure(city, "actual"))}<span class="muted"> / {escape(in_measure(city, "target"))}</span>'
        f'</span><span class="lamp">{escape(status(city))}</span></summary>'
        f'<div class="inside">{_table(block.rows, language, units=True)}{_notes(filter(None, [*notes, *units]))}'
        f"{picture}</div></details>"
    )


def _picture(result: Result, card: str, indicator: str | None, language: str) -> str:
    """The card as it is sent, drawn into the page; nothing where the indicator cannot fill it."""
    if indicator and card not in cards_of(result, indicator, language):
        return ""
    name = result.plan.indicators[indicator].name.by(language) if indicator else heading(result, language)
    drawing = write_card(result, card, indicator, language, "svg").decode()
    shape = "upright" if indicator else "wide"
    labelled = drawing.replace("<svg ", f'<svg role="img" aria-label="{escape(name)}" ', 1)
    return f'<figure class="{shape} scroll">{labelled}</figure>'
