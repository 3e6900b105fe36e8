"""One leaders' card as a picture."""

from exports.cards import write_card
from locales import DEFAULT
from metrics.result import Result


def write_png(
    result: Result, indicator: str | None = None, *, card: str | None = None, language: str = DEFAULT
) -> bytes:
    """The progress card unless another is asked for."""
    return write_card(result, card or "progress", indicator, language, "png")
