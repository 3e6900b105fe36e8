"""A county's workbook from the upload to what is sent: nothing is lost, nothing is sent twice."""

from datetime import datetime, timedelta

import pytest

from loaders.desk import answer, mend, put_away, send, take, take_again
from loaders.found import Form
from loaders.sandbox import read_file
from loaders.template import fill_template, write_template
from loaders.uploads import answers_of, judge_again, open_uploads, unanswered, uploads
from loaders.verdict import notice_key
from metrics.period import Period
from metrics.plan import Plan
from store.attempts import AlreadySent, change_attempt, list_attempts
from store.audit import list_entries
from store.database import Database
from store.people import NotAllowed, Person
from store.review import list_waiting, publish_submission, return_submission
from store.submission_rows import read_submission
from store.submissions import Mend, list_submissions

NOW = datetime(2025, 10, 8, 9, 30)
Q3 = Period(2025, 3)
NANHU = Person("nanhu", "南湖填报", "county", "330402")
REVIEWER = Person("li", "李审核", "reviewer")
STORE = {"name": "示例甲店", "uscc": "91350100M000100Y43", "address": "甲路1号", "opened": "2025-03-04"}
FORM = Form("jxfs", "330402", Q3)


@pytest.fixture(scope="module")
def blank(plans: dict[str, Plan]) -> bytes:
    return write_template(plans["jxfs"], "330402", Q3)


def workbook(plans: dict[str, Plan], blank: bytes, stores: object = 1) -> bytes:
    return fill_template(blank, plans["jxfs"], {("stores", "value"): stores}, {"stores": [STORE]})


def county(database: Database) -> Database:
    return database.acting_as(NANHU)


def upload(database: Database, plans: dict[str, Plan], data: bytes, now: datetime = NOW, name: str = "南湖.xlsx"):
    ((number, _),) = take(database, plans, [(data, name)], FORM, now=now)
    return number


def now_judged(database: Database, plans: dict[str, Plan], data: bytes):
    every = uploads(database, plans["jxfs"], "330402", Q3)
    opened = read_file(data, "南湖.xlsx")
    return every[0], judge_again(database, plans, every[0], opened, answers_of(every), now=NOW)


def test_a_county_sends_and_the_city_waits_for_the_review(database, plans, blank):
    mine, data = county(database), workbook(plans, blank)
    upload(mine, plans, data)
    found, verdict = now_judged(mine, plans, data)
    number = send(mine, plans, found, verdict, now=NOW)
    assert list_submissions(database).empty
    assert list(list_waiting(database)["submission"]) == [number]
    assert not uploads(mine, plans["jxfs"], "330402", Q3)[0].open
    assert list(list_entries(database)["action"]) == ["send", "upload"]
    assert set(list_entries(database)["who"]) == {"nanhu"}


def test_whoever_may_review_publishes_at_once(database, plans, blank):
    theirs, data = database.acting_as(REVIEWER), workbook(plans, blank)
    upload(theirs, plans, data)
    found, verdict = now_judged(theirs, plans, data)
    send(theirs, plans, found, verdict, now=NOW)
    assert list(list_submissions(database)["published_by"]) == ["li"]


def test_the_same_bytes_again_are_the_same_attempt_while_they_lie_open(database, plans, blank):
    mine, data = county(database), workbook(plans, blank)
    first = upload(mine, plans, data)
    assert upload(mine, plans, data, NOW + timedelta(minutes=1)) == first
    assert upload(mine, plans, workbook(plans, blank, 2)) != first


def test_another_countys_file_stays_with_whoever_sent_it_and_is_refused(database, plans, blank):
    other = fill_template(write_template(plans["jxfs"], "330411", Q3), plans["jxfs"], {("stores", "value"): 1}, {})
    upload(county(database), plans, other)
    row = list_attempts(database).iloc[0]
    assert (row["unit"], row["verdict"]) == ("330402", "rejected")
    assert row["problems"][0]["code"] == "unit_differs"


def test_a_county_can_take_in_nothing_for_another(database, plans, blank):
    other = fill_template(write_template(plans["jxfs"], "330411", Q3), plans["jxfs"], {("stores", "value"): 1}, {})
    mine = county(database)
    with pytest.raises(NotAllowed):
        list(take(mine, plans, [(other, "秀洲.xlsx")], Form("jxfs", "330411", Q3), now=NOW))
    ((_, verdict),) = take(mine, plans, [(other, "秀洲.xlsx")], Form(None, "330402", None), now=NOW)
    assert not verdict.accepted


def test_a_file_nobody_recognises_lies_open_for_whoever_sent_it(database, plans):
    ((number, verdict),) = take(county(database), plans, [(b"\x89PNG", "图.xlsx")], Form(None, "330402"), now=NOW)
    assert not verdict.accepted
    assert [found.attempt for found in open_uploads(county(database))] == [number]
    assert open_uploads(database) == []


def test_an_unanswered_notice_holds_back_a_county_and_not_a_reviewer(database, plans, blank):
    data = workbook(plans, blank, 5)
    for person, held in ((NANHU, True), (REVIEWER, False)):
        theirs = database.acting_as(person)
        upload(theirs, plans, data)
        found, verdict = now_judged(theirs, plans, data)
        assert unanswered(verdict) == 1
        if held:
            with pytest.raises(ValueError, match="not ready"):
                send(theirs, plans, found, verdict, now=NOW)
        else:
            send(theirs, plans, found, verdict, now=NOW)


def test_answers_and_mends_go_with_the_submission_and_answers_with_the_next_file(database, plans, blank):
    mine, data = county(database), workbook(plans, blank, "约5")
    number = upload(mine, plans, data)
    _, verdict = now_judged(mine, plans, data)
    (fault,) = verdict.errors
    mend = Mend(fault.sheet, fault.cell, "约5", "5", "nanhu", NOW)
    change_attempt(mine, number, mends=[mend])
    _, verdict = now_judged(mine, plans, data)
    (notice,) = verdict.asking
    change_attempt(mine, number, answers={notice_key(notice): {"answer": "尚未录入", "who": "nanhu", "at": str(NOW)}})
    found, verdict = now_judged(mine, plans, data)
    sent = read_submission(database, send(mine, plans, found, verdict, now=NOW))
    assert sent.mends == [mend]
    assert [one["answer"] for one in sent.notices if one.get("asks")] == ["尚未录入"]
    corrected = workbook(plans, blank, 5)
    upload(mine, plans, corrected)
    found, verdict = now_judged(mine, plans, corrected)
    assert found.mends == []
    assert unanswered(verdict) == 0


def test_what_was_returned_goes_on_with_everything_typed(database, plans, blank):
    mine, data = county(database), workbook(plans, blank, "约1")
    number = upload(mine, plans, data)
    _, verdict = now_judged(mine, plans, data)
    change_attempt(
        mine, number, mends=[Mend(verdict.errors[0].sheet, verdict.errors[0].cell, "约1", "1", "nanhu", NOW)]
    )
    found, verdict = now_judged(mine, plans, data)
    return_submission(database.acting_as(REVIEWER), send(mine, plans, found, verdict, now=NOW), why="请核对", now=NOW)
    take_again(mine, uploads(mine, plans["jxfs"], "330402", Q3)[0], now=NOW)
    found, verdict = now_judged(mine, plans, data)
    assert (found.open, verdict.errors) == (True, [])
    send(mine, plans, found, verdict, now=NOW)
    assert len(list_waiting(database)) == 1


def test_the_same_file_mended_otherwise_is_no_duplicate(database, plans, blank):
    theirs, data = database.acting_as(REVIEWER), workbook(plans, blank, "约1")
    for typed, duplicate in (("1", False), ("1", True), ("2", False)):
        number = upload(theirs, plans, data)
        change_attempt(theirs, number, mends=[Mend("数据填报", "F6", "约1", typed, "li", NOW)])
        found, verdict = now_judged(theirs, plans, data)
        assert verdict.duplicate is duplicate
        if not duplicate:
            send(theirs, plans, found, verdict, now=NOW)


def test_two_tabs_send_one_submission(database, plans, blank):
    mine, data = county(database), workbook(plans, blank)
    upload(mine, plans, data)
    found, verdict = now_judged(mine, plans, data)
    number = send(mine, plans, found, verdict, now=NOW)
    with pytest.raises(AlreadySent):
        send(mine, plans, found, verdict, now=NOW)
    publish_submission(database.acting_as(REVIEWER), plans["jxfs"], number, now=NOW)
    assert len(list_submissions(database)) == 1


def test_a_file_sent_again_under_the_right_name_leaves_no_second_copy_on_the_desk(database, plans):
    other = fill_template(write_template(plans["jxfs"], "330411", Q3), plans["jxfs"], {("stores", "value"): 1}, {})
    theirs = database.acting_as(REVIEWER)
    ((_, wrong),) = take(theirs, plans, [(other, "秀洲.xlsx")], FORM, now=NOW)
    ((number, right),) = take(theirs, plans, [(other, "秀洲.xlsx")], Form(), now=NOW)
    assert (wrong.accepted, right.accepted) == (False, True)
    assert [found.attempt for found in open_uploads(theirs)] == [number]


def test_typing_back_what_stands_in_the_file_takes_the_mend_away(database, plans, blank):
    mine, data = county(database), workbook(plans, blank, "约5")
    number = upload(mine, plans, data)
    mend(mine, number, "数据填报", "F6", "约5", " 5 ", now=NOW)
    assert [one.typed for one in uploads(mine, plans["jxfs"], "330402", Q3)[0].mends] == ["5"]
    mend(mine, number, "数据填报", "F6", "约5", "约5", now=NOW)
    assert uploads(mine, plans["jxfs"], "330402", Q3)[0].mends == []
    assert list(list_entries(database)["action"]) == ["mend", "mend", "upload"]


def test_an_answer_taken_back_is_wanted_again(database, plans, blank):
    mine, data = county(database), workbook(plans, blank, 5)
    number = upload(mine, plans, data)
    for said, missing in (("尚未录入", 0), ("", 1)):
        answer(mine, number, now_judged(mine, plans, data)[1].asking[0], said, now=NOW)
        assert unanswered(now_judged(mine, plans, data)[1]) == missing


def test_what_is_put_away_can_be_typed_into_no_more_and_stays_in_the_record(database, plans, blank):
    mine, data = county(database), workbook(plans, blank)
    number = upload(mine, plans, data)
    put_away(mine, number, now=NOW)
    assert open_uploads(mine) == []
    assert len(list_attempts(mine)) == 1
    found, verdict = now_judged(mine, plans, data)
    with pytest.raises(AlreadySent):
        send(mine, plans, found, verdict, now=NOW)
