"""What holds for any plan and any figures, tried with many invented ones."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.history import history
from metrics.period import Period, periods
from metrics.progress import progress
from metrics.rounding import half_up, percent, tidy
from tests.builders import AREA, JX7, NOT_APPLICABLE, a_count, a_plan, a_target, an_indicator, some_actuals, some_shared

UNITS = JX7[:3]
QUARTERS = [str(period) for period in periods(Period(2024, 1), Period(2025, 2))]
NOW = Period(2025, 2)
KINDS = ("stock", "cumulative", "annual", "share", "floor", "milestone")

number = st.integers(0, 400) | st.just(NOT_APPLICABLE)
pair = st.tuples(st.integers(0, 50), st.integers(0, 60))


def quarters_of(kind):
    return st.dictionaries(st.sampled_from(QUARTERS), pair if kind == "share" else number, max_size=6)


def figures_of(kind):
    return st.dictionaries(st.sampled_from(UNITS), quarters_of(kind), max_size=3)


target = st.builds(
    a_target,
    st.just("x"),
    st.integers(1, 300),
    st.sampled_from(["2024-12-31", "2025-06-30", "2025-12-31", "2026-12-31", None]),
    st.sampled_from([">=", ">", "="]),
    unit=st.sampled_from([AREA, *UNITS]),
)


@st.composite
def worlds(draw):
    """A plan with one indicator, some targets, and some figures."""
    kind = draw(st.sampled_from(KINDS))
    path = draw(st.sampled_from([None, "step", "linear" if kind != "floor" else None]))
    targets = draw(st.lists(target, max_size=4))
    plan = a_plan([an_indicator("x", kind, path=path)], targets, units=UNITS)
    return plan, draw(figures_of(kind))


def cells(table, drop=()):
    return table.drop(columns=list(drop)).sort_values(["indicator", "unit"], kind="stable").values.tolist()


@settings(deadline=None)
@given(worlds(), st.randoms())
def test_the_order_of_rows_never_changes_a_figure(world, random):
    plan, figures = world
    actuals = some_actuals({"x": figures})
    order = list(range(len(actuals)))
    random.shuffle(order)
    assert cells(progress(plan, actuals.iloc[order], NOW)) == cells(progress(plan, actuals, NOW))


@settings(deadline=None)
@given(worlds(), st.permutations(UNITS))
def test_the_order_of_units_never_changes_a_figure(world, order):
    plan, figures = world
    other = a_plan(list(plan.indicators.values()), list(plan.targets), units=order)
    unsorted = ("missing_units",)
    actuals = some_actuals({"x": figures})
    assert cells(progress(other, actuals, NOW), unsorted) == cells(progress(plan, actuals, NOW), unsorted)


@settings(deadline=None)
@given(figures_of("share"))
def test_a_citys_share_is_recomputed_from_the_raw_parts(figures):
    plan = a_plan([an_indicator("x", "share")], [], units=UNITS)
    row = progress(plan, some_actuals({"x": figures}), NOW).iloc[0]
    latest = [
        quarters[max(recent)] for quarters in figures.values() if (recent := [q for q in quarters if q >= "2024Q4"])
    ]
    numerator, denominator = (sum(part) for part in zip(*latest, strict=True)) if latest else (0, 0)
    assert row["actual"] == (percent(Fraction(numerator), Fraction(denominator)) if denominator else None)


@settings(deadline=None)
@given(worlds())
def test_there_is_no_lamp_without_a_target_and_never_a_contradiction(world):
    plan, figures = world
    for row in progress(plan, some_actuals({"x": figures}), NOW).to_dict("records"):
        status, lead = row["status"], row["lead"]
        assert (row["target"] is None) == (status == "no_target")
        if status == "achieved":
            assert row["attainment"] is None or row["attainment"] >= 100
            assert row["gap"] == 0
        if row["attainment"] is not None and row["attainment"] < 100:
            assert status != "achieved"
        lowest = {"on_track": 0, "watch": -10, "behind": -30}
        if status in (*lowest, "critical"):
            assert lead is not None
            assert status == next((word for word, edge in lowest.items() if lead >= edge), "critical")
        if status in ("not_due", "no_deadline", "no_target"):
            assert lead is None
        assert (row["actual"] is None) or status not in ("no_report", "not_applicable")
        assert row["units_reported"] + row["units_stale"] + len(row["missing_units"]) == row["units_expected"]
        assert row["provisional"] or row["units_reported"] == row["units_expected"]


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["2024-06-30", "2024-12-31", "2025-12-31", "2026-12-31"]), st.integers(1, 500), min_size=1
    ),
    st.integers(0, 300),
)
def test_what_is_expected_never_falls_on_a_linear_path_with_rising_targets(values, baseline):
    rising = zip(sorted(values), sorted(value + baseline for value in values.values()), strict=True)
    plan = a_plan(
        [an_indicator(baseline=baseline)], [a_target(value=v, deadline=day) for day, v in rising], units=UNITS
    )
    past = history(plan, some_actuals({}), Period(2027, 2))
    expected = past[past["unit"] == AREA]["expected"].tolist()
    assert expected == sorted(expected)
    assert expected[-1] == max(values.values()) + baseline


@settings(deadline=None)
@given(worlds(), st.sampled_from(QUARTERS), st.integers(0, 400))
def test_a_later_quarter_never_changes_an_earlier_figure(world, quarter, value):
    plan, figures = world
    kind = plan.indicators["x"].kind
    later = str(Period.parse(quarter) + 1)
    grown = {unit: dict(quarters) for unit, quarters in figures.items()}
    grown.setdefault(UNITS[0], {})[later] = (value, value) if kind == "share" else value
    as_of = Period.parse(quarter)
    before, after = (progress(plan, some_actuals({"x": known}), as_of) for known in (figures, grown))
    assert cells(after) == cells(before)


keys = st.sets(st.sampled_from("abcdef"), max_size=6)


@settings(deadline=None)
@given(
    st.fixed_dictionaries({unit: st.fixed_dictionaries(dict.fromkeys(("2025Q1", "2025Q2"), keys)) for unit in UNITS})
)
def test_a_roster_count_is_the_number_of_distinct_keys_in_unit_and_city(lists):
    """Whatever is listed twice, by two units or by one unit in two quarters, counts once."""
    plan = a_plan([an_indicator("x", "cumulative", count=a_count())], [], units=UNITS, start="2025-01-01")
    counts = {unit: {quarter: len(names) for quarter, names in quarters.items()} for unit, quarters in lists.items()}
    listed = [
        ("x", key, u, q, 1) for u, quarters in lists.items() for q, names in quarters.items() for key in sorted(names)
    ]
    often = {key for _, key, *_ in listed if sum(key == other for _, other, *_ in listed) > 1}
    shared = some_shared([row for row in listed if row[1] in often])
    table = progress(plan, some_actuals({"x": counts}, basis="derived"), NOW, shared=shared)
    found = dict(zip(table["unit"], table["actual"], strict=True))
    assert found[AREA] == len({key for _, key, *_ in listed})
    assert [found[unit] for unit in UNITS] == [len(set().union(*lists[unit].values())) for unit in UNITS]


@settings(deadline=None)
@given(st.fractions(), st.integers(0, 4))
def test_rounding_is_half_up_and_never_off_by_more_than_half(value, places):
    rounded = Fraction(half_up(value, places))
    assert abs(rounded - value) <= Fraction(1, 2 * 10**places)
    if abs(rounded - value) == Fraction(1, 2 * 10**places):
        assert abs(rounded) > abs(value)


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12))
def test_tidy_keeps_four_decimals_exactly_and_writes_no_idle_zero(value):
    assert tidy(value) == value
    assert "E" not in str(tidy(value))
    assert tidy(Decimal("29.0000")).as_tuple().exponent == 0
