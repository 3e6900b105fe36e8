"""What an indicator means, in the plan's own words and with the rules we count it by."""

from charts.values import by, promised
from locales.formats import is_unknown, listing, signed
from metrics.plan import Indicator, Plan, Target, Tension
from metrics.tensions import tensions_of, touched, undecided
from metrics.trajectory import path_rule
from pages.parts.address import language
from pages.parts.context import say
from pages.parts.html import draw, escape
from pages.parts.readings import differing, readings, readings_table
from pages.parts.tension_mark import tension_article


def definition(plan: Plan, indicator: Indicator) -> None:
    """The definition card."""
    speech = language()
    facts = {
        "clause": listing(indicator.clauses, speech),
        "printed": listing((say("detail.indicator.quoted", words=words) for words in indicator.printed), speech)
        or say("detail.indicator.none_printed"),
        "targets": _targets(plan, indicator),
        "kind": say(f"detail.kind.{indicator.kind}"),
        "scope": say(f"detail.scope.{indicator.scope}"),
        "measure": indicator.measure.by(speech),
        "path": _path(indicator),
        "bands": _bands(indicator),
        "owner": _owner(indicator),
        "reporters": _reporters(plan, indicator),
        "counted": _counted(plan, indicator),
        "meaning": indicator.definition.by(speech) if indicator.definition else "",
    }
    if indicator.aspirational:
        facts["aspirational"] = say("detail.indicator.aspirational_words")
    lines = [
        f"<dt>{escape(say(f'detail.indicator.{name}'))}</dt><dd>{escape(said)}</dd>"
        for name, said in facts.items()
        if said
    ]
    if indicator.caveats:
        caveats = "".join(f"<li>{escape(caveat.by(speech))}</li>" for caveat in indicator.caveats)
        lines.append(f"<dt>{escape(say('detail.indicator.caveats'))}</dt><dd><ul>{caveats}</ul></dd>")
    title = escape(say("detail.indicator.definition"))
    draw(f'<section class="paper-card"><h2>{title}</h2><dl class="facts">{"".join(lines)}</dl></section>')


def tensions(plan: Plan, indicator: Indicator) -> None:
    """Where the plan disagrees with itself: each statement, what we show, and what each reading would give."""
    found = tensions_of(plan, indicator.indicator)
    if not found:
        return
    items = "".join(tension_article(plan, tension, _readings(plan, indicator, tension)) for tension in found)
    title, words = escape(say("detail.indicator.tensions")), escape(say("detail.indicator.tensions_words"))
    head = f'<h2>{title}</h2><p class="note">{words}</p>'
    draw(f'<section class="paper-card tensions" id="tensions">{head}{items}</section>')


def _readings(plan: Plan, indicator: Indicator, tension: Tension) -> str:
    if not tension.options or indicator.indicator not in touched(plan, tension):
        return ""
    found = readings(plan, tension)
    name = indicator.indicator
    shown = name in differing(found) or undecided(plan, tension)
    return readings_table(plan, found, [name]) if shown else ""


def _targets(plan: Plan, indicator: Indicator) -> str:
    speech = language()
    rows: list[Target] = [t for t in plan.targets if t.indicator == indicator.indicator and t.unit == plan.area]
    rows = [target for target in rows if not is_unknown(target.value)]
    said = [
        say("detail.indicator.target", deadline=by(t.deadline, speech), target=promised(t, indicator, speech))
        for t in rows
    ]
    return ("; " if speech == "en" else "；").join(said)


def _path(indicator: Indicator) -> str:
    rule = path_rule(indicator)
    said = say("detail.path.assumed", rule=say(f"detail.path.{rule}"))
    if rule != "linear":
        return said
    start = (
        say("detail.path.assumed_baseline")
        if indicator.baseline is None
        else say("detail.path.baseline", value=f"{indicator.baseline.normalize():f}")
    )
    return listing([said, start], language())


def _bands(indicator: Indicator) -> str:
    """Only where they are not the plan's, which stand at every legend."""
    if not indicator.bands:
        return ""
    edges = {name: signed(getattr(indicator.bands, name), 0) for name in ("on_track", "watch", "behind")}
    return say("detail.indicator.bands_words", **edges)


def _owner(indicator: Indicator) -> str:
    if not indicator.owners:
        return say("detail.indicator.not_stated")
    basis = say(f"detail.owner.{indicator.owner_basis}")
    names = listing(indicator.owners, language())
    return f"{names} ({basis})" if language() == "en" else f"{names}（{basis}）"


def _reporters(plan: Plan, indicator: Indicator) -> str:
    """Departments by name; `@units` as what the plan calls its unit set."""
    named = [
        say("detail.indicator.every_unit") if reporter == "@units" else plan.units[reporter].label(language())
        for reporter in indicator.reporters
    ]
    return listing(named, language()) if indicator.typed_parts else ""


def _counted(plan: Plan, indicator: Indicator) -> str:
    rosters = dict.fromkeys(rule.roster for rule in indicator.counts.values())
    names = [plan.rosters[roster].name.by(language()) for roster in rosters]
    return say("detail.indicator.counted_from", rosters=listing(names, language())) if names else ""
