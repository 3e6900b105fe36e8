"""The table of threats: what must never reach a parser, and what must pass."""

import io
import zipfile

import openpyxl
import pytest

from loaders.formats.guard import LIMITS, Limits, check_zip
from loaders.problem import Refused
from tests.loaders import cells, zips

SMALL = Limits(file=5_000_000, members=50, member=400_000, total=600_000, ratio=20, ratio_from=50_000)


def reason(data: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(Refused) as refused:
        check_zip(data, limits)
    return str(refused.value.values.get("reason", refused.value.code))


def test_an_ordinary_workbook_passes():
    data = cells.xlsx([["指标", "数"], ["工厂店", 12]])
    assert "xl/workbook.xml" in check_zip(data).namelist()


def test_a_part_that_unpacks_to_too_much_is_refused():
    data = zips.packed({"xl/sheet.xml": b"<a>" + bytes(range(256)) * 2000}, zipfile.ZIP_STORED)
    assert reason(data, SMALL) == "too_much"


def test_parts_that_together_unpack_to_too_much_are_refused():
    data = zips.packed({f"{n}.bin": bytes(range(256)) * 1200 for n in range(3)}, zipfile.ZIP_STORED)
    assert reason(data, SMALL) == "too_much"


def test_a_ratio_no_workbook_has_is_refused():
    data = zips.packed({"xl/media/image.bin": b"\0" * 300_000})
    assert reason(data, SMALL) == "ratio"


def test_a_bomb_of_whitespace_is_refused_by_the_real_limits():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/sheet.xml", "w") as part:
        for _ in range(30):
            part.write(b" " * 1_000_000)
    assert len(stream.getvalue()) < 100_000
    assert reason(stream.getvalue()) == "ratio"


@pytest.mark.parametrize("told", [1_000, 999_999])
def test_a_header_that_lies_about_the_size_is_refused(told: int):
    data = zips.packed({"xl/sheet.xml": "<a>" + "x" * 200_000 + "</a>"})
    assert reason(zips.lie_about_size(data, "xl/sheet.xml", told)) == "size_lies"


def test_too_many_parts_are_refused():
    assert reason(zips.packed({f"{n}.xml": "<a/>" for n in range(60)}), SMALL) == "members"


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "xl/../../a.xml", "C:/a.xml", "xl\\..\\..\\a.xml"])
def test_names_that_lead_out_of_the_archive_are_refused(name: str):
    assert reason(zips.packed({name: "<a/>"})) == "names"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused():
    assert reason(zips.packed({"xl/a.xml": "<a/>", "XL/A.xml": "<a/>"})) == "duplicate_names"


def test_overlapping_parts_are_refused():
    assert reason(zips.overlapping()) == "overlap"


def test_other_compression_is_refused():
    assert reason(zips.packed({"a.xml": "<a/>"}, zipfile.ZIP_BZIP2)) == "compression"


def test_an_encrypted_part_asks_for_a_file_without_password():
    assert reason(zips.set_flag(zips.packed({"a.xml": "<a/>"}), 1)) == "file_encrypted"


@pytest.mark.parametrize(
    "content",
    [
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        '<?xml version="1.0"?><!doctype a [<!entity % p SYSTEM "http://example.org/x">%p;]><a/>',
        "\ufeff  <a/><!ENTITY x 'y'>",
        "<a>" + " " * 262_130 + "<!ENTITY x 'y'></a>",
    ],
)
def test_entities_are_refused_in_any_part_that_is_markup(content: str):
    assert reason(zips.packed({"xl/worksheets/sheet1.dat": content})) == "entities"


def test_the_word_entity_in_a_picture_is_no_fault():
    assert check_zip(zips.packed({"xl/media/a.png": b"\x89PNG <!ENTITY"})) is not None


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_markup_in_utf_16_is_refused(encoding: str):
    assert reason(zips.packed({"a.xml": "<a/>".encode(encoding)})) == "utf16"


@pytest.mark.parametrize("cut", [10, 200, -30])
def test_a_truncated_file_is_damaged(cut: int):
    book = openpyxl.Workbook()
    assert reason(cells.saved(book)[:cut]) == "file_damaged"


def test_a_file_over_the_limit_is_too_large():
    assert reason(b"PK" + b"\0" * 6_000_000, SMALL) == "file_too_large"
