"""Who has reported, above the figures: 2025年三季度 7/9 已报，缺：…"""

from locales.formats import listing, quarter
from metrics.result import Result
from pages.parts.context import chosen, href, say
from pages.parts.html import draw, escape
from pages.parts.visitor import visitor


def completeness_banner(result: Result) -> None:
    """One calm line when all have reported, a marked one when somebody is missing."""
    if visitor().limited:
        return _own_banner(result)
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
    return None


def _own_banner(result: Result) -> None:
    """A county or department hears of itself: whether the city's figures are whole, each figure says."""
    own = result.completeness[result.completeness["unit"] == visitor().unit]
    state = str(own["state"].iloc[0]) if len(own) else "not_expected"
    unit = result.plan.units[str(visitor().unit)].label(chosen().language)
    said = say(f"pages.banner.own_{state}", unit=unit, quarter=quarter(result.as_of, chosen().language))
    kind = "partial is-watch" if state == "missing" else "whole"
    link = f'<a target="_self" href="{escape(href("completeness"))}">{escape(say("pages.banner.details"))}</a>'
    draw(f'<p class="banner {kind}" role="status"><span><b>{escape(said)}</b></span>{link}</p>')
