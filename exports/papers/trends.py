"""The quarters of a unit's figures as columns with their numbers, where its tables leave half the page free."""

from collections.abc import Sequence
from decimal import Decimal

from exports.cards.figures import Figure
from exports.papers.lines import QUARTERS, Past, small_columns
from locales import text
from locales.formats import UNKNOWN

MOST = 9
"""Three rows of three; how many of them are drawn is for the page to say."""


def trends(known: Sequence[tuple[Figure, Past | None]]) -> list[dict[str, object]]:
    """Headline figures first, then those with a target; a single quarter is no way to have come."""
    told = [(figure, past) for figure, past in known if past and _quarters(past) > 1]
    ordered = sorted(told, key=lambda pair: (not pair[0].indicator.headline, pair[0]["target"] is None))
    return [trend(figure, past) for figure, past in ordered[:MOST]]


def _quarters(past: Past) -> int:
    return sum(value is not None for _, value in past.quarters[-QUARTERS:])


def trend(figure: Figure, past: Past) -> dict[str, object]:
    """One figure: its last quarters, each with its number and its height."""
    last = past.quarters[-QUARTERS:]
    key = "papers.trend_year" if figure.indicator.kind == "annual" else "papers.trend"
    name = figure.indicator.name.by(figure.language)
    return {
        "name": text(key, figure.language, name=name, measure=figure.measure),
        "quarters": [
            {"label": period.replace("20", "", 1), "text": _number(figure, value), "value": height}
            for (period, value), height in zip(last, small_columns(past), strict=True)
        ],
    }


def _number(figure: Figure, value: Decimal | None) -> str:
    return UNKNOWN if value is None else figure.between(value)
