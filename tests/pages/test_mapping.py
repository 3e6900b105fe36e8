"""A sheet of a county's own on the submit page: asked once about its headings, then read."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from store.database import open_database
from store.mappings import mappings
from tests.loaders import cells
from tests.loaders.test_own_sheets import CODE
from tests.pages.test_submit import at_the_desk
from tests.pages.visits import markup

SHOPS = cells.xlsx([["店铺", "码", "店址", "开张日"], ["示例甲店", CODE, "甲路1号", date(2025, 3, 4)]])
MEANT = {
    "店铺": "roster:stores/name",
    "码": "roster:stores/uscc",
    "店址": "roster:stores/address",
    "开张日": "roster:stores/opened",
}


@pytest.fixture
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"duckdb:///{tmp_path_factory.mktemp('mapping') / 'real.duckdb'}"


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, url: str) -> AppTest:
    found = at_the_desk(monkeypatch, url, ("自制表.xlsx", SHOPS))
    assert not found.exception
    return found


def question(app: AppTest, key: str):
    return next(one for one in app.selectbox if one.key and one.key.endswith(f"-{key}") and "meant-" in one.key)


def keep(app: AppTest):
    return next(one for one in app.button if one.key and one.key.startswith("keep-mapping"))


def test_headings_in_doubt_are_asked_with_what_stands_below_and_a_guess(app: AppTest) -> None:
    page = markup(app)
    assert "表头拿不准" in page and "没有通过" in page
    assert "内容如：示例甲店" in page
    assert question(app, "码").value == "roster:stores/uscc"


def test_answers_are_kept_only_when_all_are_given_and_no_two_agree(app: AppTest) -> None:
    question(app, "店铺").set_value(None).run()
    assert keep(app).disabled and "还有名称没有选" in markup(app)
    question(app, "店铺").set_value("roster:stores/uscc").run()
    assert keep(app).disabled and "选了同一项" in markup(app)


def test_the_answer_is_remembered_and_the_file_judged_again_without_a_new_upload(app: AppTest, url: str) -> None:
    for key, target in MEANT.items():
        question(app, key).set_value(target)
    keep(app).click().run()
    assert not app.exception
    page = markup(app)
    assert "表头拿不准" not in page and "没有通过" not in page
    database = open_database(url)
    assert mappings(database) == {("jxfs", "330402"): MEANT}
    database.close()
    assert "店铺 → <b>门店名称" in page
    next(one for one in app.button if one.key == "forget-mapping-0").click().run()
    assert "表头拿不准" in markup(app)
