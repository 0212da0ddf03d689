"""A text box that keeps what is written in it while it is written, and may send it (a button, Ctrl+Enter)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import streamlit as st

from analysis.written.drafts import LONGEST_TEXT
from data.domain import Change, Draft
from pages.widgets import drafting

_BOX = drafting.component("rehearse_draft_box", Path(__file__))
PLACEHOLDER = "Write as you would say it. Every word is kept while you write."


def show(
    key: str,
    draft: Callable[[], Draft],
    keep: Callable[[Change], object],
    *,
    enabled: bool = True,
    label: str = "Your answer",
    send: str = "",
    placeholder: str = PLACEHOLDER,
    initial: str = "",
    longest: int = LONGEST_TEXT,
    rows: int = 7,
) -> Change | None:
    """Draw the box; what was sent with its button, if it has just been.

    `draft` is asked what is kept now, `keep` is told every change; `initial` is shown while nothing is kept.
    """

    def changed() -> None:
        change = drafting.change_of(st.session_state[key].get("draft"), longest)
        if change is not None:
            keep(change)

    data = {
        "label": label,
        "send": send,
        "placeholder": placeholder,
        "initial": initial,
        "draft": asdict(draft()),
        "enabled": enabled,
        "longest": longest,
        "rows": rows,
    }
    drawn = _BOX(key=key, data=data, on_draft_change=changed, on_sent_change=lambda: None)
    return drafting.change_of(drawn.get("sent"), longest)
