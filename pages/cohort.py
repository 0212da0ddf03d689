"""Instructors: see who needs help and why, where a cohort stands, and set it questions."""

from __future__ import annotations

import streamlit as st

from data.domain import RehearseError
from pages.widgets import cohort_choice, cohort_people

st.title("Cohort")
try:
    cohort = cohort_choice.show()
    if cohort is None:
        st.stop()
    cohort_people.show(cohort)
except RehearseError as error:
    st.error(error.remedy, title=error.message)
