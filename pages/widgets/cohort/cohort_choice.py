"""Choose a cohort, or begin one."""

from __future__ import annotations

import streamlit as st

from data.access import may_run_cohorts
from data.domain.cohort import Cohort
from pages.widgets import problem, resources


def show() -> Cohort | None:
    """Draw the choice; None while there is no cohort."""
    cohorts = {cohort.id: cohort for cohort in resources.session().cohorts.instructed()}
    if not cohorts:
        st.info("You instruct no cohort yet. Begin one below, then give its code to your candidates.")
        _begin()
        return None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Cohort", list(cohorts), format_func=lambda one: cohorts[one].name, label_visibility="collapsed"
        )
        if may_run_cohorts(resources.viewer()):
            with st.popover("Begin another cohort"):
                _begin()
    if cohorts[chosen].synthetic:
        st.markdown(":orange-badge[Synthetic sample] Invented people, numbers and levels, as of a judge.")
    return cohorts[chosen]


def _begin() -> None:
    with st.form("begin-cohort", border=False):
        name = st.text_input("Name of the cohort", placeholder="Back-end, spring 2027")
        if st.form_submit_button("Begin a cohort"):
            with problem.show():
                resources.session().cohorts.found(name)
                resources.forget_viewer()
                st.rerun()
