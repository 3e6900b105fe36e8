"""Who makes up the city's distance."""

from charts.waterfall import basis_words, contribution_rows, waterfall_figure, waterfall_table
from metrics.plan import Indicator
from metrics.result import Result
from pages.parts.address import language
from pages.parts.context import say
from pages.parts.html import dark
from pages.parts.indicator.picture import made, picture


def contribution(result: Result, indicator: Indicator) -> None:
    """Nothing where one reporter makes the figure, or where no unit has anything to fall short of."""
    name, rows = indicator.indicator, contribution_rows(result, indicator.indicator)
    if rows.empty or rows["basis"].iloc[0] == "value":
        return
    picture(
        say("detail.contribution.title"),
        made(waterfall_figure, result, name, language(), dark()),
        made(waterfall_table, result, name, language()),
        say("detail.contribution.caption", name=indicator.name.by(language())),
        key="contribution",
        note=basis_words(result, name, language()),
    )
