"""The switch of people who stutter, or would rather not see fillers and pauses: kept, and heeded all over."""

from __future__ import annotations

import streamlit as st

from analysis.speech.delivery import visible_signals
from pages.widgets import resources

_MEMORY = "hide-fillers-and-pauses"


def hidden() -> bool:
    """Whether fillers and pauses are left out for whoever practises."""
    return resources.session().memory.recall(resources.candidate_id(), _MEMORY) == "on"


def names() -> tuple[str, ...]:
    """The delivery values to show, in order."""
    return visible_signals(hidden())


def show(key: str) -> None:
    """Draw the switch."""
    was = hidden()
    wanted = st.toggle(
        "Leave out fillers and pauses",
        was,
        key=key,
        help="For people who stutter, and for anybody who would rather not see them. Pace stays. "
        "Nothing else changes: fillers and pauses never touch a level.",
    )
    if wanted != was:
        resources.session().memory.remember(resources.candidate_id(), _MEMORY, "on" if wanted else "off")
        st.rerun()
