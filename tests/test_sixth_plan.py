"""A sixth plan is a folder of data: with units and a list of its own it goes from template to export."""

import io
import json
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from exports import EXPORTS, cards_of, write_card
from loaders.intake import load_many
from loaders.plans import check_plans, decided_plans, read_plans
from loaders.template import write_template
from loaders.template.meta import META_SHEET, read_meta
from loaders.verdict import Verdict
from locales import LANGUAGES
from metrics.milestones import milestone_states
from metrics.period import Period
from metrics.plan import Plan
from metrics.result import Result
from store.database import Database, open_database
from store.decisions import save_decision
from store.milestones import statuses
from store.results import result

WRITTEN = Path(__file__).parent / "sixth_plan"
QUARTER = Period.parse("2025Q2")
NOW = datetime(2025, 7, 10, 9)
OPENED, CLOSED = date(2025, 2, 1), date(2025, 5, 20)
MARKETS = {"990101": 4, "990102": 3, "MC-GQ": 1}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of plans of an installation that has only this plan."""
    return Path(shutil.copytree(WRITTEN, tmp_path_factory.mktemp("sixth") / "data")) / "plans"


@pytest.fixture(scope="module")
def database(root: Path) -> Iterator[Database]:
    opened = open_database(f"duckdb:///{root.parent / 'sixth.duckdb'}")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def plan(root: Path) -> Plan:
    return read_plans(root)["lakeside"]


def filled(plan: Plan, unit: str, typed: dict[tuple[str, str], object], tasks: dict[str, str] | None = None) -> bytes:
    """The unit's template, filled in where its hidden sheet says: one market of the list has closed."""
    book = load_workbook(io.BytesIO(write_template(plan, unit, QUARTER, language="zh_CN")))
    layout = read_meta(book[META_SHEET].iter_rows(values_only=True))
    for (sheet, cell), what in layout.figures.items():
        book[sheet][cell] = typed.get(what)
    for sheet, letters in layout.columns.items():
        column = {field: letter for letter, field in letters.items()}
        for number in range(MARKETS[unit] + 1):
            row = layout.first_row_of(sheet) + number
            values = {"name": f"{plan.units[unit].short}第{number + 1}集市", "form": "夜市", "opened": OPENED}
            values |= {"stalls": 40, "closed": CLOSED if number == 0 else None}
            for field, value in values.items():
                book[sheet][f"{column[field]}{row}"] = value
    said = {"status": "已完成", "date": date(2025, 3, 20), "evidence": "示商〔2025〕5号"}
    for (sheet, cell), (milestone, field) in layout.tasks.items():
        if milestone in (tasks or {}):
            book[sheet][cell] = said.get(field)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def county(fairs: int, safe: int, stalls: int) -> dict[tuple[str, str], object]:
    return {("fairs", "value"): fairs, ("safe-share", "numerator"): safe, ("safe-share", "denominator"): stalls}


@pytest.fixture(scope="module")
def verdicts(database: Database, plan: Plan) -> list[Verdict]:
    """All three units and the bureau send their workbooks for the second quarter."""
    sent = {
        "990101": filled(plan, "990101", county(3, 120, 160)),
        "990102": filled(plan, "990102", county(2, 60, 120)),
        "MC-GQ": filled(plan, "MC-GQ", county(2, 20, 40)),
        "MC-SWJ": filled(plan, "MC-SWJ", {("turnover", "value"): 0.45}, {"m1": "done"}),
    }
    files = [(data, f"{unit}.xlsx") for unit, data in sent.items()]
    return list(load_many(database, {"lakeside": plan}, files, now=NOW, who="test"))


@pytest.fixture(scope="module")
def standing(database: Database, plan: Plan, verdicts: list[Verdict]) -> Result:
    return result(database, plan, QUARTER)


def city(of: Result, indicator: str) -> dict[str, object]:
    rows = of.progress
    return dict(rows[(rows["indicator"] == indicator) & (rows["unit"] == of.plan.area)].iloc[0])


def test_the_data_is_without_fault(root: Path) -> None:
    assert check_plans(root) == []


def test_a_template_asks_each_unit_for_what_it_owes(plan: Plan) -> None:
    asked = {}
    for unit in plan.reporting_units():
        book = load_workbook(io.BytesIO(write_template(plan, unit, QUARTER, language="zh_CN")))
        layout = read_meta(book[META_SHEET].iter_rows(values_only=True))
        asked[unit] = (
            {i for i, _ in layout.figures.values()},
            len(layout.columns),
            {m for m, _ in layout.tasks.values()},
        )
    town = ({"markets", "markets-each", "fairs", "safe-share"}, 1, {"m2"})
    assert asked == {**dict.fromkeys(plan.units_of(), town), "MC-SWJ": ({"turnover"}, 0, {"m1"})}


def test_every_filled_template_is_recognised_and_accepted(verdicts: list[Verdict]) -> None:
    assert [(v.unit, str(v.period), v.accepted) for v in verdicts] == [
        (unit, "2025Q2", True) for unit in ("990101", "990102", "MC-GQ", "MC-SWJ")
    ]
    assert [problem for verdict in verdicts for problem in verdict.errors] == []


def test_the_figures_are_those_sent_and_counted(standing: Result) -> None:
    markets, fairs, share = (city(standing, name) for name in ("markets", "fairs", "safe-share"))
    assert (markets["actual"], markets["target"]) == (8, 20)
    assert (fairs["actual"], fairs["expected"], fairs["provisional"]) == (7, 6, True)  # nobody sent the first quarter
    assert share["actual"] == Decimal("62.5")
    assert (city(standing, "turnover")["actual"], city(standing, "turnover")["attainment"]) == (45_000_000, 30)
    floor = city(standing, "markets-each")
    assert (floor["passing_units"], floor["shortfall"]) == (2, 1)


def test_its_own_bands_judge_its_lead(standing: Result) -> None:
    markets = city(standing, "markets")
    assert markets["lead"] == Decimal("15.2")  # 8 of 20 against 181 of 730 days
    assert markets["status"] == "on_track"


def test_a_task_is_done_where_the_bureau_said_so(database: Database, plan: Plan, verdicts: list[Verdict]) -> None:
    states = milestone_states(plan, statuses(database, plan), QUARTER)
    found = {(row["milestone"], row["unit"]): row["state"] for _, row in states.iterrows()}
    assert found["m1", "MC-SWJ"] == "done"
    assert {unit for milestone, unit in found if milestone == "m2"} == set(plan.units_of())


def test_a_decision_counts_the_same_lists_another_way_until_it_is_undone(
    database: Database, plan: Plan, verdicts: list[Verdict], root: Path
) -> None:
    def markets() -> object:
        return city(result(database, decided_plans(database, root=root)["lakeside"], QUARTER), "markets")["actual"]

    assert markets() == 8
    save_decision(database, plan, "L-01", "ever", why="会议纪要", who="专班", now=NOW)
    assert markets() == 11
    save_decision(database, plan, "L-01", None, why="改回", who="专班", now=NOW.replace(hour=10))
    assert markets() == 8


@pytest.mark.parametrize("form", EXPORTS)
def test_every_format_is_written_in_both_languages(standing: Result, form: str) -> None:
    for language in LANGUAGES:
        assert len(EXPORTS[form](standing, language=language)) > 500


def test_the_json_says_what_the_result_says(standing: Result) -> None:
    rows = json.loads(EXPORTS["json"](standing))["rows"]
    found = next(row for row in rows if (row["indicator"], row["unit"]) == ("markets", "990100"))
    assert found["actual"] == 8


@pytest.mark.parametrize("indicator", ["markets", "markets-each", "fairs", "safe-share", "turnover"])
def test_every_indicator_fills_its_cards(standing: Result, indicator: str) -> None:
    cards = cards_of(standing, indicator)
    assert "progress" in cards
    for card in cards:
        assert write_card(standing, card, indicator).startswith(b"\x89PNG")
