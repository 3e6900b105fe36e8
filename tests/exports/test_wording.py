"""The text of a brief, edited: what it keeps, what it changed, and how the paper says so."""

import io

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from exports import EXPORTS, write_brief
from exports.brief.composition import compose
from exports.brief.wording import Change, Wording, changes, renewed, settled, worded, wording, written
from exports.check import check_file
from exports.findings import message
from exports.table import blocks
from exports.unseal import unseal
from metrics.result import Result
from tests.exports.worlds import everyone, stores

SENTENCE = "1.工厂店培育总数。全市126家，完成2026年底目标（300家）的42.0%，比序时进度慢16.3个百分点，距目标差174家。"


def computed(result: Result, language: str = "zh_CN") -> str:
    return written(compose(result, blocks(result, None, language), language))


def dressed(text: str) -> list[tuple[str, str, str]]:
    items = compose(stores(), blocks(stores(), None, "zh_CN"), "zh_CN")
    return [(item.kind, item.head, item.text) for item in worded(items, text)]


@pytest.mark.parametrize("world", everyone())
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_text_nobody_edited_gives_the_same_paragraphs(world: str, language: str) -> None:
    result = everyone()[world]
    items = compose(result, blocks(result, None, language), language)
    assert worded(items, written(items)) == items
    assert wording(written(items), written(items)) is None


def test_an_edited_sentence_keeps_the_looks_of_its_paragraph() -> None:
    text = computed(stores())
    assert SENTENCE in text
    found = dressed(text.replace("距目标差174家", "尚差174家"))
    assert (
        "numbered",
        "1.工厂店培育总数。",
        SENTENCE[len("1.工厂店培育总数。") :].replace("距目标差174家", "尚差174家") + found_tail(text),
    ) in found
    assert len(found) == len(text.splitlines())


def found_tail(text: str) -> str:
    """What stands behind the sentence in its paragraph."""
    return next(line for line in text.splitlines() if line.startswith(SENTENCE))[len(SENTENCE) :]


def test_new_lines_are_dressed_by_the_way_official_papers_number_them() -> None:
    text = computed(stores())
    found = dressed(text + "\n四、下一步工作\n（一）抓进度\n1.抓评星。每季评一次。\n请各地对照落实。")
    assert [(kind, head) for kind, head, _ in found[-4:]] == [
        ("section", ""),
        ("group", ""),
        ("numbered", "1.抓评星。"),
        ("body", ""),
    ]


def test_a_name_and_a_date_at_the_end_are_set_to_the_right_as_in_official_papers() -> None:
    result, text = stores(), computed(stores())
    made = wording(text, text + "\n请各地对照落实。\n嘉兴市促消费专班办公室\n2025年10月20日")
    items = worded(compose(result, blocks(result, None, "zh_CN"), "zh_CN"), made.text if made else "")
    assert [item.text for item in items if item.signed] == ["嘉兴市促消费专班办公室", "2025年10月20日"]
    lines = Document(io.BytesIO(write_brief(result, made))).paragraphs
    sides = {line.text: line.paragraph_format.alignment for line in lines}
    assert sides["2025年10月20日"] == sides["嘉兴市促消费专班办公室"] == WD_ALIGN_PARAGRAPH.RIGHT
    assert sides["请各地对照落实。"] is None


def test_changes_name_each_paragraph_with_what_it_was_and_tell_figures_from_wording() -> None:
    text = computed(stores())
    lines = text.splitlines()
    place = next(n for n, line in enumerate(lines) if line.startswith(SENTENCE))
    edited = [*lines]
    edited[place] = lines[place].replace("126家", "128家")
    edited[0] = lines[0].replace("通报如下", "报告如下")
    edited.append("请各地对照落实。")
    found = changes(text, "\n".join(edited))
    assert [(change.kind, change.figures) for change in found] == [
        ("reworded", False),
        ("reworded", True),
        ("added", False),
    ]
    assert found[1] == Change(lines[place], edited[place])
    assert [change.kind for change in changes(text, "\n".join(lines[:-1]))] == ["dropped"]


def test_blank_lines_and_control_characters_are_no_edit() -> None:
    text = computed(stores())
    assert wording(text, "\n\n " + text.replace("\n", " \n\n") + "\x0b") is None
    assert settled("一\x00\n\n 二 ") == "一\n二"


def test_edits_stand_on_newer_figures_where_their_sentence_has_not_moved() -> None:
    then, now = computed(stores()), computed(stores((21, 18, 15, 12, 25, 16, 20)))
    edited = then.replace("距目标差174家", "尚差174家").replace("通报如下", "报告如下") + "\n请各地对照落实。"
    text, lost = renewed(then, edited, now)
    assert "报告如下" in text and text.endswith("请各地对照落实。")
    assert "全市127家" in text and "尚差" not in text
    assert [change.after for change in lost] == [SENTENCE.replace("距目标差", "尚差") + found_tail(then)]
    assert renewed(then, edited, then) == (edited, [])


def edited_brief(result: Result) -> tuple[bytes, Wording]:
    text = computed(result)
    made = wording(text, text.replace("距目标差174家", "尚差174家").replace("42.0%", "43.0%") + "\n请各地对照落实。")
    assert made is not None
    return write_brief(result, made), made


def test_an_edited_brief_says_so_on_every_page_and_in_its_stamp() -> None:
    result = stores()
    data, made = edited_brief(result)
    opened = Document(io.BytesIO(data))
    page = opened.sections[0]
    for header in (page.header, page.even_page_header):
        assert f"文字编辑过{len(made.changes)}处 · " in header.paragraphs[0].text
    sealed = unseal(data)
    assert sealed is not None
    assert sealed.stamp["edited"] == str(len(made.changes)) == "2"
    assert "请各地对照落实。" in [paragraph.text for paragraph in opened.paragraphs]
    untouched = unseal(write_brief(result, None))
    assert untouched is not None and "edited" not in untouched.stamp
    assert write_brief(result, None) == EXPORTS["docx"](result)


def test_the_self_check_lists_every_edited_sentence_beside_what_the_rules_had_said() -> None:
    result = stores()
    data, made = edited_brief(result)
    found = check_file(data, "a.docx", result)
    assert [finding.kind for finding in found] == ["reworded_figures", "written_in"]
    assert "43.0%" in found[0].found and "42.0%" in found[0].exact
    assert message(found[1]) == "导出前加入：“请各地对照落实。”。"
    assert [(change.before, change.after) for change in made.changes] == list(unseal(data).edits)  # type: ignore[union-attr]


def test_what_is_changed_in_word_afterwards_is_told_beside_what_was_edited_before() -> None:
    result = stores()
    data, _ = edited_brief(result)
    opened = Document(io.BytesIO(data))
    line = next(paragraph for paragraph in opened.paragraphs if paragraph.text == "请各地对照落实。")
    line.text = "请7地对照落实。"
    stream = io.BytesIO()
    opened.save(stream)
    kinds = [finding.kind for finding in check_file(stream.getvalue(), "a.docx", result)]
    assert kinds == ["added", "reworded_figures", "written_in"]
