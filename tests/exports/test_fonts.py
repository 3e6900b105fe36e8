"""A character that cannot be drawn is an error, never a box."""

from dataclasses import replace
from pathlib import Path

import pytest

from exports import fonts, typesetting, write_card
from exports.fonts import MissingGlyph, covered, require_glyphs, written_in_our_files
from exports.typesetting import TypesettingError, typeset
from tests.builders import words
from tests.exports.worlds import allocated, stores

OUTSIDE_GB2312 = "㐀"


def test_every_character_of_our_data_and_phrases_can_be_drawn() -> None:
    lacking = {c for c in written_in_our_files() if not c.isspace() and ord(c) not in covered()}
    assert lacking == set(), "run `python -m exports fonts`"


def test_the_national_character_set_and_all_status_shapes_are_covered() -> None:
    assert {c for c in fonts.gb2312() if not c.isspace() and ord(c) not in covered()} == set()
    require_glyphs("●★▲◆▼■○◇□…／≥≤＞—–−×·①⑩㎡←→↑↓“”‘’◇—◇")


def test_a_missing_character_is_named() -> None:
    with pytest.raises(MissingGlyph, match=r"㐀 \(U\+3400\)"):
        require_glyphs("嘉兴㐀")


def test_a_card_with_a_character_outside_the_typeface_is_not_drawn() -> None:
    result = stores()
    indicator = replace(result.plan.indicators["stores"], name=words(f"工厂店{OUTSIDE_GB2312}"))
    plan = replace(result.plan, indicators={"stores": indicator})
    with pytest.raises(MissingGlyph, match="U\\+3400"):
        write_card(replace(result, plan=plan), "progress", "stores")


def test_a_warning_of_the_typesetter_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken.typ").write_text('#set text(font: "Nowhere Sans")\n缺字体', encoding="utf-8")
    monkeypatch.setattr(typesetting, "TEMPLATES", tmp_path)
    with pytest.raises(TypesettingError, match="nowhere sans"):
        typeset("broken", {}, "png")


def test_a_name_too_long_for_its_place_is_named_in_a_sentence() -> None:
    result = allocated([20] * 7)
    indicator = replace(result.plan.indicators["shops"], name=words("没有断处的长名称" * 12))
    plan = replace(result.plan, indicators={"shops": indicator})
    with pytest.raises(TypesettingError, match=r"画不下：“没有断处的长名称.*太长，请缩短名称后再出图"):
        write_card(replace(result, plan=plan), "progress", "shops")
    district = replace(result.plan.units["330402"], short="区" * 60)
    units = result.plan.units | {"330402": district}
    with pytest.raises(TypesettingError, match="画不下：“区区"):
        write_card(replace(result, plan=replace(result.plan, units=units)), "tilegrid", "shops")


def test_a_fault_in_a_template_is_a_failure_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken.typ").write_text("#nothing-of-this-name", encoding="utf-8")
    monkeypatch.setattr(typesetting, "TEMPLATES", tmp_path)
    with pytest.raises(TypesettingError, match="nothing-of-this-name"):
        typeset("broken", {}, "png")


def test_the_licence_lies_beside_the_typeface() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in (fonts.FOLDER / "OFL.txt").read_text(encoding="utf-8")
