"""Colours, face and measures of every sheet we write, known without opening a workbook library."""

FACE = "Microsoft YaHei"
INK, MUTED, TEAL, RED = "1F2A37", "5B6673", "17766E", "A82A16"
LINE = "C9D0D8"
LINE_HEIGHT = 16.5


def display_width(words: str) -> int:
    """Columns a text takes: two for a Chinese character, one for a Latin one."""
    return sum(2 if ord(letter) > 0x2E7F or letter in "“”—…·《》" else 1 for letter in words)


def lines(words: str, width: float) -> int:
    """Lines a wrapped text takes in a column. Excel does not adjust row heights by itself."""
    room = max(2, int(width * 1.05) - 3)
    return sum(max(1, -(-display_width(line) // room)) for line in words.split("\n"))
