"""The line a candidate agrees to before the first frame; the answer is remembered in the database."""

from __future__ import annotations

import streamlit as st

from data.store import Store

_LINES = {
    "camera": (
        "Record my camera and microphone for this practice. The recording stays on this computer. Face and "
        "body landmarks are measured for eye contact and posture; they are never stored and never used to "
        "identify me. I can erase everything in Settings."
    ),
    "microphone": (
        "Record my microphone for this practice. The recording stays on this computer. "
        "I can erase everything in Settings."
    ),
}


def show(store: Store, person: str, mode: str) -> bool:
    """Draw the line for this way of answering and return whether it is agreed to."""
    key = f"consent:{mode}"
    given = store.recall(person, key) == "yes"
    agreed = st.checkbox(_LINES[mode], given, key=key)
    if agreed != given:
        store.remember(person, key, "yes" if agreed else "no")
    return agreed
