"""One figure's past as columns: where no unit fills the sheet, and for the goals of a composite."""

from collections.abc import Sequence
from decimal import Decimal

from charts.palette import GREY, INK
from charts.values import rows_of
from exports.cards.figures import Figure, fraction
from locales import text
from locales.formats import is_unknown
from metrics.result import Result

LONGEST_PAST = 12


def panels(result: Result, city: Figure, units: Sequence[Figure], language: str) -> list[dict[str, object]]:
    """The city's own quarters where no unit fills the sheet; those of each part of a composite."""
    found: list[dict[str, object]] = []
    for figure in [city] if len(units) < 2 else units:
        columns = quarters(result, figure, city.unit)
        known = any(column["value"] is not None for column in columns)
        path = any(column["tick"] is not None for column in columns)
        key = "progress.no_quarters" if not known else "progress.quarters_path" if path else "progress.quarters"
        words = {"name": figure.indicator.name.by(language), "measure": figure.measure}
        found.append({"title": text(key, language, **words), "quarters": columns if known else []})
    return found


def quarters(result: Result, figure: Figure, unit: str) -> list[dict[str, object]]:
    """One figure quarter by quarter; at most the last twelve."""
    chosen = rows_of(result.history, indicator=figure.indicator.indicator, unit=unit)
    records = [{k: None if is_unknown(v) else v for k, v in record.items()} for record in chosen.to_dict("records")]
    records = records[-LONGEST_PAST:]
    heights = [Decimal(str(r[c])) for r in records for c in ("actual", "expected") if r[c] is not None]
    largest = max(heights, default=None)
    return [
        {
            "label": str(record["period"]).replace("20", "", 1),
            "text": figure.written(record["actual"]),
            "value": fraction(record["actual"], largest),
            "tick": fraction(record["expected"], largest),
            "fill": INK if record["period"] == str(result.as_of) else GREY,
            "hatched": bool(record["provisional"]),
        }
        for record in records
    ]
