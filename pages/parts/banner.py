"""Who has reported, above the figures: 2025年三季度 7/9 已报，缺：…"""

from locales.formats import listing, quarter
from metrics.result import Result
from pages.parts.context import chosen, href, say
from pages.parts.html import draw, escape


def completeness_banner(result: Result) -> None:
    """One calm line when all have reported, a marked one when somebody is missing."""
    choice = chosen()
    own = result.completeness[result.completeness["unit"].isin(result.plan.units_of(result.unit_set))]
    expected = own[own["expected"]]
    names = {
        state: [result.plan.units[unit].label(choice.language, short=True) for unit in rows["unit"]]
        for state, rows in expected.groupby("state")
    }
    missing, late = names.get("missing", []), names.get("late", [])
    words = {"quarter": quarter(result.as_of, choice.language), "expected": len(expected)}
    if missing:
        said = say("pages.banner.reported", reported=len(expected) - len(missing), **words)
        parts = [f"<b>{escape(said)}</b>", escape(say("pages.banner.missing", names=listing(missing, choice.language)))]
    else:
        parts = [f"<b>{escape(say('pages.banner.all_reported', **words))}</b>"]
    if late:
        parts.append(escape(say("pages.banner.late", names=listing(late, choice.language))))
    if missing:
        parts.append(escape(say("pages.banner.provisional")))
    link = f'<a target="_self" href="{escape(href("completeness"))}">{escape(say("pages.banner.details"))}</a>'
    kind = "partial is-watch" if missing else "whole"
    draw(f'<p class="banner {kind}" role="status">{" ".join(f"<span>{part}</span>" for part in parts)}{link}</p>')
