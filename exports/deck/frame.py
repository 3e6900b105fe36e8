"""What every slide bears: a title, the marks, the grounds, a page number and notes that name the sources."""

from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from charts.palette import INK, LINE, MUTED, STATUS
from exports.carried import carried, mark_words, plain, sources
from exports.deck.theme import A, title_layout
from locales import text
from metrics.result import Result

MARGIN = Inches(0.6)
TOP, BOTTOM = Inches(1.5), Inches(6.75)
"""Between these two a slide shows its content."""
CHIP, LONG_CHIP, GAP, SHORT = 1.25, 2.0, 0.1, 18
"""Inches: a chip of up to SHORT letters, a longer one, and the space between."""
ONE_LINE = 110
"""So many letters of the foot have room on one line."""


@dataclass(frozen=True)
class Deck:
    file: Any
    result: Result
    language: str

    @property
    def width(self) -> Emu:
        return Emu(self.file.slide_width - 2 * MARGIN)

    @property
    def heading(self) -> int:
        """Size of a chart's heading; English ones are longer."""
        return 12 if self.language == "en" else 14

    def say(self, key: str, **values: object) -> str:
        return text(key, self.language, **values)


def colour(value: str) -> RGBColor:
    found: RGBColor = RGBColor.from_string(value.removeprefix("#"))
    return found


def add_slide(deck: Deck, title: str) -> Any:
    slide = deck.file.slides.add_slide(title_layout(deck.file))
    for place in list(slide.placeholders):
        if place.placeholder_format.idx != 0:
            place._element.getparent().remove(place._element)
    chips = mark_words(deck.result, deck.language)
    widths = [CHIP if len(words) <= SHORT else LONG_CHIP for words in chips]
    room = Inches(sum(widths) + GAP * len(chips))
    head = slide.shapes.title
    head.left, head.top = MARGIN, Inches(0.35)
    head.width, head.height = Emu(deck.width - room), Inches(1.0)
    fill(head, title, size=24 if len(title) <= 26 else 20, bold=True, anchor=MSO_ANCHOR.MIDDLE)
    for n, words in enumerate(chips):
        left = Inches(sum(widths[n:]) + GAP * (len(chips) - n - 1))
        chip(slide, words, deck.file.slide_width - MARGIN - left, widths[n])
    foot(deck, slide, [words for words in chips if words == deck.say("cards.sample")])
    notes = [deck.say("deck.notes_page", title=title), sources(deck.result, deck.language)]
    slide.notes_slide.notes_text_frame.text = plain("\n".join(notes))
    return slide


def fill(
    shape: Any,
    words: str,
    *,
    size: float = 14,
    bold: bool = False,
    ink: str = INK,
    align: Any = PP_ALIGN.LEFT,
    anchor: Any = MSO_ANCHOR.TOP,
) -> None:
    """Put words into a shape as they are: the typeface comes from the theme."""
    frame = shape.text_frame
    frame.word_wrap = True
    frame.vertical_anchor = anchor
    frame.margin_left = frame.margin_right = 0
    paragraph = frame.paragraphs[0]
    paragraph.alignment = align
    run = paragraph.add_run()
    run.text = plain(words)
    run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, colour(ink)


def write(slide: Any, words: str, place: tuple[float, float, float, float], **look: Any) -> Any:
    box = slide.shapes.add_textbox(*(Emu(round(edge)) for edge in place))
    fill(box, words, **look)
    return box


def chip(slide: Any, words: str, left: float, width: float) -> None:
    """A draft plan, invented data and figures of the past say so in the corner of every slide."""
    box = slide.shapes.add_shape(1, Emu(round(left)), Inches(0.5), Inches(width), Inches(0.34))
    box.fill.solid()
    box.fill.fore_color.rgb = colour("#FFFFFF")
    box.line.color.rgb = colour(STATUS["missed"].fill)
    box.line.width = Pt(1.25)
    box.shadow.inherit = False
    fill(
        box,
        words,
        size=12 if len(words) <= 8 else 9,
        bold=True,
        ink=STATUS["missed"].text,
        align=PP_ALIGN.CENTER,
        anchor=MSO_ANCHOR.MIDDLE,
    )
    box.text_frame.margin_top = box.text_frame.margin_bottom = 0


def foot(deck: Deck, slide: Any, chips: list[str]) -> None:
    top = Inches(6.95)
    line = slide.shapes.add_connector(1, MARGIN, top, Emu(MARGIN + deck.width), top)
    line.line.color.rgb = colour(LINE)
    line.line.width = Pt(0.75)
    room = Emu(deck.width - Inches(0.7))
    words = deck.say("cards.dot").join([*chips, carried(deck.result, deck.language)])
    # Figures of a past day say when, and must not take a second line for it.
    write(slide, words, (MARGIN, top, room, Inches(0.4)), size=9 if len(words) <= ONE_LINE else 8, ink=MUTED)
    number = write(slide, "", (MARGIN + room, top, Inches(0.7), Inches(0.4)), size=10, ink=MUTED, align=PP_ALIGN.RIGHT)
    _number_pages(number, len(deck.file.slides))


def _number_pages(box: Any, page: int) -> None:
    """A field, so that the number stays right when someone moves the slide."""
    run = box.text_frame.paragraphs[0]._p.find(f"{A}r")
    field = etree.SubElement(run.getparent(), f"{A}fld", id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", type="slidenum")
    look = run.find(f"{A}rPr")
    if look is not None:
        field.append(look)
    etree.SubElement(field, f"{A}t").text = str(page)
    run.getparent().replace(run, field)
