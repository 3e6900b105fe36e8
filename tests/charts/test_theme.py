"""Light and dark keep a status recognisable and its words readable."""

import pytest

from charts.palette import STATUS
from charts.theme import css_variables, mixed, theme, tone


def luminance(colour: str) -> float:
    def linear(part: str) -> float:
        value = int(part, 16) / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour[1:3]) + 0.7152 * linear(colour[3:5]) + 0.0722 * linear(colour[5:7])


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("status", STATUS)
def test_a_statuss_word_is_readable_on_its_card_and_on_its_tint(status: str, dark: bool) -> None:
    style = tone(status, dark)
    assert contrast(style.text, theme(dark).card) >= 4.5
    assert contrast(style.text, style.tint) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
def test_captions_are_readable(dark: bool) -> None:
    colours = theme(dark)
    assert contrast(colours.muted, colours.paper) >= 4.5
    assert contrast(colours.link, colours.wash) >= 4.5


def test_no_two_statuses_share_a_shape() -> None:
    shapes = [style.shape for style in STATUS.values()]
    assert len(set(shapes)) == len(shapes)


def test_half_black_half_white_is_grey() -> None:
    assert mixed("#000000", "#FFFFFF", 0.5) == "#808080"


def test_the_style_sheet_gets_every_status() -> None:
    for status in STATUS:
        assert f".is-{status}{{" in css_variables(dark=True)
