"""The parent's side: words here, foreign bytes in a child process of their own."""

import json
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from loaders.problem import Problem
from loaders.returned.answer import alone
from loaders.returned.listing import listing
from loaders.sandbox import WALL_SECONDS, ask_apart
from locales import text
from store.submissions import Mend


def write_returned(
    data: bytes,
    file_name: str,
    problems: Sequence[Problem | Mapping[str, Any]],
    mends: Sequence[Mend] = (),
    *,
    plan: str = "",
    unit: str = "",
    period: str = "",
    why: str = "",
    language: str = "zh_CN",
    wall_seconds: float = WALL_SECONDS,
) -> bytes:
    """The sent workbook with every problem marked and listed, always as .xlsx.

    `problems` are those of a verdict or as told by `as_json`, perhaps with their answers; `mends`: what
    was typed in the browser since, which is put into its cells and listed as mended. `plan`, `unit` and
    `period` are words for the heading; `why` is a reviewer's reason. Cells keep their formulas and cached results,
    pictures, drop-downs and styles; macros are left out. A file of another kind comes back as a copy
    of its values, an unreadable one as the list alone.
    """
    told = listing(problems, file_name, mends, plan=plan, unit=unit, period=period, why=why, language=language)
    job = json.dumps(told.as_json(), ensure_ascii=False).encode("utf-8", "replace")
    frames = (job, file_name.encode("utf-8", "replace"), data)
    answer = ask_apart("loaders.returned.child", *frames, wall_seconds=wall_seconds)
    return answer if answer is not None else alone(told)


def returned_name(file_name: str, language: str = "zh_CN") -> str:
    return text("returned.file_name", language, name=PurePath(file_name).stem or "xlsx")
