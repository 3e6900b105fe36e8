"""The nouns of a plan's money: what it prints about who gets how much, until when, and who pays.

Amounts are exact integers of yuan. What a plan does not print is None: no rate, split or amount
is ever supplied here.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from metrics.text import Text

Amount = Literal["cap", "fixed", "tier", "share", "floor_ratio", "rule", "unspecified"]


@dataclass(frozen=True)
class Tier:
    """One step of a rule, by floor area or by a recognised level.

    Areas are half-open as printed: 800平方米（含）至2000平方米 is [800, 2000). `tier` is the rule's
    key and the step's number, for example `r2.1`.
    """

    tier: str
    condition: Text
    value: int
    area_from: int | None = None
    area_to: int | None = None

    @property
    def by_area(self) -> bool:
        return self.area_from is not None or self.area_to is not None

    def holds(self, area: Decimal) -> bool:
        """Whether a floor area lies in this step: its lower edge does, its upper edge does not."""
        low = self.area_from is None or area >= self.area_from
        return low and (self.area_to is None or area < self.area_to)


@dataclass(frozen=True)
class MoneyRule:
    """One money rule as printed.

    `amount` says what `value` is: a `cap` (最高、不超过), a `fixed` sum, one of the `tiers`; `share` splits
    what other rules give between city and `units`; `floor_ratio` is a lower bound in `percent`; a `rule`
    governs without an amount; `unspecified` promises money and prints none.
    """

    rule: str
    name: Text
    clauses: tuple[str, ...]
    amount: Amount
    condition: Text
    valid_from: date
    valid_to: date
    dates_printed: bool = False
    """False: the rule has no dates of its own and lives as long as its plan."""
    value: int | None = None
    percent: Decimal | None = None
    per: Text | None = None
    printed: tuple[str, ...] = ()
    condition_printed: tuple[str, ...] = ()
    one_off: bool = False
    payer: Text | None = None
    note: Text | None = None
    tiers: tuple[Tier, ...] = ()
    at_most: bool = False
    """Amounts are ceilings (最高、不超过): what is really given is decided case by case."""
    of_cost: bool = False
    """The amount is a share of the claimant's outlay (按…一定比例), up to the ceiling."""
    cost_percent: Decimal | None = None
    """That share, where it is printed."""
    no_stacking: bool = False
    """This rule bans a second benefit for the same object (就高不重复)."""
    overlaps: tuple[str, ...] = ()
    """Rules of this plan whose conditions the same object may meet too, with nothing printed on stacking."""
    same_as: tuple[str, ...] = ()
    """Rules of other plans (`xzti.r10`) for the same object."""
    units: tuple[str, ...] = ()
    heirs: tuple[str, ...] = ()
    """Units formed later out of `units`: they share alike by our assumption."""
    city_percent: int | None = None
    local_percent: int | None = None
    covers: tuple[str, ...] = ()
    """Rules whose amounts a `share` splits."""
    tensions: tuple[str, ...] = ()

    @property
    def claimable(self) -> bool:
        """Whether somebody can ask for money under this rule."""
        return self.amount in ("cap", "fixed", "tier", "unspecified")

    @property
    def by_area(self) -> bool:
        return any(tier.by_area for tier in self.tiers)

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_to


MoneyRules = dict[str, MoneyRule]


@dataclass(frozen=True)
class CostShare:
    """Who bears how much of an amount in one unit. `assumed`: the unit is an heir of a printed one."""

    rule: MoneyRule
    city_percent: int
    local_percent: int
    assumed: bool = False


def shared_rules(rules: MoneyRules) -> frozenset[str]:
    """Rules whose amounts city and unit bear together."""
    return frozenset(name for rule in rules.values() if rule.amount == "share" for name in rule.covers)


def cost_share(rules: MoneyRules, rule: str, unit: str) -> CostShare | None:
    """How `unit` and the city share what `rule` gives; None where the plan prints no share for the unit."""
    for share in rules.values():
        if share.amount == "share" and rule in share.covers and unit in (*share.units, *share.heirs):
            assert share.city_percent is not None and share.local_percent is not None  # the reader checks it
            return CostShare(share, share.city_percent, share.local_percent, unit in share.heirs)
    return None
