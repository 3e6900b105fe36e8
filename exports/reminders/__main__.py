"""`python -m exports.reminders --plan jxfs` prints who still owes; `--send` mails exactly those."""

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime

import pandas as pd

from exports.reminders import MailServer, mail_server, reminder_mails, reminder_text, send_mails
from loaders.plans import PlanError, decided_plans
from locales import DEFAULT, LANGUAGES, text
from metrics.dues import owing
from metrics.period import Period
from metrics.plan import Plan
from store.addresses import list_addresses, record_reminder
from store.database import Database, chosen_url, open_database
from store.steps import list_dues
from store.unusable import DatabaseUnusable


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m exports.reminders", description=__doc__)
    made.add_argument("--plan", required=True)
    made.add_argument("--period", type=Period.parse, metavar="2025Q3", help="default: the last quarter that has ended")
    made.add_argument("--unit-set")
    made.add_argument("--send", action="store_true", help="e-mail each unit that has an address (DASHBOARD_SMTP_*)")
    made.add_argument("--language", choices=LANGUAGES, default=DEFAULT)
    made.add_argument("--database", default=chosen_url(), metavar="URL")
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when everybody who owes was reached, or nobody owes; 1 with a sentence each when not."""
    chosen = parser().parse_args(arguments)
    now = datetime.now()
    period = chosen.period or Period.of(now.date()) + -1
    try:
        with closing(open_database(chosen.database)) as database:
            plans = decided_plans(database)
            if chosen.plan not in plans:
                known = ", ".join(plans)
                raise LookupError(text("command.no_plan", chosen.language, name=chosen.plan, known=known))
            plan = plans[chosen.plan]
            if chosen.unit_set and chosen.unit_set not in plan.unit_sets:
                known = ", ".join(plan.unit_sets)
                raise LookupError(text("command.no_unit_set", chosen.language, name=chosen.unit_set, known=known))
            rows = owing(list_dues(database, plan, [period], on=now.date(), unit_set=chosen.unit_set))
            print(reminder_text(plan, rows, chosen.language) or text("command.remind_nobody", chosen.language))
            if chosen.send and len(rows):
                server = mail_server(os.environ)
                if server is None:
                    raise LookupError(text("command.remind_no_server", chosen.language))
                return send(database, plan, rows, server, chosen.language, now)
    except (LookupError, PlanError, DatabaseUnusable, ValueError, OSError) as fault:
        print(fault.args[0] if fault.args else fault, file=sys.stderr)
        return 1
    return 0


def send(database: Database, plan: Plan, rows: pd.DataFrame, server: MailServer, language: str, now: datetime) -> int:
    """Mail those who owe, say how each went, keep it in the audit."""
    outcomes = send_mails(server, reminder_mails(plan, rows, list_addresses(database), language))
    reached = [outcome.mail.unit for outcome in outcomes if outcome.why is None]
    lost = [str(unit) for unit in rows["unit"] if unit not in reached]
    why = {outcome.mail.unit: outcome for outcome in outcomes}
    for unit in rows["unit"]:
        name, outcome = plan.units[unit].label(language), why.get(str(unit))
        if outcome is None:
            print(text("command.remind_no_address", language, unit=name), file=sys.stderr)
        elif outcome.why:
            print(text("command.remind_failed", language, unit=name, why=outcome.why), file=sys.stderr)
        else:
            print(text("command.remind_sent", language, unit=name, address=", ".join(outcome.mail.to)))
    record_reminder(database, plan, Period.parse(rows["period"].iloc[0]), "mail", reached, now=now, failed=lost)
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
