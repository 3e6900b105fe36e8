"""What a unit means by its own headings is remembered for it, and nobody else may say so."""

from datetime import datetime

import pytest

from metrics.plan import Plan
from store.audit import list_entries
from store.database import Database
from store.mappings import list_mappings, mappings, save_mapping
from store.people import NotAllowed, Person

NOW = datetime(2025, 10, 8, 9, 30)
COUNTY = Person("a", "甲县", "county", "A")


def test_the_latest_word_counts_and_a_forgotten_one_is_asked_again(database: Database, plan: Plan):
    save_mapping(database, plan, "A", {"店名": "roster:stores/name", "备注": ""}, now=NOW, who="张三")
    save_mapping(database, plan, "A", {"店名": "", "备注": None}, now=NOW, who="李四")
    assert mappings(database) == {("small", "A"): {"店名": ""}}
    assert list_mappings(database, plan, "A").to_dict("records") == [
        {"words": "店名", "target": "", "said_by": "李四", "said_at": NOW}
    ]


def test_saying_the_same_again_adds_nothing(database: Database, plan: Plan):
    for _ in range(2):
        save_mapping(database, plan, "A", {"店名": "roster:stores/name"}, now=NOW, who="张三")
    entries = list_entries(database, action="mapping")
    assert len(entries) == 1
    assert entries.iloc[0]["detail"] == {"plan": "small", "unit": "A", "said": {"店名": "roster:stores/name"}}


def test_a_county_says_what_its_own_headings_mean_and_sees_no_other_units(database: Database, plan: Plan):
    save_mapping(database, plan, "B", {"店名": ""}, now=NOW)
    own = database.acting_as(COUNTY)
    save_mapping(own, plan, "A", {"店名": "roster:stores/name"}, now=NOW)
    assert list(mappings(own)) == [("small", "A")]
    with pytest.raises(NotAllowed):
        save_mapping(own, plan, "B", {"店名": "roster:stores/name"}, now=NOW)
    with pytest.raises(NotAllowed):
        list_mappings(own, plan, "B")


def test_a_unit_that_sends_nothing_for_the_plan_is_no_ones_to_map(database: Database, plan: Plan):
    with pytest.raises(ValueError, match="sends nothing"):
        save_mapping(database, plan, "nobody", {"店名": ""}, now=NOW)
