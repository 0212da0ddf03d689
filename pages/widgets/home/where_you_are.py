"""For somebody who has practised: the last answer, what is next, and the week."""

from __future__ import annotations

import streamlit as st

from data.domain import Attempt
from data.questions import find_question
from pages.widgets import attempt_picker, remembered, resources, way_on
from pages.widgets.answer import unfinished
from pages.widgets.plain import plain
from pages.widgets.progress import next_up
from pages.widgets.review import self_rating


def show(person: str, last: Attempt) -> None:
    """Draw what waits, and the three side by side where there is room."""
    unfinished.tell()
    wish = remembered.wish(person)
    before, after, week = st.columns(3)
    with before, st.container(border=True, height="stretch"):
        st.subheader("Your last answer", anchor=False)
        _last(last)
    with after, st.container(border=True, height="stretch"):
        st.subheader("Next", anchor=False)
        choice = next_up.first(person, wish)
        if choice is None:
            st.caption("Every question of the bank has been answered lately.")
        else:
            st.markdown(f"**{plain(choice.question.title)}**")
            st.caption(plain(f"{choice.why} {next_up.facts(choice.question)}"))
            if st.button("Answer it", type="primary", key="home-next"):
                st.switch_page("pages/practice.py", query_params={"question": choice.question.id})
    with week, st.container(border=True, height="stretch"):
        st.subheader("This week", anchor=False)
        st.markdown(plain(next_up.this_week(person, wish)))
        way_on.show("pages/progress.py", "Levels and trends")


def _last(attempt: Attempt) -> None:
    question = find_question(resources.questions(), attempt.question_id)
    st.markdown(f"**{plain(question.title if question else attempt.question_id)}**")
    st.caption(plain(f"{attempt_picker.when(attempt)}. {_state(attempt)}"))
    if attempt.status == "recording":
        way_on.show("pages/practice.py", "Finish it")
    else:
        way_on.show("pages/review.py", "Open it", attempt=attempt.id)


def _state(attempt: Attempt) -> str:
    """What is to be done with it; levels are not given away before one has rated oneself."""
    if attempt.status == "recording":
        return "It is not finished."
    if attempt.status == "captured":
        return "Its words are not checked yet."
    result = resources.session().answers.load(attempt.id)
    if result is None or result.assessment is None:
        return "It was not scored."
    if not self_rating.is_settled(result):
        return "Rate it yourself, then see what was found."
    return f"Do next: {result.advice.do_next}" if result.advice and result.advice.do_next else ""
