"""`python -m exports progress …` writes one export; `python -m exports fonts` makes the typeface."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from exports import CARDS, EXPORTS, CardError, fonts
from loaders.plans import PlanError, read_plans
from locales import DEFAULT, LANGUAGES, text
from metrics.period import Period
from metrics.result import Result
from store.actuals import latest_period
from store.database import DatabaseBusy, chosen_url, open_database
from store.results import result


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m exports", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)
    progress = commands.add_parser("progress", help="the progress of a plan at the end of a quarter")
    progress.add_argument("--plan", required=True)
    progress.add_argument("--as-of", type=Period.parse, metavar="2025Q3", help="default: the latest reported quarter")
    progress.add_argument("--known-at", type=datetime.fromisoformat, metavar="ISO", help="as published by then")
    progress.add_argument("--unit-set")
    progress.add_argument("--format", choices=list(EXPORTS), required=True)
    progress.add_argument("--out", type=Path, required=True)
    progress.add_argument("--card", choices=list(CARDS), help="png and pdf; default: progress (png), the table (pdf)")
    progress.add_argument("--indicator", help="one indicator only; of a card the one it shows")
    progress.add_argument("--language", choices=LANGUAGES, default=DEFAULT)
    progress.add_argument("--database", default=chosen_url(), metavar="URL")
    commands.add_parser("fonts", help="cut data/fonts anew from Debian's fonts-noto-cjk")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when written; 1 with one sentence on standard error when not."""
    chosen = parser().parse_args(arguments)
    if chosen.command == "fonts":
        for file in fonts.build():
            print(file)
        return 0
    try:
        write = EXPORTS[chosen.format]
        found = look_up(chosen)
        if chosen.indicator and chosen.indicator not in found.plan.indicators:
            raise LookupError(text("command.no_indicator", chosen.language, name=chosen.indicator, plan=chosen.plan))
        data = write(found, chosen.indicator, card=chosen.card, language=chosen.language)
    except (LookupError, PlanError, CardError, DatabaseBusy, fonts.MissingGlyph) as fault:
        print(fault.args[0] if fault.args else fault, file=sys.stderr)
        return 1
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    chosen.out.write_bytes(data)
    return 0


def look_up(chosen: argparse.Namespace) -> Result:
    plans = read_plans()
    if chosen.plan not in plans:
        known = ", ".join(plans)
        raise LookupError(text("command.no_plan", chosen.language, name=chosen.plan, known=known))
    plan = plans[chosen.plan]
    if chosen.unit_set and chosen.unit_set not in plan.unit_sets:
        known = ", ".join(plan.unit_sets)
        raise LookupError(text("command.no_unit_set", chosen.language, name=chosen.unit_set, known=known))
    with closing(open_database(chosen.database)) as database:
        as_of = chosen.as_of or latest_period(database, plan)
        if as_of is None:
            raise LookupError(text("command.nothing", chosen.language, plan=chosen.plan))
        return result(database, plan, as_of, chosen.known_at, chosen.unit_set)


if __name__ == "__main__":
    sys.exit(main())
