"""Where reminders to a unit go, and which reminders there were."""

import re
from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from metrics.period import Period
from metrics.plan import Plan
from store.audit import list_entries, record, write_entry
from store.database import Database
from store.people import require

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


class BadAddress(ValueError):
    """`fault`: bad_address, known_address."""

    def __init__(self, fault: str, address: str) -> None:
        super().__init__(f"{fault}: {address}")
        self.fault = fault


def list_addresses(database: Database) -> dict[str, list[str]]:
    """Unit → the addresses in use."""
    require(database, "remind")
    found = database.rows("select unit, address from unit_address where removed_at is null order by unit, entry")
    kept: dict[str, list[str]] = {}
    for row in found:
        kept.setdefault(row.unit, []).append(row.address)
    return kept


def add_address(database: Database, unit: str, address: str, *, now: datetime) -> None:
    """Raises BadAddress for what is no e-mail address, or one the unit has already."""
    require(database, "remind", unit)
    address, who = address.strip(), database.person.name
    if len(address) > 254 or not _ADDRESS.fullmatch(address):
        raise BadAddress("bad_address", address)
    if address.lower() in (known.lower() for known in list_addresses(database).get(unit, ())):
        raise BadAddress("known_address", address)
    with database.transaction() as execute:
        execute(
            "insert into unit_address values (nextval('address_number'), :unit, :address, :who, :now, null, null)",
            unit=unit, address=address, who=who, now=now,
        )  # fmt: skip
        write_entry(execute, now, who, "address", {"unit": unit, "step": "add", "address": address})


def remove_address(database: Database, unit: str, address: str, *, now: datetime) -> None:
    """The line stays, and is used no more. Raises KeyError for an address the unit does not have."""
    require(database, "remind", unit)
    if address not in list_addresses(database).get(unit, ()):
        raise KeyError(address)
    with database.transaction() as execute:
        execute(
            "update unit_address set removed_by = :who, removed_at = :now"
            " where unit = :unit and address = :address and removed_at is null",
            who=database.person.name, now=now, unit=unit, address=address,
        )  # fmt: skip
        write_entry(execute, now, database.person.name, "address", {"unit": unit, "step": "remove", "address": address})


def record_reminder(
    database: Database,
    plan: Plan,
    period: Period,
    way: str,
    units: Sequence[str],
    *,
    now: datetime,
    failed: Sequence[str] = (),
) -> None:
    """Keep who was reminded, how (`text`, `mail`), and who could not be reached."""
    require(database, "remind")
    detail: dict[str, object] = {"plan": plan.plan, "period": str(period), "way": way, "units": list(units)}
    record(database, now, database.person.name, "remind", detail | ({"failed": list(failed)} if failed else {}))


def list_reminders(database: Database, plan: Plan, period: Period) -> pd.DataFrame:
    """Reminders for one quarter, newest first: done_at, who, way, units (list), failed (list)."""
    require(database, "remind")
    entries = list_entries(database, 1000, action="remind")
    rows = [
        (row["done_at"], row["who"], said["way"], said["units"], said.get("failed", []))
        for row in entries.to_dict("records")
        if ((said := row["detail"])["plan"], said["period"]) == (plan.plan, str(period))
    ]
    return pd.DataFrame(rows, columns=["done_at", "who", "way", "units", "failed"], dtype=object)
