"""What stands where figures would be, and what to do about it."""

from pages.parts.context import chosen, href, say
from pages.parts.html import draw, escape


def nothing_reported() -> None:
    """Nobody has reported for this plan: say so and lead to the template."""
    choice = chosen()
    words = say("pages.empty.words", plan=choice.plan.short.by(choice.language))
    link = f'<a class="action" target="_self" href="{escape(href("submit"))}">{escape(say("pages.empty.submit"))}</a>'
    draw(f'<div class="empty"><h2>{escape(say("pages.empty.title"))}</h2><p>{escape(words)}</p><p>{link}</p></div>')


def nothing_here(words: str) -> None:
    """A quiet sentence in place of a picture that has nothing to show."""
    draw(f'<p class="empty small">{escape(words)}</p>')


def nothing_to_see() -> None:
    """The account's unit answers to no plan that is here."""
    words = escape(say("accounts.no_plan.words"))
    draw(f'<div class="empty"><h2>{escape(say("accounts.no_plan.title"))}</h2><p>{words}</p></div>')


def no_access(words: str) -> None:
    """The visitor's role does not reach this far."""
    title = escape(say("accounts.no_access.title"))
    draw(f'<div class="empty" role="alert"><h2>{title}</h2><p>{escape(words)}</p></div>')
