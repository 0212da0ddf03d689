"""Administrators: admit people by codes, change roles."""

from __future__ import annotations

import streamlit as st

from data.domain import RehearseError
from pages.widgets import problem, resources
from pages.widgets.sharing import admit_people

st.title("People")
if resources.viewer().role != "admin":
    st.info("This page is for administrators.")
    st.stop()
try:
    st.caption(
        "Administrators look after people and cohorts. They see nobody's answers, unless they instruct a "
        "cohort themselves; its members see who instructs them."
    )
    people, codes = st.columns([3, 2], gap="large")
    with people:
        st.subheader("Everybody here")
        admit_people.show_people()
    with codes:
        st.subheader("A code for new people")
        st.caption("Instructors make codes for their own cohorts on the Cohort page.")
        admit_people.show_codes(None)
except RehearseError as error:
    problem.draw(error)
