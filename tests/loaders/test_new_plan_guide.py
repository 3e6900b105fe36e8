"""Whoever follows docs/new-plan.md to the letter ends up with a plan that loads."""

import io
import re
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pydantic import BaseModel

from loaders.plans import DATA, check_plans, money, read_plan, rosters, rows, schema
from loaders.template import write_template
from loaders.template.meta import META_SHEET, read_meta
from metrics.period import Period

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


@pytest.mark.parametrize("module", [schema, rows, rosters, money], ids=lambda module: module.__name__)
def test_the_guide_names_every_key_of_the_files(module):
    guide = GUIDE.read_text(encoding="utf-8")
    shapes = [s for s in vars(module).values() if isinstance(s, type) and issubclass(s, BaseModel)]
    keys = {(shape.__name__, field.alias or name) for shape in shapes for name, field in shape.model_fields.items()}
    assert len(keys) > 8
    assert [key for key in sorted(keys) if not re.search(rf"\b{key[1]}\b", guide)] == []


def test_a_template_of_the_example_asks_for_the_figure_and_both_lists(followed):
    plan = read_plan(followed / "demo")
    book = load_workbook(io.BytesIO(write_template(plan, "330402", Period.parse("2025Q2"), language="zh_CN")))
    layout = read_meta(book[META_SHEET].iter_rows(values_only=True))
    assert set(layout.figures.values()) == {("stores", "value")}
    assert {layout.roster_of(sheet) for sheet in layout.columns} == {"stores", "claims"}
