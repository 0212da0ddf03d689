"""Begin: three ways in and what is ready; later your last answer, what is next and the week."""

from __future__ import annotations

import streamlit as st

from data.domain import RehearseError
from pages.widgets import problem, resources
from pages.widgets.cohort import set_questions
from pages.widgets.home import cohort_next, ways_in, what_is_ready, where_you_are
from pages.widgets.settings import speech_models

if asked := st.query_params.get("question"):  # a link of the time when Practice was the first page
    st.switch_page("pages/practice.py", query_params={"question": asked})

st.title("Rehearse")
try:
    person = resources.candidate_id()
    answers = resources.session().answers.of(person)
    speech_models.use_arrived()
    cohort_next.show()
    set_questions.show(only_open=True)
    if answers:
        where_you_are.show(person, answers[0])
        ways_in.show_again()
        what_is_ready.show_missing()
    else:
        st.markdown(
            "Answer back-end interview questions aloud, be asked back where it gets thin, and see with your "
            "own words what was heard."
        )
        ways_in.show()
        what_is_ready.show()
except RehearseError as error:
    problem.draw(error)
