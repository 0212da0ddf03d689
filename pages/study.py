"""Browse the question bank, tick off what you have studied, read outlines, take a selection along."""

from __future__ import annotations

import streamlit as st

from analysis.next_up.study_list import TEMPLATE, reading_list
from data.domain import RehearseError
from pages.widgets import problem, resources
from pages.widgets.plain import plain
from pages.widgets.study import study_card, study_export, study_filter

_AT_ONCE = 20

st.title("Study")
try:
    with st.expander("The six steps of a system-design answer"):
        st.markdown("\n".join(f"{number}. {step}" for number, step in enumerate(TEMPLATE, start=1)))
    states = study_card.states(resources.candidate_id())
    chosen = study_filter.show(resources.questions(), states)
    studied = sum(states[one.id].studied for one in chosen if one.id in states)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{len(chosen)} questions**, {studied} studied", width="stretch")
        if chosen:
            study_export.show(chosen, states)
    if not chosen:
        st.info("No question fits. Take out a filter or a word.")
    shown = st.session_state.get("study-shown", _AT_ONCE)
    with st.container(gap="xsmall"):
        for question in chosen[:shown]:
            study_card.show(question, states.get(question.id))
    if len(chosen) > shown and st.button(f"Show {min(_AT_ONCE, len(chosen) - shown)} more"):
        st.session_state["study-shown"] = shown + _AT_ONCE
        st.rerun()
    with st.expander("What these questions point to"):
        st.markdown(
            "\n".join(
                f"- {plain(item.what)} ({item.questions:d} question{'s' if item.questions > 1 else ''})"
                for item in reading_list(chosen)
            )
        )
except RehearseError as error:
    problem.draw(error)
