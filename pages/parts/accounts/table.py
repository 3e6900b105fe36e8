"""All accounts in one table: role, unit, when last seen, and what is the matter with one."""

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from locales.formats import moment
from pages.parts.accounts.chip import unit_words
from pages.parts.context import href, say
from pages.parts.plain_table import plain_table
from store.accounts.register import Account, list_accounts
from store.accounts.sign_in import locked_names
from store.accounts.visits import last_seen, list_visits
from store.database import Database


@dataclass(frozen=True)
class Shown:
    """An account with what is known of it just now."""

    account: Account
    visits: pd.DataFrame
    locked: bool
    seen_at: datetime | None

    @property
    def state(self) -> str:
        if self.account.disabled_at:
            return "disabled"
        if self.locked:
            return "locked"
        if not self.account.password_hash:
            return "provider"
        return "must_change" if self.account.must_change else "ready"


def everyone(database: Database, now: datetime) -> list[Shown]:
    accounts = list_accounts(database)
    locked = locked_names(database, [account.name for account in accounts], now=now)
    visits = list_visits(database, now=now)
    seen = last_seen(database)
    mine = {account.name: visits[visits["account"] == account.name].reset_index(drop=True) for account in accounts}
    return [Shown(account, mine[account.name], account.name in locked, seen.get(account.name)) for account in accounts]


def headline(people: list[Shown]) -> str:
    if not people:
        return say("accounts.page.none")
    here = sum(not shown.visits.empty for shown in people)
    return say("accounts.page.headline", number=len(people), here=here)


def accounts_table(people: list[Shown]) -> str:
    """Disabled accounts stand at the end."""
    sorted_people = sorted(people, key=lambda shown: bool(shown.account.disabled_at))
    lines = [
        {
            "name": shown.account.name,
            "label": shown.account.label,
            "role": say(f"accounts.role.{shown.account.role}"),
            "unit": unit_words(shown.account.unit) or say("accounts.page.every_unit"),
            "state": say(f"accounts.state.{shown.state}"),
            "seen": moment(shown.seen_at) if shown.seen_at else "—",
        }
        for shown in sorted_people
    ]
    frame = pd.DataFrame(lines).rename(columns={name: say(f"accounts.column.{name}") for name in lines[0]})
    leads: list[str | None] = [
        href("accounts", account=shown.account.name, anchor="account") for shown in sorted_people
    ]
    return plain_table(frame, say("accounts.page.caption"), {say("accounts.column.name"): leads})
