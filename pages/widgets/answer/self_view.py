"""The candidate's own picture while it is being recorded, and browser errors in plain words.

Shows the stream that the camera widget has opened; nothing is sent from here.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_HERE = Path(__file__)
_VIEW = st.components.v2.component(
    "rehearse_self_view",
    html=_HERE.with_suffix(".html").read_text(encoding="utf-8"),
    css=_HERE.with_suffix(".css").read_text(encoding="utf-8"),
    js=_HERE.with_suffix(".js").read_text(encoding="utf-8"),
)


def show(key: str, press: str | None = None) -> str:
    """Draw the picture; returns what keeps the browser from opening camera or microphone ("": nothing).

    `press` is the label of the start button that shall be pressed once, as soon as it is there.
    """
    drawn = _VIEW(key=key, data={"start": press}, on_problem_change=lambda: None)
    return str(drawn.get("problem") or "")
