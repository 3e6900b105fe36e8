"""Phrases are written for a city; a province and a district hear their own word for the whole."""

import pickle

from locales import spoken, text


def test_a_province_and_a_district_are_not_called_a_city() -> None:
    said = [text("cards.city", spoken("zh_CN", name)) for name in ("嘉兴市", "四川省", "秀洲区", "嘉善县", "阿坝州")]
    assert said == ["全市", "全省", "全区", "全县", "全州"]
    assert text("xlsx.city_attainment", spoken("en", "四川省")) == "Province: share of the target reached (%)"


def test_a_place_filled_in_keeps_its_own_name() -> None:
    province = spoken("zh_CN", "四川省")
    assert text("brief.city", province, actual="全市3家") == "全省全市3家"
    assert "{city}" not in text("brief.city_achieved", spoken("en", "四川省"), city="X", target="Y")


def test_a_name_that_says_the_whole_is_not_said_twice() -> None:
    assert text("deck.path_chart", name="全市集聚区数", measure="个") == "全市集聚区数逐季（个）"


def test_it_stays_the_language_wherever_only_that_matters() -> None:
    english = spoken("en", "四川省")
    assert english == "en"
    assert {"en": 1}[english] == 1
    assert text("cards.city", pickle.loads(pickle.dumps(english))) == "Province"
