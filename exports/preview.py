"""Every page of a file as a picture, to be looked at before it is handed out.

What the typesetter made it draws again; what an office program shows, LibreOffice lays out first, where
the machine has it. It is the file itself that is drawn, not a likeness of it. Only our own files come here.
"""

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

import typst

from exports.fonts import FAMILY, FOLDER

WIDTH = 900
"""Pixels of a page's picture: readable on a screen, small enough to keep."""
MOST_PAGES = 60
INDEX = "index.json"
OFFICE = ("docx", "pptx", "xlsx")
SHOWN = ("pdf", "png", *OFFICE)
SECONDS = 120
PAGE = re.compile(rb"/Type\s*/Page\b")
FACES = {
    "serif": ("仿宋_GB2312", "楷体_GB2312", "宋体", "方正小标宋简体", "Times New Roman"),
    "sans": ("黑体", "微软雅黑", "Arial"),
}
"""Typefaces that our files name and that only the reader's machine has, by what may stand in for them here."""
STAND_INS = {"serif": "Noto Serif CJK SC", "sans": FAMILY}


def office_program() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def previews(files: Mapping[str, bytes]) -> Iterator[tuple[str, list[bytes]]]:
    """(file name, its pages) for every file that can be looked at; a picture is its own page."""
    laid_out = _laid_out({name: data for name, data in files.items() if _form(name) in OFFICE})
    for name, data in files.items():
        if _form(name) == "png":
            yield name, [data]
        elif _form(name) == "pdf":
            yield name, _pictures(data)
        elif name in laid_out:
            yield name, _pictures(laid_out[name])


def _form(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _pictures(data: bytes) -> list[bytes]:
    """The pages of a PDF, each as wide as all others."""
    count = min(len(PAGE.findall(data)), MOST_PAGES)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "paper.pdf").write_bytes(data)
        pages = "#pagebreak()\n".join(
            f'#image("paper.pdf", page: {n}, width: {WIDTH}pt)\n' for n in range(1, count + 1)
        )
        (place / "pages.typ").write_text(
            f"#set page(width: auto, height: auto, margin: 0pt)\n{pages}", encoding="utf-8"
        )
        drawn = typst.compile(str(place / "pages.typ"), root=folder, format="png", ppi=72)
    return drawn if isinstance(drawn, list) else [drawn]


def _laid_out(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """As LibreOffice prints them, all in one go; none where it is not installed or gives up."""
    program = office_program()
    if program is None or not files:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        # Names of our own: a plan's name may hold anything.
        plain = {f"{n}.{_form(name)}": name for n, name in enumerate(files)}
        for short, name in plain.items():
            (place / short).write_bytes(files[name])
        (place / "fonts.conf").write_text(_font_settings(place), encoding="utf-8")
        command = [
            program, f"-env:UserInstallation=file://{place}/profile", "--headless", "--norestore", "--nologo",
            "--convert-to", "pdf", "--outdir", str(place / "out"), *(str(place / short) for short in plain),
        ]  # fmt: skip
        environment = {**os.environ, "HOME": folder, "FONTCONFIG_FILE": str(place / "fonts.conf")}
        if not _run(command, environment):
            return {}
        made = {short: place / "out" / f"{short.partition('.')[0]}.pdf" for short in plain}
        return {plain[short]: file.read_bytes() for short, file in made.items() if file.is_file()}


def _run(command: list[str], environment: Mapping[str, str]) -> bool:
    """Whether the program ended by itself. It starts others: when it takes too long all of them go."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet, start_new_session=True) as program:
        try:
            program.wait(SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(program.pid, signal.SIGKILL)
            return False
    return True


def _font_settings(place: Path) -> str:
    """The machine's typefaces and ours; the names that only Windows has are given to the nearest of these."""
    aliases = "".join(
        f'<alias binding="same"><family>{escape(face)}</family><prefer><family>{STAND_INS[kind]}</family>'
        f"<family>{FAMILY}</family></prefer></alias>"
        for kind, faces in FACES.items()
        for face in faces
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
        f"<dir>{escape(str(FOLDER))}</dir><cachedir>{place}/fontcache</cachedir>{aliases}"
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include></fontconfig>'
    )
