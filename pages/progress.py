"""See what to practise next, how levels, what was heard and delivery change, and what has been practised."""

from __future__ import annotations

import streamlit as st

from data.domain import RehearseError
from pages.widgets import problem, resources, way_on
from pages.widgets.progress import coverage_cards, next_up, sample_data, trend_cards

_SECTIONS = {
    "Levels": trend_cards.show_levels,
    "Heard": coverage_cards.show,
    "Delivery": trend_cards.show_delivery,
    "Camera": trend_cards.show_camera,
    "Own ratings": trend_cards.show_own_ratings,
    "Practice": trend_cards.show_practice,
}

st.title("Progress")
try:
    me = resources.candidate_id()
    person = sample_data.choose(me, has_own=bool(resources.session().answers.of(me)))
    if person is None:
        st.info(
            "Nothing to show yet. After your first answer this page shows what was heard in it, delivery and "
            "camera signals as points on a trend; and levels, where a judge that passed the exam gave them."
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            way_on.show("pages/practice.py", "Practise a question")
            sample_data.offer()
        st.stop()
    next_up.show(person)
    section = st.segmented_control(
        "What to look at",
        list(_SECTIONS),
        default="Heard" if coverage_cards.comes_first(person) else "Levels",
        required=True,
        key="section",
        label_visibility="collapsed",
    )
    _SECTIONS[section](person)
    if person == me and not resources.sample_answers().is_there():
        sample_data.offer()
except RehearseError as error:
    problem.draw(error)
