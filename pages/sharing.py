"""Join a cohort, share an answer, end a share, and see who looked at what."""

from __future__ import annotations

import streamlit as st

from data.domain import RehearseError
from pages.widgets import problem, resources
from pages.widgets.cohort import my_cohorts, set_questions
from pages.widgets.sharing import access_log, share_answer, shared_answers

st.title("Sharing")
try:
    me = resources.candidate_id()
    set_questions.show()
    mine, others = st.columns(2, gap="large")
    with mine:
        st.subheader("Share an answer")
        share_answer.show(resources.session().answers.of(me))
        shared_answers.show_given(me)
    with others:
        st.subheader("Cohorts")
        my_cohorts.show()
        st.subheader("Shared with you")
        shared_answers.show_received()
    st.subheader("Who looked at your answers")
    access_log.show(me)
except RehearseError as error:
    problem.draw(error)
