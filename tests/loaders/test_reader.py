"""A file is what its first bytes say: every format a county sends, and a sentence for the rest."""

import io

import msoffcrypto.format.ooxml
import pytest

from loaders.formats.reader import read_workbook
from loaders.problem import Refused, message
from loaders.sandbox import read_file
from loaders.workbook import Workbook
from tests.loaders import cells, zips
from tests.loaders.old_excel import xls

TABLE = [["指标", "本季数"], ["工厂店培育总数", 12], ["𠮷野家㐀店", 3]]
LINES = "指标,本季数\r\n工厂店培育总数,12\r\n𠮷野家㐀店,3\r\n"


def words(data: bytes, name: str = "表.xlsx") -> list[list[str]]:
    return [[cell.value for cell in row.values()] for row in read_workbook(data, name).sheets[0].rows.values()]


def refused(data: bytes, name: str = "表.xlsx") -> str:
    with pytest.raises(Refused) as fault:
        read_workbook(data, name)
    assert message(fault.value.problem()) and message(fault.value.problem(), "en")
    return fault.value.code


AS_TEXT = [[str(value) for value in row] for row in TABLE]


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.csv", "没有后缀"])
def test_the_name_of_a_file_does_not_matter(name: str):
    assert words(cells.xlsx(TABLE), name) == AS_TEXT


@pytest.mark.parametrize(
    "data",
    [
        LINES.encode("utf-8"),
        LINES.encode("utf-8-sig"),
        LINES.encode("gb18030"),
        LINES.replace(",", "\t").encode("utf-16"),
        LINES.replace(",", ";").encode("utf-8"),
        LINES.replace("\r\n", "\n").encode("gb18030"),
    ],
)
def test_csv_is_read_in_every_encoding_of_an_office(data: bytes):
    assert words(data, "表.csv") == AS_TEXT


def test_a_csv_keeps_its_addresses():
    sheet = read_workbook('"甲,乙",,3\n\n,5\n'.encode(), "a.csv").sheets[0]
    assert {cell.address: cell.value for cell in sheet.cells.values()} == {"A1": "甲,乙", "C1": "3", "B3": "5"}


def test_an_old_workbook_keeps_dates_percentages_errors_and_merges():
    book = read_workbook(xls(), "旧表.xls")
    sheet = book.sheets[0]
    assert (book.form, sheet.name) == ("xls", "数据")
    assert (sheet.at(2, 2).kind, sheet.at(2, 2).value) == ("number", "12")
    assert (sheet.at(2, 3).kind, sheet.at(2, 3).value) == ("date", "2025-09-30")
    assert (sheet.at(2, 4).style, sheet.at(2, 4).shown) == ("percent", "80%")
    assert (sheet.at(3, 2).kind, sheet.at(3, 2).value) == ("error", "#DIV/0!")
    assert sheet.merges == [(4, 1, 4, 2)]
    assert sheet.hidden_rows == {3}


def test_an_html_table_saved_as_xls_is_read_and_marked():
    page = (
        "<html><meta charset='utf-8'><table><tr><th colspan=2>标题</th></tr>"
        "<tr><td rowspan=2>甲</td><td>1</td></tr><tr><td>2</td></tr></table></html>"
    )
    book = read_workbook(page.encode("gb18030"), "导出.xls")
    sheet = book.sheets[0]
    assert book.marks == {"html"}
    assert {cell.address: cell.value for cell in sheet.cells.values()} == {
        "A1": "标题",
        "A2": "甲",
        "B2": "1",
        "B3": "2",
    }
    assert sheet.merges == [(1, 1, 1, 2), (2, 1, 3, 1)]


def test_html_follows_no_entity_and_no_huge_span():
    page = (
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><table><tr><td>&x;</td>'
        '<td colspan="99999999">1</td></tr></table>'
    )
    sheet = read_workbook(page.encode(), "a.xls").sheets[0]
    assert not any("root:" in cell.value for cell in sheet.cells.values())


def encrypted(password: str) -> bytes:
    target = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(cells.xlsx(TABLE))).encrypt(password, target)
    return target.getvalue()


def test_a_password_to_open_is_sent_back_in_plain_words():
    assert refused(encrypted("秘密")) == "file_encrypted"


def test_a_file_encrypted_without_anybody_choosing_a_password_opens():
    assert words(encrypted("VelvetSweatshop")) == AS_TEXT


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.xlsx", "file_empty"),
        (b"\0" * 500, "a.xlsx", "file_empty"),
        (b"PK\x03\x04abc", "~$表.xlsx", "file_lock"),
        (b"PK\x03\x04abc", "a.xlsx", "file_damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "a.xls", "file_damaged"),
        (b"%PDF-1.7 ...", "a.pdf", "file_wrong_kind"),
        (b"\x89PNG\r\n\x1a\n....", "a.xlsx", "file_wrong_kind"),
        (bytes(range(1, 256)) * 20, "a.xls", "file_wrong_kind"),
        (b"<html><body>login</body></html>", "a.xls", "file_wrong_kind"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "a.xls",
            "file_wrong_kind",
        ),
    ],
)
def test_what_is_no_workbook_is_told_what_to_save_it_as(data: bytes, name: str, code: str):
    assert refused(data, name) == code


def test_a_truncated_workbook_is_damaged():
    assert refused(cells.xlsx(TABLE)[:-200]) == "file_damaged"
    assert refused(xls()[:1000], "a.xls") == "file_damaged"


def test_a_workbook_opens_in_a_child_process():
    found = read_file(cells.xlsx(TABLE), "表.xlsx")
    assert isinstance(found, Workbook)
    assert found.sheets[0].at(2, 2).value == "12"


def test_a_refusal_crosses_from_the_child():
    found = read_file(zips.packed({"../a": "x"}), "表.xlsx")
    assert isinstance(found, Refused)
    assert (found.code, found.values) == ("file_unsafe", {"reason": "names"})
