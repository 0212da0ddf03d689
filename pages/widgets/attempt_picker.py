"""Choose one of the candidate's own answers, newest first; `?attempt=` in the address wins."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from data.domain import Attempt
from pages.widgets import clock, resources

_MODES = {
    "camera": "camera",
    "microphone": "microphone only",
    "typed": "typed",
    "upload": "uploaded",
}


def show(attempts: tuple[Attempt, ...]) -> Attempt:
    """Draw the list (`attempts` is not empty) and return the chosen one."""
    by_id = {attempt.id: attempt for attempt in attempts}
    titles = question_titles()
    asked = st.query_params.get("attempt")
    ids = list(by_id)
    chosen = st.selectbox(
        "Answer",
        ids,
        index=ids.index(asked) if asked in by_id else 0,
        format_func=lambda attempt_id: label(by_id[attempt_id], titles),
    )
    st.query_params["attempt"] = chosen
    return by_id[chosen]


def question_titles() -> dict[str, str]:
    """The title of each question by id; ask once for a list of labels."""
    return {question.id: question.title for question in resources.questions()}


def label(attempt: Attempt, titles: Mapping[str, str] | None = None) -> str:
    """Question, day and way of answering, in one line."""
    title = (titles or question_titles()).get(attempt.question_id, attempt.question_id)
    sample = " · synthetic sample" if attempt.synthetic else ""
    return f"{title} · {when(attempt)}{sample}"


def when(attempt: Attempt) -> str:
    """Day, time and way of answering."""
    return f"{clock.day_and_time(attempt.started_at)} · {_MODES[attempt.mode]}"
