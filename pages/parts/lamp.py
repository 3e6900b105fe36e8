"""The status lamp: shape, word and colour together, never colour alone. And other small marks."""

from collections.abc import Collection
from html import escape

from charts.palette import STATUS
from pages.parts.context import say


def lamp(status: str, *, provisional: bool = False, filled: bool = False) -> str:
    """HTML of a lamp, for example ◆ 滞后; a provisional figure's lamp is hatched and says so."""
    word = say(f"status.{status}")
    mark = f'<span class="lamp is-{status}{" filled" if filled else ""}{" hatched" if provisional else ""}">'
    mark += f'<span class="shape" aria-hidden="true">{STATUS[status].shape}</span>{escape(word)}</span>'
    return mark + (f'<span class="note">{escape(say("status.provisional"))}</span>' if provisional else "")


def badge(words: str, kind: str = "plain") -> str:
    """A small label: `plain`, `draft` or `sample`."""
    return f'<span class="badge {kind}">{escape(words)}</span>'


def legend(present: Collection[str]) -> str:
    """The lamps that are on the page, in the order from best to worst."""
    return '<p class="legend">' + "".join(lamp(status) for status in STATUS if status in present) + "</p>"
