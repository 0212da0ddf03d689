"""The candidate's words as they are heard, while they speak; off until asked for, because it distracts."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.domain import Word
from pages.widgets import resources

_MEMORY = "live-captions"
_SHOWN_WORDS = 24


def wanted() -> bool:
    """Whether whoever practises asked for captions."""
    return resources.session().memory.recall(resources.candidate_id(), _MEMORY) == "on"


def toggle() -> None:
    """Draw the choice."""
    was = wanted()
    now = st.toggle(
        "Show my words while I speak",
        was,
        help="They come in pieces of up to half a minute, at pauses. The transcript is the same either way.",
    )
    if now != was:
        resources.session().memory.remember(resources.candidate_id(), _MEMORY, "on" if now else "off")


def show(words: Sequence[Word]) -> None:
    """Draw the latest words, in a place that keeps its height."""
    if wanted():
        latest = " ".join(word.text for word in words[-_SHOWN_WORDS:])
        with st.container(height=96, border=True):
            st.text(latest or "Your words appear here at the first pause.")
