"""The sent file marked, or what comes nearest to it when it cannot be."""

from loaders.formats.reader import read_workbook, unwrapped
from loaders.problem import Refused
from loaders.returned.listing import Listing
from loaders.returned.mark import marked
from loaders.returned.xml import Unmarkable
from loaders.workbook import Workbook
from locales import text


def returned(data: bytes, file_name: str, listing: Listing) -> bytes:
    """The sent file marked; a copy of its values where its form cannot be kept; else the list alone."""
    try:
        workbook = read_workbook(data, file_name)
    except Refused:
        return alone(listing)
    if workbook.form == "xlsx":
        try:
            return marked(unwrapped(data), workbook, listing)
        except (Unmarkable, ValueError, KeyError, IndexError):
            pass  # built in a way nobody foresaw: the values are what counts
    return _copied(workbook, listing, "returned.copied" if workbook.form == "xlsx" else "returned.rebuilt")


def alone(listing: Listing) -> bytes:
    """The list in a workbook of its own, for a file that cannot be opened."""
    return _copied(None, listing, "returned.alone")


def _copied(workbook: Workbook | None, listing: Listing, why: str) -> bytes:
    # Only here is a workbook library needed, which takes longer to load than all the rest.
    from loaders.returned.rebuilt import rebuilt

    data = rebuilt(workbook, text("returned.sheet", listing.language))
    return marked(data, read_workbook(data, ""), listing, [text(why, listing.language)])
