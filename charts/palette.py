"""Colour and shape of each status: the only place that knows them. Words are in `locales`.

Tones are chosen for colour-blind readers (deep teal, amber, brick red) and always doubled by a
shape, so that a status is never colour alone.
"""

from dataclasses import dataclass

INK, MUTED, LINE, GRID, PAPER = "#1F2A37", "#4B5563", "#C9D0D8", "#E5E7EB", "#FFFFFF"
TEAL, AMBER, ORANGE, RED, GREY = "#17766E", "#E3A008", "#D9722E", "#C43A24", "#9AA5B1"


@dataclass(frozen=True)
class StatusStyle:
    """`fill` for bars, `on_fill` for text on it, `tint` for cells, `text` for words on white."""

    shape: str
    fill: str
    on_fill: str
    tint: str
    text: str


STATUS = {
    "achieved": StatusStyle("★", "#0F5F58", "#FFFFFF", "#A9DAD3", "#0B4F49"),
    "on_track": StatusStyle("●", TEAL, "#FFFFFF", "#DDF0ED", "#0F5B54"),
    "watch": StatusStyle("▲", AMBER, "#3B2A00", "#FBEBC0", "#7A4E00"),
    "behind": StatusStyle("◆", ORANGE, "#2B1200", "#F6C29B", "#8A3A00"),
    "critical": StatusStyle("▼", RED, "#FFFFFF", "#FBE0DB", "#A82A16"),
    "missed": StatusStyle("■", "#8F1D12", "#FFFFFF", "#F3C9C3", "#8F1D12"),
    "not_due": StatusStyle("○", "#7C8B9C", "#FFFFFF", "#EEF1F5", "#44515F"),
    "not_scored": StatusStyle("◎", "#7C8B9C", "#FFFFFF", "#F1F3F6", "#44515F"),
    "no_deadline": StatusStyle("◇", "#8C97A4", "#FFFFFF", "#F1F3F6", "#44515F"),
    "no_target": StatusStyle("□", GREY, "#FFFFFF", "#F3F4F6", "#4B5563"),
    "no_report": StatusStyle("…", "#B8C0CA", "#1F2A37", "#F6F7F9", "#5B6673"),
    "not_applicable": StatusStyle("／", "#D1D5DB", "#1F2A37", "#F9FAFB", "#5B6673"),
}

TASK = {
    "late": STATUS["missed"],
    "due": STATUS["watch"],
    "no_report": STATUS["no_report"],
    "upcoming": STATUS["not_due"],
    "no_deadline": STATUS["no_deadline"],
    "done_late": StatusStyle("☆", "#4E7F3A", "#FFFFFF", "#E3EEDB", "#3A6329"),
    "done": STATUS["achieved"],
    "not_applicable": STATUS["not_applicable"],
}
"""Tasks have states, not figures, and borrow the looks of statuses that mean the same."""
LOOKS = STATUS | {f"task-{state}": style for state, style in TASK.items()}
