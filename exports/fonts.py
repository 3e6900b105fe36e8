"""The typeface of everything printed: what it covers, and how the files in `data/fonts` are made.

A character the typeface lacks would be printed as an empty box and nobody would be told. So every
text is checked before it is drawn, and a missing character is an error that names it.

`python -m exports fonts` makes the files again (after a new plan brought a rare character) from
Debian's package fonts-noto-cjk; nothing is downloaded.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "data" / "fonts"
FAMILY = "Noto Sans CJK SC"
WEIGHTS = ("Regular", "Bold")
SOURCE = Path("/usr/share/fonts/opentype/noto")
SIMPLIFIED_CHINESE_FACE = 2

SYMBOLS = (
    "●○▲△▼▽◆◇■□★☆…⋯／＼≥≤＞＜＝＋－—–−-×÷±·•¹²³⁴‰％℃№§※"
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㎡㎞←→↑↓↗↘↔"
    "“”‘’「」『』【】《》〈〉〔〕（）［］｛｝、。，；：？！～￥¥€"
    "≈≠∞√∑✓⇒▎▏█"
)


class MissingGlyph(Exception):
    """A character that is to be drawn is not in the shipped typeface."""

    def __init__(self, characters: Iterable[str]) -> None:
        self.characters = tuple(sorted(set(characters)))
        named = ", ".join(f"{c} (U+{ord(c):04X})" for c in self.characters)
        super().__init__(f"not in the typeface: {named}; `python -m exports fonts` adds characters found in data/")


def file_of(weight: str) -> Path:
    return FOLDER / f"NotoSansSC-{weight}.otf"


@cache
def covered() -> frozenset[int]:
    """Code points present in every weight."""
    return frozenset.intersection(*(_characters_of(file_of(weight)) for weight in WEIGHTS))


def _characters_of(file: Path) -> frozenset[int]:
    with TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap())


def require_glyphs(text: str) -> None:
    """Raise MissingGlyph unless every visible character of `text` can be drawn."""
    missing = [c for c in set(text) if not c.isspace() and ord(c) not in covered()]
    if missing:
        raise MissingGlyph(missing)


def gb2312() -> set[str]:
    """The 6,763 characters and the signs of the national standard GB 2312."""
    cells = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return set("".join(cell.decode("gb2312", "ignore") for cell in cells))


def written_in_our_files() -> set[str]:
    """Every character of the plan data and of the phrases people read."""
    files = [f for folder in ("data", "locales") for f in (ROOT / folder).rglob("*") if f.suffix in (".toml", ".csv")]
    return {c for file in files for c in file.read_text(encoding="utf-8") if c.isprintable()}


def build(source: Path = SOURCE, target: Path = FOLDER) -> list[Path]:
    """Cut the two weights down to what may ever be printed. Needs Debian's fonts-noto-cjk."""
    latin = {chr(c) for c in (*range(0x20, 0x7F), *range(0xA0, 0x100))}
    wanted = gb2312() | set(SYMBOLS) | latin | written_in_our_files()
    written = []
    for weight in WEIGHTS:
        collection = source / f"NotoSansCJK-{weight}.ttc"
        font = TTFont(collection, fontNumber=SIMPLIFIED_CHINESE_FACE, lazy=True, recalcTimestamp=False)
        if lacking := {c for c in wanted if ord(c) not in font.getBestCmap()} - set("\ufeff\u00ad"):
            print(f"{collection.name} lacks {''.join(sorted(lacking))!r}")
        options = Options(
            layout_features=["kern", "palt", "halt", "locl", "ccmp", "tnum"], name_IDs=["*"], hinting=False
        )
        subsetter = Subsetter(options)
        subsetter.populate(text="".join(wanted))
        subsetter.subset(font)
        target.mkdir(parents=True, exist_ok=True)
        written.append(target / file_of(weight).name)
        font.save(written[-1])
    covered.cache_clear()
    return written
