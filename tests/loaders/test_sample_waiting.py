"""The queue of the sample dashboard: real workbooks that wait, and no figure that knows of them."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from loaders.samples.waiting import send_waiting
from metrics.evidence import Evidence
from metrics.peers import past_of
from metrics.period import Period
from metrics.plan import Plan
from metrics.plausibility import doubts
from store.actuals import actuals
from store.attempts import list_attempts
from store.contents import contents
from store.database import Database, open_database
from store.examine import examine
from store.review import life, list_steps, list_waiting
from store.submission_rows import list_mends, read_submission
from store.submissions import list_submissions


@pytest.fixture(scope="module")
def samples(seeded_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    copy = copytree(seeded_folder, tmp_path_factory.mktemp("waiting") / "sample")
    opened = open_database(f"duckdb:///{copy / 'sample.duckdb'}")
    yield opened
    opened.close()


def test_several_submissions_of_two_plans_wait_and_are_marked_as_invented(samples: Database) -> None:
    waiting = list_waiting(samples)
    assert set(waiting["plan"]) == {"jxfs", "jxdf"}
    assert len(waiting) >= 5
    assert all(name.startswith("示例") for name in (*waiting["file_name"], *waiting["sent_by"]))


def test_every_question_to_a_waiting_sender_has_its_answer(samples: Database) -> None:
    asked = [notice for notices in list_waiting(samples)["notices"] for notice in notices if notice.get("asks")]
    assert asked
    assert all(notice["answer"] and notice["answered_by"].startswith("示例") for notice in asked)


def test_one_was_returned_with_a_reason_and_sent_again_with_a_mended_cell(
    samples: Database, plans: dict[str, Plan]
) -> None:
    waiting = list_waiting(samples, plans["jxfs"], "330482").iloc[0]
    (mend,) = list_mends(samples, int(waiting["submission"]))
    assert (mend.found, mend.typed) == ("约5", "5")
    steps = list_steps(samples, plans["jxfs"], "330482", Period(2025, 3))
    assert list(steps["step"]) == ["sent", "returned", "sent"]
    assert "补齐" in steps["why"].iloc[1]


def test_each_kind_of_difference_has_its_sample(samples: Database, plans: dict[str, Plan]) -> None:
    waiting = list_waiting(samples)
    looked = {
        (row["plan"], row["unit"]): examine(samples, plans[row["plan"]], int(row["submission"]))
        for row in waiting.to_dict("records")
    }
    assert [doubt.code for doubt in looked["jxdf", "330411"].doubts] == ["copied"]
    assert [doubt.code for doubt in looked["jxfs", "330482"].doubts] == ["listed_elsewhere", "typed_differs"]
    assert looked["jxfs", "330482"].last_version is None
    correction = looked["jxfs", "330483"].last_version
    assert correction is not None
    assert len(correction.differences.rows_of("events", "removed")) == 2


def test_published_samples_raise_no_doubt_but_the_planted_ones(samples: Database, plans: dict[str, Plan]) -> None:
    raised = set()
    for plan in (plans["jxfs"], plans["jxdf"]):
        known = actuals(samples, plan)
        for number in list_submissions(samples, plan)["submission"]:
            sent = read_submission(samples, int(number))
            record = past_of(known, sent.unit, sent.period)
            found = doubts(Evidence(plan, sent.period, contents(plan, sent), record))
            raised |= {(doubt.code, sent.unit, str(sent.period)) for doubt in found}
    assert raised == {
        ("typed_differs", "330483", "2025Q3"),
        ("typed_differs", "330402", "2025Q3"),
        ("typed_differs", "330411", "2025Q2"),
        ("too_fast", "330481", "2025Q2"),  # typed ten times too large at first
    }


def test_what_waits_is_in_no_figure_and_in_no_list_of_published_ones(samples: Database, plans: dict[str, Plan]) -> None:
    waiting = set(list_waiting(samples)["submission"])
    assert waiting.isdisjoint(list_submissions(samples)["submission"])
    known = actuals(samples, plans["jxfs"])
    assert known[(known["unit"] == "330482") & (known["period"] == "2025Q3")].empty


def test_a_waiting_sample_has_its_attempt_and_its_life(samples: Database, plans: dict[str, Plan]) -> None:
    for number in list_waiting(samples)["submission"]:
        assert list(life(samples, int(number))["step"]) == ["sent"]
    sent = list_attempts(samples, plans["jxfs"], "330482")
    assert set(list_waiting(samples, plans["jxfs"], "330482")["submission"]) <= set(sent["submission"])


def test_sending_them_once_more_leaves_as_many_waiting(samples: Database, plans: dict[str, Plan]) -> None:
    before = len(list_waiting(samples))
    send_waiting(samples, plans)
    assert len(list_waiting(samples)) == before
