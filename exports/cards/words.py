"""Where a Chinese name may be broken: between words, which nothing parts in writing.

Most words have two signs; those of three and more that our plans use are listed in the catalogue.
"""

import re
from functools import cache

from locales import text

_HAN, _PARTICLES = "[一-龥]", "的和与及"
_OPENING = "“‘《（("


@cache
def _words(language: str) -> re.Pattern[str]:
    kept = sorted(text("scorecard.whole_words", language).split(), key=len, reverse=True)
    quoted, counted = "“[^”]*”", f"[0-9.,]+(?:平方米|亿元|万元|{_HAN})?"
    pair = f"[{_PARTICLES}]|{_HAN}(?![{_PARTICLES}]){_HAN}"
    return re.compile("|".join([quoted, counted, *map(re.escape, kept), pair, "[A-Za-z]+", r"\S\s*"]))


def whole_words(name: str, language: str) -> list[str]:
    """The pieces of a name that stay whole: `年度`, `新评`, `星级`, `工厂店`; of other scripts its words."""
    if not re.search(_HAN, name):
        return [word + " " for word in name.split()]
    pieces: list[str] = []
    for word in _words(language).findall(name):
        single = len(word.strip()) == 1 and word not in _OPENING
        if pieces and (single or pieces[-1] in _OPENING):
            pieces[-1] += word
        else:
            pieces.append(word)
    return pieces
