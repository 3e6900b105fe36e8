"""`python -m loaders check` says how much of everything is tracked."""

import pytest

from loaders.__main__ import main


def test_the_check_counts_what_each_plan_holds_and_all_together(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert "jxfs: 15 indicators, 27 milestones, 7 money rules, 20 tensions" in said
    assert "all: 76 indicators, 150 milestones, 42 money rules, 91 tensions" in said
    assert said[-1] == "between plans: 14 tensions"
