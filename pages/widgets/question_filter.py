"""Narrow the question bank by category and level."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.domain import CATEGORY_TITLES, Question


def title(category: str) -> str:
    """A category as people read it."""
    return CATEGORY_TITLES.get(category, "")


def show(
    questions: Sequence[Question], categories: Sequence[str], levels: Sequence[str], *, key: str
) -> tuple[Question, ...]:
    """Draw the two filters; nothing chosen means everything."""
    wanted = st.pills(
        "Category", categories, format_func=title, selection_mode="multi", key=f"{key}-category"
    )
    level = st.pills("Level", levels, format_func=str.capitalize, selection_mode="multi", key=f"{key}-level")
    return tuple(
        question
        for question in questions
        if (not wanted or question.category in wanted) and (not level or question.level in level)
    )
