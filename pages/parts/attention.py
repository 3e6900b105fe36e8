"""Where attention is needed: the figures furthest behind their path, city and units in one list."""

import pandas as pd

from charts.standing import BAD
from charts.values import by, difference, goal, written
from locales.formats import signed
from metrics.result import Result
from pages.parts.context import chosen, href, say
from pages.parts.html import draw, escape, figure_link
from pages.parts.lamp import lamp

SHOWN = 10


def behind(result: Result) -> pd.DataFrame:
    """Rows behind their path, the largest distance first; a composite speaks through its parts.

    What can still be reached comes before what is past its deadline.
    """
    rows = result.progress
    rows = rows[rows["status"].isin(BAD) & (rows["kind"] != "composite")]
    order = rows.assign(over=rows["status"] == "missed", distance=rows["lead"].astype(float))
    return order.sort_values(["over", "distance"], kind="stable")


def attention(result: Result) -> None:
    rows = behind(result)
    if rows.empty:
        draw(f'<p class="empty small">{escape(say("pages.overview.attention_none"))}</p>')
        return
    heads = ("indicator", "unit", "status", "lead", "value", "gap", "deadline")
    head = "".join(f'<th scope="col" class="{name}">{escape(label(name))}</th>' for name in heads)
    body = "".join(_row(result, row) for _, row in rows.head(SHOWN).iterrows())
    table = f'<table class="list"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    draw(f'<div class="scroll">{table}</div>')
    if len(rows) > SHOWN:
        draw(f'<p class="note">{escape(say("pages.overview.attention_more", number=len(rows) - SHOWN))}</p>')


def _row(result: Result, row: pd.Series) -> str:
    choice = chosen()
    indicator = result.plan.indicators[row["indicator"]]
    unit = result.plan.units[row["unit"]]
    city = row["unit"] == result.plan.area
    origin = href("indicator", indicator=row["indicator"], unit=row["unit"], anchor="origin")
    target = goal(row["target"], indicator, row["comparison"])
    where = say("pages.overview.city") if city else unit.label(choice.language, short=True)
    place = href("indicator", indicator=row["indicator"]) if city else href("unit", unit=row["unit"])
    missing = row["shortfall"] if city and indicator.kind == "floor" else row["gap"]
    name = escape(indicator.name.by(choice.language))
    cells = (
        ("unit", "", f'<a target="_self" href="{escape(place)}">{escape(where)}</a>'),
        ("status", "", lamp(row["status"], provisional=bool(row["provisional"]))),
        ("lead", "number", escape(signed(row["lead"]))),
        ("value", "number", f"{figure_link(written(row['actual'], indicator), origin)} / {escape(target)}"),
        ("gap", "number", escape(difference(missing, indicator, choice.language))),
        ("deadline", "", escape(by(row["deadline"], choice.language))),
    )
    body = "".join(f'<td class="{kind}" data-label="{escape(label(head))}">{shown}</td>' for head, kind, shown in cells)
    link = href("indicator", indicator=row["indicator"])
    return f'<tr><th scope="row"><a target="_self" href="{escape(link)}">{name}</a></th>{body}</tr>'


def label(head: str) -> str:
    return say(f"pages.overview.attention_{head}")
