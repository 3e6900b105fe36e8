"""Bytes in, workbook out: a file is what its first bytes say, whatever its name ends with."""

from io import BytesIO

from loaders.formats.guard import LIMITS, MEGABYTE, check_zip
from loaders.formats.plain import read_csv, read_html
from loaders.formats.xlsx import read_xlsx
from loaders.problem import Refused
from loaders.workbook import Workbook

_ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WRONG_KINDS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
# Excel encrypts with this password when nobody chose one; such a file opens without asking.
_BUILT_IN_PASSWORD = "VelvetSweatshop"


def read_workbook(data: bytes, file_name: str) -> Workbook:
    """Open any file a county may send; raises `Refused` with what to do instead."""
    if file_name.rpartition("/")[2].startswith("~$"):
        raise Refused("file_lock")
    if not data.strip(b"\0 \r\n\t"):
        raise Refused("file_empty")
    if len(data) > LIMITS.file:
        raise Refused("file_too_large", megabytes=LIMITS.file // MEGABYTE)
    if data.startswith(_ZIP):
        return read_xlsx(check_zip(data))
    if data.startswith(_OLE):
        return _read_ole(data)
    if data.startswith(_WRONG_KINDS):
        raise Refused("file_wrong_kind")
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"<?xml") and b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        raise Refused("file_wrong_kind")
    return read_html(data) if head.startswith(b"<") else read_csv(data)


def _read_ole(data: bytes) -> Workbook:
    """An OLE container: an encrypted xlsx, or an old workbook (which may be encrypted too)."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return read_xlsx(check_zip(_decrypt(data)))
    from loaders.formats.xls import read_xls

    workbook = read_xls(data)
    if "_VBA_PROJECT_CUR".encode("utf-16-le") in data:
        workbook.marks.add("macros")
    return workbook


def unwrapped(data: bytes) -> bytes:
    """The zip of an xlsx; one that Excel encrypted without being asked is opened first."""
    return _decrypt(data) if data.startswith(_OLE) else data


def _decrypt(data: bytes) -> bytes:
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    plain = BytesIO()
    try:
        file = msoffcrypto.OfficeFile(BytesIO(data))
        file.load_key(password=_BUILT_IN_PASSWORD, verify_password=True)
        file.decrypt(plain)
    except (InvalidKeyError, DecryptionError) as fault:
        raise Refused("file_encrypted") from fault
    except (FileFormatError, ParseError, ValueError, OSError, LookupError) as fault:
        raise Refused("file_damaged") from fault
    return plain.getvalue()
