"""What is handed out says how the text was read, and can be made again under the old text."""

import io
import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from exports import card_data, write_json, write_xlsx
from exports.__main__ import main
from loaders.plans import PLANS, decided_plans, read_plan
from metrics.period import Period
from metrics.plan import Plan
from store.database import Database, open_database
from store.decisions import save_decision
from store.results import result
from store.sending import save_submission
from store.submissions import Figure, RosterRow, Submission
from tests.versions import add_issued_version, plan_data

SENT, NOON, LATER = datetime(2025, 10, 10, 9), datetime(2025, 11, 3, 12), datetime(2025, 11, 4, 12)
AUTUMN = Period.parse("2025Q3")
FOOTNOTE = "裁定（2025年11月3日）：“初具规模”的集聚区算不算建成？“建成”和“初具规模”都计"


def a_cluster(row: int, stage: str, day: str) -> RosterRow:
    dated = {"built": day} if stage == "built" else {"initial_on": day}
    return RosterRow(
        "clusters", row, {"name": f"集聚区{row}", "stage": stage, **dated}, "集聚区名册", {"name": f"A{row}"}
    )


def send(database: Database, plan: Plan) -> None:
    """One county with two clusters built and one at initial scale, and 40 stores typed."""
    rows = [
        a_cluster(5, "built", "2024-06-01"),
        a_cluster(6, "built", "2025-06-01"),
        a_cluster(7, "initial", "2025-08-01"),
    ]
    stores = Figure("stores", "value", Decimal(40), "数据填报", "F5", "40")
    sent = Submission(
        "jxfs", plan.version, "330402", AUTUMN, "a.xlsx", "a" * 64, None, SENT, SENT, "test", [stores], rows
    )
    save_submission(database, plan, sent)


@pytest.fixture
def url(tmp_path: Path, plans: dict[str, Plan]) -> str:
    address = f"duckdb:///{tmp_path / 'small.duckdb'}"
    database = open_database(address)
    send(database, plans["jxfs"])
    database.close()
    return address


def decide(url: str, option: str | None, at: datetime) -> None:
    database = open_database(url)
    plan = read_plan(PLANS / "jxfs")
    save_decision(database, plan, "JF-14", option, why="专班会议纪要第三条", who="市专班", now=at)
    database.close()


def decided(url: str, known_at: datetime | None = None):
    database = open_database(url)
    try:
        return result(database, decided_plans(database, known_at)["jxfs"], AUTUMN, known_at)
    finally:
        database.close()


def run(url: str, out: Path, *more: str) -> int:
    return main(["progress", "--plan", "jxfs", "--database", url, "--format", "json", "--out", str(out), *more])


def clusters(out: Path) -> object:
    rows = json.loads(out.read_text(encoding="utf-8"))["rows"]
    return next(row["actual"] for row in rows if row["indicator"] == "clusters-city" and row["unit"] == "330400")


def test_a_card_names_the_decision_behind_its_figure_and_no_other(url: str) -> None:
    decide(url, "initial", NOON)
    shown = decided(url)
    assert FOOTNOTE in card_data(shown, "progress", "clusters-city", "zh_CN")["notes"]
    assert not any("裁定" in note for note in card_data(shown, "progress", "stores", "zh_CN")["notes"])


def test_without_a_decision_no_footnote_speaks_of_one(url: str) -> None:
    notes = card_data(decided(url), "progress", "clusters-city", "zh_CN")["notes"]
    assert not any("裁定" in note for note in notes)


def test_the_workbook_says_it_in_its_head(url: str) -> None:
    decide(url, "initial", NOON)
    sheet = load_workbook(io.BytesIO(write_xlsx(decided(url), "clusters-city"))).worksheets[0]
    assert FOOTNOTE in str(sheet["A2"].value)


def test_json_says_what_was_decided_by_whom_when_and_why(url: str) -> None:
    decide(url, "initial", NOON)
    assert json.loads(write_json(decided(url)))["decisions"] == [
        {
            "tension": "JF-14",
            "option": "initial",
            "decided_by": "市专班",
            "decided_at": NOON.isoformat(),
            "why": "专班会议纪要第三条",
        }
    ]


def test_the_command_follows_the_decision_known_at_replays_and_undoing_restores_the_bytes(
    url: str, tmp_path: Path
) -> None:
    out = tmp_path / "progress.json"
    assert run(url, out) == 0
    before = out.read_bytes()
    assert clusters(out) == 2
    decide(url, "initial", NOON)
    assert run(url, out) == 0
    assert clusters(out) == 3
    assert run(url, out, "--known-at", "2025-11-01T00:00:00") == 0
    assert clusters(out) == 2
    decide(url, None, LATER)
    assert run(url, out) == 0
    assert out.read_bytes() == before
    assert run(url, out, "--known-at", NOON.isoformat()) == 0
    assert clusters(out) == 3


def test_an_issued_version_takes_over_and_the_old_export_can_be_made_again(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "progress.json"
    assert run(url, out) == 0
    under_the_draft = out.read_bytes()
    monkeypatch.setenv("DASHBOARD_PLANS", str(add_issued_version(plan_data(tmp_path))))
    assert run(url, out) == 0
    issued = json.loads(out.read_text(encoding="utf-8"))
    assert (issued["plan_version"], clusters(out)) == ("issued-1", 3)
    target = next(r for r in issued["rows"] if r["indicator"] == "clusters-city" and r["unit"] == "330400")
    assert (target["target"], target["comparison"], target["deadline"]) == (15, ">=", "2026-12-31")
    assert run(url, out, "--plan-version", "draft-1") == 0
    assert out.read_bytes() == under_the_draft


def test_an_unknown_version_gets_one_sentence(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(url, tmp_path / "progress.json", "--plan-version", "issued-9") == 1
    assert capsys.readouterr().err == "方案没有版本“issued-9”；已有：draft-1\n"
