"""One figure: a rolled-up value held against the target in force (semantics §4)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from metrics.kinds import Rolled
from metrics.period import Period
from metrics.plan import Bands, Comparison, Indicator, Path, Target
from metrics.rounding import percent
from metrics.status import VERDICTS, Status, choose_status, passes


@dataclass(frozen=True, slots=True)
class Promise:
    """The target in force, as one row is held against it.

    `value` is the target's, or what a city row counts to (units of a floor, parts of a composite).
    `expected` is None where nothing is expected yet. `begun` is False for a yearly target of a
    later year: this year's count says nothing about it.
    """

    value: Decimal
    comparison: Comparison
    deadline: date | None
    path: Path | None
    expected: Fraction | None
    begun: bool = True


@dataclass(slots=True)
class Figure:
    """`moment` is the quarter judged: `as_of`, or an earlier one whose verdict is final.

    Percentages have one decimal. `printed` are the words of the target, even of one without a number.
    """

    indicator: Indicator
    unit: str
    moment: Period
    rolled: Rolled
    promise: Promise | None
    baseline: Decimal | None
    attainment: Decimal | None
    lead: Decimal | None
    gap: Decimal | None
    status: Status
    provisional: bool
    printed: str
    tags: tuple[str, ...]

    @property
    def actual(self) -> Decimal | None:
        return self.rolled.actual

    @property
    def deadline(self) -> date | None:
        return self.promise.deadline if self.promise else None


def judge(
    indicator: Indicator,
    unit: str,
    as_of: Period,
    moment: Period,
    rolled: Rolled,
    promise: Promise | None,
    target: Target | None,
    *,
    baseline: Decimal | None,
    assumed: bool,
    bands: Bands,
    ended: bool = False,
) -> Figure:
    """Compare exactly, round once, and choose the word from what is shown.

    `target` is the row the promise comes from (or one that only says a direction); `assumed` says
    that the baseline is our 0; `ended`, that the plan's last quarter is looked at or over.
    """
    actual, passed = rolled.actual, False
    attainment = lead = gap = None
    if promise and promise.begun and actual is not None:
        passed = passes(actual, promise.comparison, promise.value)
        attainment = percent(actual, promise.value)
        gap = Decimal(0) if passed else promise.value - actual
        if promise.expected is not None:
            lead = percent(Fraction(actual) - promise.expected, promise.value)
    status = choose_status(
        promised=promise is not None,
        applicable=not rolled.not_applicable,
        actual=actual,
        passed=passed,
        deadline=promise.deadline if promise else None,
        day=as_of.end,
        lead=lead,
        bands=bands,
        ended=ended,
        # A date before the plan took effect binds nobody (XZ-01).
        scored=indicator.scored and not (target and "before_start" in target.tags),
    )
    return Figure(
        indicator,
        unit,
        moment,
        rolled,
        promise,
        baseline,
        attainment,
        lead,
        gap,
        status,
        rolled.provisional,
        target.printed if target else "",
        (
            *_path_tags(promise, assumed),
            *(target.tags if target else ()),
            *((f"final:{moment.year}",) if moment < as_of or (ended and status in VERDICTS) else ()),
            *_data_tags(rolled),
        ),
    )


def _path_tags(promise: Promise | None, assumed_baseline: bool) -> tuple[str, ...]:
    """What of the expected value is ours and not the plan's."""
    if promise is None or promise.expected is None:
        return ()
    return (
        *(("assumed_baseline",) if assumed_baseline else ()),
        *(("assumed_path",) if promise.path != "listed" else ()),
    )


def _data_tags(rolled: Rolled) -> tuple[str, ...]:
    """What the reader must know about the data behind a value."""
    return (
        *(("not_applicable",) if rolled.inapplicable else ()),
        *(("zero_denominator",) if rolled.denominator == 0 else ()),
        *(f"missing:{quarter}" for quarter in rolled.gaps),
        *(f"stale:{quarter}" for quarter in rolled.carried),
        *((f"shared:{rolled.shared}",) if rolled.shared else ()),
        *((f"former:{len(rolled.former)}",) if rolled.former else ()),
    )
