"""The Streamlit script: one frame, the page menu, and the page that was asked for."""

import streamlit as st

from pages.parts import frame
from pages.parts.context import say
from pages.parts.navigation import pages_of

# Addresses are the names: they stay the same when a page moves to another folder.
MENU = {
    "": {
        "progress/overview": "overview",
        "progress/scorecard": "scorecard",
        "progress/indicator": "indicator",
        "progress/unit": "unit",
        "submissions/submit": "submit",
        "submissions/completeness": "completeness",
        "submissions/review": "review",
        "submissions/calendar": "calendar",
        "exports/export": "export",
    },
    "plans": {
        "progress/portfolio": "portfolio",
        "plans/library": "library",
        "plans/milestones": "milestones",
        "plans/money": "money",
        "plans/decisions": "decisions",
        "plans/revision": "revision",
    },
    "system": {
        "system/accounts": "accounts",
        "system/audit": "audit",
        "account/password": "password",
    },
}

page = st.navigation(pages_of(MENU), position="top")

st.set_page_config(page_title=f"{page.title} · {say('pages.app.title')}", page_icon="📊", layout="wide")
frame.show(page)
