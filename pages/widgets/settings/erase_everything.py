"""Erase everything of this candidate, after a question that cannot be clicked by accident."""

from __future__ import annotations

import streamlit as st

from analysis.answering.erasing import forget_unowned
from data.domain import RehearseError
from pages.widgets import problem, resources

_WORD = "erase"


@st.dialog("Erase everything?")
def _ask() -> None:
    st.markdown("This erases all your answers, recordings, scores and settings. It cannot be undone.")
    typed = st.text_input(f"Type “{_WORD}” to go on")
    if st.button("Erase everything", type="primary", disabled=typed.strip().lower() != _WORD):
        try:
            with st.spinner("Erasing ..."):
                erase()
        except RehearseError as error:
            problem.draw(error)
            return
        st.rerun()


def erase() -> None:
    """Recordings first: a file without a row can still be found by hand, a row without a file cannot."""
    person, world, answers = resources.candidate_id(), resources.world(), resources.answers_under_way()
    resources.interviews().forget_all(world, person)
    for attempt_id in answers.ids(world.viewer):
        answers.discard(world, attempt_id)
    for attempt in resources.session().answers.of(person):
        world.copies.erase_files(attempt.id)
    resources.session().everything.erase(person)
    resources.archives().erase(person)
    forget_unowned()


def show() -> None:
    """Draw the button."""
    if st.button("Erase everything that is mine"):
        _ask()
