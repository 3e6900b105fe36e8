"""Headline cards as markup; each is a link to its indicator."""

from charts.headline import Headline
from pages.parts.context import chosen, href, say
from pages.parts.html import escape, figure_link
from pages.parts.lamp import lamp
from pages.parts.tension_mark import tension_link, tension_mark


def cards(headlines: list[Headline]) -> str:
    """A composite takes two places; the number of columns is the one that leaves the fewest holes."""
    places = len(headlines) + sum(1 for card in headlines if card.parts)
    columns = 3 if places % 3 == 0 and places % 4 else 4
    drawn = "".join(_composite(card) if card.parts else _card(card) for card in headlines)
    mixed = " mixed" if places > len(headlines) else ""
    return f'<div class="cards of-{columns}{mixed}">{drawn}</div>'


def lines(headlines: list[Headline]) -> str:
    """The same content as a list, one line each, for what is not a headline."""
    names = ("indicator", "status", "value", "target", "progress", "lead")
    head = "".join(f'<th scope="col" class="line-{n}">{escape(say(f"pages.overview.line_{n}"))}</th>' for n in names)
    rows = "".join(_line(card) for card in headlines)
    return f'<div class="scroll"><table class="list"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _line(card: Headline) -> str:
    address = escape(href("indicator", indicator=card.indicator))
    origin = href("indicator", indicator=card.indicator, anchor="origin")
    cells = (
        ("status", "", lamp(card.status, provisional=card.provisional)),
        ("value", "number", f"{figure_link(card.value, origin)} {escape(card.measure)}"),
        ("target", "", escape(card.promise)),
        ("progress", "progress", _track(card)),
        ("lead", "", escape(card.verdict or card.detail)),
    )
    body = "".join(
        f'<td class="{kind}" data-label="{escape(say(f"pages.overview.line_{head}"))}">{shown}</td>'
        for head, kind, shown in cells
    )
    name = f'<a target="_self" href="{address}">{escape(card.name)}</a>{tension_link(chosen().plan, card.indicator)}'
    return f'<tr class="is-{card.status}"><th scope="row">{name}</th>{body}</tr>'


def _card(card: Headline) -> str:
    """A link to the indicator; the mark beside it opens in place, so it can not lie inside."""
    mark = tension_mark(chosen().plan, card.indicator)
    return f'<div class="slot">{_linked(card)}{mark}</div>' if mark else _linked(card)


def _linked(card: Headline) -> str:
    return (
        f'<a class="card is-{card.status}" target="_self" href="{escape(href("indicator", indicator=card.indicator))}">'
        f"<h3>{escape(card.name)}</h3>{lamp(card.status)}"
        f'<p class="value"><b>{escape(card.value)}</b> <span>{escape(card.measure)}</span></p>'
        f'<p class="target">{escape(card.target)}</p>{_track(card)}'
        f'<p class="verdict"><b>{escape(card.verdict)}</b><span>{escape(card.detail)}</span></p>'
        f'<img class="spark" src="{card.spark}" alt="{escape(card.spark_words)}">'
        f'<p class="note">{escape(card.note)}</p></a>'
    )


def _composite(card: Headline) -> str:
    """Several goals of which each must pass: one bar each, never one sum."""
    parts = "".join(
        f'<a class="part is-{part.status}" target="_self" href="{escape(href("indicator", indicator=part.indicator))}">'
        f"<h4>{escape(part.name)}</h4>{lamp(part.status)}"
        f'<p class="value"><b>{escape(part.value)}</b> <span>{escape(part.measure)}</span></p>'
        f'<p class="target">{escape(part.target)}</p>{_track(part)}'
        f'<p class="verdict"><b>{escape(part.verdict)}</b><span>{escape(part.detail)}</span></p>'
        f'<img class="spark" src="{part.spark}" alt="{escape(part.spark_words)}">'
        f'<p class="note">{escape(part.note)}</p></a>'
        for part in card.parts
    )
    address = escape(href("indicator", indicator=card.indicator))
    mark = tension_mark(chosen().plan, card.indicator, *(part.indicator for part in card.parts))
    return (
        f'<section class="card wide is-{card.status}">'
        f'<h3><a target="_self" href="{address}">{escape(card.name)}</a></h3>{lamp(card.status)}'
        f'<p class="target">{escape(say("pages.overview.both"))}</p><div class="parts">{parts}</div>{mark}</section>'
    )


def _track(card: Headline) -> str:
    """The bar to the target, and the tick where the assumed path stands. The words beside it say the same."""
    if not card.detail and not card.fill:
        return ""
    tick = "" if card.tick is None else f'<i class="tick" style="left:{card.tick:.1f}%"></i>'
    hatched = " hatched" if card.provisional else ""
    fill = f'<i class="fill{hatched}" style="width:{card.fill:.1f}%"></i>'
    return f'<div class="track" aria-hidden="true">{fill}{tick}</div>'
