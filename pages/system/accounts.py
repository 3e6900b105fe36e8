"""账号 Accounts: who may come in, as what, and who is here now."""

from datetime import datetime

from pages.parts.accounts.actions import one_account
from pages.parts.accounts.form import new_account
from pages.parts.accounts.table import accounts_table, everyone, headline
from pages.parts.context import say
from pages.parts.detail import detail_look
from pages.parts.html import draw, escape
from pages.parts.sources import database
from store.accounts.first import COMMAND
from store.database import chosen_url

detail_look()
now = datetime.now()
people = everyone(database(), now)
draw(f"<h1>{escape(headline(people))}</h1><p class='note'>{escape(say('accounts.page.words'))}</p>")
if people:
    draw(accounts_table(people))
    one_account(database(), people, now)
    new_account(database(), now)
else:
    draw(
        f"<p class='empty small'>{escape(say('accounts.page.first'))}</p>"
        f"<pre>{escape(COMMAND.format(url=chosen_url()))}</pre>"
    )
