"""Figures of the past say so in every format; figures of today do not."""

import io
import json
from datetime import datetime
from zipfile import ZipFile

import openpyxl
import pytest
from docx import Document
from pptx import Presentation
from pypdf import PdfReader

from exports import EXPORTS
from exports.cards.frame import marks
from exports.carried import mark_words
from exports.pack import file_name
from locales import LANGUAGES
from metrics.result import Result
from tests.exports.worlds import stores

THEN = datetime(2025, 10, 22, 9, 0, 30)
SAID = {"zh_CN": "按2025-10-22 09:00所知", "en": "As known at 2025-10-22 09:00"}


def document_text(data: bytes) -> str:
    with ZipFile(io.BytesIO(data)) as parts:
        names = [name for name in parts.namelist() if name.startswith("word/") and name.endswith(".xml")]
        assert Document(io.BytesIO(data)).paragraphs
        return "".join(parts.read(name).decode() for name in names)


def slide_texts(data: bytes) -> list[str]:
    slides = Presentation(io.BytesIO(data)).slides
    return ["\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame) for slide in slides]


def written(result: Result, form: str, language: str = "zh_CN") -> bytes:
    return EXPORTS[form](result, None, card=None, language=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chip_stands_first_and_names_day_and_minute(language: str) -> None:
    result = stores(known_at=THEN, sample=True)
    assert marks(result, language)[0]["text"] == mark_words(result, language)[0] == SAID[language]
    assert not any("2025-10-22" in chip["text"] for chip in marks(stores(sample=True), language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slide_bears_it_without_running_over_the_title(language: str) -> None:
    data = written(stores(known_at=THEN, sample=True), "pptx", language)
    for slide in Presentation(io.BytesIO(data)).slides:
        chips = [s for s in slide.shapes if s.has_text_frame and s.text_frame.text == SAID[language]]
        title = slide.shapes.title
        assert len(chips) == (0 if title.top < 0 else 1)  # a picture that fills the slide bears its own
        for chip in chips:
            assert title.left + title.width <= chip.left or title.top >= chip.top + chip.height


def test_workbook_brief_table_and_web_brief_bear_it() -> None:
    result = stores(known_at=THEN)
    sheet = openpyxl.load_workbook(io.BytesIO(written(result, "xlsx"))).worksheets[0]
    assert SAID["zh_CN"] in str(sheet["A3"].value)
    assert SAID["zh_CN"] in str(sheet.oddFooter.left.text)
    assert SAID["zh_CN"] in document_text(written(result, "docx"))
    assert SAID["zh_CN"] in written(result, "html").decode()
    page = PdfReader(io.BytesIO(written(result, "pdf"))).pages[0].extract_text().replace(" ", "")
    assert SAID["zh_CN"].replace(" ", "") in page
    assert json.loads(written(result, "json"))["known_at"] == THEN.isoformat()


def test_figures_of_today_bear_no_such_mark() -> None:
    result = stores()
    assert "所知" not in document_text(written(result, "docx"))
    assert "所知" not in written(result, "html").decode()
    assert not any("所知" in text for text in slide_texts(written(result, "pptx")))


def test_the_name_of_a_file_says_it_too_since_a_csv_has_no_other_place() -> None:
    assert file_name(stores(known_at=THEN), "进度总表", "csv").endswith(" 进度总表（按2025-10-22 0900所知）.csv")
    assert "所知" not in file_name(stores(), "进度总表", "csv")
