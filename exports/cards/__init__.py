"""The leaders' cards: one message a picture, its title computed from the figures it shows.

A card is drawn upright for a phone or across for a wall; `floor@wall` asks for the other shape than its own.
"""

from collections.abc import Callable
from dataclasses import dataclass

from exports.cards import change, floor, goals, progress, scorecard, sending, tilegrid, waterfall, worst
from exports.cards.figures import CardError
from exports.typesetting import Format, typeset
from locales import DEFAULT, spoken
from metrics.result import Result

__all__ = [
    "CARDS",
    "DRAWN",
    "SHAPES",
    "SIZES",
    "WHOLE_PLAN",
    "CardError",
    "card_data",
    "cards_of",
    "default_indicator",
    "write_card",
]

SIZES = {"phone": (1080, 1440), "wall": (1920, 1080)}


@dataclass(frozen=True)
class Card:
    """`say` gives what the card shows; `shapes` are those it can be drawn in, its own first."""

    say: Callable[[Result, str, str], dict[str, object]]
    shapes: tuple[str, ...] = ("phone",)
    say_other: Callable[[Result, str, str], dict[str, object]] | None = None
    other: str = ""
    """The template of its other shape, where another drawing is wanted than a wider or a narrower one."""
    whole: bool = False
    """It shows the whole plan, whatever the indicator."""


CARDS: dict[str, Card] = {
    "progress": Card(progress.card, ("phone", "wall")),
    "scorecard": Card(scorecard.card, ("wall",), whole=True),
    "worst": Card(worst.card, whole=True),
    "tilegrid": Card(tilegrid.card, ("phone", "wall"), say_other=tilegrid.across),
    "waterfall": Card(waterfall.card, ("wall", "phone"), other="waterfall-phone"),
    "goals": Card(goals.card, ("phone", "wall")),
    "floor": Card(floor.card, ("phone", "wall")),
    "change": Card(change.card, ("phone", "wall")),
    "completeness": Card(sending.card, ("phone", "wall"), whole=True),
}
SHAPES = {name: card.shapes for name, card in CARDS.items()}
DRAWN = (*CARDS, *(f"{name}@{shape}" for name, shapes in SHAPES.items() for shape in shapes[1:]))
"""Every name a card can be asked for by: bare in its own shape, with `@` in another."""
WHOLE_PLAN = tuple(name for name, card in CARDS.items() if card.whole)


def parted(card: str) -> tuple[str, str]:
    """Name and shape: of `floor@wall` both, of a bare name the card's own shape. LookupError for any other."""
    name, _, shape = card.partition("@")
    if name not in CARDS or shape not in ("", *SHAPES[name]):
        raise LookupError(card)
    return name, shape or SHAPES[name][0]


def default_indicator(result: Result) -> str:
    """The first headline whose units can be compared, else the first headline."""
    headlines = [i for i in result.plan.indicators.values() if i.headline] or list(result.plan.indicators.values())
    compared = [i for i in headlines if "@units" in i.reporters and i.typed_parts]
    return (compared or headlines)[0].indicator


def card_data(result: Result, card: str, indicator: str | None = None, language: str = DEFAULT) -> dict[str, object]:
    """What a card says, before it is drawn: for tests and for reading aloud."""
    name, shape = parted(card)
    speech = spoken(language, result.plan.area_unit().name)
    card_of = CARDS[name]
    say = card_of.say_other if card_of.say_other and shape != card_of.shapes[0] else card_of.say
    data = say(result, indicator or default_indicator(result), speech)
    return data | {"wide": shape == "wall"}


def write_card(
    result: Result, card: str, indicator: str | None = None, language: str = DEFAULT, format: Format = "png"
) -> bytes:
    """The card as png, pdf or svg. Raises CardError when the indicator has nothing to show on it."""
    name, shape = parted(card)
    template = CARDS[name].other if shape != SHAPES[name][0] else ""
    return typeset(template or name, card_data(result, card, indicator, language), format)


def cards_of(result: Result, indicator: str, language: str = DEFAULT, *, whole: bool = True) -> list[str]:
    """The cards that this indicator can fill; those of the whole plan too, unless they are known already."""
    found = []
    for name in CARDS:
        if CARDS[name].whole and not whole:
            continue
        try:
            card_data(result, name, indicator, language)
        except CardError:
            continue
        found.append(name)
    return found
