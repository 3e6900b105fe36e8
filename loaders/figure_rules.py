"""Rules about typed figures."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from loaders.case import Broken, Case, at, named
from metrics.plan import ADDED, Indicator

WHOLE_KINDS = ("stock", "cumulative", "annual", "floor", "cadence", "milestone")
LARGE_JUMP = (Decimal(3_333), Decimal(30_000))
"""万元 typed where 元 was meant changes a figure about ten-thousandfold."""


def nothing_filled(case: Case) -> Iterator[Broken]:
    unread = any(problem.severity == "error" for problem in case.found.problems)
    if not (case.values.figures or case.values.rows or case.values.milestones or unread):
        yield Broken("", "", "", {})


def _listed(indicators: Iterable[Indicator]) -> dict[str, str]:
    each = list(dict.fromkeys((i.name.zh, i.name.en) for i in indicators))
    return {"zh": "、".join(zh for zh, _ in each), "en": ", ".join(en for _, en in each)}


def not_owed(case: Case) -> Iterator[Broken]:
    owed = {indicator.indicator for indicator in case.plan.indicators_of(case.found.unit)}
    for figure, indicator in case.figures():
        if figure.indicator not in owed:
            yield at(figure, name=named(indicator))


def blank(case: Case) -> Iterator[Broken]:
    """Figures left empty that no roster stands for: said once, for they count as not reported."""
    if not (case.values.figures or case.values.rows):
        return
    blank = [one for one in case.values.blank if (one.indicator.indicator, one.part) not in case.derived]
    half = set(_half_shares(case))
    blank = [one for one in blank if (one.indicator.indicator, one.part) not in half]
    if blank:
        names = _listed(one.indicator for one in blank)
        yield Broken(blank[0].sheet.name, blank[0].address, "", {"names": names, "count": len(blank)})


def absent(case: Case) -> Iterator[Broken]:
    """What a sheet of the unit's own has no place for at all: said once, for the file stands for the whole quarter.

    A template has a place for everything, and an empty one is told by `blank`.
    """
    if case.found.template_version is not None or not (case.values.figures or case.values.rows):
        return
    told = {*case.derived, *((figure.indicator, figure.part) for figure in case.values.figures)}
    there = {name for name, _ in told} | {one.indicator.indicator for one in case.values.blank}
    lacking = [one for one in case.plan.indicators_of(case.found.unit) if one.indicator not in there]
    if lacking:
        yield Broken("", "", "", {"names": _listed(lacking), "number": len(lacking)})


def _half_shares(case: Case) -> Iterator[tuple[str, str]]:
    """Parts of a share whose other part is filled."""
    filled = {(figure.indicator, figure.part) for figure in case.values.figures}
    for one in case.values.blank:
        other = {"numerator": "denominator", "denominator": "numerator"}.get(one.part)
        if other and (one.indicator.indicator, other) in filled:
            yield one.indicator.indicator, one.part


def share_half_empty(case: Case) -> Iterator[Broken]:
    half = set(_half_shares(case))
    for one in case.values.blank:
        if (one.indicator.indicator, one.part) in half:
            yield Broken(one.sheet.name, one.address, "", {"name": named(one.indicator)})


def negative(case: Case) -> Iterator[Broken]:
    """Only money that was added in the quarter may be negative."""
    for figure, indicator in case.figures():
        may_fall = indicator.money and indicator.kind in ADDED
        if figure.number is not None and figure.number < 0 and not may_fall:
            yield at(figure)


def not_whole(case: Case) -> Iterator[Broken]:
    for figure, indicator in case.figures():
        counted = indicator.kind in WHOLE_KINDS or bool(indicator.counts)
        if indicator.money or indicator.decimals or not counted or figure.number is None:
            continue
        percentage = indicator.measure.zh == "%" and indicator.kind != "share"
        if not percentage and figure.number != figure.number.to_integral_value():
            yield at(figure, name=named(indicator))


def over_hundred(case: Case) -> Iterator[Broken]:
    for figure, indicator in case.figures():
        below = case.figure(figure.indicator, "denominator")
        if figure.part == "numerator" and below is not None and (figure.number or 0) > (below.number or 0) > 0:
            yield at(figure, name=named(indicator), other_cell=below.cell, other=below.shown)


def nothing_to_divide_by(case: Case) -> Iterator[Broken]:
    for figure, indicator in case.figures():
        if figure.part == "denominator" and figure.number == 0:
            above = next(
                (f for f in case.values.figures if (f.indicator, f.part) == (figure.indicator, "numerator")), None
            )
            if above is not None and above.number:
                yield at(figure, name=named(indicator))


def growth_out_of_range(case: Case) -> Iterator[Broken]:
    """A growth rate beyond −100…1000 % is probably an index (105.2) or an amount."""
    for figure, indicator in case.figures():
        is_growth = indicator.measure.zh == "%" and any(word in indicator.name.zh for word in ("增长", "增速", "增幅"))
        if is_growth and figure.number is not None and not -100 <= figure.number <= 1000:
            yield at(figure)


def count_differs(case: Case) -> Iterator[Broken]:
    """Register first: the roster's count stands, the typed one is shown beside it."""
    for figure, indicator in case.figures():
        derived = case.derived.get((figure.indicator, figure.part))
        if derived is not None and figure.number is not None and derived.number != figure.number:
            name = case.plan.rosters[indicator.counts[figure.part].roster].name
            roster = {"zh": name.zh, "en": name.en}
            yield at(figure, name=named(indicator), roster=roster, counted=_printed(derived.number, indicator))


def _printed(value: Decimal | None, indicator: Indicator) -> str:
    shown = (value or Decimal(0)) / (10**8 if indicator.money else 1)
    return f"{shown.normalize():f}"


def fell_by_half(case: Case) -> Iterator[Broken]:
    for figure, indicator in case.figures():
        before = case.last.get((figure.indicator, figure.part))
        typed = (figure.indicator, figure.part) not in case.derived
        if typed and figure.number is not None and _halved(before, figure.number, indicator):
            yield at(figure, name=named(indicator), before=_printed(before, indicator))


def count_fell_by_half(case: Case) -> Iterator[Broken]:
    for (name, part), figure in case.derived.items():
        indicator, before = case.plan.indicators[name], case.last.get((name, part))
        if _halved(before, figure.number or Decimal(0), indicator):
            values = {"name": named(indicator), "before": _printed(before, indicator), "now": figure.shown}
            yield Broken(figure.sheet, "", figure.shown, values)


def _halved(before: Decimal | None, now: Decimal, indicator: Indicator) -> bool:
    """A level that fell by more than half; from 1 to 0 is no news."""
    return indicator.kind in ("stock", "floor") and before is not None and before > 1 and now * 2 < before


def jumped(case: Case) -> Iterator[Broken]:
    for figure, indicator in case.figures():
        before = case.last.get((figure.indicator, figure.part))
        if before and figure.number:
            times = abs(figure.number / before)
            if LARGE_JUMP[0] <= times <= LARGE_JUMP[1] or LARGE_JUMP[0] <= 1 / times <= LARGE_JUMP[1]:
                yield at(figure, name=named(indicator), before=_printed(before, indicator))
