"""Headings of a county's own: where they leave doubt it is asked, and what it said is remembered."""

import json
from datetime import date, datetime
from decimal import Decimal

import pytest

from loaders.__main__ import main
from loaders.found import Form, Found, Unrecognised
from loaders.intake import load
from loaders.meanings import NOTHING, VALUE, Meanings
from loaders.own.alike import alike
from loaders.own.mapping import Proposal, propose
from loaders.recognise import recognise
from loaders.values import read_values
from loaders.workbook import address
from store.mappings import save_mapping
from store.people import Person
from tests.loaders import cells
from tests.loaders.cells import sheet, workbook
from tests.loaders.test_own_sheets import CODE, NANHU, Q3, STORE_ROWS, STORES, figures, said

KEY = ("jxfs", "330402")


def asked(plans, *sheets, meant: dict[str, str] | None = None) -> dict[str, str | None]:
    """Key → guess."""
    proposal = proposed(plans, *sheets, meant=meant)
    return {question.key: question.guess for question in proposal.questions} if proposal else {}


def proposed(plans, *sheets, meant: dict[str, str] | None = None) -> Proposal | None:
    return propose(workbook(*sheets), plans["jxfs"], "330402", Q3, Meanings(meant or {}))


def found(plans, *sheets, meant: dict[str, str], form=NANHU) -> Found:
    return recognise(workbook(*sheets), plans, form, "表.xlsx", {KEY: Meanings(meant)})


OPENED = "roster:stores/opened"
SHOPS = [["店铺", "码", "店址", "开张日"], ["示例甲店", CODE, "甲路1号", date(2025, 3, 4)]]
SHOPS_MEAN = {
    "店铺": "roster:stores/name",
    "码": "roster:stores/uscc",
    "店址": "roster:stores/address",
    "开张日": OPENED,
}


def test_a_renamed_heading_is_asked_about_once_and_then_read_without_a_word(plans):
    table = sheet([[*STORES[:4], "门店开业日期情况", *STORES[5:]], *STORE_ROWS])
    assert asked(plans, table) == {"门店开业日期情况": OPENED}
    meant = {"门店开业日期情况": OPENED}
    assert said(found(plans, table, meant=meant)) == []
    assert asked(plans, table, meant=meant) == {}


def test_a_heading_nobody_could_guess_is_read_as_the_unit_said(plans):
    table = sheet([[*STORES[:3], "位置", "啥时候开的", *STORES[5:]], *STORE_ROWS])
    one = sheet([[*STORES[:4], "啥时候开的", *STORES[5:]], *STORE_ROWS])
    assert {code for _, code, _ in said(recognise(workbook(one), plans, NANHU))} >= {"column_missing"}
    question = {q.key: q for q in proposed(plans, table).questions}
    assert question["啥时候开的"].cell == "E1" and question["啥时候开的"].examples == ("2025-03-04", "2025年4月5日")
    assert OPENED in question["啥时候开的"].choices and NOTHING in question["啥时候开的"].choices
    recognised = found(plans, table, meant={"位置": "roster:stores/address", "啥时候开的": OPENED})
    assert said(recognised) == []
    assert read_values(recognised).rows[0].values["opened"] == "2025-03-04"
    assert read_values(recognised).rows[0].values["address"] == "甲路1号"


def test_a_column_may_move_and_is_still_known(plans):
    meant = {"啥时候开的": OPENED}
    rows = [["啥时候开的", *STORES[:4], *STORES[5:]], *[[row[4], *row[:4], *row[5:]] for row in STORE_ROWS]]
    assert read_values(found(plans, sheet(rows), meant=meant)).rows[0].values["opened"] == "2025-03-04"


def test_of_two_columns_alike_the_unit_says_which(plans):
    table = sheet([[*STORES, "经营场所"], *[[*row, "乙"] for row in STORE_ROWS]])
    twins = sheet([[*STORES, "经营地址\n（老）"], *[[*row, "乙"] for row in STORE_ROWS]])
    assert ("error", "columns_alike", "D1") in said(recognise(workbook(twins), plans, NANHU))
    assert asked(plans, twins) == {"经营地址": None}
    assert asked(plans, table) in ({}, {"经营场所": "roster:stores/address"}, {"经营场所": None}, {"经营场所": NOTHING})


def test_a_column_that_means_nothing_is_not_mentioned_again(plans):
    table = sheet([[*STORES, "店长"], *[[*row, "张三"] for row in STORE_ROWS]])
    assert said(found(plans, table, meant={})) == [("notice", "columns_ignored", "H1")]
    assert said(found(plans, table, meant={"店长": NOTHING})) == []


def test_what_stands_in_a_column_helps_to_guess_what_it_is(plans):
    table = sheet([["甲", "乙", "丙", "丁"], ["示例甲店", CODE, "甲路1号", date(2025, 3, 4)]])
    with pytest.raises(Unrecognised) as refused:
        recognise(workbook(table), plans, NANHU)
    assert refused.value.problems[0].code == "no_table"
    named = sheet(SHOPS)
    guesses = asked(plans, named)
    assert guesses["码"] == "roster:stores/uscc"
    meant = {
        "店铺": "roster:stores/name",
        "码": "roster:stores/uscc",
        "店址": "roster:stores/address",
        "开张日": OPENED,
    }
    assert set(guesses) == set(meant)
    recognised = found(plans, named, meant=meant)
    assert read_values(recognised).rows[0].values == {
        "name": "示例甲店",
        "uscc": CODE,
        "address": "甲路1号",
        "opened": "2025-03-04",
    }


def test_a_row_of_ones_own_wording_is_asked_about_and_then_read(plans):
    table = sheet(
        [["指标", "本季数"], ["工厂店培育总数", 12], ["评上星级的店", 3], ["直播间数量合并", 5], ["合计", 20]]
    )
    questions = {q.key: q for q in proposed(plans, table).questions}
    assert "评上星级的店" in questions and "合计" not in questions
    assert "stores/value" not in questions["评上星级的店"].choices
    star = next(key for key in questions["评上星级的店"].choices if key.startswith("star"))
    recognised = found(plans, table, meant={"评上星级的店": star, "直播间数量合并": NOTHING})
    assert said(recognised) == []
    assert figures(read_values(recognised)) == {"stores/value": Decimal(12), star: Decimal(3)}


def test_a_row_is_asked_about_with_the_figures_of_this_quarter_only(plans):
    head = ["指标", "去年同期", "2025年三季度"]
    table = sheet([head, ["专项促销活动场次", 9, 12], ["文旅基地数", 3, 5], ["工厂店总数（含）情况", 70, 88]])
    examples = {question.words: question.examples for question in proposed(plans, table).questions}
    assert examples and all(shown in (("5",), ("88",)) for shown in examples.values())
    blank = sheet([head, ["专项促销活动场次", 9, 12], ["工厂店总数（含）情况", 70, None]])
    assert proposed(plans, blank) is None


def test_which_column_is_this_quarters_is_asked_and_known_in_the_next_quarter_too(plans):
    table = sheet([["指标", "实际数", "完成数"], ["工厂店培育总数", 12, 13], ["各地集聚区数", 1, 2]])
    assert asked(plans, table) == {"#实际数": None, "#完成数": None}
    recognised = found(plans, table, meant={"#实际数": NOTHING, "#完成数": VALUE})
    assert figures(read_values(recognised)) == {"stores/value": 13, "clusters-county/value": 2}
    assert asked(plans, table, meant={"#实际数": NOTHING, "#完成数": VALUE}) == {}


def test_a_table_of_units_asks_for_its_columns(plans):
    table = sheet([["县（市、区）", "工厂店培育总数", "集聚区个数"], ["南湖区", 5, 2], ["秀洲区", 6, 1]])
    guesses = asked(plans, table)
    assert list(guesses) == ["集聚区个数"]
    recognised = found(plans, table, meant={"集聚区个数": "clusters-county/value"})
    assert figures(read_values(recognised)) == {"stores/value": 5, "clusters-county/value": 2}


def test_a_file_that_does_not_say_whose_it_is_is_read_in_the_words_of_the_unit_it_names(plans):
    rows = [["南湖区2025年三季度"], [*STORES[:3], "位置", "啥时候开的", *STORES[5:]], *STORE_ROWS]
    meant = {"位置": "roster:stores/address", "啥时候开的": OPENED}
    recognised = found(plans, sheet(rows), meant=meant, form=Form("jxfs"))
    assert recognised.unit == "330402" and said(recognised) == []
    half = {"啥时候开的": OPENED}
    other = found(plans, sheet(rows), meant=half, form=Form("jxfs"))
    assert "column_missing" in {code for _, code, _ in said(other)}


def test_nothing_is_asked_about_a_template_or_a_sheet_without_doubt(plans):
    assert proposed(plans, sheet([STORES, *STORE_ROWS])) is None
    assert proposed(plans, sheet([["x", "y"], ["1", "2"]], "_meta"), sheet([["店铺", "码"], ["a", CODE]])) is None


def test_a_verdict_asks_and_the_answer_makes_the_same_file_load(database, plans):
    plan, now = plans["jxfs"], datetime(2025, 10, 8, 9, 30)
    data = cells.xlsx(SHOPS)
    asked_form = {"plan": "jxfs", "unit": "330402", "period": Q3}
    first = load(database, plans, data, "表.xlsx", now=now, who="张三", save=False, **asked_form)
    assert first.verdict == "rejected" and first.proposal is not None
    said_so = {
        "店铺": "roster:stores/name",
        "码": "roster:stores/uscc",
        "店址": "roster:stores/address",
        "开张日": OPENED,
    }
    save_mapping(database, plan, "330402", said_so, now=now)
    again = load(database, plans, data, "表.xlsx", now=now, who="张三", **asked_form)
    assert again.accepted and again.proposal is None and again.submission is not None
    elsewhere = load(
        database, plans, data, "表.xlsx", now=now, who="张三", save=False, **{**asked_form, "unit": "330411"}
    )
    assert elsewhere.verdict == "rejected"


def test_the_load_command_names_what_it_could_not_place_and_where_that_is_asked(tmp_path, capsys):
    sent, url = tmp_path / "表.xlsx", f"duckdb:///{tmp_path / 'a.duckdb'}"
    sent.write_bytes(cells.xlsx(SHOPS))
    form = ["--plan", "jxfs", "--unit", "330402", "--period", "2025Q3", "--dry-run"]
    assert main(["load", str(sent), *form, "--database", url]) == 1
    out, err = capsys.readouterr()
    questions = json.loads(out)["questions"]
    assert {"sheet": "Sheet1", "cell": "D1", "words": "开张日", "guess": OPENED} in questions
    assert "“开张日”（Sheet1 D1）" in err and "“上报”页" in err


def test_a_county_is_not_asked_about_another_countys_file(database, plans):
    data = cells.xlsx(SHOPS)
    county = database.acting_as(Person("xz", "秀洲", "county", "330411"))
    now, form = datetime(2025, 10, 8), {"plan": "jxfs", "unit": "330402", "period": Q3}
    assert load(county, plans, data, "表.xlsx", now=now, who="", save=False, **form).proposal is None


@pytest.mark.parametrize("name", ["jxfs", "jxdf", "xzti"])
def test_a_reworded_heading_is_read_rightly_or_asked_about_and_never_read_as_another(plans, name):
    plan = plans[name]
    unit = plan.reporting_units()[0]
    for roster in plan.rosters_of(unit):
        for at, field in enumerate(roster.fields):
            heads = [one.name.zh for one in roster.fields]
            heads[at] += "情况"
            table = sheet([heads, [f"示例{n}" for n in range(len(heads))]])
            recognised = recognise(workbook(table), {name: plan}, Form(name, unit, Q3))
            columns = {f: c for read in recognised.tables for f, c in read.columns.items()}
            assert columns.get(field.field) in (at + 1, None)
            assert [f for f, column in columns.items() if column == at + 1] in ([], [field.field])
            proposal = propose(workbook(table), plan, unit, Q3, Meanings())
            guesses = (
                [q.guess for q in proposal.questions if q.cell.startswith(address(1, at + 1)[:-1])] if proposal else []
            )
            assert guesses or columns.get(field.field) or not field.required
            assert all(guess in (f"roster:{roster.roster}/{field.field}", None) for guess in guesses)


def test_an_unknown_table_is_guessed_at_by_its_first_columns_however_wide_the_sheet(plans):
    shops, aside = [list(row) for row in SHOPS], [["备忘"] * 60, ["某事"] * 60]
    first = sheet([shop + other for shop, other in zip(shops, aside, strict=True)])
    last = sheet([other + shop for shop, other in zip(shops, aside, strict=True)])
    assert asked(plans, first).get("开张日") == OPENED
    assert proposed(plans, last) is None


def test_a_sentence_is_no_other_spelling_of_a_short_name():
    assert alike("开业日", {"开业日期"}) > 0.5
    assert alike("本表所列门店须在季度末之前开张并且正常营业满三个月以上的才可以填报", {"开业日期"}) == 0
    assert alike("门店的开业日期以营业执照上的登记日期为准并须在季度末之前", {"开业日期"}) > 0.5
