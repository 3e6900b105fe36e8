"""The slides one by one: each has one message, its title computed from the figures it shows."""

from collections.abc import Sequence
from copy import deepcopy
from itertools import pairwise
from typing import Any

from pptx.util import Emu, Inches, Pt

from charts.palette import MUTED, STATUS, TEAL
from exports.brief.sentences import striven
from exports.cards import CardError, card_data, default_indicator
from exports.cards.figures import BEHIND_SCHEDULE, Figure
from exports.cards.standings import apart, verdicts
from exports.carried import sending
from exports.deck import native
from exports.deck.contents import NOTE, picture, table, told
from exports.deck.frame import BOTTOM, MARGIN, TOP, Deck, add_slide, colour, write
from exports.table import Block
from locales.formats import quarter

STRIVEN = Inches(0.5)
ONE_TITLE_LINE = 22
MOST_BARS, MOST_WORST = 12, 8
MOST_ROWS = {"zh_CN": 15, "en": 9}
"""English names take two lines."""


def title_page(deck: Deck) -> None:
    plan = deck.result.plan
    when = quarter(deck.result.as_of, deck.language)
    slide = add_slide(deck, plan.title.by(deck.language))
    head = slide.shapes.title
    inset, width = Inches(0.95), Emu(deck.width - Inches(0.35))
    head.left, head.top, head.height, head.width = inset, Inches(2.1), Inches(1.6), width
    two_lines(head.text_frame.paragraphs[0])
    for run in head.text_frame.paragraphs[0].runs:
        run.font.size = Pt(34 if len(plan.title.by(deck.language)) <= 40 else 28)
    write(slide, deck.say("deck.subtitle", quarter=when), (inset, Inches(3.8), width, Inches(0.6)), size=24, ink=TEAL)
    place = (inset, Inches(4.5), width, Inches(0.6))
    write(slide, sending(deck.result, deck.language), place, size=16, ink=MUTED)
    bar = slide.shapes.add_shape(1, MARGIN, Inches(2.1), Inches(0.1), Inches(3.0))
    bar.fill.solid()
    bar.fill.fore_color.rgb = colour(TEAL)
    bar.line.fill.background()
    bar.shadow.inherit = False


def two_lines(title: Any) -> None:
    """What stands in brackets after a long title goes to a line of its own: `（2024-2026年）（征求意见稿）`."""
    [run] = title.runs
    name, bracket, rest = run.text.partition("（")
    if not bracket or len(run.text) <= ONE_TITLE_LINE:
        return
    second = deepcopy(run._r)
    run.text = name
    title.add_line_break()
    title._p.append(second)
    title.runs[-1].text = bracket + rest


def message_page(deck: Deck, blocks: Sequence[Block]) -> None:
    """How many indicators stand how, and the worst by name; goals only striven for are told apart."""
    cities, hoped = apart([block.city for block in blocks])
    counts = [
        (f"{style.shape} {deck.say(f'status.{status}')}", sum(city.status == status for city in cities), style.fill)
        for status, style in STATUS.items()
    ]
    counts = [entry for entry in counts if entry[1]]
    said = deck.say("deck.list").join(deck.say("deck.counted", word=words, count=count) for words, count, _ in counts)
    title = _verdicts(deck, cities)
    slide = add_slide(deck, title)
    half = deck.width * 0.4
    write(slide, deck.say("deck.standing"), (MARGIN, TOP, half, Inches(0.4)), size=14, bold=True)
    foot = STRIVEN if hoped else 0
    place = (MARGIN, TOP + Inches(0.4), half, BOTTOM - TOP - Inches(0.4) - foot)
    native.status_bars(slide, place, counts, deck.say("deck.indicators"), said)
    worst = _worst(cities)
    if worst:
        left, width = MARGIN + deck.width * 0.43, deck.width * 0.57
        write(slide, deck.say("deck.worst"), (left, TOP, width, Inches(0.4)), size=14, bold=True)
        table(deck, slide, worst, (left, TOP + Inches(0.5), width), columns=(0, 1, 2, 5, 6))
    if hoped:
        write(slide, striven(hoped, deck.language), (MARGIN, BOTTOM - foot, deck.width, foot), size=11, ink=MUTED)


def _verdicts(deck: Deck, cities: Sequence[Figure]) -> str:
    """How many have a verdict and which, worst last: `15项指标中9项可评判：已完成3项、滞后2项`."""
    found = verdicts(cities)
    said = [deck.say("deck.counted", word=deck.say(f"status.{s}"), count=n) for s, n in found.counts.items()]
    form = "message" if said else "message_none"
    return deck.say(f"deck.{form}", count=found.of, judged=found.judged, told=deck.say("deck.list").join(said))


def _worst(cities: Sequence[Figure]) -> list[Figure]:
    """Overdue first, then by distance to the schedule."""
    missed = [city for city in cities if city.status == "missed"]
    late = [city for city in cities if city.status in BEHIND_SCHEDULE and city["lead"] is not None]
    return [*missed, *sorted(late, key=lambda city: city["lead"])][:MOST_WORST]


def picture_page(deck: Deck, card: str, indicator: str | None = None) -> bool:
    """The picture bears its own title and marks and fills the slide; the slide's title is above its edge.

    False where the card has nothing to show.
    """
    try:
        title = "".join(card_data(deck.result, card, indicator, deck.language)["title"])  # type: ignore[arg-type]
    except CardError:
        return False
    slide = add_slide(deck, title)
    slide.shapes.title.top = Emu(-Inches(1.2))
    for shape in list(slide.shapes):
        if shape.name.startswith("Rectangle"):
            shape._element.getparent().remove(shape._element)
    height = Inches(6.75)
    width = round(height * 16 / 9)
    picture(deck, slide, card, indicator, title, (round((deck.file.slide_width - width) / 2), Inches(0.1), height))
    return True


def bars_page(deck: Deck, cities: Sequence[Figure]) -> None:
    """Attainment of the city, indicator by indicator."""
    least = min(cities, key=lambda city: city["attainment"])
    done = sum(city["attainment"] >= 100 for city in cities)
    form = "bars_title_done" if done == len(cities) else "bars_title_none" if not done else "bars_title"
    name = least.indicator.name.by(deck.language)
    title = deck.say(f"deck.{form}", count=len(cities), done=done, name=name, least=least.attainment)
    slide = add_slide(deck, title)
    words = deck.say("deck.chart", title=title, figures=told(cities, "attainment"))
    names = (deck.say("deck.attainment"), deck.say("deck.remaining"))
    native.progress_bars(slide, (MARGIN, TOP, deck.width, BOTTOM - TOP - NOTE), cities, names, words)
    write(slide, deck.say("deck.bars_note"), (MARGIN, BOTTOM - NOTE, deck.width, NOTE), size=11, ink=MUTED)


def table_pages(deck: Deck, rows: Sequence[Figure], *, units: bool = False) -> None:
    chunks = even(rows, MOST_ROWS[deck.language])
    for page, chunk in enumerate(chunks, 1):
        form = "table" if len(chunks) == 1 else "table_part"
        slide = add_slide(deck, deck.say(f"deck.{form}", page=page, pages=len(chunks)))
        table(deck, slide, chunk, (MARGIN, Inches(1.4), deck.width), units=units)


def even(rows: Sequence[Figure], most: int) -> list[Sequence[Figure]]:
    """Parts of about the same length: no slide is left with a single row."""
    parts = -(-len(rows) // most)
    edges = [round(n * len(rows) / parts) for n in range(parts + 1)] if parts else []
    return [rows[start:end] for start, end in pairwise(edges)]


def shown_first(deck: Deck, blocks: Sequence[Block]) -> list[Block]:
    """The headlines that have a figure; of a plan without headlines its first comparable indicator."""
    told = [b for b in blocks if b.indicator.headline and b.indicator.kind != "composite"]
    told = told or [b for b in blocks if b.indicator.indicator == default_indicator(deck.result)]
    return [block for block in told if block.city["actual"] is not None]
