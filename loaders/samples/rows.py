"""The rows behind the numbers of a story: what a unit lists in a roster for a quarter.

Each roster has one function that tells a unit's whole life; every quarter's list is that life cut
back to what had happened by then, so that it follows from the one before.
"""

from collections.abc import Callable

from loaders.samples import factory, listed, money, trade
from loaders.samples.life import Life, Row, as_known
from loaders.samples.story import Story
from metrics.period import Period

LIVES: dict[str, Callable[[Story, str], Life]] = {
    "stores": factory.stores,
    "clusters": factory.clusters,
    "events": factory.events,
    "tourism_bases": factory.tourism_bases,
    "separations": factory.separations,
    "routes": factory.routes,
    "media": factory.media,
    "firms": trade.firms,
    "recognitions": trade.recognitions,
    "credit": trade.credit,
    "ecommerce": listed.ecommerce,
    "new_retail": listed.new_retail,
    "base_lists": listed.base_lists,
    "town_industries": listed.town_industries,
    "claims": money.claims,
    "payouts": money.payouts,
}


def rows_of(story: Story, roster: str, unit: str, period: Period) -> list[Row]:
    """What `unit` lists in `roster` for `period`, canonical values."""
    if roster not in LIVES:
        return []  # the story says nothing about it
    life = LIVES[roster](story, unit)
    return [as_known(row, period) for since, until, row in life if since <= period <= until]
