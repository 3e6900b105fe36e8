"""The leaders' cards: one message a picture, its title computed from the figures it shows."""

from collections.abc import Callable

from exports.cards import progress, scorecard, tilegrid
from exports.typesetting import Format, typeset
from locales import DEFAULT
from metrics.result import Result

Card = Callable[[Result, str, str], dict[str, object]]

CARDS: dict[str, Card] = {
    "progress": progress.card,
    "scorecard": scorecard.card,
    "tilegrid": tilegrid.card,
}


def card_data(result: Result, card: str, indicator: str, language: str = DEFAULT) -> dict[str, object]:
    """What a card says, before it is drawn: for tests and for reading aloud."""
    return CARDS[card](result, indicator, language)


def write_card(result: Result, card: str, indicator: str, language: str = DEFAULT, format: Format = "png") -> bytes:
    """The card as png, pdf or svg."""
    return typeset(card, card_data(result, card, indicator, language), format)
