"""The outline of a strong answer, hidden until asked for."""

from __future__ import annotations

import streamlit as st

from data.domain import Question
from pages.widgets.plain import plain, plain_lines


def show(question: Question) -> None:
    """Draw the outline and what to read."""
    with st.expander("Outline of a strong answer"):
        st.markdown(plain_lines(question.outline) or "This question has no outline.")
        for item in question.reading:
            st.markdown(f"- {plain(item)}")
