"""Plans from `data/plans/<plan>/`: read, checked as a whole, and handed out as frozen nouns.

A broken plan stops the start: `PlanError` lists every fault as `file: key: fault`. `read_*` give the
plans as printed, `decided_*` as the task force reads them.
"""

from loaders.plans.decided import decided_plans, decided_versions, read_otherwise
from loaders.plans.read import (
    DATA,
    PLANS,
    PlanError,
    check_plans,
    read_cross_plan,
    read_plan,
    read_plans,
    read_versions,
)

__all__ = [
    "DATA",
    "PLANS",
    "PlanError",
    "check_plans",
    "decided_plans",
    "decided_versions",
    "read_cross_plan",
    "read_otherwise",
    "read_plan",
    "read_plans",
    "read_versions",
]
