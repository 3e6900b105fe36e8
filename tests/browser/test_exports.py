"""What leaders receive, as the task force makes it: text edited, every page looked at, one file taken away."""

import hashlib
import json
import re
import zipfile
from pathlib import Path

from docx import Document
from playwright.sync_api import Download, Page, expect

from tests.browser.tab import choose, press, settle

EXPORT = "/export?plan=jxfs&period=2025Q3"


def saved(download: Download, folder: Path) -> Path:
    path = folder / download.suggested_filename
    download.save_as(path)
    return path


def edit_brief(page: Page) -> None:
    """One sentence reworded, one figure changed, one paragraph added; signed."""
    page.goto(f"{EXPORT}&content=brief")
    box = page.get_by_role("textbox", name="通报正文")
    expect(box).to_be_visible()
    settle(page)
    text = box.input_value()
    assert "进展情况通报如下" in text
    figure = re.search(r"全市(\d+)家，完成2026年底目标（300家）", text)
    assert figure is not None
    changed = f"全市{int(figure[1]) + 2}家，完成2026年底目标（300家）"
    box.fill(text.replace("通报如下", "报告如下").replace(figure[0], changed) + "\n请各地对照落实。")
    box.press("Control+Enter")
    expect(page.get_by_text("改动（3处）")).to_be_visible()
    expect(page.get_by_text("改了数字，与附表不再一致")).to_be_visible()
    page.get_by_role("textbox", name="谁改的").fill("王处长")
    page.get_by_role("textbox", name="谁改的").press("Enter")
    press(page.get_by_role("button", name="保存修改"))
    expect(page.get_by_text(re.compile("王处长.*改过3处"))).to_be_visible()
    settle(page)


def test_a_pack_is_made_looked_at_taken_away_and_its_edited_brief_known_again(page: Page, tmp_path: Path) -> None:
    edit_brief(page)
    for form in ("图片", "幻灯片", "总表（Excel）"):  # proven elsewhere, and long to draw
        page.get_by_role("button", name=form, exact=True).click()
        settle(page)
    page.get_by_role("button", name="生成成套材料").click()
    hide = page.get_by_role("button", name="收起预览")
    expect(hide).to_be_visible(timeout=300_000)
    settle(page)
    expect(page.get_by_text("通报文字编辑过")).to_be_visible()
    # The papers can be looked at on every machine.
    choose(page, page.get_by_role("combobox", name="看哪个文件"), re.compile("各地逐页"))
    expect(page.get_by_text("第8页", exact=True)).to_be_visible()
    settle(page)
    seen = page.locator("[class*=st-key-pages-pack] img")
    expect(seen).to_have_count(8)
    assert all(image.evaluate("i => i.decode().then(() => i.naturalWidth)") >= 900 for image in seen.all())

    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载压缩包").first.click()
    pack = zipfile.ZipFile(saved(waiting.value, tmp_path))
    said = json.loads(pack.read("manifest.json"))
    assert said["brief_edited"] == 3 and said["sample"] is True
    assert {name.rpartition(".")[2] for name in said["files"]} == {"docx", "pdf", "html", "json"}
    for name, digest in said["files"].items():
        assert hashlib.sha256(pack.read(name)).hexdigest() == digest
    [brief] = [name for name in said["files"] if name.endswith(".docx")]
    file = tmp_path / "brief.docx"
    file.write_bytes(pack.read(brief))
    opened = Document(str(file))
    assert "请各地对照落实。" in [paragraph.text for paragraph in opened.paragraphs]
    assert "文字编辑过3处" in opened.sections[0].header.paragraphs[0].text

    page.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files(str(file))
    findings = page.locator("ul.findings li")
    expect(findings).to_have_count(3)
    expect(findings.filter(has_text="导出前改过数字")).to_have_count(1)
    expect(findings.filter(has_text="导出前加入：“请各地对照落实。”")).to_have_count(1)
    settle(page)

    page.goto("/audit")
    page.get_by_role("searchbox", name="搜索").fill("王处长")
    page.get_by_role("searchbox", name="搜索").press("Enter")
    expect(page.get_by_text("1 条", exact=True)).to_be_visible()


def test_the_one_sheet_is_seen_before_it_is_taken(page: Page, tmp_path: Path) -> None:
    page.goto(f"{EXPORT}&content=sheet")
    sheet = page.locator("[class*=st-key-pages-sheet] img")
    expect(sheet).to_have_count(1)
    settle(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载 PDF").click()
    assert saved(waiting.value, tmp_path).read_bytes().startswith(b"%PDF")
