"""Commands: `python -m loaders template | load | check | samples`."""

import argparse
import getpass
import json
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from loaders.found import Form
from loaders.intake import load_many
from loaders.own.mapping import Proposal
from loaders.plans import PlanError, check_plans, decided_plans, read_cross_plan, read_plans
from loaders.problem import Refused, message
from loaders.returned import returned_name, write_returned
from loaders.samples import write_samples
from loaders.samples.first_start import prepare_samples
from loaders.template import write_template
from loaders.verdict import Verdict
from locales import LANGUAGES, text
from locales.formats import quarter
from metrics.period import Period
from metrics.plan import Plan
from store.calendar import term_of
from store.database import DEFAULT_URL, Database, chosen_url, open_database
from store.milestones import last_statuses
from store.rosters import last_roster
from store.submissions import last_figures
from store.unusable import DatabaseUnusable


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (PlanError, DatabaseUnusable) as fault:
        print(fault, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m loaders", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    template = commands.add_parser("template", help="write the workbook a unit fills in for a quarter")
    template.add_argument("--plan", required=True)
    template.add_argument("--unit", required=True, help="code or key of the unit, for example 330402")
    template.add_argument("--period", required=True, type=_period, help="quarter, for example 2025Q3")
    template.add_argument("--out", required=True, type=Path)
    template.set_defaults(run=_template)

    load = commands.add_parser("load", help="check filled workbooks and publish those without faults")
    load.add_argument("files", nargs="+", type=Path, metavar="FILE")
    load.add_argument("--plan")
    load.add_argument("--unit")
    load.add_argument("--period", type=_period)
    load.add_argument("--dry-run", action="store_true", help="only say the verdict, keep nothing")
    load.add_argument("--returned", type=Path, metavar="FOLDER", help="write workbooks with problems there, marked")
    load.set_defaults(run=_load)

    for command in (template, load):
        command.add_argument("--database", default=chosen_url(), metavar="URL", help="default: DASHBOARD_DATABASE")
        command.add_argument("--language", choices=LANGUAGES, default="zh_CN")

    check = commands.add_parser("check", help="validate all plan data; names file, key and fault")
    check.set_defaults(run=_check)

    samples = commands.add_parser("samples", help="write the invented sample workbooks")
    samples.add_argument("--out", required=True, type=Path, help="folder")
    samples.set_defaults(run=_samples)
    return parser


def _period(written: str) -> Period:
    try:
        return Period.parse(written)
    except ValueError as fault:
        raise argparse.ArgumentTypeError(str(fault)) from fault


def _known(plans: dict[str, Plan], plan: str | None, unit: str | None, language: str) -> str | None:
    """What is wrong with the plan and unit given, or None."""
    if plan is not None and plan not in plans:
        return text("problem_command.plan", language, plan=plan, plans=", ".join(plans))
    offered = [plans[plan]] if plan else list(plans.values())
    if unit is not None and not any(unit in one.reporting_units() for one in offered):
        units = ", ".join(dict.fromkeys(key for one in offered for key in one.reporting_units()))
        return text("problem_command.unit", language, unit=unit, units=units)
    return None


def _template(options: argparse.Namespace) -> int:
    plans = _plans(options.database)
    if fault := _known(plans, options.plan, options.unit, options.language):
        print(fault, file=sys.stderr)
        return 2
    plan = plans[options.plan]
    last = _last_sent(options.database, plan, options.unit, options.period)
    try:
        content = write_template(plan, options.unit, options.period, language=options.language, **last)
    except Refused as refused:
        print(message(refused.problem(), options.language), file=sys.stderr)
        return 2
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_bytes(content)
    return 0


def _last_sent(url: str, plan: Plan, unit: str, period: Period) -> dict[str, Any]:
    """What the unit sent last, to carry over, and its days; a database that does not exist yet stays unmade."""
    if not _exists(url):
        return {}
    database = open_database(url)
    owed = [roster.roster for roster in plan.rosters_of(unit)]
    rosters = {roster: last_roster(database, plan, unit, roster, period) for roster in owed}
    figures = last_figures(database, plan, unit, period)
    statuses, term = last_statuses(database, plan, unit, period), term_of(database, plan, unit, period)
    database.close()
    return {"last_rosters": rosters, "last_figures": figures, "last_statuses": statuses, "term": term}


def _exists(url: str) -> bool:
    place = url.removeprefix("duckdb:///")
    return place == url or Path(place).exists()


def _plans(url: str) -> dict[str, Plan]:
    """The plans as decided in this database; as printed where there is none yet."""
    if not _exists(url):
        return read_plans()
    with closing(open_database(url)) as database:
        return decided_plans(database)


def _opened(url: str, plans: dict[str, Plan]) -> Database:
    """The database to load into; the default one begins with the samples, as when served first."""
    if url == DEFAULT_URL:
        prepare_samples(plans)
    return open_database(url)


def _load(options: argparse.Namespace) -> int:
    """One JSON line per file, and on stderr what could not be placed; 0 only if every file was accepted."""
    plans = read_plans()
    if fault := _known(plans, options.plan, options.unit, options.language):
        print(fault, file=sys.stderr)
        return 2
    missing = [str(file) for file in options.files if not file.is_file()]
    if missing:
        print(text("problem_command.file", options.language, files=", ".join(missing)), file=sys.stderr)
        return 2
    database = _opened(options.database, plans)
    plans = decided_plans(database)
    files = [(file.read_bytes(), file.name) for file in options.files]
    form = Form(options.plan, options.unit, options.period)
    who, save = getpass.getuser(), not options.dry_run
    verdicts = load_many(database, plans, files, now=datetime.now(), who=who, form=form, save=save)
    accepted, given = True, list[Path]()
    for file, (data, _), verdict in zip(options.files, files, verdicts, strict=True):
        line = {**verdict.as_json(options.language), "file": str(file)}
        if verdict.proposal:
            line["questions"] = _questions(verdict.proposal)
            print(_unplaced(verdict.file, verdict.proposal, options.language), file=sys.stderr)
        if options.returned and verdict.problems:
            given.append(_give_back(options, plans, data, verdict, given))
            line["returned"] = str(given[-1])
        print(json.dumps(line, ensure_ascii=False), flush=True)
        accepted = accepted and verdict.accepted
    database.close()
    return 0 if accepted else 1


def _questions(proposal: Proposal) -> list[dict[str, Any]]:
    """What could not be placed in a workbook of the unit's own layout, with our guess (null: none)."""
    return [
        {"sheet": asked.sheet, "cell": asked.cell, "words": asked.words, "guess": asked.guess}
        for asked in proposal.questions
    ]


def _unplaced(file_name: str, proposal: Proposal, language: str) -> str:
    """Which names are in doubt, and where the unit is asked what they mean."""
    asked = proposal.questions
    names = text("problem_command.and", language).join(
        text("problem_command.name", language, words=one.words, sheet=one.sheet, cell=one.cell) for one in asked
    )
    return text("problem_command.unplaced", language, file=file_name, number=len(asked), names=names)


def _give_back(
    options: argparse.Namespace, plans: dict[str, Plan], data: bytes, verdict: Verdict, given: list[Path]
) -> Path:
    """The returned workbook of a file with problems; files of one name come back numbered."""
    language = options.language
    plan = plans.get(verdict.plan or "")
    unit = plan.units.get(verdict.unit or "") if plan else None
    content = write_returned(
        data,
        verdict.file,
        verdict.problems,
        plan=plan.short.by(language) if plan else "",
        unit=unit.label(language) if unit else "",
        period=quarter(verdict.period, language) if verdict.period else "",
        language=language,
    )
    first: Path = options.returned / returned_name(verdict.file, language)
    names = (first, *(first.with_stem(f"{first.stem} ({number})") for number in range(2, len(given) + 2)))
    out = next(name for name in names if name not in given)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(content)
    return out


def _check(options: argparse.Namespace) -> int:
    plans = read_plans()
    if faults := check_plans():
        raise PlanError(faults)
    print(text("problem_command.checked", "en", plans=", ".join(plans)))
    for plan in plans.values():
        print(_counted(plan.plan, [plan]))
    print(_counted("all", list(plans.values())))
    print(text("problem_command.cross_plan", "en", number=len(read_cross_plan().tensions)))
    return 0


def _counted(name: str, plans: list[Plan]) -> str:
    """How much of everything is tracked, for a closing note: `jxfs: 15 indicators, 27 milestones, …`."""
    parts = ("indicators", "milestones", "money", "tensions")
    numbers = {part: sum(len(getattr(plan, part)) for plan in plans) for part in parts}
    return text("problem_command.counted", "en", plan=name, **numbers)


def _samples(options: argparse.Namespace) -> int:
    for file in write_samples(read_plans(), options.out):
        print(file)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
