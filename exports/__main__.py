"""`python -m exports progress …` writes one export, `pack …` a meeting's pack; `fonts` makes the typeface."""

import argparse
import sys
from collections.abc import Collection, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from exports import EXPORTS, PAPERS, CardError, fonts
from exports.brief import computed_text
from exports.brief.wording import Wording, standing
from exports.cards import DRAWN
from exports.pack import FORMATS, pack
from exports.stamp import stamp
from exports.starting import starting_templates
from exports.typesetting import TypesettingError
from loaders.plans import PlanError, decided_versions, read_versions
from locales import DEFAULT, LANGUAGES, text
from metrics.period import Period
from metrics.result import Result
from store.actuals import latest_period
from store.audit import record
from store.brief_edits import list_brief_edits
from store.database import chosen_url, open_database
from store.results import result
from store.unusable import DatabaseUnusable


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m exports", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)
    progress = commands.add_parser("progress", help="the progress of a plan at the end of a quarter")
    _choices(progress)
    progress.add_argument("--format", choices=list(EXPORTS), required=True)
    progress.add_argument("--out", type=Path, required=True)
    progress.add_argument("--card", choices=[*DRAWN, *PAPERS], help="png: a card; pdf: a card or a paper")
    progress.add_argument("--indicator", help="one indicator only; of a card the one it shows")
    together = commands.add_parser("pack", help="every file of a meeting and a manifest, in one folder")
    _choices(together)
    together.add_argument("--formats", type=_formats, default=FORMATS, metavar=",".join(FORMATS), help="default: all")
    together.add_argument("--out", type=Path, required=True, metavar="DIR")
    own = commands.add_parser("templates", help="our page and our slides, for an office to lay out its own way")
    own.add_argument("--out", type=Path, required=True, metavar="DIR")
    own.add_argument("--language", choices=LANGUAGES, default=DEFAULT)
    commands.add_parser("fonts", help="cut data/fonts anew from Debian's fonts-noto-cjk")
    return top


def _choices(command: argparse.ArgumentParser) -> None:
    """Which figures, and in which language."""
    command.add_argument("--plan", required=True)
    command.add_argument("--as-of", type=Period.parse, metavar="2025Q3", help="default: the latest reported quarter")
    command.add_argument("--known-at", type=datetime.fromisoformat, metavar="ISO", help="as published by then")
    command.add_argument("--plan-version", metavar="VERSION", help="default: the version in force")
    command.add_argument("--unit-set")
    command.add_argument("--language", choices=LANGUAGES, default=DEFAULT)
    command.add_argument("--database", default=chosen_url(), metavar="URL")


def _formats(said: str) -> tuple[str, ...]:
    """`pptx,pdf` as a tuple; an unknown one is named by argparse."""
    wanted = tuple(said.split(","))
    if unknown := [form for form in wanted if form not in FORMATS]:
        raise argparse.ArgumentTypeError(", ".join(unknown))
    return wanted


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when written; 1 with one sentence on standard error when not."""
    chosen = parser().parse_args(arguments)
    if chosen.command == "fonts":
        for file in fonts.build():
            print(file)
        return 0
    try:
        if chosen.command == "templates":
            write_templates(chosen.out, chosen.language)
        elif chosen.command == "pack":
            write_pack(chosen)
        else:
            write_one(chosen)
    except (LookupError, PlanError, CardError, DatabaseUnusable, fonts.MissingGlyph, TypesettingError) as fault:
        print(fault.args[0] if fault.args else fault, file=sys.stderr)
        return 1
    return 0


def write_one(chosen: argparse.Namespace) -> None:
    write = EXPORTS[chosen.format]
    if chosen.card in PAPERS and chosen.format != "pdf":
        raise LookupError(text("papers.only_pdf", chosen.language, name=chosen.card))
    found = look_up(chosen)
    if chosen.indicator and chosen.indicator not in found.plan.indicators:
        raise LookupError(text("command.no_indicator", chosen.language, name=chosen.indicator, plan=chosen.plan))
    data = write(found, chosen.indicator, card=chosen.card, language=chosen.language)
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    chosen.out.write_bytes(data)
    enter(chosen, found, [chosen.out.name])


def write_pack(chosen: argparse.Namespace) -> None:
    """All files or none: each is made before the first is written."""
    found = look_up(chosen)
    made = list(pack(found, chosen.formats, chosen.language, edited=edited_brief(chosen, found)))
    chosen.out.mkdir(parents=True, exist_ok=True)
    for name, data in made:
        (chosen.out / name).write_bytes(data)
        print(name)
    enter(chosen, found, [name for name, _ in made])


def write_templates(folder: Path, language: str) -> None:
    """Never over a file that is there: it may be what the office has laid out already."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in starting_templates(language).items():
        if (folder / name).exists():
            raise LookupError(text("command.there", language, name=folder / name))
        (folder / name).write_bytes(data)
        print(folder / name)


def edited_brief(chosen: argparse.Namespace, found: Result) -> Wording | None:
    """The brief's text as last edited on the page, as far as it stands on these figures."""
    with closing(open_database(chosen.database)) as database:
        edits = list_brief_edits(database, found, chosen.language)
    now = computed_text(found, chosen.language)
    return standing(edits[0].computed, edits[0].edited, now) if edits else None


def enter(chosen: argparse.Namespace, found: Result, names: list[str]) -> None:
    """Enter in the audit what was taken out of the database, once it lies there."""
    detail: dict[str, object] = {**stamp(found, None, chosen.language), "names": names}
    with closing(open_database(chosen.database)) as database:
        record(database, datetime.now(), database.person.name, "export", detail)


def look_up(chosen: argparse.Namespace) -> Result:
    known = read_versions()
    _among(known, chosen.plan, "no_plan", chosen)
    if chosen.plan_version:
        _among([plan.version for plan in known[chosen.plan]], chosen.plan_version, "no_version", chosen)
    with closing(open_database(chosen.database)) as database:
        versions = decided_versions(database, chosen.known_at)[chosen.plan]
        plan = next((plan for plan in versions if plan.version == chosen.plan_version), versions[-1])
        if chosen.unit_set:
            _among(plan.unit_sets, chosen.unit_set, "no_unit_set", chosen)
        as_of = chosen.as_of or latest_period(database, plan)
        if as_of is None:
            raise LookupError(text("command.nothing", chosen.language, plan=chosen.plan))
        return result(database, plan, as_of, chosen.known_at, chosen.unit_set)


def _among(known: Collection[str], name: str, fault: str, chosen: argparse.Namespace) -> None:
    if name not in known:
        raise LookupError(text(f"command.{fault}", chosen.language, name=name, known=", ".join(known)))


if __name__ == "__main__":
    sys.exit(main())
