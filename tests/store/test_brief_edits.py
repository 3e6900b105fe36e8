"""The text of a brief as edited: rows are only added, and only those who may export see or change them."""

from dataclasses import replace
from datetime import datetime

import pytest

from metrics.period import Period
from metrics.plan import Plan
from metrics.result import Result
from store.audit import list_entries
from store.brief_edits import LONGEST, BriefEdit, list_brief_edits, save_brief_edit
from store.database import Database
from store.people import GUEST, NotAllowed, Person
from store.results import result as look_up
from tests.store.conftest import Send

NOON = datetime(2025, 5, 1, 12)
LEADER = Person("li", "李", "leader")


@pytest.fixture
def result(database: Database, plan: Plan, send: Send) -> Result:
    send("A", "2025Q1", stores="ab")
    return look_up(database, plan, Period.parse("2025Q1"))


def save(database: Database, result: Result, edited: str, *, who: str = "", language: str = "zh_CN") -> int:
    return save_brief_edit(
        database, result, language, code="AAAA-0000", computed="一\n二", edited=edited, changed=1, who=who, now=NOON
    )


def test_the_latest_edit_comes_first_and_none_is_lost(database: Database, result: Result) -> None:
    leading = database.acting_as(LEADER)
    save(leading, result, "一\n二改")
    save(leading, result, "一\n二再改")
    found = list_brief_edits(leading, result, "zh_CN")
    assert [edit.edited for edit in found] == ["一\n二再改", "一\n二改"]
    assert found[0] == BriefEdit(2, "AAAA-0000", "一\n二", "一\n二再改", "li", NOON)


def test_a_brief_of_another_quarter_moment_unit_set_or_language_has_its_own_edits(
    database: Database, result: Result
) -> None:
    save(database, result, "一\n二改")
    others = (
        replace(result, as_of=result.as_of + 1),
        replace(result, known_at=NOON),
        replace(result, unit_set="other"),
        replace(result, plan=replace(result.plan, version="2")),
    )
    assert [list_brief_edits(database, other, "zh_CN") for other in others] == [[], [], [], []]
    assert list_brief_edits(database, result, "en") == []


def test_who_edited_what_is_in_the_audit_and_figures_are_not_touched(database: Database, result: Result) -> None:
    before = database.data_version()
    save(database.acting_as(LEADER), result, "一\n二改", who="somebody else")
    entry = list_entries(database, action="brief_edited").iloc[0]
    assert entry["who"] == "li"
    assert entry["detail"]["changed"] == 1 and entry["detail"]["period"] == "2025Q1"
    assert database.data_version() == before


def test_where_nobody_signs_in_the_typed_name_counts(database: Database, result: Result) -> None:
    save(database.acting_as(GUEST), result, "一\n二改", who=" 王处长 ")
    assert list_brief_edits(database, result, "zh_CN")[0].edited_by == "王处长"


@pytest.mark.parametrize("role", ["county", "department"])
def test_those_who_may_not_export_may_neither_edit_nor_read_edits(database: Database, result: Result, role) -> None:  # type: ignore[no-untyped-def]
    theirs = database.acting_as(Person("a", "A", role, "A"))
    with pytest.raises(NotAllowed):
        save(theirs, result, "一\n二改")
    with pytest.raises(NotAllowed):
        list_brief_edits(theirs, result, "zh_CN")
    assert list_brief_edits(database, result, "zh_CN") == []


@pytest.mark.parametrize("text", ["", " \n ", "字" * (LONGEST + 1)])
def test_a_text_of_nothing_or_beyond_all_bounds_is_refused(database: Database, result: Result, text: str) -> None:
    with pytest.raises(ValueError, match="a brief has between"):
        save(database, result, text)
