"""One count: the scorecard's title, the deck's message and the brief say the same of every plan."""

import re

import pytest

from exports import card_data
from exports.brief.sentences import standing
from exports.cards.standings import apart, every_city, verdicts
from exports.deck.frame import Deck
from exports.deck.pages import _verdicts
from metrics.plan import Plan
from tests.exports.test_pack import reported_by

COUNT = re.compile(r"\d+")


@pytest.mark.parametrize("counties", [0, 1, 99])
@pytest.mark.parametrize("name", ["jxfs", "jxdf", "xzti", "hznr", "scec"])
def test_scorecard_deck_and_brief_count_the_same_indicators(plans: dict[str, Plan], name: str, counties: int) -> None:
    result = reported_by(plans[name], counties)
    cities = every_city(result, "zh_CN")
    found = verdicts(cities)
    subtitle = str(card_data(result, "scorecard")["subtitle"])
    assert f"{found.of}项指标中{found.judged}项可评判" in subtitle
    first = "".join(card_data(result, "scorecard")["title"][:1])  # type: ignore[index]
    said = [str(found.judged), str(len(found.late))] if found.judged else [str(found.of)]
    said = said[:1] if len(found.late) in (0, found.judged) and len(found.late) != 1 else said
    assert COUNT.findall(first) == said
    message = _verdicts(Deck(None, result, "zh_CN"), cities)
    parts = [str(found.of), str(found.judged), *map(str, found.counts.values())] if found.judged else [str(found.of)]
    assert COUNT.findall(message) == parts
    brief = COUNT.findall(standing(apart(cities)[0], "zh_CN"))
    assert brief[: len(parts)] == parts if found.judged else str(found.of) in brief
