"""A plan reads clause by clause in the order of its text."""

from dataclasses import replace

import pytest

from metrics.clauses import clauses, numeral, order
from metrics.plan import Plan


@pytest.mark.parametrize(
    "said",
    [
        ["title", "引言", "一(三)", "二(一)1", "二(一)2", "二(三)6", "二(三)10", "三(一)"],
        ["标题", "发文日期", "二(一)", "二(九)", "二(十)", "三(三)", "附件1", "附件2", "附件2 第1行", "附件2 第4-5行"],
        ["全文", "一", "二(四)12", "二(五)19", "三(四)", "其他条", "文末"],
        ["篇首", "二", "二(一)", "二(一)1", "四", "四(五)", "四(五)末段", "五(一)", "文末"],
    ],
)
def test_clauses_stand_as_in_the_text(said: list[str]) -> None:
    shuffled = said[::-1]
    assert sorted(shuffled, key=order) == said


@pytest.mark.parametrize(("written", "value"), [("三", 3), ("十", 10), ("十二", 12), ("二十一", 21), (None, 0)])
def test_a_chinese_numeral_is_a_number(written: str | None, value: int) -> None:
    assert numeral(written) == value


@pytest.mark.parametrize("name", ["jxfs", "jxdf", "xzti", "hznr", "scec"])
def test_everything_a_plan_promises_stands_at_one_clause_and_only_there(plans: dict[str, Plan], name: str) -> None:
    plan = plans[name]
    found = clauses(plan)
    assert sorted(i.indicator for c in found for i in c.indicators) == sorted(plan.indicators)
    assert sorted(m.milestone for c in found for m in c.milestones) == sorted(m.milestone for m in plan.milestones)
    assert sorted(r.rule for c in found for r in c.money) == sorted(plan.money)
    assert {t.tension for c in found for t in c.tensions} == set(plan.tensions)


def test_a_tension_stands_at_every_clause_it_names(plans: dict[str, Plan]) -> None:
    plan = plans["jxfs"]
    tension = replace(next(iter(plan.tensions.values())), clauses=("一(三)", "三(三)"))
    found = clauses(replace(plan, tensions={tension.tension: tension}))
    assert [c.clause for c in found if c.tensions] == ["一(三)", "三(三)"]
