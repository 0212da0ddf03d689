"""What one's cohorts have set: what is due, what is done, and the way to the next question."""

from __future__ import annotations

import streamlit as st

from analysis.cohorts.assignments import status_of
from pages.widgets import clock, resources, way_on
from pages.widgets.plain import plain


def show(only_open: bool = False) -> None:
    """Draw one line an assignment; `only_open` leaves out what is done, as a reminder."""
    now = clock.now()
    mine = resources.session().answers.of(resources.candidate_id())
    joined = resources.session().cohorts.joined()
    interviews = resources.session().interviews.of(resources.candidate_id()) if joined else ()
    spoken = clock.rows_about("answer_seconds", resources.candidate_id())
    seconds = dict(zip(spoken["attempt_id"], spoken["seconds"], strict=True))
    for cohort in joined:
        for assignment in resources.session().cohorts.assignments(cohort.id):
            status = status_of(assignment, mine, now, interviews, seconds)
            if only_open and not status.missing:
                continue
            with st.container(border=True, horizontal=True, vertical_alignment="center"):
                st.markdown(
                    f"**{plain(assignment.title)}** · {plain(cohort.name)}  \n{plain(status.sentence)}"
                )
                if status.missing and assignment.is_mock:
                    way_on.show("pages/interview.py", "Plan a mock interview")
                elif status.missing:
                    way_on.show("pages/practice.py", "Answer the next question", question=status.missing[0])
