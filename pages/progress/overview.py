"""总览: where the plan stands this quarter, and where attention is needed."""

import streamlit as st

from charts.headline import headline
from charts.standing import standing
from locales.formats import quarter
from pages.parts.attention import attention
from pages.parts.banner import completeness_banner
from pages.parts.cards import cards, lines
from pages.parts.context import chosen, current_result, say
from pages.parts.empty import nothing_reported
from pages.parts.html import dark, draw, escape
from pages.parts.table import progress_table


def computed_title(judged: int, good: int, bad: int) -> str:
    choice = chosen()
    if not judged:
        return say("pages.overview.headline_none", quarter=quarter(choice.as_of, choice.language))
    return say("pages.overview.headline", judged=judged, good=good, bad=bad)


result = current_result()
if result is None:
    nothing_reported()
    st.stop()

completeness_banner(result)
plan = result.plan
city = result.progress[result.progress["unit"] == plan.area]
count = standing(city)
draw(f"<h1>{escape(computed_title(count.judged, count.good, count.bad))}</h1>")

inside = {part for indicator in plan.indicators.values() for part in indicator.parts}
leading = [i for i in plan.indicators.values() if i.headline and i.indicator not in inside]
others = [i for i in plan.indicators.values() if not i.headline and i.indicator not in inside]

draw(cards([headline(result, indicator, chosen().language, dark()) for indicator in leading]))
keys = "".join(f"<span>{escape(say(f'pages.overview.{key}'))}</span>" for key in ("tick", "spark_note"))
draw(f'<p class="note keys">{keys}</p>')

note = f'<span class="note">{escape(say("pages.overview.attention_note"))}</span>'
draw(f"<h2>{escape(say('pages.overview.attention'))}{note}</h2>")
attention(result)

if others:
    draw(f"<h2>{escape(say('pages.overview.others'))}</h2>")
    draw(lines([headline(result, indicator, chosen().language, dark()) for indicator in others]))

with st.expander(say("pages.overview.table")):
    progress_table(city)
