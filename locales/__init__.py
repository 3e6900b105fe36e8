"""Every word a person reads, by key. Chinese is the default, English the switch.

A catalogue is a folder of TOML files; `[section]` tables become dotted keys, so the line
`behind = "滞后"` under `[status]` in any file of `zh_CN/` is `text("status.behind")`.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

LANGUAGES = ("zh_CN", "en")
DEFAULT = "zh_CN"
_HERE = Path(__file__).parent


def _flatten(table: dict[str, object], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            flat |= _flatten(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = str(value)
    return flat


@cache
def catalogue(language: str) -> dict[str, str]:
    """All phrases of one language. A key defined in two files is an error, not a surprise."""
    phrases: dict[str, str] = {}
    for file in sorted((_HERE / language).glob("*.toml")):
        found = _flatten(tomllib.loads(file.read_text(encoding="utf-8")))
        if twice := phrases.keys() & found.keys():
            raise ValueError(f"{language}/{file.name}: defined twice: {', '.join(sorted(twice))}")
        phrases |= found
    return phrases


WHOLE = {
    "省": ("全省", "province"),
    "区": ("全区", "district"),
    "县": ("全县", "county"),
    "州": ("全州", "prefecture"),
}
"""What a plan's whole area is called, by the end of its name; phrases are written for a city's 全市."""
_CITY = re.compile(r"(?<!\{)\b[Cc]ity\b(?!\})")


class Speech(str):
    """A language as spoken of one sort of area; equal to the bare language wherever only that matters."""

    area: str = ""


def spoken(language: str, area: str) -> str:
    """`language`, saying 全省 or 全区 where the area so named (`四川省`, `秀洲区`) is no city."""
    speech = Speech(language)
    speech.area = area[-1:]
    return speech if speech.area in WHOLE else language


@cache
def _phrase(key: str, language: str, area: str) -> str:
    phrase = catalogue(language)[key]
    if area not in WHOLE:
        return phrase
    chinese, english = WHOLE[area]
    named = phrase.replace("全市", chinese)
    return _CITY.sub(lambda city: english.title() if city[0][0] == "C" else english, named)


def text(key: str, language: str = DEFAULT, /, **values: object) -> str:
    """The phrase for `key`, with `{names}` filled from `values`. A missing key raises KeyError."""
    said = _phrase(key, str(language), getattr(language, "area", "")).format(**values)
    # A name may say by itself that it is the whole city's: `全市{name}逐季` of 全市集聚区数.
    for whole in ("全市", *(chinese for chinese, _ in WHOLE.values())):
        said = said.replace(whole * 2, whole)
    return said
