"""Take data away: how far everybody is with what was set, as a file for a gradebook."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from analysis.cohorts.cohort_rows import completion
from analysis.cohorts.gradebook import Layout, gradebook
from data.domain.cohort import Cohort
from data.safe_csv import safe_csv
from pages.widgets import resources

_LAYOUTS: tuple[Layout, ...] = ("Canvas", "Moodle")


def show(cohort: Cohort) -> None:
    """Draw what can be downloaded for each layout."""
    st.subheader("Gradebook")
    assignments = resources.session().cohorts.assignments(cohort.id)
    if not assignments:
        st.caption("Set questions first: the gradebook has a column for each assignment.")
        return
    st.caption("Questions answered of those set. Levels are practice feedback and are not in it.")
    people = resources.session().cohorts.candidates(cohort.id)
    rows = completion(resources.session().query, cohort.id, assignments, datetime.now(UTC))
    with st.container(horizontal=True):
        for layout in _LAYOUTS:
            file = gradebook(rows, people, assignments, cohort.name, layout)
            name = f"gradebook-{layout.lower()}.csv"
            st.download_button(f"Gradebook for {layout}", safe_csv(file), name, "text/csv")
