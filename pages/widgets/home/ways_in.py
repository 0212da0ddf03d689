"""Three ways in for a first visit, each one press: a whole mock, one question, a look around."""

from __future__ import annotations

import streamlit as st

from analysis.answering import one_answer
from pages.widgets import resources, way_on

_MOCK = "Plan a mock interview"
_ONE = "Answer one question"
_ABOUT_SAMPLE = "Nine weeks of an invented candidate, labelled so and taken out again with one click."


def show() -> None:
    """Draw the three, side by side where there is room."""
    mock, one, around = st.columns(3)
    with mock, st.container(border=True, height="stretch"):
        st.subheader("A 15-minute mock", anchor=False)
        st.caption(
            "An interviewer asks, listens, and asks on where an answer is thin. The report comes at the end."
        )
        if st.button(_MOCK, type="primary", key="way-mock"):
            st.switch_page("pages/interview.py")
    with one, st.container(border=True, height="stretch"):
        st.subheader("One question", anchor=False)
        st.caption("On camera, by microphone or typed. Afterwards you see what was heard, in your words.")
        if st.button(_ONE, key="way-one"):
            st.switch_page("pages/practice.py")
    with around, st.container(border=True, height="stretch"):
        st.subheader("A look around", anchor=False)
        st.caption(f"See what weeks of practice look like before you begin. {_ABOUT_SAMPLE}")
        _look_around()


def show_again() -> None:
    """The same as links, for somebody who knows them."""
    with st.container(horizontal=True):
        way_on.show("pages/interview.py", _MOCK)
        way_on.show("pages/practice.py", _ONE)
        way_on.show("pages/study.py", "Study without recording")


def _look_around() -> None:
    if resources.sample_answers().is_there():
        way_on.show("pages/progress.py", "See the sample")
        way_on.show("pages/review.py", "See one of its answers")
    elif st.button("Load the sample data", key="way-sample"):
        with st.spinner("Making the sample ..."):
            resources.sample_answers().load(resources.bank(), one_answer.reading_of)
        st.switch_page("pages/progress.py")
