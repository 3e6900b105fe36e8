"""Every word a person reads, by key. Chinese is the default, English the switch.

A catalogue is a folder of TOML files; `[section]` tables become dotted keys, so the line
`behind = "滞后"` under `[status]` in any file of `zh_CN/` is `text("status.behind")`.
"""

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


def text(key: str, language: str = DEFAULT, /, **values: object) -> str:
    """The phrase for `key`, with `{names}` filled from `values`. A missing key raises KeyError."""
    return catalogue(language)[key].format(**values)
