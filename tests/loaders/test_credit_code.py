import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.credit_code import check_character, credit_code
from tests.loaders import cells

GOOD = "91350100M000100Y43"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize(
    "written",
    [GOOD, GOOD.lower(), " 91350100 M000100Y43 ", "９１３５０１００Ｍ０００１００Ｙ４３", "\u200b" + GOOD, "'" + GOOD],
)
def test_a_code_is_folded_to_capitals_without_spaces(written: str):
    assert (credit_code(cells.text(written)).value, credit_code(cells.text(written)).severity) == (GOOD, None)


def test_codes_of_village_collectives_are_codes():
    first = "N2330402MF1234567"
    assert credit_code(cells.text(first + check_character(first))).severity is None


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (cells.text("91350100M000100Y44"), "credit_code_check"),
        (cells.text("91350100M000100Y4"), "credit_code_length"),
        (cells.text("91350100M000100YO3"), "credit_code_letters"),
        (cells.number("913304021234567890"), "credit_code_as_number"),
        (cells.text("9.13E+17"), "credit_code_as_number"),
    ],
)
def test_a_wrong_code_is_sent_back_with_its_reason(cell, code: str):
    assert (credit_code(cell).severity, credit_code(cell).code) == ("error", code)


def test_an_old_registration_number_is_noticed():
    reading = credit_code(cells.text("330402000012345"))
    assert (reading.value, reading.severity, reading.code) == ("330402000012345", "notice", "credit_code_old")


@given(st.text(ALPHABET, min_size=9, max_size=9), st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_character_never_passes(body: str, place: int, other: str):
    first = "91330402" + body
    code = first + check_character(first)
    wrong = code[:place] + other + code[place + 1 :]
    assert credit_code(cells.text(code)).severity is None
    if wrong != code:
        assert credit_code(cells.text(wrong)).severity == "error"
