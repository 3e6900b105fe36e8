"""What publishing does to the city's figures."""

from locales.formats import quarter
from metrics.plan import Plan
from pages.parts.address import language
from pages.parts.context import say
from pages.parts.effect_card import effect_card
from pages.parts.effects import Effect
from pages.parts.html import draw, escape
from pages.parts.sources import newest_period
from store.examine import Examined


def effect(plan: Plan, found: Examined) -> None:
    """Figures that move; what only counts one sender more, and quarters after this one, get a sentence."""
    rows = [{str(name): value for name, value in row.items()} for row in found.city.to_dict("records")]
    moved = [row for row in rows if row["change"] != 0 or row["status_before"] != row["status_after"]]
    draw(f'<h2 id="effect">{escape(say("review.section.effect"))}</h2>')
    effect_card(Effect(plan.plan, found.submission.period, moved, found.before, found.after))
    if len(moved) < len(rows):
        words = say("review.effect.others", number=len(rows) - len(moved))
        draw(f'<p class="note">{escape(words)}</p>')
    newest = newest_period(plan)
    if newest is not None and found.submission.period < newest:
        words = say("review.effect.later", quarter=quarter(newest, language()))
        draw(f'<p class="note">{escape(words)}</p>')
