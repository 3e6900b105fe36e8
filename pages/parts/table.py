"""The table beside a picture: the same rows, to sort and search."""

import pandas as pd
import streamlit as st

from charts.values import by, goal, measure_of, written
from locales.formats import percent, signed
from metrics.plan import Indicator
from metrics.result import Result
from pages.parts.context import chosen, href, say
from pages.parts.sources import result_key


def progress_table(result: Result, indicators: tuple[str, ...], units: tuple[str, ...]) -> None:
    """Progress rows in words. Figures are written exactly as on the cards; each row leads to its origin."""
    shown = _written(result, indicators, units, chosen().language)
    source = say("origin.source")
    st.dataframe(
        shown,
        hide_index=True,
        column_config={source: st.column_config.LinkColumn(display_text=say("origin.source_link"), width=80)},
    )


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Result: result_key})
def _written(result: Result, indicators: tuple[str, ...], units: tuple[str, ...], language: str) -> pd.DataFrame:
    rows = result.progress
    rows = rows[rows["indicator"].isin(indicators) & rows["unit"].isin(units)]
    shown = pd.DataFrame([_row(result, row, language) for _, row in rows.iterrows()])
    shown = shown.rename(columns={name: say(f"pages.table.{name}") for name in shown.columns})
    shown[say("origin.source")] = [
        href("indicator", indicator=name, unit=unit, anchor="origin")
        for name, unit in zip(rows["indicator"], rows["unit"], strict=True)
    ]
    return shown


def _row(result: Result, row: pd.Series, language: str) -> dict[str, str]:
    indicator = result.plan.indicators[row["indicator"]]
    status = say(f"status.{row['status']}")
    return {
        "indicator": indicator.name.by(language),
        "unit": result.plan.units[row["unit"]].label(language),
        "measure": measure_of(indicator, language),
        "actual": written(row["actual"], indicator),
        "target": _target(row, indicator),
        "attainment": percent(row["attainment"]),
        "expected": written(row["expected"], indicator),
        "lead": signed(row["lead"]),
        "gap": written(row["gap"], indicator),
        "status": f"{status} · {say('status.provisional')}" if row["provisional"] else status,
        "deadline": by(row["deadline"], language),
        "reported": f"{row['units_reported']}/{row['units_expected']}",
    }


def _target(row: pd.Series, indicator: Indicator) -> str:
    return goal(row["target"], indicator, row["comparison"]) if isinstance(row["comparison"], str) else "—"
