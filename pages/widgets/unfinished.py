"""Answers that were begun and not finished: a closed tab, a killed server, a flat battery."""

from __future__ import annotations

import streamlit as st

from analysis import media
from data.domain import Attempt, Question, RehearseError
from pages.widgets import attempt_picker, resources, upload_answer

_SHOWN = 3


def show() -> None:
    """Draw one line an unfinished answer, with what can be done about it."""
    for attempt in resources.store().unfinished(resources.candidate_id())[:_SHOWN]:
        question = resources.question(attempt.question_id)
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(f"**Not finished:** {attempt_picker.label(attempt)}")
            if attempt.status == "captured":
                if st.button("Check the words and score", key=f"score-{attempt.id}"):
                    st.switch_page("pages/review.py", query_params={"attempt": attempt.id})
            elif question and st.button("Finish it", key=f"finish-{attempt.id}"):
                _finish(attempt, question)
            if st.button("Discard", key=f"discard-{attempt.id}", type="tertiary"):
                resources.erase_attempt(attempt.id)
                st.rerun()


def _finish(attempt: Attempt, question: Question) -> None:
    try:
        with st.spinner("Reading the recording that was kept ..."):
            media.recover(resources.recordings().part(attempt.id))
            upload_answer.analyse(attempt, question)
    except RehearseError as error:
        st.error(error.remedy, title=error.message)
        return
    st.switch_page("pages/review.py", query_params={"attempt": attempt.id})
