"""The slides one by one: each has one message, its title computed from the figures it shows."""

import io
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from pptx.util import Emu, Inches, Pt

from charts.palette import MUTED, STATUS, TEAL
from charts.values import rows_of
from exports.cards import CardError, card_data, default_indicator, write_card
from exports.cards.figures import BEHIND_SCHEDULE, Figure, by_lead, own_targets
from exports.cards.frame import incomplete, path_notes
from exports.cards.titles import city_clause, joined, units_clause
from exports.carried import plain, sending
from exports.deck import native
from exports.deck.frame import BOTTOM, MARGIN, TOP, Deck, add_slide, colour, write
from exports.deck.tables import Cell, add_table
from exports.short_table import LEAD, NUMBERS, heads, line
from exports.table import Block, measure
from locales.formats import is_unknown, quarter

MOST_BARS, MOST_ROWS, MOST_WORST, LONGEST_PAST = 12, 15, 8, 12
ROW = Inches(0.33)
NOTE = Inches(0.35)


def title_page(deck: Deck) -> None:
    plan = deck.result.plan
    when = quarter(deck.result.as_of, deck.language)
    slide = add_slide(deck, plan.title.by(deck.language))
    head = slide.shapes.title
    inset, width = Inches(0.95), Emu(deck.width - Inches(0.35))
    head.left, head.top, head.height, head.width = inset, Inches(2.1), Inches(1.6), width
    for run in head.text_frame.paragraphs[0].runs:
        run.font.size = Pt(34)
    write(slide, deck.say("deck.subtitle", quarter=when), (inset, Inches(3.8), width, Inches(0.6)), size=24, ink=TEAL)
    place = (inset, Inches(4.5), width, Inches(0.6))
    write(slide, sending(deck.result, deck.language), place, size=16, ink=MUTED)
    bar = slide.shapes.add_shape(1, MARGIN, Inches(2.1), Inches(0.1), Inches(3.0))
    bar.fill.solid()
    bar.fill.fore_color.rgb = colour(TEAL)
    bar.line.fill.background()
    bar.shadow.inherit = False


def message_page(deck: Deck, blocks: Sequence[Block]) -> None:
    """How many indicators stand how, and the worst by name."""
    cities = [block.city for block in blocks]
    counts = [
        (f"{style.shape} {deck.say(f'status.{status}')}", sum(city.status == status for city in cities), style.fill)
        for status, style in STATUS.items()
    ]
    counts = [entry for entry in counts if entry[1]]
    told = deck.say("deck.list").join(deck.say("deck.counted", word=words, count=count) for words, count, _ in counts)
    title = _verdicts(deck, cities)
    slide = add_slide(deck, title)
    half = deck.width * 0.4
    write(slide, deck.say("deck.standing"), (MARGIN, TOP, half, Inches(0.4)), size=14, bold=True)
    place = (MARGIN, TOP + Inches(0.4), half, BOTTOM - TOP - Inches(0.4))
    native.status_bars(slide, place, counts, deck.say("deck.indicators"), told)
    worst = _worst(cities)
    if worst:
        left, width = MARGIN + deck.width * 0.43, deck.width * 0.57
        write(slide, deck.say("deck.worst"), (left, TOP, width, Inches(0.4)), size=14, bold=True)
        table(deck, slide, worst, (left, TOP + Inches(0.5), width), columns=(0, 1, 2, 5, 6))


def _verdicts(deck: Deck, cities: Sequence[Figure]) -> str:
    """How many have a verdict and which, worst last: `15项指标中9项可评判：已完成3项、滞后2项`."""
    order = ("achieved", "on_track", "watch", "behind", "critical", "missed")
    counts = [(status, sum(city.status == status for city in cities)) for status in order]
    said = [deck.say("deck.counted", word=deck.say(f"status.{s}"), count=n) for s, n in counts if n]
    judged = sum(count for _, count in counts)
    form = "message" if said else "message_none"
    return deck.say(f"deck.{form}", count=len(cities), judged=judged, told=deck.say("deck.list").join(said))


def _worst(cities: Sequence[Figure]) -> list[Figure]:
    """Overdue first, then by distance to the schedule."""
    missed = [city for city in cities if city.status == "missed"]
    late = [city for city in cities if city.status in BEHIND_SCHEDULE and city["lead"] is not None]
    return [*missed, *sorted(late, key=lambda city: city["lead"])][:MOST_WORST]


def scorecard_page(deck: Deck) -> None:
    """The picture bears its own title and marks and fills the slide; the slide's title is above its edge."""
    title = "".join(card_data(deck.result, "scorecard", None, deck.language)["title"])  # type: ignore[arg-type]
    slide = add_slide(deck, title)
    slide.shapes.title.top = Emu(-Inches(1.2))
    for shape in list(slide.shapes):
        if shape.name.startswith("Rectangle"):
            shape._element.getparent().remove(shape._element)
    height = Inches(6.75)
    width = round(height * 16 / 9)
    picture(deck, slide, "scorecard", None, title, (round((deck.file.slide_width - width) / 2), Inches(0.1), height))


def picture(
    deck: Deck, slide: Any, card: str, indicator: str | None, title: str, place: tuple[float, float, float]
) -> None:
    drawn = write_card(deck.result, card, indicator, deck.language, "png")
    left, top, height = place
    shape = slide.shapes.add_picture(io.BytesIO(drawn), Emu(round(left)), Emu(round(top)), height=Emu(round(height)))
    shape._element.nvPicPr.cNvPr.set("descr", plain(deck.say("deck.picture", title=title)))


def bars_page(deck: Deck, cities: Sequence[Figure]) -> None:
    """Attainment of the city, indicator by indicator."""
    least = min(cities, key=lambda city: city["attainment"])
    done = sum(city["attainment"] >= 100 for city in cities)
    form = "bars_title_done" if done == len(cities) else "bars_title_none" if not done else "bars_title"
    name = least.indicator.name.by(deck.language)
    title = deck.say(f"deck.{form}", count=len(cities), done=done, name=name, least=least.attainment)
    slide = add_slide(deck, title)
    told = deck.say("deck.chart", title=title, figures=_told(cities, "attainment"))
    names = (deck.say("deck.attainment"), deck.say("deck.remaining"))
    native.progress_bars(slide, (MARGIN, TOP, deck.width, BOTTOM - TOP - NOTE), cities, names, told)
    write(slide, deck.say("deck.bars_note"), (MARGIN, BOTTOM - NOTE, deck.width, NOTE), size=11, ink=MUTED)


def _told(found: Sequence[Figure], column: str) -> str:
    """The figures of a chart in words, for those who cannot see it."""
    language = found[0].language
    named = [
        (f.indicator.name.by(language), f.attainment) if column == "attainment" else (f.short, f.actual) for f in found
    ]
    return "; ".join(f"{name} {shown}" for name, shown in named)


def indicator_page(deck: Deck, block: Block) -> None:
    """One indicator: its quarters on the left, its units on the right."""
    city, units = block.city, by_lead(block.units)
    title = "".join(joined([city_clause(city), units_clause(city, block.units)], deck.language))
    slide = add_slide(deck, title)
    notes = [*path_notes(city), *incomplete(deck.result, city, deck.language)]
    width = deck.width * (0.48 if units else 1)
    path_chart(deck, slide, city, width)
    if units:
        units_chart(deck, slide, units, (MARGIN + deck.width * 0.52, width))
    if notes:
        write(slide, " ".join(notes), (MARGIN, BOTTOM - NOTE, deck.width, NOTE), size=11, ink=MUTED)


def path_chart(deck: Deck, slide: Any, city: Figure, width: float) -> None:
    name = deck.say("deck.path_chart", name=city.indicator.name.by(deck.language), measure=measure(city))
    write(slide, name, (MARGIN, TOP, width, Inches(0.4)), size=14, bold=True)
    past = quarters(deck, city)
    told = deck.say("deck.chart", title=name, figures=_told([city], "actual"))
    place = (MARGIN, TOP + Inches(0.4), round(width), BOTTOM - TOP - Inches(0.4) - NOTE)
    names = (deck.say("deck.actual"), deck.say("deck.assumed"))
    native.path_lines(slide, place, past, names, native.number_format(city), told)


def quarters(deck: Deck, city: Figure) -> list[tuple[str, float | None, float | None]]:
    """The city quarter by quarter; of a yearly count this year only, as each January begins anew at zero."""
    table = rows_of(deck.result.history, indicator=city.indicator.indicator, unit=city.unit)
    found = []
    for row in table.to_dict("records"):
        when = str(row["period"])
        if city.indicator.kind == "annual" and when[:4] != str(deck.result.as_of.year):
            continue
        actual, expected = (None if is_unknown(row[name]) else row[name] for name in ("actual", "expected"))
        shown = (native.as_written(city.written(actual)), native.as_written(city.between(expected)))
        found.append((when[2:], *shown))
    return found[-LONGEST_PAST:]


def units_chart(deck: Deck, slide: Any, units: Sequence[Figure], place: tuple[float, float]) -> None:
    left, width = place
    owned = own_targets(units)
    name = deck.say(
        f"deck.units_{'chart' if owned else 'plain'}",
        name=units[0].indicator.name.by(deck.language),
        measure=units[0].measure,
    )
    write(slide, name, (round(left), TOP, round(width), Inches(0.4)), size=14, bold=True)
    floor = units[0].indicator.kind == "floor"
    dash = deck.say("deck.minimum" if floor else "deck.own_target") if owned else None
    told = deck.say("deck.chart", title=name, figures=_told(units, "actual"))
    area = (round(left), TOP + Inches(0.4), round(width), BOTTOM - TOP - Inches(0.4) - NOTE)
    native.unit_bars(slide, area, units, (deck.say("deck.actual"), dash), told)


def tiles_page(deck: Deck, block: Block) -> bool:
    """Where and since when: the tile grid beside the units' table. False where no unit has a figure."""
    name = block.indicator.indicator
    try:
        title = "".join(card_data(deck.result, "tilegrid", name, deck.language)["title"])  # type: ignore[arg-type]
    except CardError:
        return False
    slide = add_slide(deck, deck.say("deck.where", name=block.indicator.name.by(deck.language)))
    left = Inches(5.75)
    head = slide.shapes.title
    head.left, head.width = left, Emu(head.left + head.width - left)
    picture(deck, slide, "tilegrid", name, title, (Inches(0.4), Inches(0.12), Inches(6.7)))
    place = (left, TOP, deck.file.slide_width - left - MARGIN)
    table(deck, slide, block.rows, place, columns=(0, 1, 2, 4, 5, 6), units=True)
    return True


def table_pages(deck: Deck, rows: Sequence[Figure], *, units: bool = False) -> None:
    chunks = even(rows, MOST_ROWS)
    for page, chunk in enumerate(chunks, 1):
        form = "table" if len(chunks) == 1 else "table_part"
        slide = add_slide(deck, deck.say(f"deck.{form}", page=page, pages=len(chunks)))
        table(deck, slide, chunk, (MARGIN, Inches(1.4), deck.width), units=units)


WIDTHS = (25, 12, 12, 11, 10, 16, 20)
NARROW = (32, 15, 16, 11, 12, 11, 25)


def even(rows: Sequence[Figure], most: int) -> list[Sequence[Figure]]:
    """Parts of about the same length: no slide is left with a single row."""
    parts = -(-len(rows) // most)
    edges = [round(n * len(rows) / parts) for n in range(parts + 1)] if parts else []
    return [rows[start:end] for start, end in pairwise(edges)]


def table(
    deck: Deck,
    slide: Any,
    rows: Sequence[Figure],
    place: tuple[float, float, float],
    *,
    columns: Sequence[int] = tuple(range(7)),
    units: bool = False,
) -> None:
    left, top, width = place
    whole = len(columns) == len(WIDTHS)
    named = list(heads(deck.language, units=units))
    widths = list(WIDTHS if whole else NARROW)
    if not whole:
        named[LEAD] = deck.say("scorecard.verdict")
    if units:
        widths[0] = 16
    lines = [line(figure, units=units) for figure in rows]
    cells = [
        [
            Cell(row.words[n], row.ink, row.tint, bold=True) if n == 6 and row.lit else Cell(row.words[n])
            for n in columns
        ]
        for row in lines
    ]
    told = "; ".join(" ".join(row.words[n] for n in columns) for row in lines)
    add_table(
        slide,
        (round(left), round(top), round(width), ROW * (len(rows) + 1)),
        [named[n] for n in columns],
        cells,
        [widths[n] for n in columns],
        told=told,
        size=12 if whole else 11,
        right=[at for at, n in enumerate(columns) if n in NUMBERS],
    )


def shown_first(deck: Deck, blocks: Sequence[Block]) -> list[Block]:
    """The headlines that have a figure; of a plan without headlines its first comparable indicator."""
    told = [b for b in blocks if b.indicator.headline and b.indicator.kind != "composite"]
    told = told or [b for b in blocks if b.indicator.indicator == default_indicator(deck.result)]
    return [block for block in told if block.city["actual"] is not None]
