"""通报: the brief's sentences in a box, edited before export, and a record of what was edited."""

from collections.abc import Sequence
from datetime import datetime
from difflib import SequenceMatcher

import streamlit as st

from exports.brief import computed_text
from exports.brief.wording import Change, Wording, changes, renewed, settled, standing
from exports.stamp import code
from locales.formats import moment
from metrics.result import Result
from pages.parts.address import language
from pages.parts.context import say
from pages.parts.html import draw, escape
from pages.parts.people import called
from pages.parts.sources import database, result_key
from pages.parts.visitor import visitor
from store.brief_edits import LONGEST, BriefEdit, list_brief_edits, save_brief_edit
from store.people import GUEST, signature

LISTED = 10


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs={Result: result_key})
def computed(result: Result, speech: str) -> str:
    return computed_text(result, speech)


def saved_wording(result: Result) -> tuple[Wording | None, int]:
    """What was edited last, on the sentences as they are now, and the entry's number; nothing and 0 without."""
    edits = list_brief_edits(database(), result, language())
    if not edits:
        return None, 0
    made = standing(edits[0].computed, edits[0].edited, computed(result, language()))
    return made, edits[0].entry if made else 0


def editor(result: Result) -> None:
    """The box, what differs from the computed text, and who edited before."""
    now = computed(result, language())
    edits = list_brief_edits(database(), result, language())
    saved, lost = renewed(edits[0].computed, edits[0].edited, now) if edits else (now, [])
    draw(f'<p class="note">{escape(say("brief_editor.words"))}</p>')
    if edits and edits[0].computed != now and (lost or saved != now):
        draw(f'<p role="status"><b>{escape(say("brief_editor.renewed"))}</b></p>')
    left, right = st.columns([3, 2], gap="medium")
    with left:
        text = _box(result, saved, now, edits)
    with right:
        _state(edits, saved, text, now)
        if lost:
            draw(f"<p>{escape(say('brief_editor.lost', count=len(lost)))}</p>{_listed(lost)}")
        if made := changes(now, text):
            draw(f"<h3>{escape(say('brief_editor.changed', count=len(made)))}</h3>{_listed(made)}")
        _record(edits)


def _box(result: Result, saved: str, now: str, edits: Sequence[BriefEdit]) -> str:
    """The text as it stands in the box; saving keeps it, restoring keeps the computed text."""
    key = f"brief-{result.plan.plan}-{result.as_of}-{code(result)}-{language()}-{edits[0].entry if edits else 0}"
    text = settled(st.text_area(say("brief_editor.box"), saved, height=560, max_chars=LONGEST, key=key))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        typed = st.text_input(say("brief_editor.who"), key="brief-who", width=180) if visitor() == GUEST else ""
        save = st.button(say("brief_editor.save"), type="primary", disabled=text == saved, icon=":material/save:")
        restore = st.button(say("brief_editor.restore"), disabled=saved == now, icon=":material/undo:")
    if save or restore:
        _keep(result, now, now if restore else text, typed)
    return text


def _keep(result: Result, now: str, text: str, typed: str) -> None:
    try:
        save_brief_edit(
            database(),
            result,
            language(),
            code=code(result),
            computed=now,
            edited=text,
            changed=len(changes(now, text)),
            who=signature(visitor(), typed),
            now=datetime.now(),
        )
    except ValueError:
        st.error(say("brief_editor.too_long"))
        return
    st.rerun()


def _state(edits: Sequence[BriefEdit], saved: str, text: str, now: str) -> None:
    """Which text a download has."""
    made = changes(now, saved)
    if made and edits:
        latest = edits[0]
        words = say("brief_editor.saved", who=called(latest.edited_by), at=moment(latest.edited_at), count=len(made))
    else:
        words = say("brief_editor.untouched")
    unsaved = f"<br><b>{escape(say('brief_editor.unsaved'))}</b>" if text != saved else ""
    draw(f'<p role="status">{escape(words)}{unsaved}</p>')


def _listed(made: Sequence[Change]) -> str:
    return f'<ul class="edits">{"".join(map(_change, made))}</ul>'


def _change(change: Change) -> str:
    kind = "figures" if change.figures else change.kind
    shown = marked(change.before, change.after)
    return f'<li class="{kind}"><span class="kind">{escape(say(f"brief_editor.{kind}"))}</span>{shown}</li>'


def marked(before: str, after: str) -> str:
    """One paragraph with what went struck out and what came underlined; both are a person's text."""
    parts = []
    for kind, i, j, m, n in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(escape(before[i:j]))
            continue
        parts += [f"<del>{escape(before[i:j])}</del>"] if j > i else []
        parts += [f"<ins>{escape(after[m:n])}</ins>"] if n > m else []
    return "".join(parts)


def _record(edits: Sequence[BriefEdit]) -> None:
    if not edits:
        return
    lines = []
    for edit in edits[:LISTED]:
        count = len(changes(edit.computed, edit.edited))
        form = "entry" if count else "taken_back"
        words = say(f"brief_editor.{form}", who=called(edit.edited_by), at=moment(edit.edited_at), count=count)
        lines.append(f"<li>{escape(words)}</li>")
    draw(f'<h3>{escape(say("brief_editor.history"))}</h3><ul class="record">{"".join(lines)}</ul>')
