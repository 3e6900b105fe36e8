"""The brief, reopened as Word would: the office's page, the table's figures, sentences by rule."""

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from exports import EXPORTS, CardError
from exports.__main__ import main
from exports.brief import sentences
from exports.brief.composition import compose, numeral, schedules
from exports.cards.standings import apart
from exports.table import blocks
from metrics.result import Result
from tests.builders import words
from tests.exports.worlds import AS_OF, allocated, composite, everyone, floor, share, stores

COUNTIES = ("南湖", "秀洲", "嘉善", "海盐", "海宁", "平湖", "桐乡")


def paper(result: Result, indicator: str | None = None, language: str = "zh_CN") -> Any:
    return Document(io.BytesIO(EXPORTS["docx"](result, indicator, language=language)))


def paragraphs(opened: Any) -> list[str]:
    return [paragraph.text for paragraph in opened.paragraphs]


def said(result: Result, language: str = "zh_CN") -> str:
    return "\n".join(item.head + item.text for item in compose(result, blocks(result, None, language), language))


def city_sentence(result: Result) -> str:
    block = blocks(result, None, "zh_CN")[-1]
    return sentences.city(block.city, block.units)


def unit_sentences(result: Result) -> list[str]:
    return sentences.of_units(blocks(result, None, "zh_CN"), [unit.unit for unit in result.units], "zh_CN")


@pytest.mark.parametrize("world", everyone())
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_way_a_figure_can_be_fills_a_brief(world: str, language: str) -> None:
    found = paragraphs(paper(everyone()[world], language=language))
    assert len(found) > 5
    assert not [paragraph for paragraph in found if "{" in paragraph or re.search(r"\bNone\b(?! of)", paragraph)]


def test_the_page_is_that_of_an_official_paper() -> None:
    page = paper(stores()).sections[0]
    sides = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(side.mm) for side in sides] == [37, 35, 28, 26]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    grid = page._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    assert paper(stores()).settings.odd_and_even_pages_header_footer
    for footer in (page.footer, page.even_page_footer):
        assert re.fullmatch("—.*—", footer.paragraphs[0].text)
        assert footer._element.find(".//" + qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"


def test_every_style_in_use_names_its_east_asian_typeface_and_no_theme() -> None:
    opened = paper(stores())
    parts = [*opened.paragraphs, *opened.sections[0].header.paragraphs, *opened.sections[0].footer.paragraphs]
    used = {paragraph.style.name: paragraph.style for paragraph in parts}
    used |= {table.style.name: table.style for table in opened.tables}
    faces = {}
    for name, style in used.items():
        fonts = style.element.rPr.find(qn("w:rFonts"))
        faces[name] = fonts.get(qn("w:eastAsia"))
        assert not [attribute for attribute in fonts.attrib if "heme" in attribute]
    assert faces["Title"] == "方正小标宋简体"
    assert (faces["Heading 1"], faces["Body Text"]) == ("黑体", "仿宋_GB2312")
    assert all(faces.values())


def test_every_page_bears_plan_version_quarter_completeness_and_marks() -> None:
    result = stores(sample=True)
    opened = paper(replace(result, plan=replace(result.plan, status="draft")))
    page = opened.sections[0]
    for header in (page.header, page.even_page_header):
        text = header.paragraphs[0].text
        for needed in ("征求意见稿", "示例数据", "数据截至2025年9月30日", "范围：7地", "计划版本：1", "报送 0/7"):
            assert needed in text
    assert "征求意见稿 · 示例数据" in paragraphs(opened)


def test_real_and_issued_figures_bear_no_mark() -> None:
    result = stores()
    opened = paper(replace(result, plan=replace(result.plan, status="issued")))
    text = "\n".join([*paragraphs(opened), opened.sections[0].header.paragraphs[0].text])
    assert "示例数据" not in text
    assert "征求意见稿" not in text


def test_sentence_and_table_have_the_figures_of_the_progress_table() -> None:
    """The city's 126 of 300, 42.0 %, 16.3 points behind, 174 to go."""
    opened = paper(stores())
    [sentence] = [found for found in paragraphs(opened) if found.startswith("1.工厂店")]
    assert sentence.startswith(
        "1.工厂店培育总数。全市126家，完成2026年底目标（300家）的42.0%，比序时进度慢16.3个百分点，距目标差174家。"
    )
    row = [cell.text for cell in opened.tables[0].rows[1].cells]
    assert row[:6] == ["工厂店培育总数", "126家", "300家", "2026年底", "42.0%", "−16.3"]


def test_one_indicator_brings_its_units_into_the_table() -> None:
    names = [row.cells[0].text for row in paper(stores(), "stores").tables[0].rows]
    assert names == ["单位", "全市", "南湖", "秀洲", "嘉善", "海盐", "海宁", "平湖", "桐乡"]


def test_the_head_of_the_table_repeats_and_the_picture_says_what_it_shows() -> None:
    opened = paper(stores())
    assert opened.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    [picture] = opened.inline_shapes
    assert picture._inline.docPr.get("descr") == "附图  工厂店培育总数"
    assert picture.width == Mm(140)


def test_names_cannot_break_the_file_nor_run_as_template() -> None:
    result = stores()
    nasty = "<w:t>&amp;]]> {{ 7*7 }} {% for %}"
    indicator = replace(result.plan.indicators["stores"], name=words(nasty))
    result = replace(result, plan=replace(result.plan, indicators={"stores": indicator}))
    assert nasty in "\n".join(paragraphs(paper(result)))


def test_an_office_may_bring_its_own_template(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    own = Document()
    own.add_paragraph("某市人民政府办公室")
    own.add_paragraph("{% for item in items %}{{ item.text }}{% endfor %}")
    own.add_paragraph("{{ carried }}")
    own.save(str(tmp_path / "brief.docx"))
    monkeypatch.setenv("DASHBOARD_TEMPLATES", str(tmp_path))
    first, second, third = paragraphs(paper(stores()))
    assert first == "某市人民政府办公室"
    assert "全市126家" in second
    assert "校验码" in third


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("{{ carried }}", "缺少 {{ items }}"),
        ("{% for item in items %}{{ item.text }}{% endfor %}", "缺少 {{ carried }}"),
        ("{% for item in items %}{{ carried }}", "打不开或写错了"),
    ],
)
def test_an_office_template_that_would_lose_content_is_refused_in_one_sentence(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch, words: str, said: str
) -> None:
    own = Document()
    own.add_paragraph(words)
    own.save(str(tmp_path / "brief.docx"))
    monkeypatch.setenv("DASHBOARD_TEMPLATES", str(tmp_path))
    with pytest.raises(CardError, match=re.escape(said)):
        EXPORTS["docx"](stores())


def test_a_file_that_is_no_document_is_refused_too(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "brief.docx").write_bytes(b"no document")
    monkeypatch.setenv("DASHBOARD_TEMPLATES", str(tmp_path))
    with pytest.raises(CardError, match="打不开或写错了"):
        EXPORTS["docx"](stores())


def test_the_templates_an_office_starts_from_give_what_ours_give(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = paragraphs(paper(stores()))
    assert main(["templates", "--out", str(tmp_path)]) == 0
    assert {file.name for file in tmp_path.iterdir()} == {"brief.docx", "deck.pptx"}
    monkeypatch.setenv("DASHBOARD_TEMPLATES", str(tmp_path))
    assert paragraphs(paper(stores())) == before
    assert EXPORTS["pptx"](stores()).startswith(b"PK")
    assert main(["templates", "--out", str(tmp_path)]) == 1


@pytest.mark.parametrize(
    ("result", "sentence"),
    [
        (stores((None,) * 7), "本季尚未报送。"),
        (stores((0,) * 7), "全市0家，完成2026年底目标（300家）的0.0%，比序时进度慢58.3个百分点，距目标差300家。"),
        (stores((100,) * 7), "全市700家，已完成2026年底目标（300家）。"),
        (floor((0,) * 7), "7地均未达到最低数（3个），合计短缺21个。"),
        (floor((3, 0, 0, 0, 0, 0, 0)), "7地中1地达到最低数（3个），合计短缺18个。"),
        (floor((3,) * 7), "7地均达到最低数（3个）。"),
        (composite(), "2项目标中1项已达到，完成率最低的为64.0%。"),
        (share(), "全市40.0%，2026年底目标（80.0%）尚未到期，差40.0个百分点。"),
    ],
)
def test_the_city_sentence_for_none_one_and_all(result: Result, sentence: str) -> None:
    assert city_sentence(result) == sentence


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([90] * 7, ["有序时或期限要求的指标，7地均已达到。"]),
        (
            [90, 90, 90, 90, 90, 90, 10],
            ["有序时或期限要求的指标，南湖、秀洲、嘉善、海盐、海宁、平湖均已达到。", "桐乡1项中1项未达（门店）。"],
        ),
        ([10] * 7, [f"{name}1项中1项未达（门店）。" for name in COUNTIES]),
        ([None] * 7, []),
    ],
)
def test_the_unit_sentences_for_none_one_and_all(levels: list[int | None], expected: list[str]) -> None:
    assert unit_sentences(allocated(levels)) == expected


def test_units_without_targets_have_no_section() -> None:
    assert "各地情况" not in said(stores())
    assert "三、各地情况" in said(allocated([90] * 7))


def test_the_standing_sentence_for_none_some_and_all() -> None:
    def told(result: Result) -> str:
        return sentences.standing([block.city for block in blocks(result, None, "zh_CN")], "zh_CN")

    assert told(stores((None,) * 7)) == "所列1项指标，本季尚无可评判的。"
    assert told(stores()) == "所列1项指标中，1项可评判：滞后1项。"
    assert told(composite()) == "所列3项指标中，2项可评判：已完成1项、达序时1项。"


def test_goals_only_striven_for_are_told_apart_and_counted_nowhere() -> None:
    """The mixed 力争 goals of a plan: neither the city's standing nor a county's count includes them."""
    result = allocated([10] * 7)
    name, shops = next(iter(result.plan.indicators.items()))
    hoped = replace(result, plan=replace(result.plan, indicators={name: replace(shops, aspirational=True)}))
    firm, striven = apart([block.city for block in blocks(hoped, None, "zh_CN")])
    assert firm == []
    assert sentences.standing(firm, "zh_CN") == ""
    assert sentences.striven(striven, "zh_CN") == "另有1项为“力争”“争取”的目标，不合并计数：门店（严重滞后）。"
    assert unit_sentences(hoped) == []
    assert "不合并计数" not in said(result)


def test_two_kinds_of_schedule_are_one_note() -> None:
    found = blocks(stores(), None, "zh_CN")
    yearly = replace(found[0], city=replace(found[0].city, values={**found[0].city.values, "path": "prorata"}))
    assert schedules(found, "zh_CN") == ["序时为本系统按直线推算，计划未载明。"]
    assert schedules([*found, yearly], "zh_CN") == [
        "序时进度为本系统推算（年度指标按季均分，其余按直线），计划未载明。"
    ]


def test_an_empty_list_drops_its_sentence() -> None:
    cities = [block.city for block in blocks(stores((100,) * 7), None, "zh_CN")]
    assert sentences.named(cities, "behind", "zh_CN") == ""
    assert sentences.others(cities, "zh_CN") == ""
    late = [block.city for block in blocks(stores(), None, "zh_CN")]
    assert sentences.named(late, "behind", "zh_CN") == "滞后的是工厂店培育总数。"


def test_a_missing_unit_makes_the_figure_provisional_and_says_why_once() -> None:
    text = said(stores((20, None, 15, 12, 25, 16, 20)))
    assert "1.工厂店培育总数（暂定）。" in text
    assert text.count("已报6/7，缺秀洲") == 1


def test_numerals_are_chinese_up_to_ninety_nine() -> None:
    assert [numeral(n, "zh_CN") for n in (1, 9, 10, 11, 20, 23)] == ["一", "九", "十", "十一", "二十", "二十三"]
    assert numeral(3, "en") == "3"
    assert AS_OF == "2025Q3"


def test_no_part_of_the_file_is_there_twice() -> None:
    names = zipfile.ZipFile(io.BytesIO(EXPORTS["docx"](stores()))).namelist()
    assert sorted(set(names)) == sorted(names)
    assert "docProps/thumbnail.jpeg" not in names
