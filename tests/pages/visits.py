"""Visiting the dashboard without a browser: which database, which address, what the page then says."""

from datetime import datetime, timedelta
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from metrics.period import Period
from metrics.plan import Plan
from store.accounts.register import add_account
from store.accounts.sign_in import sign_in_known
from store.accounts.visits import fingerprint
from store.database import Database, open_database
from store.sending import save_submission
from store.submissions import Figure, Submission

APP = Path(__file__).parent.parent.parent / "app.py"


def visit(
    monkeypatch: pytest.MonkeyPatch,
    url: str,
    page: str | None = None,
    *,
    user: dict[str, str] | None = None,
    **query: str,
) -> AppTest:
    """One visit with the choices of `query` in the address; `page` such as `progress/scorecard`."""
    monkeypatch.setenv("DASHBOARD_DATABASE", url)
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.user = user or {}
    for name, value in query.items():
        app.query_params[name] = value
    if page:  # before the first run, as a deep link; it is found by its file's name, which is its address too
        app.switch_page(f"pages/{page}.py")
    return app.run()


def markup(app: AppTest) -> str:
    """All of our own markup on the page, without script and style."""
    bodies = (element.proto.body for element in app.get("html"))
    return unescape("\n".join(body for body in bodies if not body.startswith(("<script>", "<style>"))))


def said(app: AppTest, name: str) -> str | None:
    """A choice as it stands in the address after the visit."""
    found = app.query_params.get(name)
    return found[0] if isinstance(found, list) else found


def reported(
    database: Database, plan: Plan, unit: str, quarter: str, figures: dict[str, int], *, when: datetime | None = None
) -> None:
    """A unit's published submission with typed figures."""
    period = Period.parse(quarter)
    moment = when or datetime.combine(period.end, datetime.min.time()) + timedelta(days=9, hours=10)
    typed = [Figure(name, "value", Decimal(number), "数据填报", "F8", str(number)) for name, number in figures.items()]
    save_submission(
        database,
        plan,
        Submission(
            plan=plan.plan,
            plan_version=plan.version,
            unit=unit,
            period=period,
            file_name=f"{unit}.xlsx",
            sha256=f"{abs(hash((unit, quarter, moment))):064x}",
            template_version=None,
            received_at=moment,
            published_at=moment,
            published_by="test",
            figures=typed,
            roster_rows=[],
        ),
    )


def six_of_seven(url: str, plan: Plan) -> None:
    """Every county but Haiyan reported 2025Q3: ten stores each, five promotions, four clusters."""
    database = open_database(url)
    for unit in plan.unit_sets["jx7"]:
        if unit != "330424":
            reported(database, plan, unit, "2025Q3", {"stores": 10, "promo-events": 5, "clusters-county": 4})
    database.close()


def join(url: str, name: str, role: str, unit: str | None = None) -> None:
    """Give somebody an account, which the identity provider would let in."""
    database = open_database(url)
    add_account(database, name, label=name, role=role, unit=unit, password=None, now=datetime.now())
    database.close()


def visit_as(monkeypatch: pytest.MonkeyPatch, url: str, name: str, page: str | None = None, **query: str) -> AppTest:
    """The same for whoever has this account, freshly signed in."""
    database = open_database(url)
    secret = sign_in_known(database, name, address="127.0.0.1", agent="test", now=datetime.now())
    database.close()
    return visit(monkeypatch, url, page, user={"visit": fingerprint(secret)}, **query)
