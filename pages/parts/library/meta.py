"""What is known of a plan itself: its shelf mark, what its text prints and what it does not, its units."""

from datetime import date

from locales.formats import UNKNOWN, day, listing
from metrics.plan import Plan, Unit
from metrics.text import Text
from pages.parts.address import language
from pages.parts.context import href, say
from pages.parts.html import escape
from pages.parts.lamp import badge
from pages.parts.sources import versions

LONG = 12
"""Units of a set beyond which it is folded."""
COUNTED = ("indicators", "milestones", "money", "tensions")


def status_badge(plan: Plan) -> str:
    return badge(say(f"plan.status.{plan.status}"), "draft is-watch" if plan.status == "draft" else "issued")


def period_words(plan: Plan) -> str:
    return say("library.period", start=day(plan.start, language()), end=day(plan.end, language()))


def shelf(every: dict[str, Plan], open_plan: str) -> str:
    """All plans, one line each, with how much each promises; the open one is marked."""
    heads = ("plan", "status", "period", *COUNTED)
    head = "".join(f'<th scope="col" class="{_side(h)}">{escape(say(f"library.shelf.{h}"))}</th>' for h in heads)
    rows = "".join(_shelf_row(plan, plan.plan == open_plan) for plan in every.values())
    sums = [sum(len(getattr(plan, name)) for plan in every.values()) for name in COUNTED]
    together = "".join(_cell(name, str(number)) for name, number in zip(COUNTED, sums, strict=True))
    foot = f'<tr class="sum"><th scope="row" colspan="3">{escape(say("library.shelf.sum"))}</th>{together}</tr>'
    return f'<table class="list shelf"><thead><tr>{head}</tr></thead><tbody>{rows}{foot}</tbody></table>'


def _shelf_row(plan: Plan, opened: bool) -> str:
    address = href("library", plan=plan.plan, period=None, units=plan.unit_set, version=plan.version)
    current = ' aria-current="true"' if opened else ""
    name = f'<a target="_self" href="{escape(address)}"{current}>{escape(plan.short.by(language()))}</a>'
    facts = _cell("status", status_badge(plan)) + _cell("period", escape(_years(plan)))
    counts = "".join(_cell(count, str(len(getattr(plan, count)))) for count in COUNTED)
    return f'<tr{" class=open" if opened else ""}><th scope="row">{name}</th>{facts}{counts}</tr>'


def _years(plan: Plan) -> str:
    return f"{plan.start:%Y-%m} – {plan.end:%Y-%m}"


def _cell(name: str, shown: str) -> str:
    return f'<td class="{_side(name)}" data-label="{escape(say(f"library.shelf.{name}"))}">{shown}</td>'


def _side(name: str) -> str:
    return "number" if name in COUNTED else name


def meta_card(plan: Plan) -> str:
    """Every fact a reader looks for on a title page; what the text does not print is said to be so."""
    speech, missing = language(), say("plan.not_printed")

    def said(name: str) -> str:
        value = plan.meta.get(name)
        if isinstance(value, Text):
            return value.by(speech)
        return day(value, speech) if isinstance(value, date) else str(value or missing)

    facts = {
        "status": say(f"plan.status.{plan.status}"),
        "number": said("number"),
        "issuer": said("issuer"),
        "issued": said("issued"),
        "level": said("level"),
        "lead": said("lead"),
        "period": say("library.with_basis", said=period_words(plan), basis=said("period_basis")),
        "version": plan.version,
        "definition": said("definition") if plan.meta.get("definition") else "",
    }
    lines = "".join(
        f"<dt>{escape(say(f'plan.{name}' if name != 'status' else 'library.status'))}</dt>"
        f"<dd{' class=note' if words == missing else ''}>{escape(words)}</dd>"
        for name, words in facts.items()
        if words
    )
    return f'<dl class="facts">{lines}{_versions(plan)}{_notes(plan)}</dl>'


def _versions(plan: Plan) -> str:
    """Only where there is more than one text: which is in force, and where they are compared."""
    every = versions()[plan.plan]
    if len(every) < 2:
        return ""
    items = []
    for one in every:
        mark = f" {badge(say('library.in_force'), 'current')}" if one is every[-1] else ""
        address = href("library", version=one.version)
        items.append(
            f'<li><a class="figure" target="_self" href="{escape(address)}">{escape(one.version)}</a>{mark}</li>'
        )
    more = f'<a class="more" target="_self" href="{escape(href("revision"))}">{escape(say("library.compare"))}</a>'
    return f"<dt>{escape(say('library.versions'))}</dt><dd><ul>{''.join(items)}</ul>{more}</dd>"


def _notes(plan: Plan) -> str:
    notes = plan.meta.get("notes")
    if not isinstance(notes, tuple) or not notes:
        return ""
    items = "".join(f"<li>{escape(note.by(language()))}</li>" for note in notes if isinstance(note, Text))
    return f"<dt>{escape(say('library.notes'))}</dt><dd><ul>{items}</ul></dd>"


def unit_sets(plan: Plan) -> str:
    """Each set by its size, and every unit with its code and, where it matters, how long it is valid."""
    return f'<div class="unit-sets">{"".join(_unit_set(plan, name) for name in plan.unit_sets)}</div>'


def _unit_set(plan: Plan, name: str) -> str:
    units = [plan.units[unit] for unit in plan.units_of(name)]
    dated = any(unit.valid_from or unit.valid_to for unit in units)
    size = say("library.unit_set_reform" if dated else "library.unit_set", number=len(units))
    usual = badge(say("library.usual_set"), "current") if name == plan.unit_set else ""
    columns = ("name", "code", "kind", "valid") if dated else ("name", "code", "kind")
    heads = "".join(f'<th scope="col">{escape(say(f"library.unit.{column}"))}</th>' for column in columns)
    rows = "".join(_unit(unit, dated) for unit in units)
    always = "" if dated else f'<p class="note">{escape(say("library.valid_always"))}</p>'
    opened = " open" if name == plan.unit_set and len(units) < LONG else ""
    return (
        f"<details{opened}><summary>{escape(size)} <code>{escape(name)}</code> {usual}</summary>"
        f'<table class="plain"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{always}</details>'
    )


def _unit(unit: Unit, dated: bool) -> str:
    own_key = "" if unit.code else f' <span class="note">{escape(say("library.own_key", key=unit.unit))}</span>'
    cells = [
        f'<th scope="row">{escape(unit.label(language()))}</th>',
        f"<td>{escape(unit.code or UNKNOWN)}{own_key}</td>",
        f"<td>{escape(say(f'plan.unit_kind.{unit.kind}'))}</td>",
    ]
    if dated:
        cells.append(f"<td>{escape(_valid(unit))}</td>")
    return f"<tr>{''.join(cells)}</tr>"


def _valid(unit: Unit) -> str:
    """A unit of a reformed area without dates stood before it and stands after it."""
    said = []
    if unit.valid_from:
        said.append(say("library.valid_from", day=day(unit.valid_from, language())))
    if unit.valid_to:
        said.append(say("library.valid_to", day=day(unit.valid_to, language())))
    return listing(said, language()) or say("library.valid_throughout")
