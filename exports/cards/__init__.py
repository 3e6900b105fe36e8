"""The leaders' cards: one message a picture, its title computed from the figures it shows."""

from collections.abc import Callable

from exports.cards import progress, scorecard, tilegrid, waterfall
from exports.cards.figures import CardError
from exports.typesetting import Format, typeset
from locales import DEFAULT, spoken
from metrics.result import Result

__all__ = ["CARDS", "CardError", "card_data", "cards_of", "default_indicator", "write_card"]

Card = Callable[[Result, str, str], dict[str, object]]

CARDS: dict[str, Card] = {
    "progress": progress.card,
    "scorecard": scorecard.card,
    "tilegrid": tilegrid.card,
    "waterfall": waterfall.card,
}


def default_indicator(result: Result) -> str:
    """The first headline whose units can be compared, else the first headline."""
    headlines = [i for i in result.plan.indicators.values() if i.headline] or list(result.plan.indicators.values())
    compared = [i for i in headlines if "@units" in i.reporters and i.typed_parts]
    return (compared or headlines)[0].indicator


def card_data(result: Result, card: str, indicator: str | None = None, language: str = DEFAULT) -> dict[str, object]:
    """What a card says, before it is drawn: for tests and for reading aloud."""
    speech = spoken(language, result.plan.area_unit().name)
    return CARDS[card](result, indicator or default_indicator(result), speech)


def write_card(
    result: Result, card: str, indicator: str | None = None, language: str = DEFAULT, format: Format = "png"
) -> bytes:
    """The card as png, pdf or svg. Raises CardError when the indicator has nothing to show on it."""
    return typeset(card, card_data(result, card, indicator, language), format)


def cards_of(result: Result, indicator: str, language: str = DEFAULT) -> list[str]:
    """The cards that this indicator can fill."""
    found = []
    for name, card in CARDS.items():
        try:
            card(result, indicator, language)
        except CardError:
            continue
        found.append(name)
    return found
