"""What is printed: a page for each unit and the one sheet, in every way a figure can be."""

import subprocess
from pathlib import Path

import pytest

from exports import EXPORTS, PAPERS
from exports.__main__ import main
from exports.papers import paper_data
from exports.papers.lines import Past, change
from exports.short_table import in_measure
from exports.stamp import code
from exports.table import blocks
from metrics.result import Result
from tests.builders import JX7, a_plan, a_target, an_indicator, words
from tests.exports.worlds import AS_OF, a_result, allocated, composite, department, everyone, floor, stores


def read(result: Result, paper: str, folder: Path, language: str = "zh_CN") -> list[str]:
    """The text of every page."""
    file = folder / f"{paper}.pdf"
    file.write_bytes(EXPORTS["pdf"](result, card=paper, language=language))
    said = subprocess.run(["pdftotext", "-layout", file, "-"], check=True, capture_output=True).stdout.decode()
    return [page for page in said.split("\f") if page.strip()]


def about(tool: str, file: Path) -> str:
    return subprocess.run([tool, file], check=True, capture_output=True).stdout.decode()


@pytest.mark.parametrize("world", everyone())
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_way_a_figure_can_be_fills_a_paper(world: str, paper: str, language: str, tmp_path: Path) -> None:
    result = everyone()[world]
    pages = read(result, paper, tmp_path, language)
    assert len(pages) == 1 if paper == "sheet" else len(pages) > len(result.units)
    assert all(code(result) in page for page in pages)
    assert "None" not in "".join(pages).replace("None of", "").replace("None yet", "")


@pytest.mark.parametrize("paper", PAPERS)
def test_its_letters_are_in_the_file_and_its_structure_is_tagged(paper: str, tmp_path: Path) -> None:
    read(allocated([120, 61, 57, 50, 40, 20, 0]), paper, tmp_path)
    fonts = about("pdffonts", tmp_path / f"{paper}.pdf").splitlines()[2:]
    assert fonts and all("Type 3" not in line and line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts)
    said = about("pdfinfo", tmp_path / f"{paper}.pdf")
    assert "Tagged:          yes" in said
    assert b"<pdfuaid:part>1</pdfuaid:part>" in (tmp_path / f"{paper}.pdf").read_bytes()
    assert ("1190.55 x 841.89" if paper == "sheet" else "595.276 x 841.89") in said


def test_each_unit_has_its_page_with_the_figures_of_the_progress_table(tmp_path: Path) -> None:
    result = allocated([120, 61, 57, 50, 40, 20, 0])
    pages = read(result, "units", tmp_path)
    [block] = blocks(result, None, "zh_CN")
    for unit, figure, page in zip(result.units, block.units, pages[1:], strict=True):
        squeezed = "".join(page.split())
        assert unit.label("zh_CN") in page
        row = f"门店{in_measure(figure, 'actual')}"
        assert row in squeezed and figure.attainment in squeezed, unit.unit


def test_the_sheet_has_every_figure_of_every_unit() -> None:
    result = allocated([120, 61, 57, 50, 40, 20, 0])
    [group] = paper_data(result, "sheet")["groups"]  # type: ignore[misc]
    [line] = group["lines"]  # type: ignore[index]
    assert [cell["text"] for cell in line["cells"]] == ["120", "61", "57", "50", "40", "20", "0"]
    assert line["cells"][0]["below"].startswith("快 ") and line["cells"][6]["below"].startswith("慢 ")
    assert line["actual"] == "348家"


def test_the_message_of_a_unit_says_what_is_late_or_lacking_or_that_nothing_is_judged() -> None:
    def told(result: Result) -> list[str]:
        return [unit["message"] for unit in paper_data(result, "units")["units"]]  # type: ignore[attr-defined]

    late = told(allocated([120, 10, 57, 50, 40, 20, 0]))
    assert late[0] == "有序时或期限要求的1项均已达到"
    assert late[1] == "有序时或期限要求的1项中1项未达：门店"
    lacking = told(floor())
    assert lacking[0] == "有本地目标的1项均已达到"
    assert lacking[4] == "有本地目标的1项均未达到：集聚区（差3个）"
    assert set(told(stores())) == {"计划没有给本地定目标，以下只列数，不评判"}


def test_the_contents_tell_headline_figures_where_no_unit_has_a_target() -> None:
    plain, asked = paper_data(stores((20, None, 15, 12, 25, 16, 20)), "units"), paper_data(floor(), "units")
    assert plain["front_heads"] == ["工厂店培育总数（家）"]
    fronts = [unit["front"] for unit in plain["units"]]  # type: ignore[attr-defined]
    assert fronts == [["20"], ["—"], ["15"], ["12"], ["25"], ["16"], ["20"]]
    assert asked["front_heads"] == [] and all(unit["reached"] for unit in asked["units"])  # type: ignore[attr-defined]


def test_an_indicator_no_unit_reports_says_who_gives_it_or_what_it_is_made_of() -> None:
    def alone(result: Result) -> list[str]:
        return [line["alone"] for group in paper_data(result, "sheet")["groups"] for line in group["lines"]]  # type: ignore[attr-defined]

    [given] = alone(department())
    assert given.startswith("由") and given.endswith("报送，不分地")
    assert "由新增出口额、新增内销额合成" in alone(composite())


def test_a_change_is_told_only_between_two_known_quarters() -> None:
    [block] = blocks(stores(), None, "zh_CN")
    figure = block.units[0]
    assert change(figure, Past((("2025Q2", figure["actual"] - 4), (AS_OF, figure["actual"]))), 3) == "+4"
    assert change(figure, Past((("2025Q2", figure["actual"] + 4), (AS_OF, figure["actual"]))), 3) == "−4"
    assert change(figure, Past((("2025Q2", figure["actual"]), (AS_OF, figure["actual"]))), 3) == "0"
    assert change(figure, Past((("2025Q2", None), (AS_OF, figure["actual"]))), 3) == "—"
    assert change(figure, None, 3) == "—"


def test_the_command_writes_a_paper_and_refuses_it_as_a_picture(
    sample_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["progress", "--plan", "jxfs", "--as-of", AS_OF, "--database", sample_url, "--card", "sheet"]
    assert main([*asked, "--format", "pdf", "--out", str(tmp_path / "sheet.pdf")]) == 0
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert main([*asked, "--format", "png", "--out", str(tmp_path / "sheet.png")]) == 1
    assert "只出 PDF" in capsys.readouterr().err


def test_a_short_page_fills_its_free_half_with_the_quarters(tmp_path: Path) -> None:
    result = stores()
    pages = read(result, "units", tmp_path)
    assert len(pages) == 1 + len(result.units)
    assert all("近八季走势" in page and "25Q3" in page for page in pages[1:])
    [trend] = paper_data(result, "units", "zh_CN")["units"][0]["trends"]  # type: ignore[index]
    assert trend["name"] == "工厂店培育总数（家）"
    assert [quarter["text"] for quarter in trend["quarters"]][-4:] == ["20"] * 4


def test_one_known_quarter_is_no_trend() -> None:
    indicator = an_indicator("stores", name=words("门店"))
    figures = {"stores": {unit: {"2025Q3": 3} for unit in JX7}}
    lone = a_result(a_plan([indicator], [a_target("stores", 300, "2026-12-31")]), figures)
    assert all(not unit["trends"] for unit in paper_data(lone, "units", "zh_CN")["units"])  # type: ignore[attr-defined]
