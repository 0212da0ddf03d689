"""Which questions to take from: the whole bank, or one of the candidate's own sets."""

from __future__ import annotations

import streamlit as st

from data.domain import Question
from pages.widgets import resources

_ALL = "All questions"


def show(key: str) -> tuple[Question, ...]:
    """Draw the choice when there is one; the questions chosen from."""
    own = resources.own_sets()
    if not own:
        return resources.questions()
    names = {one.kept.id: one.kept.name for one in own}
    chosen = st.selectbox(
        "Questions from",
        (_ALL, *names),
        format_func=lambda name: names.get(name, name),
        key=f"{key}-source",
        width=240,
    )
    return next((one.questions for one in own if one.kept.id == chosen), resources.questions())
