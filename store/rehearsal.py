"""What the figures would be if some submissions were published: saved, looked at, and undone.

The rehearsal takes the same way as publishing, inside one transaction that is never committed, so
that what is shown before is what comes after, down to stores that two counties list.
"""

import contextlib
from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from metrics.period import Period
from metrics.plan import Plan
from metrics.result import Result
from store.database import Database, Execute
from store.people import OPERATOR, require
from store.results import result, seen_result
from store.sending import save_submission
from store.submissions import Submission


class _Stage(Database):
    """The database as seen from within one open transaction."""

    def __init__(self, database: Database, connection: sa.Connection) -> None:
        self.url, self.files = database.url, database.files
        self.person = OPERATOR  # nothing is kept, and the whole city is counted
        self._connection = connection

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        yield self._connection

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Execute]:
        yield Execute(self._connection)


@contextlib.contextmanager
def staged(database: Database, plan: Plan, submissions: Sequence[Submission]) -> Iterator[Database]:
    """The database as if `submissions` had been published, to read from until the block ends. Nothing is kept.

    It reads for everybody: whoever looks through it asks first what the person may see.
    """
    with database._writing, database._engine.connect() as connection:
        transaction = connection.begin()
        try:
            stage = _Stage(database, connection)
            for submission in submissions:
                save_submission(stage, plan, submission)
            yield stage
        finally:
            transaction.rollback()


def rehearse(
    database: Database, plan: Plan, submissions: Sequence[Submission], as_of: Period, unit_set: str | None = None
) -> Result:
    """The result at `as_of` as if `submissions` had been published.

    Whoever may send them may see it, as far as they see the figures.
    """
    for submission in submissions:
        require(database, "send", submission.unit)
    with staged(database, plan, submissions) as stage:
        return seen_result(result(stage, plan, as_of, unit_set=unit_set), database.person)
