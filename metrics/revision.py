"""What changed between two versions of a plan's text."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from metrics.plan import Milestone, Plan, Target

Subject = Literal["frame", "indicator", "target", "milestone"]
FRAME = ("title", "status", "start", "end", "unit_set", "bands")
DEFINED_BY = (
    "name", "kind", "measure", "scope", "unit_set", "printed", "owners", "reporters", "path", "baseline",
    "parts", "definition", "aspirational",
)  # fmt: skip
TASK = ("name", "deadline", "recurrence", "scope", "owners", "evidence")


@dataclass(frozen=True)
class Change:
    """One difference. `what` is the field that changed, blank when the whole thing came or went.

    `before` and `after` are the values themselves: a Target, a Text, a date …; None where there is none.
    """

    subject: Subject
    key: str
    what: str
    before: object
    after: object

    @property
    def change(self) -> Literal["added", "removed", "changed"]:
        if self.what or (self.before is not None and self.after is not None):
            return "changed"
        return "added" if self.before is None else "removed"


def revision(old: Plan, new: Plan) -> tuple[Change, ...]:
    """Every difference a reader must know of: the frame, indicators, targets, then tasks."""
    return (
        *(Change("frame", "", name, *pair) for name, pair in _differing(old, new, FRAME)),
        *_indicators(old, new),
        *_targets(old, new),
        *_milestones(old, new),
    )


def changed_indicators(changes: tuple[Change, ...]) -> tuple[str, ...]:
    """Indicators whose definition or targets are not the same, in the order of the changes."""
    return tuple(dict.fromkeys(c.key for c in changes if c.subject in ("indicator", "target")))


def _differing(old: object, new: object, fields: tuple[str, ...]) -> Iterator[tuple[str, tuple[object, object]]]:
    for name in fields:
        pair = getattr(old, name), getattr(new, name)
        if pair[0] != pair[1]:
            yield name, pair


def _indicators(old: Plan, new: Plan) -> Iterator[Change]:
    for name in dict.fromkeys((*old.indicators, *new.indicators)):
        before, after = old.indicators.get(name), new.indicators.get(name)
        if before is None or after is None:
            yield Change("indicator", name, "", before, after)
            continue
        for what, pair in _differing(before, after, DEFINED_BY):
            yield Change("indicator", name, what, *pair)
        if before.counts != after.counts:
            yield Change("indicator", name, "count", before, after)


def _targets(old: Plan, new: Plan) -> Iterator[Change]:
    """Rows are the same promise when indicator, unit and deadline agree; else one takes the other's place."""
    before, after = _by_promise(old), _by_promise(new)
    for indicator, unit in dict.fromkeys((*before, *after)):
        was, now = before.get((indicator, unit), []), after.get((indicator, unit), [])
        for one, other in _paired(was, now):
            if one is None or other is None or _words(one) != _words(other):
                yield Change("target", indicator, "", one, other)


def _by_promise(plan: Plan) -> dict[tuple[str, str], list[Target]]:
    found: dict[tuple[str, str], list[Target]] = defaultdict(list)
    for target in plan.targets:
        if target.version == plan.version:
            found[target.indicator, target.unit].append(target)
    return found


def _paired(was: list[Target], now: list[Target]) -> Iterator[tuple[Target | None, Target | None]]:
    kept = {target.deadline for target in was} & {target.deadline for target in now}
    dated = {target.deadline: target for target in now}
    yield from ((target, dated[target.deadline]) for target in was if target.deadline in kept)
    gone = [target for target in was if target.deadline not in kept]
    come = [target for target in now if target.deadline not in kept]
    for index in range(max(len(gone), len(come))):
        yield (gone[index] if index < len(gone) else None), (come[index] if index < len(come) else None)


def _words(target: Target) -> tuple[object, ...]:
    return target.deadline, target.comparison, target.value, target.maximum, target.printed


def _milestones(old: Plan, new: Plan) -> Iterator[Change]:
    before: dict[str, Milestone] = {m.milestone: m for m in old.milestones}
    after: dict[str, Milestone] = {m.milestone: m for m in new.milestones}
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name), after.get(name)
        if was is None or now is None:
            yield Change("milestone", name, "", was, now)
        else:
            for what, pair in _differing(was, now, TASK):
                yield Change("milestone", name, what, *pair)
