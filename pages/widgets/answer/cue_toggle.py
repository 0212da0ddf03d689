"""The one cue a candidate may have while answering; off until it is asked for, and remembered."""

from __future__ import annotations

import streamlit as st

from pages.widgets import resources

_MEMORY = "live-cue"


def show() -> bool:
    """Draw the choice; returns whether the cue is wanted."""
    session, person = resources.session(), resources.candidate_id()
    wanted = session.memory.recall(person, _MEMORY) == "on"
    chosen = st.toggle(
        "Tell me while I answer when my face leaves the picture", wanted, help="At most once in 20 seconds."
    )
    if chosen != wanted:
        session.memory.remember(person, _MEMORY, "on" if chosen else "off")
    return chosen
