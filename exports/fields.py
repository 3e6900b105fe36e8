"""The progress table as machines read it: the contract's fields, exact, unknown left empty.

Money is integer yuan; percentages have one decimal; the city's row bears the area's code. A target
printed as a bare number says `>=` here, which is how it is scored; people see it bare.
"""

from datetime import date
from decimal import Decimal

from charts.values import rows_of
from locales.formats import is_unknown
from metrics.plan import RATIOS
from metrics.progress import COLUMNS
from metrics.result import Result

FIELDS = COLUMNS[: COLUMNS.index("tags") + 1]
"""`indicator` … `tags`; what follows in the table is for our own pages and may change."""

PERCENTAGES = ("attainment", "lead")
RATIO_FIGURES = ("baseline", "target", "expected", "actual", "gap")

Value = str | int | float | bool | list[str] | None


def plain(value: object) -> Value:
    """A cell as JSON has it: a whole number as int, any other exact number as the shortest float."""
    if isinstance(value, list | tuple):
        return [str(item) for item in value]
    if is_unknown(value):
        return None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool | int | float):
        return value
    return str(value)


def records(result: Result, indicator: str | None = None) -> list[dict[str, Value]]:
    """One record per indicator × unit in the plan's order, of one indicator or of all."""
    table = result.progress if indicator is None else rows_of(result.progress, indicator=indicator)
    return [_record({str(k): v for k, v in row.items()}) for row in table.to_dict("records")]


def _record(row: dict[str, object]) -> dict[str, Value]:
    """Percentages are written as such (42.0), also where they are whole."""
    percentages = PERCENTAGES + (RATIO_FIGURES if row["kind"] in RATIOS else ())
    found = {name: plain(row[name]) for name in FIELDS}
    if found["comparison"] == "=":
        found["comparison"] = ">="
    for name in percentages:
        value = found[name]
        if isinstance(value, int):
            found[name] = float(value)
    return found
