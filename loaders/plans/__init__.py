"""Plans from `data/plans/<plan>/`: read, checked as a whole, and handed out as frozen nouns.

A broken plan stops the start: `PlanError` lists every fault as `file: key: fault`.
"""

from loaders.plans.read import DATA, PLANS, PlanError, check_plans, read_plan, read_plans, read_versions

__all__ = ["DATA", "PLANS", "PlanError", "check_plans", "read_plan", "read_plans", "read_versions"]
