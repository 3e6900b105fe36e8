"""The main job, end to end, as people do it: a workbook in, progress on screen and on paper."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path

from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Download, Page, expect

from loaders.template.meta import META_SHEET, Layout, read_meta
from tests.browser.server import ROOT
from tests.browser.tab import press, settle

XIUZHOU = "/submit?plan=jxfs&period=2025Q3&unit=330411"


def template(page: Page) -> Path:
    """The template of the county on the submit page, as the button gives it."""
    with page.expect_download() as waiting:
        press(page.get_by_role("button", name="下载秀洲区2025年三季度模板"))
    return saved(waiting.value)


def saved(download: Download) -> Path:
    path = Path(str(download.path())).with_name(download.suggested_filename)
    download.save_as(path)
    return path


def add_stores(file: Path, number: int) -> Layout:
    """Write new stores below those carried over, guided by `_meta` alone."""
    workbook = load_workbook(file)
    layout = read_meta(workbook[META_SHEET].iter_rows(values_only=True))
    sheet = next(workbook[name] for name in layout.columns if layout.roster_of(name) == "stores")
    letters = {field: letter for letter, field in layout.columns[sheet.title].items()}
    first = layout.first_row_of(sheet.title)
    free = next(row for row in range(first, first + 400) if not sheet[f"{letters['name']}{row}"].value)
    for row in range(free, free + number):
        for field, letter in letters.items():
            sheet[f"{letter}{row}"].value = sheet[f"{letter}{first}"].value
            if field == "address":
                sheet[f"{letter}{row}"].value = f"示例新路{row}号"
            if field in ("closed", "rated", "rated_until", "star", "store_id", "cluster"):
                sheet[f"{letter}{row}"].value = None
            if field == "name":
                sheet[f"{letter}{row}"].value = f"示例新店{row}"
    clear_typed(workbook, layout, "stores")
    workbook.save(file)
    return layout


def clear_typed(workbook, layout: Layout, indicator: str) -> None:  # type: ignore[no-untyped-def]
    """The typed total would not agree with the longer list any more; leave it out."""
    for (sheet, cell), what in layout.figures.items():
        if what[0] == indicator:
            workbook[sheet][cell].value = None


def upload(page: Page, file: Path) -> None:
    settle(page)  # no redraw takes the field away
    page.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files(str(file))


def city_stores(page: Page) -> int:
    page.goto("/?plan=jxfs&period=2025Q3")
    card = page.locator("a.card", has=page.get_by_role("heading", name="工厂店培育总数"))
    expect(card.locator(".value b")).to_be_visible()
    settle(page)
    return int(card.locator(".value b").inner_text())


def test_a_filled_template_moves_the_city_figure_by_what_was_added(page: Page) -> None:
    before = city_stores(page)
    page.goto(XIUZHOU)
    file = template(page)
    add_stores(file, 3)
    upload(page, file)
    press(page.get_by_role("button", name=re.compile("^发布 1 份")))
    expect(page.get_by_role("heading", name="已发布")).to_be_visible()
    settle(page)
    assert city_stores(page) == before + 3


def test_three_planted_faults_are_named_by_cell_and_change_nothing(page: Page) -> None:
    before = city_stores(page)
    page.goto(XIUZHOU)
    file = template(page)
    layout = add_stores(file, 1)
    workbook = load_workbook(file)
    sheet = next(workbook[name] for name in layout.columns if layout.roster_of(name) == "stores")
    letters = {field: letter for letter, field in layout.columns[sheet.title].items()}
    row = layout.first_row_of(sheet.title)
    faults = {
        f"{letters['uscc']}{row}": "91330411XX1000001O",
        f"{letters['opened']}{row + 1}": "去年开的",
    }
    for cell, words in faults.items():
        sheet[cell].value = words
    place = next(place for place, what in layout.figures.items() if what[0] == "tourism-bases")
    workbook[place[0]][place[1]].value = "约12"
    workbook.save(file)
    upload(page, file)
    expect(page.get_by_text("没有通过").first).to_be_visible()
    settle(page)
    for sheet_name, cell in [(sheet.title, cell) for cell in faults] + [place]:
        expect(page.locator(".fault", has_text=f"“{sheet_name}”{cell}")).to_contain_text("错误")
    expect(page.get_by_role("button", name=re.compile("^发布"))).to_have_count(0)
    assert city_stores(page) == before


def test_a_figure_leads_back_to_the_very_cell_of_the_sent_file(page: Page) -> None:
    page.goto("/indicator?plan=jxdf&period=2025Q3&indicator=exports-new")
    expect(page.get_by_text("这个数从哪里来")).to_be_visible()
    settle(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name=re.compile("^下载原始文件")).click()
    original = load_workbook(saved(waiting.value), data_only=True)
    layout = read_meta(original[META_SHEET].iter_rows(values_only=True))
    sheet, cell = next(place for place, what in layout.figures.items() if what[0] == "exports-new")
    expect(page.get_by_text(f"工作表「{sheet}」{cell}")).to_be_visible()
    shown = page.locator(".origin-figure b.big").first.inner_text()
    assert float(shown.replace("亿元", "").replace(",", "")) == float(original[sheet][cell].value)


def test_a_count_opens_into_as_many_rows_as_it_says(page: Page) -> None:
    page.goto("/indicator?plan=jxfs&period=2025Q3&indicator=stores&from=330402")
    expect(page.get_by_text("这个数从哪里来")).to_be_visible()
    settle(page)
    said = page.get_by_text(re.compile(r"按名册计数：\d+ 条")).inner_text()
    shown = page.locator(".origin-figure b.big").first.inner_text()
    assert re.findall(r"\d+", said)[0] == re.findall(r"\d+", shown)[0]


def test_the_picture_downloads_as_a_png_of_the_right_size(page: Page) -> None:
    page.goto("/export?plan=jxfs&period=2025Q3")
    button = page.get_by_role("button", name="下载 PNG")
    expect(button).to_be_visible()
    settle(page)
    with page.expect_download() as waiting:
        button.click()
    picture = Image.open(saved(waiting.value))
    assert (picture.format, picture.size) == ("PNG", (1080, 1440))
    assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 50


def test_a_deep_link_survives_a_refresh_and_a_switch_of_language(page: Page) -> None:
    page.goto("/indicator?plan=jxdf&period=2025Q2&indicator=leaders-2025")
    expect(page.get_by_role("heading", name="内外贸一体化“领跑者”企业")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="内外贸一体化“领跑者”企业")).to_be_visible()
    settle(page)
    page.get_by_text("English", exact=True).click()
    expect(page.get_by_role("heading", name="Integration “pacesetter” firms")).to_be_visible()
    settle(page)
    assert "plan=jxdf" in page.url
    assert "indicator=leaders-2025" in page.url


def test_screen_and_command_show_the_same_figure(page: Page, served_url: str, tmp_path: Path) -> None:
    shown = city_stores(page)
    copy = tmp_path / "copy"
    copy.mkdir()
    source = Path(served_url.removeprefix("duckdb:///"))
    for suffix in ("", ".wal"):
        file = source.with_name(source.name + suffix)
        if file.exists():
            (copy / file.name).write_bytes(file.read_bytes())
    out = tmp_path / "progress.json"
    command = ["-m", "exports", "progress", "--plan", "jxfs", "--as-of", "2025Q3", "--format", "json"]
    place = ["--out", str(out), "--database", f"duckdb:///{copy / source.name}"]
    subprocess.run([sys.executable, *command, *place], cwd=ROOT, check=True)
    rows = json.load(io.BytesIO(out.read_bytes()))["rows"]
    assert next(r["actual"] for r in rows if r["indicator"] == "stores" and r["unit"] == "330400") == shown
