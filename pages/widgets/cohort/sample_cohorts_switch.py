"""Try the instructors' pages with invented cohorts, where nobody signs in; in and out with one click."""

from __future__ import annotations

import streamlit as st

from analysis.answering import one_answer
from pages.entrance import identity
from pages.widgets import resources


def show() -> None:
    """Draw the button that loads the invented cohorts, or takes them out."""
    if identity.is_needed():
        return
    if resources.session().cohorts.instructed():
        if st.button("Remove the invented cohorts"):
            resources.sample_cohorts().remove()
            st.rerun()
    elif st.button("Try the instructor pages with invented cohorts", help="28 invented people, labelled so."):
        with st.spinner("Inventing two cohorts ..."):
            resources.sample_cohorts().load(resources.bank(), read=one_answer.reading_of)
        st.rerun()
