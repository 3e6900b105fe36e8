"""Where a task's status comes from: the sent file, the sheet, the row, with the cell marked."""

import streamlit as st

from locales.formats import UNKNOWN, day, quarter
from metrics.period import Period
from pages.parts.address import language
from pages.parts.context import chosen, href, say
from pages.parts.empty import nothing_here
from pages.parts.html import draw, escape
from pages.parts.origin_file import sent_file
from pages.parts.origin_versions import version_chain
from pages.parts.source_grid import source_grid
from pages.parts.sources import database
from pages.parts.tasks.lists import evidence_markup
from pages.parts.tasks.tasks import Row, Tasks, state_words, task_name, unit_lamp
from store.milestones import status_origins
from store.provenance import versions
from store.submission_rows import list_mends


def asked(tasks: Tasks) -> Row | None:
    """The status whose origin the address asks for."""
    wanted = [st.query_params.get(name) for name in ("task", "by", "year")]
    for (milestone, year), rows in tasks.by_task.items():
        for row in rows:
            if wanted == [milestone, row["unit"], None if year is None else str(year)]:
                return row
    return None


def task_origin(tasks: Tasks, row: Row) -> None:
    milestone = tasks.milestones[row["milestone"]]
    name = tasks.plan.units[row["unit"]].label(language())
    close = f'<a class="note" target="_self" href="{escape(href("milestones", owner=tasks.owner))}">'
    close += f"{escape(say('milestones.page.close'))}</a>"
    draw(f'<h2 id="origin">{escape(say("milestones.page.origin"))}{close}</h2>')
    draw(f"<p><b>{escape(task_name(milestone, row['year']))}</b> · {escape(name)}　{unit_lamp(tasks, row)}</p>")
    if row["value_period"] is None:
        nothing_here(say("milestones.page.no_origin", unit=name, state=state_words(row)))
        return
    period = Period.parse(str(row["value_period"]))
    found = status_origins(database(), tasks.plan, row["milestone"], row["unit"], period, chosen().known_at)
    chain = versions(database(), tasks.plan, row["unit"], period, chosen().known_at)
    for _, origin in found.iterrows():
        version = next(one for one in chain if one.submission == origin["submission"])
        mends = list_mends(database(), version.submission)
        with st.container(border=True, key="origin-task"):
            draw(_said(str(origin["status"]), origin, period))
            sent_file(version, mends)
            cell = str(origin["cells"].get("status", ""))
            source_grid(str(origin["sha256"]), str(origin["file_name"]), str(origin["sheet"]), cell, mends)
        version_chain(chain, None, row["unit"], period, version.submission)


def _said(status: str, origin, period: Period) -> str:
    place = say("detail.origin.where", sheet=origin["sheet"], cell=origin["cells"].get("status", UNKNOWN))
    facts = {
        "status": escape(say(f"milestones.status.{status}")),
        "period": escape(quarter(period, language())),
        "done_on": escape(day(origin["done_on"], language())) if origin["done_on"] else "",
        "evidence": evidence_markup(str(origin["evidence"])) if origin["evidence"] else "",
        "note": escape(str(origin["note"])) if origin["note"] else "",
        "place": escape(place),
    }
    lines = "".join(
        f"<dt>{escape(say(f'milestones.column.{name}'))}</dt><dd>{said}</dd>" for name, said in facts.items() if said
    )
    return f'<dl class="facts">{lines}</dl>'
