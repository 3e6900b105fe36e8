"""The pictures that came later: minimums, both goals, quarter on quarter, who has sent, the worst five."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from exports import CardError, card_data, cards_of
from exports.cards import write_card
from exports.cards.words import whole_words
from exports.carried import sending as who_has_sent
from metrics.completeness import completeness
from metrics.period import Period
from metrics.plan import Plan
from metrics.result import Result
from tests.builders import JX7, a_plan, a_target, an_indicator, some_submissions, words
from tests.exports.worlds import a_result, allocated, composite, floor, level, only_indicator, stores


def said(result: Result, card: str, language: str = "zh_CN") -> dict[str, Any]:
    return card_data(result, card, only_indicator(result), language)


def title(result: Result, card: str) -> str:
    return "".join(said(result, card)["title"])


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ((3, 4, 2, 3, 0, 5, 3), "集聚区：7地中5地达标，海宁差3个、嘉善差1个"),
        ((3,) * 7, "集聚区：7地中7地达标，各地均已达标"),
        ((1, 1, 1, 2, 3, 3, 3), "集聚区：7地中3地达标，南湖、秀洲等4地合计差7个"),
    ],
)
def test_the_minimums_card_says_who_lacks_how_many(levels: tuple[int, ...], expected: str) -> None:
    assert title(floor(levels), "floor") == expected


def test_who_lacks_most_stands_first_and_is_counted() -> None:
    data = said(floor(), "floor")
    assert [(row["name"], row["have"], row["lacks"]) for row in data["rows"][:3]] == [
        ("海宁", 0, 3),
        ("嘉善", 2, 1),
        ("平湖", 5, 0),
    ]
    assert [fact["big"] for fact in data["facts"]][:2] == ["5/7", "4个"]


def test_many_of_a_thing_are_a_bar_instead_of_squares() -> None:
    assert said(floor((3, 4, 2, 3, 0, 5, 3)), "floor")["slots"] == 5
    assert said(floor((3, 4, 2, 3, 0, 50, 3)), "floor")["slots"] == 0


def test_only_a_minimum_has_a_minimums_card_and_only_a_composite_both_goals() -> None:
    assert "floor" not in cards_of(stores(), "stores")
    with pytest.raises(CardError, match="没有各地最低数"):
        said(stores(), "floor")
    with pytest.raises(CardError, match="不是须同时达到"):
        said(stores(), "goals")


def test_both_goals_stand_apart_and_are_never_added_up() -> None:
    data = said(composite(), "goals")
    assert title(composite(), "goals") == "双千亿：2项中1项已达标，新增内销额还差360.0亿元"
    assert [(goal["big"], goal["of"]) for goal in data["goals"]] == [
        ("102.0%", "1,020.0 / 1,000.0亿元"),
        ("64.0%", "640.0 / 1,000.0亿元"),
    ]
    assert data["goals"][0]["lines"] == ["已达到目标"]
    assert not any("1,660" in str(value) or "2,000" in str(value) for value in data.values())


@pytest.mark.parametrize("shape", ["phone", "wall"])
@pytest.mark.parametrize("count", [2, 3, 4, 6])
def test_three_and_more_goals_are_drawn_as_well_as_two(count: int, shape: str) -> None:
    goals = composite(
        ["新增外贸出口额", "外贸企业新增国内销售额", "自主品牌销售额", "规上企业内销额", "信贷额", "保险额"][:count]
    )
    for card in ("goals", "progress"):
        assert write_card(goals, card if shape == "phone" else f"{card}@wall", "double").startswith(b"\x89PNG")


def moving(kind: Any, now: tuple[Any, ...], before: tuple[Any, ...]) -> Result:
    indicator = an_indicator("shops", kind, name=words("门店"), headline=True)
    figures = {
        unit: {"2025Q1": 1, "2025Q2": b} | ({} if n is None else {"2025Q3": n})
        for unit, n, b in zip(JX7, now, before, strict=True)
    }
    return a_result(a_plan([indicator], [a_target("shops", 300, "2026-12-31")]), {"shops": figures})


@pytest.mark.parametrize(
    ("kind", "now", "before", "expected"),
    [
        ("stock", (9, 8, 7, 6, 5, 4, 3), (8, 7, 6, 5, 4, 3, 1), "门店本季增加8家，桐乡最多（+2家）"),
        ("stock", (9, 8, 7, 6, 5, 4, 3), (8, 7, 6, 5, 4, 3, 3), "门店本季增加6家，桐乡没有增加"),
        ("stock", (9, 8, 7, 6, 5, 4, 2), (8, 7, 6, 5, 4, 3, 3), "门店本季增加5家，桐乡减少"),
        ("stock", (5,) * 7, (5,) * 7, "门店与上季末持平，7个单位均没有变化"),
        ("cumulative", (5,) * 7, (3,) * 7, "门店本季新增35家，比上季多14家"),
        ("cumulative", (5, 5, 5, 5, 5, 5, None), (3,) * 7, "门店本季新增30家，两季报送单位不同，不作比较"),
    ],
)
def test_quarter_on_quarter_says_what_moved(
    kind: str, now: tuple[Any, ...], before: tuple[Any, ...], expected: str
) -> None:
    assert title(moving(kind, now, before), "change") == expected


def test_a_unit_that_did_not_report_has_a_dash_and_stands_last() -> None:
    rows = said(moving("stock", (9, None, 7, 6, 5, 4, 3), (8,) * 7), "change")["rows"]
    assert (rows[-1]["name"], rows[-1]["change"], rows[-1]["at_now"]) == ("秀洲", "—", None)


def test_without_a_quarter_to_compare_there_is_no_picture() -> None:
    with pytest.raises(CardError, match="没有可比的上季数"):
        said(stores((None,) * 7), "change")


def sending(sent: dict[str, str], waiting: Sequence[str] = ()) -> Result:
    result = stores()
    found = completeness(
        result.plan,
        some_submissions({(u, "2025Q3"): d for u, d in sent.items()}),
        Period.parse("2025Q3"),
        waiting=waiting,
    )
    return replace(result, completeness=found)


IN_TIME, LATE = "2025-10-09T09:00", "2025-10-20T09:00"


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({}, "应报7个单位均未报送"),
        (dict.fromkeys(JX7, IN_TIME), "应报7个单位全部报送，均在期限内"),
        (dict.fromkeys(JX7, IN_TIME) | {"330402": LATE}, "应报7个单位全部报送，南湖迟报"),
        (dict.fromkeys(JX7[:5], IN_TIME), "应报7个单位已报5个，缺平湖、桐乡"),
        (dict.fromkeys(JX7[:2], IN_TIME), "应报7个单位已报2个，缺嘉善、海盐等5个单位"),
    ],
)
def test_the_sending_card_counts_and_names(sent: dict[str, str], expected: str) -> None:
    assert title(sending(sent), "completeness") == expected


def test_the_missing_stand_first_then_the_late() -> None:
    data = said(sending(dict.fromkeys(JX7[:6], IN_TIME) | {"330411": LATE}), "completeness")
    assert [(row["name"], row["state"], row["day"]) for row in data["rows"][:3]] == [
        ("桐乡", "未报", ""),
        ("秀洲", "迟报", "10-20"),
        ("南湖", "按期报送", "10-09"),
    ]
    assert [fact["big"] for fact in data["facts"]] == ["7", "5", "1", "1"]


@pytest.mark.parametrize(
    ("sent", "waiting", "headline", "sentence"),
    [
        (JX7[:5], JX7[5:6], "应报7个单位已报5个，缺桐乡", "应报单位7个，已报5个，待审核1个（平湖），未报1个（桐乡）。"),
        (JX7[:5], JX7[5:], "应报7个单位已报5个，平湖、桐乡待审核", "应报单位7个，已报5个，待审核2个（平湖、桐乡）。"),
        (JX7[:6], (), "应报7个单位已报6个，缺桐乡", "应报单位7个，已报6个，未报1个（桐乡）。"),
        ((), (), "应报7个单位均未报送", "应报单位7个，均未报送。"),
        (JX7, (), "应报7个单位全部报送，均在期限内", "应报单位7个，已全部报送。"),
    ],
)
def test_whose_submission_waits_for_review_is_not_told_to_have_sent_nothing(
    sent: Sequence[str], waiting: Sequence[str], headline: str, sentence: str
) -> None:
    result = sending(dict.fromkeys(sent, IN_TIME), waiting)
    assert (title(result, "completeness"), who_has_sent(result, "zh_CN")) == (headline, sentence)
    states = [row["state"] for row in said(result, "completeness")["rows"]]
    assert states.count("待审核") == len(waiting)


def test_a_figure_carried_over_is_not_counted_as_sent() -> None:
    indicator = an_indicator("stores", name=words("工厂店"))
    figures = {"330402": level(20), "330411": {"2025Q2": 18}}
    result = a_result(a_plan([indicator], [a_target("stores", 300, "2026-12-31")]), {"stores": figures})
    rows = {row["name"]: row["figures"] for row in said(result, "completeness")["rows"]}
    assert (rows["南湖"], rows["秀洲"], rows["嘉善"]) == ("1/1", "0/1", "0/1")


def test_the_worst_five_are_late_and_the_furthest_behind_first() -> None:
    names = [f"i{n}" for n in range(7)]
    made = [an_indicator(name, name=words(f"指标{n}"), headline=True) for n, name in enumerate(names)]
    targets = [a_target(name, 100, "2026-12-31") for name in names]
    figures = {name: {unit: level(n * 2) for unit in JX7} for n, name in enumerate(names)}
    data = card_data(a_result(a_plan(made, targets), figures), "worst")
    rows: Any = data["rows"]
    assert [row["name"] for row in rows] == ["指标0", "指标1", "指标2", "指标3", "指标4"]
    assert "差得最多的5项（7项指标中7项可评判，5项未达）" in str(data["subtitle"])


def test_where_nothing_is_late_the_least_ahead_are_shown_and_nothing_judged_is_said() -> None:
    good = said(allocated([90] * 7), "worst")
    assert "余地最小的1项" in good["subtitle"]
    assert len(good["rows"]) == 1
    with pytest.raises(CardError, match="没有可评判的指标"):
        said(stores((None,) * 7), "worst")


def test_the_scorecard_shows_a_hope_and_does_not_count_it() -> None:
    made = [an_indicator("a", headline=True), an_indicator("b", headline=True, aspirational=True)]
    figures = {name: {unit: level(1) for unit in JX7} for name in ("a", "b")}
    result = a_result(a_plan(made, [a_target("a", 300, "2026-12-31"), a_target("b", 300, "2026-12-31")]), figures)
    data = card_data(result, "scorecard")
    columns: Any = data["columns"]
    assert [column["measure"] for column in columns] == ["家", "家 · 力争"]
    assert "".join(data["title"]).startswith("全市1项可评判指标中1项未达")  # type: ignore[arg-type]
    assert "标“力争”的列出而不计入项数。" in str(data["notes"])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("年度新评星级工厂店", "年度|新评|星级|工厂店"),
        ("开展内销的外贸企业比例", "开展|内销的|外贸|企业|比例"),
        ("年销售额10亿元以上直播电商企业", "年销售额|10亿元|以上|直播|电商|企业"),
        ("惠企政策资金兑付率（9月底）", "惠企|政策|资金|兑付率|（9月底）"),
        ("“领跑者”企业分解数", "“领跑者”|企业|分解数"),
        ("Share of stores", "Share |of |stores "),
    ],
)
def test_a_heading_breaks_between_words_and_never_leaves_one_sign_alone(name: str, words: str) -> None:
    pieces = whole_words(name, "zh_CN")
    assert "|".join(pieces) == words
    assert all(len(piece.strip()) > 1 for piece in pieces)


def test_no_sign_of_any_name_is_lost_by_breaking_it(plans: dict[str, Plan]) -> None:
    for plan in plans.values():
        for indicator in plan.indicators.values():
            assert "".join(whole_words(indicator.name.zh, "zh_CN")) == indicator.name.zh


def test_a_figure_told_alone_shows_no_quarter_from_before_its_plan() -> None:
    indicator = an_indicator("fairs", "annual", name=words("展销会"), reporters=("JX-HG",))
    plan = a_plan([indicator], [a_target("fairs", 3, "2026-12-31")])
    data = card_data(a_result(plan, {"fairs": {"JX-HG": {"2025Q2": 1, "2025Q3": 2}}}), "change", "fairs")
    labels = [quarter["label"] for quarter in data["quarters"]]  # type: ignore[attr-defined]
    assert labels[0] == f"{plan.start.year % 100}Q1" and labels[-1] == "25Q3"


def test_the_steps_of_a_share_are_measured_as_its_numerator_is() -> None:
    numbers = {"330402": (950_000, 1_150_000), "330411": (180_000, 180_000), "330421": (310_000, 310_000)}
    share = an_indicator("paid", "share", name=words("兑付率"), numerator_name=words("已兑付金额（元）"))
    plan = a_plan([share], [a_target("paid", 100, "2026-12-31")], units=tuple(numbers))
    paid = a_result(plan, {"paid": {unit: level(pair) for unit, pair in numbers.items()}})
    assert "元" in title(paid, "waterfall") and "个" not in title(paid, "waterfall")
