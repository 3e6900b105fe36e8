"""What a reminder says. Everything comes from the rows of `metrics.dues.owing`."""

from collections.abc import Mapping, Sequence

import pandas as pd

from exports.reminders.mail import Mail
from locales import text
from locales.formats import day, listing, quarter
from metrics.plan import Plan

ORDER = ("missing", "grace", "returned", "not_due")
"""Those in most of a hurry first."""


def reminder_text(plan: Plan, owing: pd.DataFrame, language: str) -> str:
    """One message for the group, as plain lines: who, since when, until when. Empty when nobody owes."""
    if owing.empty:
        return ""
    said = {"plan": plan.short.by(language), "quarter": quarter(owing["period"].iloc[0], language)}
    lines = [text("remind.text.heading", language, **said)]
    for state in ORDER:
        mine = owing[owing["state"] == state]
        # Units whose day was moved stand in a line of their own.
        for _, rows in mine.groupby("due", sort=True):
            names = listing((plan.units[unit].label(language, short=True) for unit in rows["unit"]), language)
            first = rows.iloc[0]
            days = {"due": day(first["due"], language), "grace": day(first["grace_until"], language)}
            days["days"] = str(first["days_late"])
            lines.append(text(f"remind.text.{state}", language, names=names, **days))
    return "\n".join([*lines, text("remind.text.ending", language)])


def reminder_mails(
    plan: Plan, owing: pd.DataFrame, addresses: Mapping[str, Sequence[str]], language: str
) -> list[Mail]:
    """A message for each unit that owes and has an address; it names nobody else."""
    return [
        _mail(plan, row, tuple(addresses[str(row["unit"])]), language)
        for row in owing.to_dict("records")
        if addresses.get(str(row["unit"]))
    ]


def _mail(plan: Plan, row: Mapping[object, object], to: tuple[str, ...], language: str) -> Mail:
    unit = str(row["unit"])
    said = {
        "plan": plan.short.by(language),
        "quarter": quarter(row["period"], language),
        "unit": plan.units[unit].label(language),
        "due": day(row["due"], language),  # type: ignore[arg-type]
        "grace": day(row["grace_until"], language),  # type: ignore[arg-type]
        "days": row["days_late"],
    }
    parts = [text(f"remind.mail.{part}", language, **said) for part in ("greeting", str(row["state"]), "ending")]
    body = "\n\n".join([*parts, text("remind.mail.automatic", language)]) + "\n"
    return Mail(unit, to, text("remind.mail.subject", language, **said), body)
