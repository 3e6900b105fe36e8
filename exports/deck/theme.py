"""An empty 16:9 presentation whose typefaces are set once, in the theme; everything inherits them."""

from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Inches

from exports.cards.figures import CardError
from exports.office import drop_leftovers, office_template
from locales import text

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
TOLERANCE = Inches(0.05)
LATIN, EAST_ASIAN = "Arial", "微软雅黑"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def new_presentation(language: str) -> Any:
    """Ours, or the office's own with its slides taken out: its masters, colours and typefaces stay."""
    own = office_template("deck.pptx")
    if own is None:
        deck = Presentation()
        drop_leftovers(deck.part)
        _widen(deck)
        set_typefaces(deck, replace=True)
        return deck
    deck = Presentation(str(own))
    sides = ((deck.slide_width, WIDTH), (deck.slide_height, HEIGHT))
    if any(abs(int(side or 0) - wanted) > TOLERANCE for side, wanted in sides):
        raise CardError(text("deck.template", language, file=own.name))
    drop_leftovers(deck.part)
    for entry in list(deck.slides._sldIdLst):
        deck.part.drop_rel(entry.rId)
        deck.slides._sldIdLst.remove(entry)
    set_typefaces(deck, replace=False)
    return deck


def title_layout(deck: Any) -> Any:
    """The layout with a title and the fewest other places to fill."""
    titled = [layout for layout in deck.slide_layouts if any(_is_title(place) for place in layout.placeholders)]
    return min(titled, key=lambda layout: len(layout.placeholders))


def _is_title(place: Any) -> bool:
    return bool(place.placeholder_format.idx == 0)


def _widen(deck: Any) -> None:
    """The library's own template is 4:3; what lies on its master and layouts moves with the edge."""
    share = WIDTH / deck.slide_width
    for holder in (deck.slide_master, *deck.slide_layouts):
        for shape in holder.placeholders:
            left, top, width, height = shape.left, shape.top, shape.width, shape.height
            shape.left, shape.width = round(left * share), round(width * share)
            shape.top, shape.height = top, height
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT


def set_typefaces(deck: Any, *, replace: bool) -> None:
    """The theme's East Asian typeface is empty by default and Chinese would fall to the machine's choice.

    `replace=False` fills only what an office's template left empty.
    """
    for master in deck.slide_masters:
        part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
        theme = etree.fromstring(part.blob)
        for fonts in theme.iter(f"{A}majorFont", f"{A}minorFont"):
            east = fonts.find(f"{A}ea")
            if replace:
                fonts.find(f"{A}latin").set("typeface", LATIN)
            if replace or not east.get("typeface"):
                east.set("typeface", EAST_ASIAN)
                for script in fonts.findall(f"{A}font"):
                    if script.get("script") == "Hans":
                        script.set("typeface", EAST_ASIAN)
        part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)
