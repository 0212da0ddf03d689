"""Data of a running system that is shown when it is asked for, and stays in sight from then on."""

from __future__ import annotations

import streamlit as st

from analysis.reading.observed import asked_to_see
from data.domain import Observation, Question
from pages.widgets.plain import plain

_NOTHING = "Nothing of that kind is to be had here. Ask for something else that a running system shows."


@st.fragment
def show(question: Question) -> None:
    """Draw the box to ask in, and below it what was asked for so far, the newest first."""
    key = f"looked-{question.id}"
    looked: list[Observation] = st.session_state.setdefault(key, [])
    with st.form(f"look-{question.id}", clear_on_submit=True, border=False):
        asked = st.text_input("What do you want to see?", placeholder="For example: errors by endpoint")
        sent = st.form_submit_button("Show me", icon=":material/search:")
    if sent and asked.strip():
        seen = asked_to_see(asked, question)
        if not seen:
            st.caption(_NOTHING)
        looked[:0] = [one for one in seen if one not in looked]
    for one in looked:
        st.markdown(f"**{plain(one.ask.capitalize())}**  \n{plain(one.shows)}")
