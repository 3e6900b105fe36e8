"""`python -m exports` from a real database to a file."""

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from PIL import Image

from exports import EXPORTS
from exports.__main__ import main
from exports.brief import computed_text
from exports.typesetting import TypesettingError
from loaders.plans import decided_versions
from metrics.period import Period
from metrics.plan import Plan
from store.audit import list_entries
from store.brief_edits import save_brief_edit
from store.database import Database, open_database
from store.results import result
from store.sending import save_submission
from store.submissions import Figure, Submission


def send(database: Database, plan: Plan, unit: str, stores: int, at: datetime) -> None:
    figure = Figure("stores", "value", Decimal(stores), "数据填报", "F5", str(stores))
    submission = Submission(
        plan.plan, plan.version, unit, Period.parse("2025Q3"), f"{unit}.xlsx", f"{stores:064d}", None, at, at, "test",
        [figure], [],
    )  # fmt: skip
    save_submission(database, plan, submission)


@pytest.fixture
def url(tmp_path: Path, plans: dict[str, Plan]) -> str:
    """Two counties reported; one corrected its figure on 20 October."""
    url = f"duckdb:///{tmp_path / 'small.duckdb'}"
    database = open_database(url)
    send(database, plans["jxfs"], "330402", 40, datetime(2025, 10, 10, 9))
    send(database, plans["jxfs"], "330411", 30, datetime(2025, 10, 11, 9))
    send(database, plans["jxfs"], "330411", 35, datetime(2025, 10, 20, 9))
    database.close()
    return url


def run(url: str, out: Path, *more: str) -> int:
    return main(["progress", "--plan", "jxfs", "--database", url, "--out", str(out), *more])


def city_stores(file: Path) -> object:
    rows = json.loads(file.read_text(encoding="utf-8"))["rows"]
    return next(row["actual"] for row in rows if row["indicator"] == "stores" and row["unit"] == "330400")


def test_json_of_a_quarter_now_and_as_known_before_a_correction(url: str, tmp_path: Path) -> None:
    out = tmp_path / "progress.json"
    assert run(url, out, "--as-of", "2025Q3", "--format", "json") == 0
    assert city_stores(out) == 75
    assert run(url, out, "--as-of", "2025Q3", "--format", "json", "--known-at", "2025-10-15T00:00:00") == 0
    assert city_stores(out) == 70


def test_what_is_taken_out_by_command_is_in_the_audit(url: str, tmp_path: Path) -> None:
    out = tmp_path / "progress.json"
    assert run(url, out, "--as-of", "2025Q3", "--format", "json", "--known-at", "2025-10-15T00:00:00") == 0
    assert run(url, tmp_path / "folder" / "x.json", "--format", "json", "--indicator", "nothing") == 1
    database = open_database(url)
    (entry,) = list_entries(database, action="export").to_dict("records")
    database.close()
    assert entry["who"] == "operator"
    assert (entry["detail"]["plan"], entry["detail"]["as_of"]) == ("jxfs", "2025Q3")
    assert entry["detail"]["known_at"] == "2025-10-15T00:00:00"
    assert entry["detail"]["names"] == ["progress.json"]


def test_a_pack_by_command_has_the_brief_as_it_was_last_edited_on_the_page(url: str, tmp_path: Path) -> None:
    database = open_database(url)
    plan = decided_versions(database, None)["jxfs"][-1]
    found = result(database, plan, Period.parse("2025Q3"))
    text = computed_text(found, "zh_CN")
    save_brief_edit(
        database, found, "zh_CN", code="", computed=text, edited=text + "\n请各地对照落实。", changed=1, who="王",
        now=datetime(2025, 10, 21),
    )  # fmt: skip
    database.close()
    asked = ["pack", "--plan", "jxfs", "--as-of", "2025Q3", "--formats", "docx", "--database", url]
    assert main([*asked, "--out", str(tmp_path / "pack")]) == 0
    [file] = (tmp_path / "pack").glob("*.docx")
    assert "请各地对照落实。" in [paragraph.text for paragraph in Document(str(file)).paragraphs]


@pytest.mark.parametrize("form", ["csv", "xlsx", "png", "pdf", "pptx", "docx"])
def test_every_format_is_written_for_the_latest_quarter(url: str, tmp_path: Path, form: str) -> None:
    out = tmp_path / "folder" / f"progress.{form}"
    assert run(url, out, "--format", form) == 0
    starts = {"csv": b"\xef\xbb\xbfindicator", "png": b"\x89PNG", "pdf": b"%PDF"}
    assert out.read_bytes().startswith(starts.get(form, b"PK"))


@pytest.mark.parametrize("card", ["progress", "scorecard", "tilegrid", "waterfall"])
def test_every_card_is_written_for_the_other_unit_set(url: str, tmp_path: Path, card: str) -> None:
    out = tmp_path / "card.png"
    assert run(url, out, "--format", "png", "--card", card, "--unit-set", "jx9", "--indicator", "stores") == 0
    assert out.stat().st_size > 20_000


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--plan", "nowhere"), "没有方案“nowhere”"),
        (("--indicator", "nothing"), "没有指标“nothing”"),
        (("--unit-set", "jx99"), "没有单位范围“jx99”"),
        (("--card", "waterfall", "--indicator", "city-showcase"), "不出此图"),
    ],
)
def test_what_cannot_be_written_is_said_in_one_sentence(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...], said: str
) -> None:
    out = tmp_path / "nothing.png"
    assert run(url, out, "--format", "png", *more) == 1
    assert said in capsys.readouterr().err
    assert not out.exists()


def test_a_card_is_written_in_the_shape_asked_for(url: str, tmp_path: Path) -> None:
    out = tmp_path / "wall.png"
    asked = ["--as-of", "2025Q3", "--format", "png", "--indicator", "stores"]
    assert run(url, out, *asked, "--card", "progress@wall") == 0
    with Image.open(out) as drawn:
        assert drawn.size == (1920, 1080)


def test_a_name_too_long_for_a_picture_is_told_in_a_sentence(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def narrow(*_: object, **__: object) -> bytes:
        raise TypesettingError("画不下：“某某县”太长")

    monkeypatch.setitem(EXPORTS, "png", narrow)
    assert run(url, tmp_path / "a.png", "--as-of", "2025Q3", "--format", "png") == 1
    assert capsys.readouterr().err == "画不下：“某某县”太长\n"
    assert not (tmp_path / "a.png").exists()
