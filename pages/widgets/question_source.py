"""Which questions to take from: all of them, or one of the candidate's own sets."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from data.domain import Question
from pages.widgets import resources

_ALL = "All questions"


@dataclass(frozen=True, slots=True)
class Source:
    """Where questions come from; `is_set` when it is one of the candidate's own sets."""

    questions: tuple[Question, ...]
    is_set: bool = False


def show(key: str) -> Source:
    """Draw the choice when there is one."""
    own = [one for one in resources.own_sets() if one.questions]
    if not own:
        return Source(resources.questions())
    names = {one.kept.id: one.kept.name for one in own}
    chosen = st.selectbox(
        "Questions from",
        (_ALL, *names),
        format_func=lambda name: names.get(name, name),
        key=f"{key}-source",
        width=240,
    )
    found = next((one for one in own if one.kept.id == chosen), None)
    return Source(found.questions, is_set=True) if found else Source(resources.questions())
