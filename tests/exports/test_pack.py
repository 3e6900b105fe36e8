"""A meeting's pack: the right files under good names, and one figure in all of them."""

import hashlib
import io
import json
import subprocess
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation

from exports import EXPORTS
from exports.__main__ import main
from exports.brief.composition import compose
from exports.brief.wording import wording, written
from exports.jobs import JobFailed, make_pack
from exports.pack import FORMATS, MANIFEST, pack
from exports.short_table import in_measure
from exports.stamp import code
from exports.table import COLUMNS, blocks
from metrics.completeness import completeness
from metrics.history import history
from metrics.period import Period
from metrics.plan import Plan
from metrics.progress import progress
from metrics.result import Result
from tests.builders import some_actuals, some_submissions
from tests.exports.worlds import composite, stores

AS_OF = "2025Q3"
QUARTERS = ("2024Q1", "2024Q4", "2025Q1", "2025Q2", AS_OF)
MONEY = 96 * 10**7


def reported_by(plan: Plan, counties: int) -> Result:
    """`plan` when nobody, or its departments and the first so many counties, have sent every figure."""
    units = plan.units_of(plan.unit_set)
    silent = set(units[counties:])
    figures: dict[str, dict[str, dict[str, object]]] = {}
    for n, indicator in enumerate(plan.indicators.values()):
        if not indicator.typed_parts or counties == 0:
            continue
        for m, unit in enumerate(plan.reporters_of(indicator, plan.unit_set)):
            if unit in silent:
                continue
            value = MONEY * (m + 1) + 10**6 * n if indicator.money else 3 * m + n + 1
            shown = (value, value * 2 + 1) if indicator.kind == "share" else value
            figures.setdefault(indicator.indicator, {})[unit] = dict.fromkeys(QUARTERS, shown)
    actuals, when = some_actuals(figures), Period.parse(AS_OF)
    return Result(
        plan=plan,
        as_of=when,
        known_at=None,
        unit_set=plan.unit_set,
        progress=progress(plan, actuals, when),
        history=history(plan, actuals, when),
        completeness=completeness(plan, some_submissions({}), when),
    )


WORLDS = [(plan, counties) for plan in ("jxfs", "jxdf", "xzti", "hznr", "scec") for counties in (0, 1, 99)]


@pytest.fixture(scope="module", params=WORLDS, ids=lambda world: f"{world[0]}-{world[1]}-counties")
def result(request: pytest.FixtureRequest, plans: dict[str, Plan]) -> Result:
    plan, counties = request.param
    return reported_by(plans[plan], counties)


def test_json_has_the_exact_figure_of_every_row(result: Result) -> None:
    rows = json.loads(EXPORTS["json"](result), parse_float=Decimal, parse_int=Decimal)["rows"]
    found = {(row["indicator"], row["unit"]): row for row in rows}
    for block in blocks(result, None, "zh_CN"):
        for figure in block.rows:
            row = found[block.indicator.indicator, figure.unit]
            for field in ("actual", "target", "attainment", "lead", "gap"):
                assert row[field] == figure[field], (block.indicator.indicator, figure.unit, field)


def test_the_workbook_has_the_same_figure_in_its_measure(result: Result) -> None:
    sheet = load_workbook(io.BytesIO(EXPORTS["xlsx"](result))).worksheets[0]
    cells = {(row[0].value, row[1].value): row for row in sheet.iter_rows(min_row=5)}
    for block in blocks(result, None, "zh_CN"):
        for figure in block.rows:
            row = cells[block.indicator.name.by("zh_CN"), figure.short]
            for n, column in enumerate(COLUMNS, 1):
                if column.form in ("amount", "percent", "points"):
                    exact = column.value(figure)
                    value = None if row[n].value is None else Decimal(str(row[n].value))
                    assert value == (None if exact is None else Decimal(str(float(exact)))), row[n].coordinate


def test_the_document_has_the_same_words_in_one_line(result: Result, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(EXPORTS["pdf"](result))
    read = subprocess.run(["pdftotext", "-layout", tmp_path / "a.pdf", "-"], check=True, capture_output=True)
    lines = ["".join(line.split()) for line in read.stdout.decode().splitlines()]
    for block in blocks(result, None, "zh_CN"):
        for figure in block.rows:
            row = "".join("".join(column.shown(figure).split()) for column in COLUMNS[:9])
            assert any(line.startswith(row) for line in lines), (block.indicator.indicator, row)
    assert code(result) in "".join(lines)


def test_the_web_brief_has_the_same_words_for_every_unit(result: Result) -> None:
    page = unescape(EXPORTS["html"](result).decode())
    for block, part in zip(blocks(result, None, "zh_CN"), page.split("<details>")[1:], strict=True):
        assert block.indicator.name.by("zh_CN") in part
        for figure in block.rows:
            row = part.partition(f">{figure.short}</th>")[2].partition("</tr>")[0]
            for column in ("actual", "target"):
                assert f">{in_measure(figure, column)}</td>" in row, (block.indicator.indicator, figure.unit)


@pytest.mark.parametrize("form", ["pptx", "docx"])
def test_slides_and_brief_have_the_same_words_for_the_city(result: Result, form: str) -> None:
    data = io.BytesIO(EXPORTS[form](result))
    if form == "docx":
        tables = Document(data).tables
    else:
        tables = [shape.table for slide in Presentation(data).slides for shape in slide.shapes if shape.has_table]
    rows: dict[str, list[list[str]]] = {}
    for table in tables:
        for row in table.rows:
            words = [cell.text for cell in row.cells]
            rows.setdefault(words[0], []).append(words)
    for block in blocks(result, None, "zh_CN"):
        named = rows[block.indicator.name.by("zh_CN")]
        for column in ("actual", "target"):
            assert any(in_measure(block.city, column) in row for row in named), block.indicator.indicator


def test_a_pack_has_every_format_and_a_manifest_of_its_files() -> None:
    result = stores(sample=True)
    *files, (name, last) = pack(result, FORMATS)
    made = dict(files)
    assert name == MANIFEST
    assert {file.rpartition(".")[2] for file in made} == set(FORMATS)
    assert all(file.startswith("示例 ") and "2025年三季度" in file for file in made)
    said = json.loads(last)
    assert said["files"] == {file: hashlib.sha256(data).hexdigest() for file, data in made.items()}
    assert (said["as_of"], said["units"], said["draft"], said["sample"]) == (AS_OF, 7, True, True)
    assert said["code"] == code(result)
    assert said["completeness"]["expected"] == len(said["completeness"]["missing"])


def test_a_pack_holds_the_brief_as_edited_and_its_manifest_says_so() -> None:
    result = stores()
    text = written(compose(result, blocks(result, None, "zh_CN"), "zh_CN"))
    edited = wording(text, text.replace("通报如下", "报告如下"))
    [(_, data), (_, last)] = pack(result, ["docx"], edited=edited)
    assert any("报告如下" in paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs)
    assert json.loads(last)["brief_edited"] == 1


def test_both_must_pass_goals_get_a_picture() -> None:
    names = [name for name, _ in pack(composite(), ["png"])]
    assert any("双千亿 双目标图 手机版.png" in name for name in names)


def test_the_same_figures_give_the_same_bytes() -> None:
    assert list(pack(stores(), FORMATS)) == list(pack(stores(), FORMATS))


def test_the_command_writes_the_pack_into_a_folder(sample_url: str, tmp_path: Path) -> None:
    out = tmp_path / "pack"
    asked = ["pack", "--plan", "jxfs", "--as-of", AS_OF, "--formats", "json,pdf", "--database", sample_url]
    assert main([*asked, "--out", str(out)]) == 0
    assert sorted(path.suffix for path in out.iterdir()) == [".json", ".json", ".pdf", ".pdf", ".pdf"]
    assert json.loads((out / MANIFEST).read_text(encoding="utf-8"))["plan"] == "jxfs"


def test_an_unknown_format_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main(["pack", "--plan", "jxfs", "--formats", "pdf,wps", "--out", str(tmp_path / "pack")])
    assert not (tmp_path / "pack").exists()


def test_a_pack_is_made_in_a_process_of_its_own_and_tells_its_progress(tmp_path: Path) -> None:
    lines: list[dict[str, object]] = []
    make_pack(stores(), ("xlsx", "json"), "zh_CN", tmp_path, lines.append)
    assert [(line["done"], line["of"]) for line in lines if "file" in line] == [(1, 2), (2, 2)]
    assert len(list(tmp_path.iterdir())) == 3


def test_a_job_that_dies_is_told_to_the_caller(tmp_path: Path) -> None:
    with pytest.raises(JobFailed):
        make_pack(stores(), ("json",), "zh_CN", tmp_path / "no such folder", lambda line: None)
