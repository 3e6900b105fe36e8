"""Two versions of a plan's text, and what a reader must know has changed."""

from dataclasses import replace
from datetime import date

from metrics.plan import Count
from metrics.revision import Change, changed_indicators, revision
from metrics.text import Text
from tests.builders import a_plan, a_target, an_indicator

STORES, EVENTS = an_indicator("stores"), an_indicator("events", kind="annual")
OLD = a_plan([STORES, EVENTS], [a_target("stores", 100, "2024-12-31"), a_target("events", 50, "2024-12-31")])


def later(**changes: object):
    """The same plan as a second version, its targets carried over under the new name."""
    new = replace(OLD, version="issued-1", **{"status": "issued", **changes})
    return replace(new, targets=tuple(replace(target, version="issued-1") for target in new.targets))


def changes(new, subject: str) -> list[Change]:
    return [change for change in revision(OLD, new) if change.subject == subject]


def test_a_plan_does_not_differ_from_itself():
    assert revision(OLD, OLD) == ()


def test_a_new_version_with_the_same_words_differs_in_its_status_only():
    found = revision(replace(OLD, status="draft"), later())
    assert [(change.what, change.before, change.after) for change in found] == [("status", "draft", "issued")]


def test_indicators_come_and_go():
    found = changes(later(indicators={"stores": STORES, "routes": an_indicator("routes")}), "indicator")
    assert [(change.key, change.change) for change in found] == [("events", "removed"), ("routes", "added")]


def test_a_changed_definition_names_the_field_with_both_values():
    sharper = replace(STORES, definition=Text("只计在营", "Open only"))
    (found,) = changes(later(indicators={"stores": sharper, "events": EVENTS}), "indicator")
    assert (found.key, found.what, found.change, found.after) == ("stores", "definition", "changed", sharper.definition)


def test_another_count_rule_is_a_change():
    counted = replace(STORES, count=Count("stores", ("uscc",)))
    (found,) = changes(later(indicators={"stores": counted, "events": EVENTS}), "indicator")
    assert found.what == "count"


def test_a_target_with_the_same_deadline_is_changed():
    targets = (a_target("stores", 120, "2024-12-31"), OLD.targets[1])
    (found,) = changes(later(targets=targets), "target")
    assert (found.change, found.before.value, found.after.value) == ("changed", 100, 120)


def test_a_target_that_moved_to_another_year_is_changed_and_not_two_things():
    targets = (a_target("stores", 100, "2026-12-31"), OLD.targets[1])
    (found,) = changes(later(targets=targets), "target")
    assert (found.change, found.before.deadline, found.after.deadline) == (
        "changed",
        date(2024, 12, 31),
        date(2026, 12, 31),
    )


def test_targets_that_are_new_or_gone_say_so():
    (gone,) = changes(later(targets=OLD.targets[:1]), "target")
    assert (gone.key, gone.change) == ("events", "removed")
    (new,) = changes(later(targets=(*OLD.targets, a_target("stores", 300, "2026-12-31"))), "target")
    assert (new.key, new.change, new.after.value) == ("stores", "added", 300)


def test_the_indicators_concerned_are_named_once():
    sharper = replace(STORES, definition=Text("只计在营", "Open only"))
    new = later(indicators={"stores": sharper, "events": EVENTS}, targets=(a_target("stores", 120, "2024-12-31"),))
    assert changed_indicators(revision(OLD, new)) == ("stores", "events")
