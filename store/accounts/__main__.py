"""`python -m store.accounts`: accounts from the command line. Stop the server first (embedded database).

Passwords are asked for on the terminal or read as one line from standard input, never given as an argument.
"""

import argparse
import sys
from datetime import datetime

from loaders.plans import read_plans
from store.accounts.first import said, typed_twice
from store.accounts.passwords import WeakPassword
from store.accounts.register import (
    ROLES,
    AccountRefused,
    add_account,
    change_role,
    disable_account,
    enable_account,
    list_accounts,
    normal_name,
    reset_password,
)
from store.accounts.sign_in import unlock
from store.accounts.visits import end_visits_of
from store.database import DEFAULT_URL, Database, chosen_url, open_database
from store.unusable import DatabaseUnusable

SIMPLE = {
    "disable": (disable_account, "may not sign in any more; its visits end"),
    "enable": (enable_account, "may sign in again"),
    "unlock": (unlock, "forget its failed sign-ins"),
    "sign-out": (end_visits_of, "end its visits in every browser"),
}


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m store.accounts", description=__doc__)
    place = argparse.ArgumentParser(add_help=False)
    place.add_argument("--database", default=chosen_url(), help="URL of the database (default: DASHBOARD_DATABASE)")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", parents=[place], help="every account with its role")
    add = commands.add_parser("add", parents=[place], help="a new account; asks for its password")
    add.add_argument("name")
    add.add_argument("--label", required=True, help="how the person is called on the pages")
    add.add_argument("--role", choices=ROLES, required=True)
    add.add_argument("--unit", help="key of its county or department (data/units.csv)")
    secret = add.add_mutually_exclusive_group()
    secret.add_argument("--own", action="store_true", help="the password is its owner's: no change at first sign-in")
    secret.add_argument("--no-password", action="store_true", help="signs in through the identity provider only")
    password = commands.add_parser("password", parents=[place], help="set a password; asks for it")
    password.add_argument("name")
    password.add_argument("--own", action="store_true", help="the password is its owner's: no change at next sign-in")
    role = commands.add_parser("role", parents=[place], help="give it another role")
    role.add_argument("name")
    role.add_argument("role", choices=ROLES)
    role.add_argument("--unit", help="key of its county or department")
    for name, (_, words) in SIMPLE.items():
        commands.add_parser(name, parents=[place], help=words).add_argument("name")
    return parser.parse_args()


def main() -> int:
    chosen = parsed()
    try:
        # Only the first account of a real database may come before its first start.
        new = chosen.command == "add" and chosen.database != DEFAULT_URL
        database = open_database(chosen.database, existing=not new)
        try:
            carry_out(database, chosen)
        finally:
            database.close()
    except (KeyboardInterrupt, EOFError):
        return 1
    except AccountRefused as refused:
        print(said("name_rule" if refused.why == "name" else refused.why), file=sys.stderr)
        return 1
    except WeakPassword as weak:
        print(said(weak.why), file=sys.stderr)
        return 1
    except DatabaseUnusable as unusable:
        print(unusable, file=sys.stderr)
        return 1
    return 0


def carry_out(database: Database, chosen: argparse.Namespace) -> None:
    now = datetime.now()
    if chosen.command == "list":
        show(database)
        return
    name = normal_name(chosen.name)
    if chosen.command == "add":
        require_known(name, chosen.unit)
        password = None if chosen.no_password else asked_password(name)
        add_account(
            database, name, label=chosen.label, role=chosen.role, unit=chosen.unit,
            password=password, must_change=not chosen.own, now=now,
        )  # fmt: skip
    elif chosen.command == "password":
        reset_password(database, name, asked_password(name), must_change=not chosen.own, now=now)
    elif chosen.command == "role":
        require_known(name, chosen.unit)
        change_role(database, name, chosen.role, chosen.unit, now=now)
    else:
        SIMPLE[chosen.command][0](database, name, now=now)
    print(f"{chosen.command}: {name}")


def asked_password(name: str) -> str:
    return typed_twice(name) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def require_known(name: str, unit: str | None) -> None:
    """A unit that no plan asks anything of would leave its account with nothing to see."""
    if unit and not any(unit in plan.reporting_units() for plan in read_plans().values()):
        raise AccountRefused("no_unit", name)


def show(database: Database) -> None:
    for account in list_accounts(database):
        state = "disabled" if account.disabled_at else "must change its password" if account.must_change else ""
        print("\t".join([account.name, account.label, account.role, account.unit or "", state]).rstrip())


if __name__ == "__main__":
    sys.exit(main())
