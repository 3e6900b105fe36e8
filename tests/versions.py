"""An invented issued version of the factory stores plan, to lie beside the draft."""

import shutil
from pathlib import Path

from loaders.plans import DATA


def plan_data(folder: Path) -> Path:
    """A copy of the plan data below `folder`; returns its folder of plans."""
    shutil.copytree(DATA, folder / "data", ignore=shutil.ignore_patterns("fonts", "samples"))
    return folder / "data" / "plans"


def add_issued_version(plans: Path) -> Path:
    """`jxfs.issued-1`: at least 15 clusters in the city by 2026, and those at initial scale count."""
    later = shutil.copytree(plans / "jxfs", plans / "jxfs.issued-1")
    words = (later / "plan.toml").read_text(encoding="utf-8").replace('version = "draft-1"', 'version = "issued-1"')
    words = words.replace('status = "draft"', 'status = "issued"\nin_force_from = 2024-05-01')
    words = words.replace('printed = ["8个"]', 'printed = ["15个以上"]')
    for old, new in (
        ('since = ["built"]', 'since = ["initial_on", "built"]'),
        ('["built"] }', '["initial", "built"] }'),
    ):
        words = words.replace(old, new)
    (later / "plan.toml").write_text(words, encoding="utf-8")
    rows = (later / "targets.csv").read_text(encoding="utf-8").replace("draft-1", "issued-1")
    printed, now = "2024-12-31,=,8,,8个,到2024年底", "2026-12-31,>=,15,,15个以上,到2026年底"
    assert f"clusters-city,330400,{printed}" in rows
    (later / "targets.csv").write_text(
        rows.replace(f"clusters-city,330400,{printed}", f"clusters-city,330400,{now}"), encoding="utf-8"
    )
    return plans
