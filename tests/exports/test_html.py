"""The brief in one file: complete, closed to the outside, and safe whatever a name contains."""

import re
from html.parser import HTMLParser

import pytest

from exports import EXPORTS
from exports.stamp import code
from metrics.result import Result
from tests.builders import AREA, a_plan, a_target, an_indicator, words
from tests.exports.worlds import a_result, everyone, level, stores

WORLDS = everyone()
HOSTILE = "<script>alert(1)</script>\"&'<img src=x onerror=y>"
VOID = {"meta", "br", "img", "link", "input"}


class Read(HTMLParser):
    """Tags with their attributes, the texts, and whether every tag was closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return "".join(self.texts)


def page(result: Result, indicator: str | None = None) -> str:
    return EXPORTS["html"](result, indicator).decode()


@pytest.mark.parametrize("name", WORLDS)
def test_every_world_gives_whole_markup_that_asks_for_nothing_outside(name: str) -> None:
    read = Read(page(WORLDS[name]))
    assert read.open == []
    assert {tag for tag, _ in read.tags}.isdisjoint({"script", "link", "img", "iframe", "object", "base", "form"})
    for tag, attributes in read.tags:
        assert not [key for key in attributes if key.startswith("on")], tag
        for key in ("href", "src", "xlink:href", "action"):
            assert (attributes.get(key) or "#").startswith(("#", "data:image/")), (tag, attributes)


def test_the_style_names_no_address() -> None:
    [style] = re.findall(r"<style>(.*?)</style>", page(stores()), re.S)
    assert "url(" not in style and "@import" not in style
    assert "prefers-color-scheme: dark" in style


def test_a_name_full_of_markup_is_only_text() -> None:
    indicator = an_indicator("stores", name=words(HOSTILE), headline=False)
    plan = a_plan([indicator], [a_target("stores", 300, "2026-12-31")])
    markup = page(a_result(plan, {"stores": {"330402": level(7)}}), "stores")
    assert "<script" not in markup and "<img" not in markup
    assert HOSTILE in Read(markup).text


def test_the_details_open_without_script_and_hold_each_unit() -> None:
    read = Read(page(stores()))
    assert [tag for tag, _ in read.tags].count("details") == 1
    for shown in ("南湖", "秀洲", "126家", "300家", "20家"):
        assert shown in read.text


def test_the_head_and_foot_say_whose_figures_these_are() -> None:
    result = stores(sample=True)
    text = Read(page(result)).text
    for shown in ("征求意见稿", "示例数据", "数据截至2025年9月30日", "范围：7地", "报送 0/7", f"校验码 {code(result)}"):
        assert shown in text


def test_the_picture_of_a_headline_is_drawn_in_and_named() -> None:
    read = Read(page(stores()))
    drawn = [attributes for tag, attributes in read.tags if tag == "svg"]
    assert [attributes["role"] for attributes in drawn] == ["img", "img"]
    assert drawn[1]["aria-label"] == "工厂店培育总数"


def test_english_is_a_page_of_its_own() -> None:
    markup = EXPORTS["html"](stores(), language="en").decode()
    assert '<html lang="en">' in markup
    assert "Key points" in markup and "要点" not in markup
    assert AREA not in Read(markup).text
