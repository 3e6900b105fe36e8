"""The brief (通报): sentences made by rules from the figures, in a page laid out as official papers are."""

from exports.brief.composition import compose
from exports.brief.wording import written
from exports.table import blocks
from locales import spoken
from metrics.result import Result


def computed_text(result: Result, language: str) -> str:
    """What the rules say of the whole plan, a paragraph a line: the text a person starts from."""
    speech = spoken(language, result.plan.area_unit().name)
    return written(compose(result, blocks(result, None, speech), speech))
