"""The first page of the units' paper: who has sent, and what can be told of all units beside each other."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from exports.table import Block
from locales import text
from locales.formats import is_unknown, moment
from metrics.result import Result

FRONT = 4
"""Headline figures that find room beside a unit's name."""


def in_front(found: Sequence[Block], language: str) -> list[tuple[str, str, dict[str, str]]]:
    """Where no unit has a target of its own, the contents tell the headlines' figures: name, measure, by unit."""
    told = [block for block in found if block.units]
    if any(figure["target"] is not None for block in told for figure in block.units):
        return []
    chosen = ([block for block in told if block.indicator.headline] or told)[:FRONT]
    return [
        (
            block.indicator.name.by(language),
            block.city.measure,
            {figure.unit: figure.between(figure["actual"]) for figure in block.units},
        )
        for block in chosen
    ]


def sent(result: Result, unit: str, language: str) -> dict[str, str]:
    """Whether and when the unit has sent its submission of the quarter."""
    rows = result.completeness[result.completeness["unit"] == unit].to_dict("records")
    row: dict[Any, Any] = rows[0] if rows else {"state": "not_expected", "received_at": None}
    came = row["received_at"]
    at = moment(came.to_pydatetime() if hasattr(came, "to_pydatetime") else came) if _known(came) else ""
    word = text(f"papers.state_{row['state']}", language)
    said = text("papers.sent_at", language, state=word, at=at) if at else word
    return {"word": word, "said": said, "state": str(row["state"])}


def _known(value: datetime | None) -> bool:
    return value is not None and not is_unknown(value)
