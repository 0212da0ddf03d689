"""For instructors: who of each cohort needs them this week, and what is due next."""

from __future__ import annotations

import streamlit as st

from data.access import may_run_cohorts
from data.domain.cohort import Assignment, Cohort
from pages.widgets import clock, resources, way_on
from pages.widgets.cohort import cohort_hints
from pages.widgets.plain import plain

_NAMED = 4


def show() -> None:
    """Draw a line a cohort, where people sign in and whoever looks may run cohorts."""
    if not may_run_cohorts(resources.viewer()):
        return
    cohorts = resources.session().cohorts.instructed()
    if not cohorts:
        way_on.show("pages/cohort.py", "Begin a cohort, and hand its code to your candidates")
    for cohort in cohorts:
        with st.container(border=True):
            st.markdown(f"**{plain(cohort.name)}** · {plain(_needed(cohort))}")
            due = _next_due(cohort)
            if due is not None:
                st.caption(f"Due next: {plain(due.title)}, {clock.day_and_time(due.due_at)}.")
            way_on.show("pages/cohort.py", "See why, and where the cohort stands")


def _needed(cohort: Cohort) -> str:
    if not resources.session().cohorts.candidates(cohort.id):
        return "nobody has joined yet; hand out its code."
    names = list(dict.fromkeys(hint.name for hint in cohort_hints.open_now(cohort)))
    if not names:
        return "nobody needs you this week, by the rules of the cohort page."
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"look this week at {', '.join(names[:_NAMED])}{more}."


def _next_due(cohort: Cohort) -> Assignment | None:
    ahead = resources.session().cohorts.assignments(cohort.id)
    return next((one for one in ahead if one.due_at > clock.now()), None)
