"""A question as it is asked: its text, and the code that goes with it."""

from __future__ import annotations

import streamlit as st

from data.domain import Question
from pages.widgets import question_filter
from pages.widgets.plain import plain, plain_lines


def show(question: Question) -> None:
    """Draw the text, and what there is to read."""
    st.markdown(plain_lines(question.text))
    code(question)


def with_heading(question: Question) -> None:
    """The same below a line that says what is asked about."""
    st.caption(
        f"{question_filter.title(question.category)} · {plain(question.level)} · {plain(question.title)}"
    )
    show(question)


def code(question: Question) -> None:
    """Draw it with line numbers, so that a line can be spoken of; nothing where there is none."""
    if question.code:
        st.code(question.code, language=question.language, line_numbers=True, wrap_lines=True)
