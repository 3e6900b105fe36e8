"""报送表现: how each unit reports, counted over the quarters to the chosen one."""

import pandas as pd
import streamlit as st

from locales.formats import UNKNOWN, is_unknown, number, quarter
from metrics.behaviour import Record, record
from metrics.plan import Plan
from pages.parts.address import language
from pages.parts.context import chosen, say
from pages.parts.former import dated, unit_address
from pages.parts.html import draw, escape
from pages.parts.plain_table import plain_table
from pages.parts.sources import database
from store.audit import record as keep
from store.people import may


def behaviour_part(plan: Plan, rows: pd.DataFrame) -> None:
    """`rows` of `metrics.behaviour`: one per unit and quarter."""
    if rows.empty:
        return
    ends = {end: quarter(rows["period"].iloc[place], language()) for end, place in (("first", 0), ("last", -1))}
    draw(f"<h2>{escape(say('behaviour.title'))}</h2>")
    draw(f'<p class="note">{escape(say("behaviour.words", **ends))}</p>')
    units = list(dict.fromkeys(rows["unit"]))
    lines = [_line(dated(plan, unit), record(rows[rows["unit"] == unit])) for unit in units]
    links = {say("behaviour.column.unit"): [unit_address(plan, unit) for unit in units]}
    if len(units) > 1:
        lines.append(_line(say("behaviour.all"), record(rows)))
        links = {name: [*addresses, None] for name, addresses in links.items()}
    draw(plain_table(pd.DataFrame(lines), say("behaviour.caption"), links))
    draw(f'<p class="note">{escape(say("behaviour.first_pass_words"))}</p>')
    _quarters(plan, rows)
    if may(database().person, "export"):
        _download(plan, rows)


def _quarters(plan: Plan, rows: pd.DataFrame) -> None:
    """The quarters in which something went otherwise than it should, newest first."""
    failed = rows["first_pass"].map(lambda passed: passed is False)
    otherwise = rows[(rows["state"] == "late") | failed | (rows["returns"] > 0)].iloc[::-1]
    if otherwise.empty:
        return
    with st.expander(say("behaviour.quarters", number=len(otherwise)), key="behaviour-quarters"):
        shown = behaviour_csv(plan, otherwise).replace("", UNKNOWN)
        shown[say("behaviour.column.period")] = [quarter(period, language()) for period in otherwise["period"]]
        draw(plain_table(shown.astype(str), say("behaviour.quarters_caption")))


def _line(name: str, found: Record) -> dict[str, str]:
    of = say("behaviour.of", part=found.first_passes, whole=found.judged) if found.judged else UNKNOWN
    hours = [say("behaviour.hours", hours=number(found.hours, 1))] if found.hours is not None else []
    hours += [say("behaviour.unfixed", number=found.unfixed)] if found.unfixed else []
    told = {
        "unit": name,
        "expected": number(found.expected),
        "received": number(found.received),
        "in_time": number(found.in_time),
        "first_pass": of,
        "hours": " · ".join(hours) or UNKNOWN,
    }
    return {say(f"behaviour.column.{column}"): shown for column, shown in told.items()}


def _download(plan: Plan, rows: pd.DataFrame) -> None:
    when = quarter(chosen().as_of, language())
    name = say("behaviour.file_name", plan=plan.short.by(language()), quarter=when) + ".csv"
    data = behaviour_csv(plan, rows).to_csv(index=False).encode("utf-8-sig")
    st.download_button(
        say("behaviour.download"), data, name, "text/csv", key="behaviour-download", icon=":material/download:",
        on_click=_kept, args=(name,),
    )  # fmt: skip


def _kept(name: str) -> None:
    acting = database()
    keep(acting, pd.Timestamp.now().to_pydatetime(), acting.person.name, "export", {"file": name})


def behaviour_csv(plan: Plan, rows: pd.DataFrame) -> pd.DataFrame:
    """A row per unit and quarter, in words; what is not known is left empty."""
    yes_no = {True: say("behaviour.yes"), False: say("behaviour.no"), None: ""}
    shown = {
        "unit": [dated(plan, unit) for unit in rows["unit"]],
        "period": list(rows["period"]),
        "state": [say(f"detail.received.{state}") for state in rows["state"]],
        "days_late": [_blank(days) for days in rows["days_late"]],
        "files": list(rows["files"]),
        "first_pass": [yes_no[passed] for passed in rows["first_pass"]],
        "returns": list(rows["returns"]),
        "hours": [_blank(hours) for hours in rows["hours_to_fix"]],
        "unfixed": [yes_no[bool(unfixed)] for unfixed in rows["unfixed"]],
    }
    return pd.DataFrame(shown).rename(columns=lambda column: say(f"behaviour.column.{column}"))


def _blank(value: object) -> str:
    return "" if is_unknown(value) else str(value)
