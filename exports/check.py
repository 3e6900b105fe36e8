"""The self-check: an exported XLSX, DOCX or PPTX comes back; which of its figures no longer hold?

A figure can be stale (the data has moved on), edited by hand (it differs from the exact figures that
travel inside the file), or belong to another plan or quarter. The bytes are a stranger's: the caller
has them measured first (`loaders.formats.guard`) and has them read in a process of its own.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from exports.brief.wording import Change
from exports.check_shown import edited_texts, short
from exports.check_workbook import NotAWorkbook, edited_cells, read_book, read_fields
from exports.fields import records
from exports.findings import Finding, Kind
from exports.stamp import code, same
from exports.unseal import Sealed, unseal
from locales import DEFAULT, spoken, text
from locales.formats import UNKNOWN, quarter
from metrics.period import Period
from metrics.result import Result

COMPARED = ("actual", "target", "deadline", "attainment", "expected", "lead", "gap", "status", "pace_required")


def check_file(data: bytes, name: str, result: Result, language: str = DEFAULT) -> list[Finding]:
    """Against `result`, the figures as they are now; nothing found means every figure still holds."""
    language = spoken(language, result.plan.area_unit().name)
    sealed = unseal(data)
    if sealed is None:
        return [Finding("unknown", found=name)]
    strays = list(stray(sealed.stamp, result, language))
    if any(finding.kind == "other_plan" for finding in strays):
        return strays
    try:
        book = read_book(data) if name.lower().endswith(".xlsx") else None
        fields = read_fields(book, sealed.stamp.get("language", DEFAULT)) if book else None
    except NotAWorkbook:
        return [Finding("unknown", found=name)]
    inside = sealed.records or fields
    moved = [] if strays else list(stale(sealed.stamp, inside, result, language))
    if book is not None:
        # Without the seal's own copy the figures as they are now are the measure, where none has moved.
        truth = sealed.records or (fields if moved or strays else records(result, sealed.stamp["indicator"] or None))
        edited = list(edited_cells(book, truth or [], sealed.stamp, result))
    elif sealed.shown is not None:
        edited = list(edited_texts(sealed.shown, data, language))
    else:
        edited = [Finding("unsealed")]
    return [*strays, *moved, *edited, *reworded(sealed)]


def reworded(sealed: Sealed) -> Iterator[Finding]:
    """What a person changed in the sentences before the export; the seal keeps what the rules had said."""
    for before, after in sealed.edits:
        change = Change(before, after)
        form: dict[str, Kind] = {"added": "written_in", "dropped": "left_out", "reworded": "reworded"}
        kind: Kind = "reworded_figures" if change.figures else form[change.kind]
        yield Finding(kind, found=short(after), exact=short(before))
    if sealed.stamp.get("edited") and not sealed.edits:
        yield Finding("edited_unlisted", found=sealed.stamp["edited"])


def stray(stamp: dict[str, str], result: Result, language: str) -> Iterator[Finding]:
    """Whether the file belongs to another plan, quarter or range of units than `result`."""
    if stamp["plan"] != result.plan.plan:
        yield Finding("other_plan", found=stamp["plan"], exact=result.plan.short.by(language))
    if stamp["as_of"] != str(result.as_of):
        told = _quarter(stamp["as_of"], language)
        yield Finding("other_period", found=told, exact=quarter(result.as_of, language))
    if stamp.get("unit_set", result.unit_set) != result.unit_set:
        yield Finding("other_units", found=stamp["unit_set"], exact=result.unit_set)


def _quarter(said: str, language: str) -> str:
    try:
        return quarter(Period.parse(said), language)
    except ValueError:
        return said


def stale(
    stamp: dict[str, str], inside: list[dict[str, Any]] | None, result: Result, language: str
) -> Iterator[Finding]:
    """One finding for each indicator and unit whose figures have moved on."""
    if stamp["code"] == code(result):
        return
    if inside is None:
        yield Finding("stale_unlisted", found=stamp["code"], exact=code(result))
        return
    then = {(str(row["indicator"]), str(row["unit"])): row for row in inside}
    moved = False
    for row in records(result, stamp.get("indicator") or None):
        before = then.get((str(row["indicator"]), str(row["unit"])), {})
        changed = [field for field in COMPARED if same(before.get(field)) != same(row[field])]
        if changed:
            moved = True
            yield Finding("stale", what=_named(row, result, language), **_two(before, row, changed, language))
    if not moved:
        # The plan's text or a decision has changed, or a field that no reader sees.
        yield Finding("stale_unlisted", found=stamp["code"], exact=code(result))


def _named(row: dict[str, Any], result: Result, language: str) -> str:
    plan = result.plan
    unit = str(row["unit"])
    who = text("cards.city", language) if unit == plan.area else plan.units[unit].label(language, short=True)
    return text("check.what", language, indicator=plan.indicators[str(row["indicator"])].name.by(language), unit=who)


def _two(before: dict[str, Any], now: dict[str, Any], fields: Iterable[str], language: str) -> dict[str, str]:
    told = {
        "found": [_said(field, before.get(field), language) for field in fields],
        "exact": [_said(field, now[field], language) for field in fields],
    }
    return {name: text("cards.semicolon", language).join(words) for name, words in told.items()}


def _said(field: str, value: Any, language: str) -> str:
    head = text(f"table.{field}", language)
    if field == "status" and value:
        return f"{head} {text(f'status.{value}', language)}"
    return f"{head} {same(value) or UNKNOWN}"
