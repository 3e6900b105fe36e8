"""Builders of workbooks part by part, for what no honest program would write."""

import io
import struct
import zipfile

NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def parts(
    sheet: str,
    *,
    strings: str = "",
    styles: str = "",
    book: str = "",
    namespace: str = NS,
    relations: str = RELATIONS,
) -> dict[str, str]:
    """The parts of a workbook with one sheet; `sheet` is what stands inside <worksheet>."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return {
        "_rels/.rels": f'{head}<Relationships xmlns="{package}"><Relationship Id="r1" '
        f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{head}<workbook xmlns="{namespace}" xmlns:r="{relations}">{book}'
        '<sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{head}<Relationships xmlns="{package}">'
        f'<Relationship Id="r1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{relations}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="r3" Type="{relations}/styles" Target="styles.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{namespace}">{sheet}</worksheet>',
        "xl/sharedStrings.xml": f'{head}<sst xmlns="{namespace}">{strings}</sst>',
        "xl/styles.xml": f'{head}<styleSheet xmlns="{namespace}">{styles}</styleSheet>',
    }


def packed(contents: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return stream.getvalue()


def rows(*cells: str) -> str:
    return f'<sheetData><row r="1">{"".join(cells)}</row></sheetData>'


def lie_about_size(data: bytes, name: str, size: int) -> bytes:
    """Write a false unpacked size into both headers of a member."""
    changed = bytearray(data)
    for mark, at_size, at_length, head in ((b"PK\x03\x04", 22, 26, 30), (b"PK\x01\x02", 24, 28, 46)):
        place = changed.find(mark)
        while place >= 0:
            (length,) = struct.unpack_from("<H", changed, place + at_length)
            if changed[place + head : place + head + length] == name.encode():
                struct.pack_into("<I", changed, place + at_size, size)
            place = changed.find(mark, place + 4)
    return bytes(changed)


def set_flag(data: bytes, flag: int) -> bytes:
    """Set a bit in the flags of every member."""
    changed = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.find(mark)
        while place >= 0:
            (flags,) = struct.unpack_from("<H", changed, place + at)
            struct.pack_into("<H", changed, place + at, flags | flag)
            place = changed.find(mark, place + 4)
    return bytes(changed)


def overlapping() -> bytes:
    """Two members whose entries point at the same packed bytes."""
    data = bytearray(packed({"a.xml": "x" * 1000, "b.xml": "x" * 1000}))
    second = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 4)
    first_local = struct.unpack_from("<I", data, data.find(b"PK\x01\x02") + 42)[0]
    struct.pack_into("<I", data, second + 42, first_local)
    return bytes(data)
