"""The cohorts one is in: join with a code, leave."""

from __future__ import annotations

import streamlit as st

from data.domain.cohort import Cohort
from pages.widgets import clock, problem, resources
from pages.widgets.plain import plain


def show() -> None:
    """Draw the cohorts and the form for a code."""
    for cohort in resources.session().cohorts.joined():
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(cohort.name)}**  \n{_instructors(cohort)}")
            if st.button(
                "Leave", key=f"leave-{cohort.id}", help="Its instructors then see nothing of yours."
            ):
                resources.session().cohorts.leave(cohort.id)
                st.rerun()
    with st.form("join"):
        code = st.text_input("Code of a cohort")
        st.caption(
            "Its instructors see what you answer from then on: your words, levels and quotes. Recordings, "
            "and what camera and voice measured, stay private until you share an answer. You can leave "
            "at any time. Who they are is listed here; who becomes one later is in the log below."
        )
        if st.form_submit_button("Join"):
            with problem.show():
                resources.session().people.join(code)
                resources.forget_viewer()
                st.rerun()


def _instructors(cohort: Cohort) -> str:
    """Who reads what the candidate answers, and since when."""
    told = [
        f"{plain(one.name)}{', an administrator,' * one.administers} since {clock.day(one.joined_at)}"
        for one in resources.session().cohorts.instructors(cohort.id)
    ]
    return f"Instructors: {'; '.join(told)}" if told else "No instructors at the moment."
