"""Whoever follows docs/new-plan.md to the letter ends up with a plan that loads."""

import re
import shutil
from pathlib import Path

import pytest

from loaders.plans import DATA, check_plans, read_plan

GUIDE = DATA.parent / "docs" / "new-plan.md"


@pytest.fixture
def followed(tmp_path: Path) -> Path:
    """The files of the guide written where the guide says, beside the real units and rosters."""
    for name in ("units.csv", "rosters.toml"):
        (tmp_path / "data").mkdir(exist_ok=True)
        shutil.copy(DATA / name, tmp_path / "data" / name)
    for file, text in re.findall(r"^`(data/plans/\S+)`\n\n```\w+\n(.*?)^```", GUIDE.read_text("utf-8"), re.S | re.M):
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "data" / "plans"


def test_the_example_of_the_guide_is_a_plan_without_fault(followed):
    assert check_plans(followed) == []
    plan = read_plan(followed / "demo")
    assert (len(plan.targets), len(plan.milestones), len(plan.money), len(plan.tensions)) == (1, 1, 1, 1)
    assert [roster.roster for roster in plan.rosters_of("330402")] == ["stores", "claims"]


def test_the_example_of_a_setting_can_be_decided(followed):
    ever = read_plan(followed / "demo", {"T-01": "ever"})
    assert ever.indicators["stores"].count.ended == () and ever.recount == {"stores"}


def test_the_guide_names_every_value_a_key_may_take(followed):
    guide = GUIDE.read_text(encoding="utf-8")
    schema = (DATA.parent / "metrics" / "plan.py").read_text(encoding="utf-8")
    for name in ("Kind", "Path", "Scope"):
        values = re.search(rf"^{name} = Literal\[(.*?)\]", schema, re.M)
        assert values is not None
        for value in re.findall(r'"(.*?)"', values[1]):
            assert f"`{value}`" in guide or f'"{value}"' in guide, f"{name} {value}"
