"""`seed`: fill an empty database with invented submissions, sent through the same door as real ones.

Each is a filled template, loaded at the moment the story says, so that origins, lateness and the
replay of any past day work as they do with real data.
"""

import queue
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from loaders.intake import Verdict, load_dated
from loaders.sample_rows import rows_of
from loaders.sample_story import Sending, Story, read_stories
from loaders.template import as_bytes, template_workbook
from loaders.template_figures import YI
from loaders.template_fill import fill_workbook
from loaders.template_meta import Layout
from metrics.plan import Plan
from store.database import Database

WHO = "示例"
AHEAD = 8
Figures = dict[tuple[str, str], Decimal | None]
Rows = dict[str, list[dict[str, str]]]


class SampleFile(NamedTuple):
    data: bytes
    file_name: str
    at: datetime


def seed(database: Database, plans: Mapping[str, Plan], *, progress: Callable[[int, int], None] | None = None) -> None:
    """Mark the database as sample data and load every submission of every story, oldest first.

    `progress(done, all)` is called after each. Raises ValueError when a sample is rejected.
    """
    database.mark_sample()
    sent = sorted(
        ((story, sending) for story in read_stories(plans) for sending in story.sendings()),
        key=lambda one: one[1].at,
    )
    files = _built_ahead(_files(sent))
    for done, verdict in enumerate(load_dated(database, dict(plans), files, who=WHO), start=1):
        _must_stand(verdict)
        if progress:
            progress(done, len(sent))


def sample_files(plans: Mapping[str, Plan]) -> Iterator[SampleFile]:
    """All sample workbooks, plan by plan, in the order they were sent."""
    for story in read_stories(plans):
        yield from _files((story, sending) for sending in story.sendings())


def _files(sent: Iterable[tuple[Story, Sending]]) -> Iterator[SampleFile]:
    for story, sending in sent:
        yield sample_file(story, sending)


def sample_file(story: Story, sending: Sending) -> SampleFile:
    """The filled template of one sending: 示例-南湖区-2025Q3.xlsx."""
    plan, unit, period = story.plan, sending.unit, sending.period
    workbook, layout = template_workbook(plan, unit, period, {}, {})
    rosters = _rosters(story, sending, layout)
    fill_workbook(workbook, layout, plan, _figures(story, sending, layout, rosters), rosters)
    again = "-更正" if sending.second else ""
    name = f"示例-{plan.units[unit].name}-{plan.short.zh}-{period}{again}.xlsx"
    return SampleFile(as_bytes(workbook), name, sending.at)


def _rosters(story: Story, sending: Sending, layout: Layout) -> Rows:
    """The rosters the template asks for; a first try forgets the last rows of one."""
    asked = [layout.roster_of(sheet) for sheet in layout.columns]
    rosters = {roster: rows_of(story, roster, sending.unit, sending.period) for roster in asked}
    first = sending.first_try or {}
    if roster := first.get("roster"):
        rosters[roster] = rosters[roster][: -first["forgotten"]]
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
    return mine


def _exact(story: Story, indicator: str, told: float) -> Decimal:
    """Told in 亿元 where it is money, kept in yuan."""
    return Decimal(str(told)) * (YI if story.plan.indicators[indicator].money else 1)


def _must_stand(verdict: Verdict) -> None:
    if not verdict.accepted:
        said = "; ".join(f"{p.sheet}!{p.cell} {p.code} {p.found}" for p in verdict.errors)
        raise ValueError(f"sample {verdict.file} was rejected: {said}")


def _built_ahead(files: Iterator[SampleFile]) -> Iterator[SampleFile]:
    """The same files, built a few ahead in a thread while the child process reads the last one."""
    ready: queue.Queue[SampleFile | BaseException | None] = queue.Queue(AHEAD)

    def build() -> None:
        try:
            for file in files:
                ready.put(file)
            ready.put(None)
        except BaseException as fault:  # noqa: BLE001 - raised again by the reader below
            ready.put(fault)

    threading.Thread(target=build, daemon=True).start()
    while (file := ready.get()) is not None:
        if isinstance(file, BaseException):
            raise file
        yield file
