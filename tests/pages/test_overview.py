"""The overview as a reader meets it."""

import re
from pathlib import Path

import pytest

from metrics.plan import Plan
from store.database import open_database
from tests.pages.visits import markup, reported, said, six_of_seven, visit


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"duckdb:///{tmp_path / 'real.duckdb'}"


def test_a_first_visit_is_in_chinese(monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]) -> None:
    six_of_seven(url, plans["jxfs"])
    app = visit(monkeypatch, url)
    assert not app.exception
    assert app.selectbox(key="pick_plan").label == "方案"
    assert "需要关注" in markup(app)
    assert said(app, "lang") is None


def test_the_switch_turns_every_word_to_english_and_says_so_in_the_address(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    six_of_seven(url, plans["jxfs"])
    app = visit(monkeypatch, url)
    app.button(key="switch_language").click().run()
    assert app.selectbox(key="pick_plan").label == "Plan"
    assert "Needs attention" in markup(app)
    assert "需要关注" not in markup(app)
    assert said(app, "lang") == "en"
    app.button(key="switch_language").click().run()
    assert "需要关注" in markup(app)
    assert said(app, "lang") is None


def test_an_empty_database_leads_to_the_template_instead_of_showing_zeros(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    app = visit(monkeypatch, url, plan="jxfs")
    assert not app.exception
    assert "还没有报表" in markup(app)
    assert "/submit?" in markup(app)
    assert 'class="card' not in markup(app)


def test_an_empty_database_opens_with_the_first_plan_of_the_folder(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    assert said(visit(monkeypatch, url), "plan") == next(iter(plans)) == "jxfs"


def test_the_banner_names_who_is_missing_and_the_cards_are_provisional(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    six_of_seven(url, plans["jxfs"])
    shown = markup(visit(monkeypatch, url, plan="jxfs", period="2025Q3"))
    assert "2025年三季度 6/7 已报" in shown
    assert "缺：海盐" in shown
    assert "合计为暂定数" in shown
    assert "暂定，缺：海盐" in shown


def test_the_banner_tells_what_waits_for_review_and_departments_apart_from_counties_that_miss(
    monkeypatch: pytest.MonkeyPatch, sample_url: str
) -> None:
    (banner,) = re.findall(
        r'<p class="banner partial.*?</p>', markup(visit(monkeypatch, sample_url, plan="jxfs", period="2025Q3"))
    )
    told = re.findall("<span>(.*?)</span>", banner)
    assert told[:4] == ["<b>2025年三季度 5/7 已报</b>", "待审核：平湖", "缺：嘉善", "部门缺：市文化广电旅游局"]
    # The day after the quarter's end nobody is behind yet.
    known = {"plan": "jxfs", "period": "2025Q3", "known": "2025-10-01"}
    early = markup(visit(monkeypatch, sample_url, **known))
    assert "未到期：南湖、秀洲" in early
    assert "缺：南湖" not in early.split("</p>")[2]


def test_a_final_result_for_which_somebody_has_not_reported_is_called_provisional(
    monkeypatch: pytest.MonkeyPatch, sample_url: str
) -> None:
    shown = markup(visit(monkeypatch, sample_url, plan="jxdf", period="2025Q4"))
    assert "<h1>最终结果（暂定，报送不全）：" in shown


def test_when_all_have_reported_the_banner_is_calm(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    six_of_seven(url, plans["jxfs"])
    database = open_database(url)
    reported(database, plans["jxfs"], "330424", "2025Q3", {"stores": 7})
    database.close()
    shown = markup(visit(monkeypatch, url, plan="jxfs", period="2025Q3"))
    assert "2025年三季度 7/7 已报齐" in shown
    assert "合计为暂定数" not in shown


def test_a_card_says_value_target_lead_and_status_and_leads_to_its_indicator(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    six_of_seven(url, plans["jxfs"])
    shown = markup(visit(monkeypatch, url, plan="jxfs", period="2025Q3"))
    card = next(part for part in shown.split('<a class="card') if "工厂店培育总数" in part)
    assert "indicator=stores" in card
    assert "<b>60</b> <span>家</span>" in card
    assert "目标 ≥300家，2026年底" in card
    assert "欠序时进度 38.3 个百分点" in card  # 100 × (60 − 174.79…) / 300
    assert "▼</span>严重滞后" in card


def test_the_draft_plan_carries_its_badge_and_the_issued_one_does_not(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    assert '<span class="badge draft is-watch">征求意见稿</span>' in markup(visit(monkeypatch, url, plan="jxfs"))
    assert "badge draft" not in markup(visit(monkeypatch, url, plan="jxdf"))


def test_real_data_is_never_marked_as_sample(monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]) -> None:
    six_of_seven(url, plans["jxfs"])
    assert "示例数据" not in markup(visit(monkeypatch, url))


def test_sample_data_is_marked_on_every_page(monkeypatch: pytest.MonkeyPatch, sample_url: str) -> None:
    for page in (None, "progress/scorecard"):
        assert "示例数据" in markup(visit(monkeypatch, sample_url, page))


def test_double_100bn_is_two_bars_that_must_both_pass(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    database, plan = open_database(url), plans["jxdf"]
    reported(database, plan, "JX-HG", "2025Q3", {"exports-new": 102_000_000_000})
    reported(database, plan, "330402", "2025Q3", {"domestic-sales-new": 64_000_000_000})
    database.close()
    shown = markup(visit(monkeypatch, url, plan="jxdf", period="2025Q3"))
    both = next(part for part in shown.split("<section") if "双千亿" in part).split("</section>")[0]
    assert "两项须同时达到，不得相加" in both
    assert both.count('class="part') >= 2
    assert "<b>1,020.0</b>" in both
    assert "<b>640.0</b>" in both
    assert "1,660" not in both


def test_a_figure_can_be_seen_as_it_was_known_on_a_day(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    six_of_seven(url, plans["jxfs"])
    before = markup(visit(monkeypatch, url, plan="jxfs", period="2025Q3", known="2025-10-01T00:00"))
    assert "按 2025-10-01 00:00 已知" in before
    assert "0/7 已报" in before


def test_nonsense_in_the_address_falls_back_to_the_usual_view(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan]
) -> None:
    six_of_seven(url, plans["jxfs"])
    app = visit(monkeypatch, url, plan="<script>", period="9999Q9", units="all", known="soon", lang="fr")
    assert not app.exception
    assert said(app, "plan") == "jxfs"
    assert said(app, "period") == "2025Q3"
    assert "<script>" not in markup(app)


def test_a_fault_shows_a_sentence_with_a_code_and_never_a_traceback(
    monkeypatch: pytest.MonkeyPatch, url: str, plans: dict[str, Plan], caplog: pytest.LogCaptureFixture
) -> None:
    six_of_seven(url, plans["jxfs"])
    monkeypatch.setattr("charts.standing.standing", lambda rows: 1 / 0)
    app = visit(monkeypatch, url)
    assert not app.exception
    assert "这一页暂时打不开" in markup(app)
    assert "ZeroDivisionError" not in markup(app)
    incident = next(record.getMessage() for record in caplog.records if record.name == "dashboard")
    assert incident.removeprefix("incident ") in markup(app)
