"""A county's own sheet, read by its words: rosters, tables by indicator, tables by unit."""

from loaders.found import Found
from loaders.own.by_indicator import read_by_indicator
from loaders.own.by_unit import read_by_unit
from loaders.own.rosters import read_roster
from loaders.own.search import Block, find_blocks
from loaders.own.titles import Titles

__all__ = ["Block", "find_blocks", "read_block"]

_READERS = {"roster": read_roster, "indicators": read_by_indicator, "units": read_by_unit}


def read_block(block: Block, found: Found, titles: Titles) -> None:
    """Add what a table holds to `found`: inputs, a roster, totals to check, and problems."""
    _READERS[block.kind](block, found, titles)
