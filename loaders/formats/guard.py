"""The zip guard: no part of a workbook is parsed before its real size and shape are known.

Sizes in a zip's headers can lie, so every part is inflated and counted here, in pieces that are
thrown away. It costs about a millisecond for a county's workbook.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

from loaders.problem import Refused

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What a workbook may weigh (the largest public workbook known: ratio 100, 114 MB)."""

    file: int = 20 * MEGABYTE
    members: int = 3_000
    member: int = 600 * MEGABYTE
    total: int = 800 * MEGABYTE
    ratio: int = 200
    ratio_from: int = 20 * MEGABYTE


LIMITS = Limits()
_CHUNK = 256 * 1024
_LOCAL_HEADER = 30
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")


def check_zip(data: bytes, limits: Limits = LIMITS) -> zipfile.ZipFile:
    """Open a zip that is safe to parse; raises `Refused` with the reason otherwise."""
    if len(data) > limits.file:
        raise Refused("file_too_large", megabytes=limits.file // MEGABYTE)
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError, UnicodeDecodeError) as fault:
        raise Refused("file_damaged") from fault
    members = archive.infolist()
    if len(members) > limits.members:
        raise Refused("file_unsafe", reason="members")
    _check_names(members)
    spans = [_span(data, member) for member in members]
    _check_overlap(sorted((member.header_offset, end) for member, (_, end) in zip(members, spans, strict=True)))
    total = 0
    for member, (start, end) in zip(members, spans, strict=True):
        total += _check_content(data[start:end], member, total, limits)
    return archive


def _check_names(members: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for member in members:
        name = member.orig_filename.replace("\\", "/")
        parts = name.split("/")
        if name.startswith("/") or ".." in parts or ":" in parts[0] or "\0" in name:
            raise Refused("file_unsafe", reason="names")
        if name.casefold() in seen:
            raise Refused("file_unsafe", reason="duplicate_names")
        seen.add(name.casefold())
        if member.flag_bits & 0x1:
            raise Refused("file_encrypted")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused("file_unsafe", reason="compression")


def _span(data: bytes, member: zipfile.ZipInfo) -> tuple[int, int]:
    """Where the packed bytes of a member lie, by its own local header."""
    at = member.header_offset
    header = data[at : at + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04":
        raise Refused("file_damaged")
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    start = at + _LOCAL_HEADER + name_length + extra_length
    end = start + member.compress_size
    if end > len(data):
        raise Refused("file_damaged")
    return start, end


def _check_overlap(spans: list[tuple[int, int]]) -> None:
    for (_, end), (start, _) in pairwise(spans):
        if start < end:
            raise Refused("file_unsafe", reason="overlap")


def _check_content(packed: bytes, member: zipfile.ZipInfo, before: int, limits: Limits) -> int:
    size, tail, markup = 0, b"", None
    for piece in _pieces(packed, member.compress_type):
        size += len(piece)
        if size > member.file_size:
            raise Refused("file_unsafe", reason="size_lies")
        if size > limits.member or before + size > limits.total:
            raise Refused("file_unsafe", reason="too_much")
        if size > limits.ratio_from and size > limits.ratio * max(len(packed), 1):
            raise Refused("file_unsafe", reason="ratio")
        if markup is None:
            markup = _is_markup(piece)
        if markup:
            window = (tail + piece).upper()
            if any(mark in window for mark in _FORBIDDEN):
                raise Refused("file_unsafe", reason="entities")
            tail = piece[-16:]
    if size != member.file_size:
        raise Refused("file_unsafe", reason="size_lies")
    return size


def _pieces(packed: bytes, method: int) -> Iterator[bytes]:
    if method == zipfile.ZIP_STORED:
        for at in range(0, len(packed), _CHUNK):
            yield packed[at : at + _CHUNK]
        return
    inflate = zlib.decompressobj(-15)
    try:
        piece = inflate.decompress(packed, _CHUNK)
        while piece or inflate.unconsumed_tail:
            yield piece
            piece = inflate.decompress(inflate.unconsumed_tail, _CHUNK)
    except zlib.error as fault:
        raise Refused("file_damaged") from fault
    if not inflate.eof:
        raise Refused("file_damaged")


def _is_markup(piece: bytes) -> bool:
    """Whether a part is XML, whatever its name; XML in UTF-16 would hide its entities from us."""
    head = piece[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        raise Refused("file_unsafe", reason="utf16")
    return head.startswith(b"<")
