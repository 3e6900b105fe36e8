"""Which column of a county's own table is which: as told, by name, by alias, else by a part of the heading."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from loaders.headings import Heading, field_names
from loaders.meanings import NONE, NOTHING, Meanings, roster_target
from loaders.names import fold_heading
from metrics.plan import Roster


@dataclass(frozen=True)
class Match:
    """Names → columns. `loose` were matched only in part; `twice` by two columns."""

    columns: dict[str, int]
    loose: dict[str, int]
    twice: dict[str, tuple[int, ...]]

    def __len__(self) -> int:
        return len(self.columns)


def match_fields(found: dict[int, Heading], roster: Roster, meant: Meanings = NONE) -> Match:
    """Which column is which field: as told, by name, then alias, else the only heading that contains one."""
    own = {field.field: {fold_heading(field.name.zh), fold_heading(field.name.en)} for field in roster.fields}
    aliases = {field.field: field_names(field) for field in roster.fields}
    return match_names(found, own, aliases, meant.columns(found, roster_target(roster.roster, "")))


def match_names(
    found: dict[int, Heading],
    wanted: dict[str, set[str]],
    aliases: dict[str, set[str]] | None = None,
    meant: Mapping[int, str] | None = None,
) -> Match:
    """Names → columns. `meant`: columns whose name the unit told; the others are not guessed at again."""
    words = {column: set(heading.words) for column, heading in found.items()}
    hits, taken = _told(meant or {}, wanted), set(meant or {})
    for names_of in (wanted, aliases or {}):
        fresh = {
            name: tuple(column for column, said in words.items() if column not in taken and names & said)
            for name, names in names_of.items()
            if name not in hits
        }
        hits |= {name: columns for name, columns in fresh.items() if columns}
        taken |= {column for columns in fresh.values() for column in columns}
    left = {column: said for column, said in words.items() if column not in taken}
    loose = _loose(left, {name: names for name, names in (aliases or wanted).items() if name not in hits})
    sure = {name: columns[0] for name, columns in hits.items() if len(columns) == 1}
    return Match(sure | loose, loose, {name: columns for name, columns in hits.items() if len(columns) > 1})


def _told(meant: Mapping[int, str], wanted: Mapping[str, object]) -> dict[str, tuple[int, ...]]:
    """Name → the columns the unit said it is; what it said of something else here is nothing here."""
    told: dict[str, tuple[int, ...]] = {}
    for column, name in meant.items():
        if name != NOTHING and name in wanted:
            told[name] = (*told.get(name, ()), column)
    return told


def _loose(words: Mapping[int, set[str]], wanted: Mapping[str, set[str]]) -> dict[str, int]:
    """Name → the only column whose heading holds it, where no other name is held by the same."""
    found = {}
    for name, names in wanted.items():
        long = [one for one in names if len(one) >= 3]
        columns = [column for column, said in words.items() if any(one in word for one in long for word in said)]
        if len(columns) == 1:
            found[name] = columns[0]
    held = Counter(found.values())
    return {name: column for name, column in found.items() if held[column] == 1}
