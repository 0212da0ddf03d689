"""Self-study without any recording: think the answer through, then tick off what you would have said."""

from __future__ import annotations

import json

import streamlit as st

from data.domain import Question
from pages.widgets import clock, outline, resources
from pages.widgets.plain import plain


def show(question: Question) -> None:
    """Draw the points behind a button, then as boxes; what was ticked is kept with its date."""
    st.caption("Nothing is recorded. Answer aloud or in your head first, then look.")
    if not question.key_points:
        st.info("This question has no key points to tick off. Answer it in another way.")
        return
    if not st.toggle("Show the points of a strong answer", key=f"checklist-open-{question.id}"):
        _last(question)
        return
    ticked = [
        point.id
        for point in question.key_points
        if st.checkbox(plain(point.text), key=f"checklist-{question.id}-{point.id}")
    ]
    said, points = len(ticked), len(question.key_points)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Keep", type="primary"):
            _keep(question, said)
            st.toast("Kept.")
        st.markdown(f"**{said} of {points}** points")
    _last(question)
    outline.show(question)


def _keep(question: Question, said: int) -> None:
    kept = json.dumps([clock.today().isoformat(), said])
    resources.session().memory.remember(resources.candidate_id(), _key(question), kept)


def _last(question: Question) -> None:
    kept = resources.session().memory.recall(resources.candidate_id(), _key(question))
    if kept:
        on, said = json.loads(kept)
        st.caption(f"Last time, on {plain(on)}: {plain(said)} of {len(question.key_points)} points.")


def _key(question: Question) -> str:
    return f"checklist:{question.id}"
