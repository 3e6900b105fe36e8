"""The sample workbooks: for every sending of a story the unit's own template, filled in."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from loaders.samples.rows import rows_of
from loaders.samples.story import Sending, Story, read_stories
from loaders.template.figures import YI
from loaders.template.fill import fill_workbook
from loaders.template.form import as_bytes, template_workbook
from loaders.template.meta import Layout
from metrics.plan import Plan

Figures = dict[tuple[str, str], Decimal | str | None]
Rows = dict[str, list[dict[str, str]]]


class SampleFile(NamedTuple):
    """A workbook as `intake` takes it: its bytes, its name, the moment it arrived."""

    data: bytes
    file_name: str
    at: datetime


def sample_files(plans: Mapping[str, Plan]) -> Iterator[SampleFile]:
    """All sample workbooks in the order they were sent."""
    for story, sending in sendings(plans):
        yield sample_file(story, sending)


def write_samples(plans: Mapping[str, Plan], folder: Path) -> Iterator[Path]:
    """Lay the sample workbooks into `folder`, one folder per plan, for looking at and trying out."""
    for story, sending in sendings(plans):
        file = sample_file(story, sending)
        path = folder / story.plan.plan / file.file_name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
        yield path


def sendings(plans: Mapping[str, Plan]) -> list[tuple[Story, Sending]]:
    sent = [(story, sending) for story in read_stories(plans) for sending in story.sendings()]
    return sorted(sent, key=lambda one: one[1].at)


def sample_file(story: Story, sending: Sending) -> SampleFile:
    """The filled template of one sending: 示例-南湖区-2025Q3.xlsx."""
    plan, unit, period = story.plan, sending.unit, sending.period
    workbook, layout = template_workbook(plan, unit, period, {}, {})
    rosters = _rosters(story, sending, layout)
    figures = _figures(story, sending, layout, rosters)
    fill_workbook(workbook, layout, plan, figures, rosters, story.tasks(unit, period))
    again = f"-{sending.otherwise['mark']}" if "mark" in sending.otherwise else "-更正" if sending.second else ""
    name = f"示例-{plan.units[unit].name}-{period}{again}.xlsx"
    return SampleFile(as_bytes(workbook), name, sending.at)


def _rosters(story: Story, sending: Sending, layout: Layout) -> Rows:
    """The rosters the template asks for; a first try forgets the last rows of one."""
    asked = [layout.roster_of(sheet) for sheet in layout.columns]
    rosters = {roster: rows_of(story, roster, sending.unit, sending.period) for roster in asked}
    first = sending.first_try or {}
    if roster := first.get("roster"):
        rosters[roster] = rosters[roster][: -first["forgotten"]]
    for roster, forgotten in sending.otherwise.get("forgotten", {}).items():
        rosters[roster] = rosters[roster][:-forgotten]
    for roster, (unit, number) in sending.otherwise.get("listed_by", {}).items():
        rosters[roster].append(rows_of(story, roster, unit, sending.period)[number])
    return rosters


def _figures(story: Story, sending: Sending, layout: Layout, rosters: Rows) -> Figures:
    """What is typed: figures of the story, and 0 where the list behind a count is empty."""
    typed: Figures = {}
    for indicator, part in layout.figures.values():
        told = story.at(sending.period, "figures", indicator, part, sending.unit)
        rule = story.plan.indicators[indicator].counts.get(part)
        if told is not None:
            typed[indicator, part] = _exact(story, indicator, told)
        elif rule is not None and not rosters[rule.roster]:
            # None of none is no share at all.
            typed[indicator, part] = Decimal(0) if part == "value" else None
    return typed | _special(story, sending)


def _special(story: Story, sending: Sending) -> Figures:
    """What this one sender typed beside a list, declared not applicable, or got wrong at first."""
    mine: Figures = {}
    for entry in story.told.get("not_applicable", []):
        if entry["unit"] == sending.unit:
            mine |= {(indicator, "value"): None for indicator in entry["indicators"]}
    for entry in story.told.get("typed", []):
        if (entry["unit"], entry["period"]) == (sending.unit, str(sending.period)):
            mine[entry["indicator"], "value"] = _exact(story, entry["indicator"], entry["value"])
    first = sending.first_try or {}
    if indicator := first.get("indicator"):
        mine[indicator, "value"] = _exact(story, indicator, first["first_value"])
    for indicator, told in sending.otherwise.get("figures", {}).items():
        parts = told if isinstance(told, dict) else {"value": told}
        mine |= {
            (indicator, part): n if isinstance(n, str) else _exact(story, indicator, n) for part, n in parts.items()
        }
    return mine


def _exact(story: Story, indicator: str, told: float) -> Decimal:
    """Told in 亿元 where it is money, kept in yuan."""
    return Decimal(str(told)) * (YI if story.plan.indicators[indicator].money else 1)
