"""Choose one question to practise."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.domain import CATEGORIES, LEVELS, Question
from pages.widgets import question_filter, question_shown
from pages.widgets.plain import plain


def show(questions: Sequence[Question]) -> Question | None:
    """Draw the filters and the list; None when no question fits the filters."""
    fitting = question_filter.show(questions, CATEGORIES, LEVELS, key="practice")
    if not fitting:
        st.info("No question fits these filters. Take one of them away.")
        return None
    by_id = {question.id: question for question in fitting}
    asked = st.query_params.get("question")
    ids = list(by_id)
    chosen = by_id[
        st.selectbox(
            f"Question ({len(ids)} to choose from)",
            ids,
            index=ids.index(asked) if asked in by_id else 0,
            format_func=lambda question_id: by_id[question_id].title,
        )
    ]
    card(chosen)
    return chosen


def card(question: Question) -> None:
    """The question as the interviewer asks it."""
    with st.container(border=True):
        st.markdown(f"#### {plain(question.title)}")
        question_shown.show(question)
        st.caption(
            f"{question_filter.title(question.category)} · {plain(question.level)} · "
            f"about {question.minutes:g} minutes · {plain(question.topic)}"
        )
