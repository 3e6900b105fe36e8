"""The brief as a document an office can edit, in its own template or in ours."""

import io
from datetime import datetime, time
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import TemplateError

from exports.brief import layout
from exports.brief.composition import compose
from exports.brief.wording import Wording, worded
from exports.cards import CardError, default_indicator, write_card
from exports.carried import carried, mark_words, plain
from exports.office import drop_leftovers, office_template
from exports.short_table import LEAD, heads, line
from exports.table import blocks
from locales import DEFAULT, spoken, text
from locales.formats import listing, quarter
from metrics.result import Result

PICTURE_WIDTH = Mm(140)
NEEDED = ("items", "carried")
"""Places without which a brief would lose its sentences, or what it is made of."""


def write_docx(
    result: Result,
    indicator: str | None = None,
    *,
    card: str | None = None,
    language: str = DEFAULT,
    edited: Wording | None = None,
) -> bytes:
    """The whole plan with the city's table, or one indicator with its units'.

    `edited`: the sentences as a person changed them; every page then says that it was edited.
    """
    language = spoken(language, result.plan.area_unit().name)
    paper = template(language)
    words = said(result, indicator, language, edited)
    picture_title, picture = card_of(result, indicator, language, paper)
    paper.render(words | {"picture_title": picture_title, "picture": picture}, autoescape=True)
    describe(paper, picture_title)
    properties = paper.docx.core_properties
    properties.title = plain(heading(result, language).replace("\n", ""))
    properties.author = plain(result.plan.area_unit().label(language))
    properties.created = properties.modified = datetime.combine(result.as_of.end, time())
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def said(result: Result, indicator: str | None, language: str, edited: Wording | None) -> dict[str, object]:
    """All words of the brief, by the places of its template."""
    found = blocks(result, indicator, language)
    one = indicator is not None
    rows = [figure for block in found for figure in (block.rows if one else (block.city,))]
    named = list(heads(language, units=one))
    named[LEAD] = text("scorecard.verdict", language)
    items, marks = compose(result, found, language), mark_words(result, language)
    if edited:
        items = worded(items, edited.text)
        marks.append(text("brief.edited", language, count=len(edited.changes)))
    table_title = text("brief.table_of", language, name=found[0].indicator.name.by(language))
    return {
        "title": plain(heading(result, language)),
        "marks": text("cards.dot", language).join(marks),
        "carried": text("cards.dot", language).join([*marks, carried(result, language)]),
        "items": items,
        "table_title": plain(table_title if one else text("brief.table", language)),
        "heads": named,
        "rows": [[plain(words) for words in line(figure, units=one).words] for figure in rows],
    }


def template(language: str) -> DocxTemplate:
    """The office's own template or ours. CardError where the office's cannot hold a brief."""
    own = office_template("brief.docx")
    if own is None:
        paper = DocxTemplate(io.BytesIO(layout.template(language)))
        paper.init_docx()
    else:
        try:
            paper = DocxTemplate(str(own))
            paper.init_docx()
            lacking = [name for name in NEEDED if name not in paper.get_undeclared_template_variables()]
        except (TemplateError, PackageNotFoundError, BadZipFile, KeyError, ValueError) as fault:
            raise CardError(text("brief.template_broken", language, file=own.name, reason=fault)) from fault
        if lacking:
            names = listing((f"{{{{ {name} }}}}" for name in lacking), language)
            raise CardError(text("brief.template_lacks", language, file=own.name, names=names))
    drop_leftovers(paper.docx.part)
    return paper


def heading(result: Result, language: str) -> str:
    when = quarter(result.as_of, language)
    return text("brief.title", language, plan=result.plan.short.by(language), quarter=when)


def card_of(
    result: Result, indicator: str | None, language: str, paper: DocxTemplate
) -> tuple[str, InlineImage | None]:
    """The progress card of the indicator, with its message; nothing where it has nothing to show."""
    chosen = indicator or default_indicator(result)
    try:
        drawn = write_card(result, "progress", chosen, language, "png")
    except CardError:
        return "", None
    title = text("brief.picture", language, title=result.plan.indicators[chosen].name.by(language))
    return plain(title), InlineImage(paper, io.BytesIO(drawn), width=PICTURE_WIDTH)


def describe(paper: DocxTemplate, words: str) -> None:
    """What the picture shows, for those who cannot see it."""
    for picture in paper.docx.element.body.iter("{*}docPr"):
        picture.set("descr", words)
