"""Narrow the bank by words, category, level, and by what was done with a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from analysis.next_up.study_list import State, matching
from data.domain import CATEGORIES, LEVELS, Question
from pages.widgets import question_filter

_NOTHING = State(studied=False, answers=0)
_DONE: dict[str, Callable[[State], bool]] = {
    "Not studied": lambda state: not state.studied,
    "Studied": lambda state: state.studied,
    "Not answered": lambda state: not state.answers,
    "Answered": lambda state: state.answers > 0,
}


def show(questions: Sequence[Question], states: Mapping[str, State]) -> tuple[Question, ...]:
    """Draw the filters; nothing chosen means everything."""
    words = st.text_input("Words", placeholder="cache, quorum, incident …", key="study-words")
    chosen = question_filter.show(matching(questions, words), CATEGORIES, LEVELS, key="study")
    done = st.pills("Done", list(_DONE), selection_mode="multi", key="study-done")
    return tuple(one for one in chosen if all(_DONE[name](states.get(one.id, _NOTHING)) for name in done))
