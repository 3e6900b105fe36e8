"""A county's whole round, in real browsers with real workbooks: from what it owes to yesterday's figure."""

import re
from datetime import datetime, timedelta
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Locator, Page, expect

from loaders.template.meta import META_SHEET, Layout, read_meta
from tests.browser.conftest import SignedIn
from tests.browser.tab import settle
from tests.browser.test_main_job import add_stores, saved, template, upload
from tests.browser.test_review import city, open_submission

SUBMIT = "/submit?plan=jxfs&period=2025Q3&quarter=2025Q3&unit=330411"
ADDED = 3
CODE = "91350100M000100Y43"
"""A credit code with a right check digit that stands in no sample."""
CLAIM = ("补助申报台账", "D5")
"""The sample county claims for a shop that another plan pays for too: this wants explaining as well."""
WHY = "另有两场由镇级承办，名册下月补齐"


def layout_of(book: Workbook) -> Layout:
    return read_meta(book[META_SHEET].iter_rows(values_only=True))


def stores_of(book: Workbook) -> tuple[Worksheet, dict[str, str], int]:
    """The stores' sheet, field → column letter, and the first row."""
    layout = layout_of(book)
    name = next(name for name in layout.columns if layout.roster_of(name) == "stores")
    letters = {field: letter for letter, field in layout.columns[name].items()}
    return book[name], letters, layout.first_row_of(name)


def cell_of(book: Workbook, indicator: str) -> tuple[str, str]:
    return next(place for place, what in layout_of(book).figures.items() if what[0] == indicator)


def plant_faults(file: Path) -> dict[str, tuple[str, str]]:
    """Three faults and a figure that wants explaining; gives the place of each."""
    book = load_workbook(file)
    sheet, letters, row = stores_of(book)
    places = {
        "code": (sheet.title, f"{letters['uscc']}{row}"),
        "opened": (sheet.title, f"{letters['opened']}{row + 1}"),
    }
    places |= {"bases": cell_of(book, "tourism-bases"), "events": cell_of(book, "promo-events")}
    typed = {"code": "91330411XX1000001O", "opened": "去年开的", "bases": "约2", "events": 5}
    for name, (title, cell) in places.items():
        book[title][cell].value = typed[name]
    book.save(file)
    return places


def fault(page: Page, place: tuple[str, str]) -> Locator:
    return page.locator(".fault", has_text=f"“{place[0]}”{place[1]}")


def marked(page: Page, place: tuple[str, str], word: str) -> None:
    expect(fault(page, place).locator(".mark")).to_have_text(word)


def type_into(page: Page, label: str, words: str) -> None:
    box = page.get_by_label(label, exact=True)
    box.fill(words)
    box.press("Tab")


def fits_a_phone(page: Page) -> None:
    usual = page.viewport_size
    page.set_viewport_size({"width": 390, "height": 844})
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    page.set_viewport_size(usual or {"width": 1440, "height": 1600})


def returned_file(page: Page, places: dict[str, tuple[str, str]]) -> Path:
    """The returned workbook, with its list, its links and its notes."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载退回件").click()
    file = saved(waiting.value)
    book = load_workbook(file)
    listing = book.worksheets[0]
    assert listing.title == "问题清单"
    links = {cell.hyperlink.location for row in listing.iter_rows() for cell in row if cell.hyperlink}
    for title, cell in list(places.values())[:3]:
        assert f"'{title}'!{cell}" in {link.replace("$", "") for link in links if link}
        assert book[title][cell].comment is not None
        assert book[title][cell].fill.fgColor.rgb != book[title][f"{cell[0]}{int(cell[1:]) + 20}"].fill.fgColor.rgb
    return file


def mend_two(file: Path, places: dict[str, tuple[str, str]]) -> None:
    """In Excel, in the returned workbook itself."""
    book = load_workbook(file)
    for name, right in (("code", CODE), ("opened", "2024-02-03")):
        title, cell = places[name]
        book[title][cell].value = right
    book.save(file)


def test_a_county_goes_its_whole_round(signed_in: SignedIn) -> None:
    county, reviewer = signed_in("county"), signed_in("reviewer")
    before, bases = int(city(reviewer, "工厂店培育总数")), int(city(reviewer, "工业旅游示范基地年新增数"))

    # What is owed, until when; the template brings the last figures and lists.
    county.goto(SUBMIT)
    expect(county.get_by_text("应在2025年10月15日前报送").first).to_be_visible()
    expect(county.get_by_text("没有报", exact=False).first).to_be_visible()
    file = template(county)
    add_stores(file, ADDED)
    places = plant_faults(file)

    # Three faults, told by cell; nothing can be sent.
    upload(county, file)
    for name in ("code", "opened", "bases"):
        marked(county, places[name], "错误")
    marked(county, places["events"], "请说明")
    expect(county.get_by_text("有 3 处错误")).to_be_visible()
    settle(county)
    expect(county.get_by_role("button", name=re.compile("^送审"))).to_have_count(0)
    fits_a_phone(county)

    # The county's own file comes back with the cells marked; two are mended in it and it is sent again.
    back = returned_file(county, places)
    mend_two(back, places)
    upload(county, back)
    expect(county.get_by_text(re.compile("已改好 2 处，还在 3 处，新出现 0 处"))).to_be_visible()
    marked(county, places["bases"], "错误")

    # The third is mended in the browser; what was typed stands beside what the file says.
    settle(county)
    where = "“{}”{}".format(*places["bases"])
    type_into(county, f"{where}改为", "2")
    marked(county, places["bases"], "已改好")
    expect(fault(county, places["bases"])).to_contain_text("网页上改为“2”")

    # A refresh and a second tab find everything as it was left; the notice is answered once.
    county.reload()
    marked(county, places["bases"], "已改好")
    settle(county)
    expect(county.get_by_role("button", name="送审 1 份")).to_be_disabled()
    tab = county.context.new_page()
    tab.goto(SUBMIT)
    marked(tab, places["bases"], "已改好")
    settle(tab)
    type_into(tab, "“{}”{}说明原因".format(*places["events"]), WHY)
    marked(tab, places["events"], "已说明")
    settle(tab)
    type_into(tab, "“{}”{}说明原因".format(*CLAIM), "不是同一家店，商场不同")
    marked(tab, CLAIM, "已说明")
    county.reload()
    marked(county, places["events"], "已说明")

    # Sent: it waits, no figure has moved, and the other tab cannot send it twice.
    settle(county)
    settle(tab)
    county.get_by_role("button", name="送审 1 份").click()
    expect(county.get_by_text("现在没有别的要做")).to_be_visible()
    tab.get_by_role("button", name="送审 1 份").click()
    expect(tab.get_by_text("没有重复送出")).to_be_visible()
    assert int(city(reviewer, "工厂店培育总数")) == before

    # The reviewer sees what differs, the mend and the answer, and publishes; the city's figure moves.
    open_submission(reviewer, "秀洲区")
    expect(reviewer.get_by_text(WHY).first).to_be_visible()
    expect(reviewer.get_by_text("约2").first).to_be_visible()
    expect(reviewer.get_by_role("cell", name="示例新店").first).to_be_visible()
    moved = reviewer.get_by_role("row", name=f"工厂店培育总数 家 {before} {before + ADDED} +{ADDED}")
    expect(moved).to_be_visible()
    reviewer.get_by_role("button", name="发布", exact=True).click()
    expect(reviewer.locator("[data-testid=stAlert]").get_by_text("已发布")).to_be_visible()
    settle(reviewer)
    assert int(city(reviewer, "工厂店培育总数")) == before + ADDED
    assert int(city(reviewer, "工业旅游示范基地年新增数")) == bases

    # The county hears of it, and finds the figure's very cell with what was typed beside the original.
    county.goto(SUBMIT)
    expect(county.locator(".duty").get_by_text("已发布")).to_be_visible()
    settle(county)
    county.goto("/indicator?plan=jxfs&period=2025Q3&indicator=tourism-bases&unit=330411&from=330411&quarter=2025Q3")
    expect(county.get_by_text("工作表「{}」{}".format(*places["bases"])).first).to_be_visible()
    expect(county.get_by_text(re.compile("原表为 约2.*在网页上改为 2")).first).to_be_visible()
    settle(county)

    # As known yesterday the city stood where it stood.
    yesterday = (datetime.now() - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    reviewer.goto(f"/?plan=jxfs&period=2025Q3&known={yesterday}")
    card = reviewer.locator("a.card", has=reviewer.get_by_role("heading", name="工厂店培育总数"))
    expect(card.locator(".value b")).to_have_text(str(before))
