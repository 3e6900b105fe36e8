"""Who the browser tests sign in as: one account per role, a few twice, all with one password."""

from datetime import datetime

from store.accounts.register import add_account
from store.database import Database

PASSWORD = "Xiu-zhou-2026"
"""Of every account here; made up for tests and used nowhere else."""
PEOPLE = {
    "county": ("秀洲区填报员", "county", "330411"),
    "other_county": ("南湖区填报员", "county", "330402"),
    "department": ("市商务局填报员", "department", "JX-SWJ"),
    "reviewer": ("审核一", "reviewer", None),
    "second_reviewer": ("审核二", "reviewer", None),
    "leader": ("领导", "leader", None),
    "administrator": ("管理员", "administrator", None),
}
"""Account name → how it is called, role, unit."""


def make_real(database: Database) -> None:
    """Turn a copy of the samples into a real database whose figures stay, and let people in."""
    with database.transaction() as execute:
        execute("delete from head where name = 'sample'")
    for name, (label, role, unit) in PEOPLE.items():
        add_account(
            database, name, label=label, role=role, unit=unit,
            password=PASSWORD, must_change=False, now=datetime.now(),
        )  # fmt: skip
