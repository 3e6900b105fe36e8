"""`write_template`: the workbook a unit fills in each quarter, and nothing it does not owe."""

import io
from collections.abc import Mapping, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from loaders.problem import Refused
from loaders.reform import out_of_time
from loaders.template import figures, rosters, tasks
from loaders.template import styles as style
from loaders.template.figures import Entry, entries, owed_indicators, write_figures
from loaders.template.guide import Owed, write_guide
from loaders.template.meta import META_SHEET, TEMPLATE_VERSION, Layout, meta_rows
from loaders.template.rosters import write_roster
from loaders.template.tasks import write_tasks
from locales import formats, text
from metrics.calendar import Term, usual_term
from metrics.period import Period
from metrics.plan import Indicator, Plan, Roster
from store.submissions import MilestoneStatus

Rows = Sequence[Mapping[str, str]]


def write_template(
    plan: Plan,
    unit: str,
    period: Period,
    *,
    last_rosters: Mapping[str, Rows] | None = None,
    last_figures: Mapping[tuple[str, str], Decimal] | None = None,
    last_statuses: Mapping[str, MilestoneStatus] | None = None,
    term: Term | None = None,
    language: str = "zh_CN",
) -> bytes:
    """The template of one unit for one quarter, last published rosters and task statuses filled in.

    `last_rosters`: roster → rows of canonical values; `last_figures`: (indicator, part) → number;
    `last_statuses`: milestone → status; `term`: the days that hold for the unit and quarter, without it
    those of the plan's own rule. Raises `Refused` for a quarter in which the unit does not exist.
    """
    if fault := out_of_time(plan, unit, period):
        raise Refused(fault.code, **fault.values)
    workbook, _ = template_workbook(
        plan,
        unit,
        period,
        last_rosters or {},
        last_figures or {},
        language,
        last_statuses=last_statuses or {},
        term=term,
    )
    return as_bytes(workbook)


def template_workbook(
    plan: Plan,
    unit: str,
    period: Period,
    last_rosters: Mapping[str, Rows],
    last_figures: Mapping[tuple[str, str], Decimal],
    language: str = "zh_CN",
    *,
    last_statuses: Mapping[str, MilestoneStatus] | None = None,
    term: Term | None = None,
) -> tuple[Workbook, Layout]:
    """The template while it is still a workbook, and where its inputs are."""
    form = _Form(plan, unit, period, language, term or usual_term(plan.calendar, period))
    asked = list(entries(plan, unit, period, language))
    guide = form.sheet(text("template.guide_sheet", language), portrait=True)
    form.layout.keys["other_sheets"] = guide.title
    owed = []
    if asked:
        sheet = form.sheet(text("template.figures_sheet", language), heading=figures.HEADING_ROW)
        write_figures(sheet, form.layout, asked, last_figures, form.head, language)
        owed.append(_owed_figures(sheet.title, asked, bool(last_figures), language))
    for roster in form.rosters:
        rows = form.carried(roster, last_rosters.get(roster.roster, ()))
        counts = formats.listing([i.name.by(language) for i in form.counted_from(roster)], language)
        sheet = form.sheet(roster.name.by(language), heading=rosters.HEADING_ROW)
        write_roster(sheet, form.layout, roster, rows, form.head, _hint(len(rows), language), language)
        owed.append(_owed_roster(sheet.title, counts, len(rows), language))
    if owed_tasks := plan.milestones_of(unit):
        known = last_statuses or {}
        sheet = form.sheet(text("milestones.sheet.sheet", language), heading=tasks.HEADING_ROW)
        write_tasks(sheet, form.layout, owed_tasks, known, form.head, period, language)
        owed.append(_owed_tasks(sheet.title, len(owed_tasks), len(known), language))
    write_guide(guide, plan, form.head, form.term, owed, form.indicators, language, tasks=bool(owed_tasks))
    return form.finish(), form.layout


def as_bytes(workbook: Workbook) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


class _Form:
    """The workbook while it is being written, and whose it is."""

    def __init__(self, plan: Plan, unit: str, period: Period, language: str, term: Term) -> None:
        self.indicators = owed_indicators(plan, unit, period)
        keeps = {roster.roster for roster in plan.rosters_of(unit) if plan.keeps(unit, roster.roster)}
        self.rosters = [r for r in plan.rosters_of(unit) if r.roster in keeps or self.counted_from(r)]
        quarter, name = formats.quarter(period, language), plan.units[unit].label(language)
        self.term = term
        self.head = text("template.head", language, unit=name, quarter=quarter, due=formats.day(term.due, language))
        self.layout = Layout(
            {
                "plan": plan.plan,
                "plan_version": plan.version,
                "unit": unit,
                "period": str(period),
                "template_version": TEMPLATE_VERSION,
                "language": language,
            }
        )
        self._footer = text("template.footer", language, plan=plan.short.by(language), unit=name, quarter=quarter)
        self._workbook = Workbook()
        self._workbook.remove(self._workbook.active)
        self._workbook.properties.title = f"{plan.title.by(language)} {name} {quarter}"
        self._workbook.properties.creator = ""
        self._taken = {META_SHEET}

    def counted_from(self, roster: Roster) -> list[Indicator]:
        return [i for i in self.indicators if any(rule.roster == roster.roster for rule in i.counts.values())]

    def carried(self, roster: Roster, rows: Rows) -> Rows:
        fresh = rosters.quarter_fields(roster, self.indicators)
        return [{name: value for name, value in row.items() if name not in fresh} for row in rows]

    def sheet(self, name: str, *, heading: int | None = None, portrait: bool = False) -> Worksheet:
        sheet = self._workbook.create_sheet(style.sheet_name(name, self._taken))
        style.paper(sheet, self._footer, heading=heading, landscape=not portrait)
        sheet.sheet_properties.tabColor = style.TAB["guide" if heading is None else "input"]
        return sheet

    def finish(self) -> Workbook:
        meta = self._workbook.create_sheet(META_SHEET)
        for at, row in enumerate(meta_rows(self.layout), start=1):
            for column, words in enumerate(row, start=1):
                style.put_text(meta.cell(at, column), words)
        meta.sheet_state = "veryHidden"
        return self._workbook


def _owed_figures(sheet: str, asked: Sequence[Entry], carried: bool, language: str) -> Owed:
    check = sum(entry.roster is not None for entry in asked)
    key = "figures_only_check" if check == len(asked) else "figures" if check else "figures_only_typed"
    content = text(f"template.what.{key}", language, typed=len(asked) - check, check=check)
    return Owed(sheet, content, text(f"template.what.{'last' if carried else 'none'}", language))


def _owed_roster(sheet: str, counts: str, carried: int, language: str) -> Owed:
    content = (
        text("template.what.roster", language, indicators=counts) if counts else text("template.what.kept", language)
    )
    state = text("template.what.rows", language, count=carried) if carried else text("template.what.none", language)
    return Owed(sheet, content, state)


def _owed_tasks(sheet: str, count: int, carried: int, language: str) -> Owed:
    state = (
        text("milestones.sheet.carried", language, count=carried) if carried else text("template.what.none", language)
    )
    return Owed(sheet, text("milestones.sheet.owed", language, count=count), state)


def _hint(carried: int, language: str) -> str:
    key = "carried" if carried else "nothing"
    state = text(f"template.roster.{key}", language, count=carried)
    return state + ("" if language != "en" else ". ") + text("template.roster.hint", language)
