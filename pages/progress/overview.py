"""总览: where the plan stands this quarter, and where attention is needed."""

import pandas as pd
import streamlit as st

from charts.headline import Headline, headline
from charts.standing import standing
from locales.formats import quarter
from metrics.period import Period
from metrics.result import Result
from metrics.status import VERDICTS
from pages.parts.attention import attention
from pages.parts.banner import completeness_banner
from pages.parts.cards import cards, lines
from pages.parts.context import chosen, current_result, say
from pages.parts.empty import nothing_reported
from pages.parts.html import dark, draw, escape
from pages.parts.sources import result_key
from pages.parts.table import progress_table


def computed_title(promised: pd.DataFrame) -> str:
    """Of what can be judged how much is well; a verdict for which somebody has not reported is called so."""
    choice, count = chosen(), standing(promised)
    if not count.judged:
        return say("pages.overview.headline_none", quarter=quarter(choice.as_of, choice.language))
    key = "headline"
    if choice.as_of >= Period.of(choice.plan.end):
        verdicts = promised[promised["status"].isin(VERDICTS)]
        key = "headline_final_provisional" if verdicts["provisional"].any() else "headline_final"
    return say(f"pages.overview.{key}", judged=count.judged, good=count.good, bad=count.bad)


@st.cache_resource(max_entries=128, show_spinner=False, hash_funcs={Result: result_key})
def headlines(result: Result, which: tuple[str, ...], language: str, dark: bool) -> list[Headline]:
    return [headline(result, result.plan.indicators[name], language, dark) for name in which]


result = current_result()
if result is None:
    nothing_reported()
    st.stop()

completeness_banner(result)
plan = result.plan
city = result.progress[result.progress["unit"] == plan.area]
strived = city["indicator"].isin([name for name, indicator in plan.indicators.items() if indicator.aspirational])
# What the plan only strives for (力争、争取) never enters one score with what it promises.
hoped = standing(city[strived])
draw(f"<h1>{escape(computed_title(city[~strived]))}</h1>")
if hoped.judged:
    words = say("pages.overview.hoped", judged=hoped.judged, good=hoped.good, bad=hoped.bad)
    draw(f'<p class="note">{escape(words)}</p>')

inside = {part for indicator in plan.indicators.values() for part in indicator.parts}
alone = [indicator for name, indicator in plan.indicators.items() if name not in inside]
leading = tuple(indicator.indicator for indicator in alone if indicator.headline)
others = tuple(indicator.indicator for indicator in alone if not indicator.headline)

heading = f'<h2 class="unseen">{escape(say("pages.overview.headlines"))}</h2>'
draw(heading + cards(headlines(result, leading, chosen().language, dark())))
keys = "".join(f"<span>{escape(say(f'pages.overview.{key}'))}</span>" for key in ("tick", "spark_note"))
draw(f'<p class="note keys">{keys}</p>')

note = f'<span class="note">{escape(say("pages.overview.attention_note"))}</span>'
draw(f"<h2>{escape(say('pages.overview.attention'))}{note}</h2>")
attention(result)

if others:
    draw(f"<h2>{escape(say('pages.overview.others'))}</h2>")
    draw(lines(headlines(result, others, chosen().language, dark())))

with st.expander(say("pages.overview.table")):
    progress_table(result, tuple(plan.indicators), (plan.area,))
