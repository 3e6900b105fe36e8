"""Headline cards as markup; each is a link to its indicator."""

from charts.headline import Headline
from pages.parts.context import href, say
from pages.parts.html import escape
from pages.parts.lamp import lamp


def cards(headlines: list[Headline]) -> str:
    return '<div class="cards">' + "".join(_composite(h) if h.parts else _card(h) for h in headlines) + "</div>"


def _card(card: Headline) -> str:
    return (
        f'<a class="card is-{card.status}" target="_self" href="{escape(href("indicator", indicator=card.indicator))}">'
        f"<h3>{escape(card.name)}</h3>{lamp(card.status, provisional=card.provisional)}"
        f'<p class="value"><b>{escape(card.value)}</b> <span>{escape(card.measure)}</span></p>'
        f'<p class="target">{escape(card.target)}</p>{_track(card)}'
        f'<p class="verdict"><b>{escape(card.verdict)}</b><span>{escape(card.detail)}</span></p>'
        f'<img class="spark" src="{card.spark}" alt="{escape(card.spark_words)}">'
        f'<p class="note">{escape(" ".join(card.notes))}</p></a>'
    )


def _composite(card: Headline) -> str:
    """Several goals of which each must pass: one bar each, never one sum."""
    parts = "".join(
        f'<a class="part is-{part.status}" target="_self" href="{escape(href("indicator", indicator=part.indicator))}">'
        f"<h4>{escape(part.name)}</h4>{lamp(part.status, provisional=part.provisional)}"
        f'<p class="value"><b>{escape(part.value)}</b> <span>{escape(part.measure)}</span></p>'
        f'<p class="target">{escape(part.target)}</p>{_track(part)}'
        f'<p class="verdict"><b>{escape(part.verdict)}</b><span>{escape(part.detail)}</span></p></a>'
        for part in card.parts
    )
    address = escape(href("indicator", indicator=card.indicator))
    return (
        f'<section class="card wide is-{card.status}"><h3><a target="_self" href="{address}">{escape(card.name)}</a></h3>'
        f"{lamp(card.status, provisional=card.provisional)}"
        f'<p class="target">{escape(say("pages.overview.both"))}</p><div class="parts">{parts}</div></section>'
    )


def _track(card: Headline) -> str:
    """The bar to the target, and the tick where the assumed path stands. The words beside it say the same."""
    if not card.detail and not card.fill:
        return ""
    tick = "" if card.tick is None else f'<i class="tick" style="left:{card.tick:.1f}%"></i>'
    hatched = " hatched" if card.provisional else ""
    return f'<div class="track" aria-hidden="true"><i class="fill{hatched}" style="width:{card.fill:.1f}%"></i>{tick}</div>'
