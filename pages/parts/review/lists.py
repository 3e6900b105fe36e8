"""What changed in the rows of a submission's lists and in its tasks."""

from locales.formats import quarter
from metrics.plan import Field, Plan, Roster
from metrics.versions import Differences, RowChange, What
from pages.parts.address import language
from pages.parts.context import say
from pages.parts.html import draw, escape
from pages.parts.roster_table import field_words, heading
from store.examine import Earlier, Examined

SHOWN = 30
ORDER: tuple[What, ...] = ("removed", "changed", "added")
"""What is gone is asked about first."""


def lists(plan: Plan, found: Examined) -> None:
    """Against the last version, and against the quarter before, which is folded where both are there."""
    earlier = [one for one in (found.last_version, found.last_quarter) if one is not None]
    for index, against in enumerate(earlier):
        parts = [_roster(plan, roster, against.differences, fold=index > 0) for roster in plan.rosters.values()]
        body = "".join(part for part in parts if part) or f'<p class="note">{escape(say("review.rosters.none"))}</p>'
        body += _tasks(plan, against.differences)
        words = escape(_against(found, against))
        if index:
            draw(f'<details class="roster-change"><summary>{words}</summary><div class="inner">{body}</div></details>')
        else:
            draw(f'<h2 id="lists">{escape(say("review.section.rosters"))}<span class="note">{words}</span></h2>{body}')


def _against(found: Examined, against: Earlier) -> str:
    if against is found.last_version:
        return say("review.rosters.against_version")
    return say("review.rosters.against_quarter", quarter=quarter(against.period, language()))


def _roster(plan: Plan, roster: Roster, differences: Differences, *, fold: bool) -> str:
    rows = [row for what in ORDER for row in differences.rows_of(roster.roster, what)]
    if not rows:
        return ""
    numbers = {what: len(differences.rows_of(roster.roster, what)) for what in ORDER}
    columns = ("step", "row", "name", *(("field",) if any(row.cells for row in rows[:SHOWN]) else ()))
    head = "".join(f'<th scope="col">{escape(say(f"review.column.{name}"))}</th>' for name in columns)
    body = "".join(_line(roster, row, len(columns)) for row in rows[:SHOWN])
    more = len(rows) - SHOWN
    rest = f'<p class="note">{escape(say("review.rosters.more", number=more))}</p>' if more > 0 else ""
    name = roster.name.by(language())
    caption = escape(say("review.rosters.caption", roster=name))
    opened = " open" if not fold and (numbers["removed"] or numbers["changed"]) else ""
    counted = [say(f"review.rosters.{what}_rows", number=numbers[what]) for what in reversed(ORDER) if numbers[what]]
    said = escape(say("review.rosters.counts").join(counted))
    return (
        f'<details class="roster-change"{opened}><summary><b>{escape(name)}</b>　{said}</summary><div class="scroll">'
        f'<table class="plain"><caption>{caption}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>{rest}</details>"
    )


def _line(roster: Roster, row: RowChange, columns: int) -> str:
    at = row.row_after if row.row_after is not None else row.row_before
    fields = {field.field: field for field in roster.fields}
    cells = say("review.rosters.cells").join(_cell(fields[name], was, now) for name, was, now in row.cells)
    shown = (say(f"review.rosters.{row.what}"), "" if at is None else str(at), row.label, cells)
    looks = ("", "", ' class="words"', ' class="words"')
    filled = list(zip(looks, shown, strict=True))[:columns]
    body = "".join(f"<td{look}>{escape(words)}</td>" for look, words in filled)
    return f'<tr class="{row.what}">{body}</tr>'


def _cell(field: Field, was: str, now: str) -> str:
    before, after = (field_words(value or None, field, language()) for value in (was, now))
    blank = say("review.rosters.blank")
    return say("review.rosters.cell", field=heading(field, language()), before=before or blank, after=after or blank)


def _tasks(plan: Plan, differences: Differences) -> str:
    if not differences.tasks:
        return ""
    names = {task.milestone: task.name.by(language()) for task in plan.milestones}
    lines = "".join(
        f'<tr><td class="words">{escape(names[task.milestone])}</td><td>{escape(_status(task.before))}</td>'
        f"<td>{escape(_status(task.after))}</td></tr>"
        for task in differences.tasks
    )
    columns = ("task", "before", "after")
    head = "".join(f'<th scope="col">{escape(say(f"review.column.{name}"))}</th>' for name in columns)
    title = escape(say("review.section.tasks"))
    return (
        f'<h3>{title}</h3><div class="scroll"><table class="plain"><caption>{title}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></div>"
    )


def _status(status: str | None) -> str:
    return say(f"milestones.status.{status}") if status else say("review.figures.absent")
