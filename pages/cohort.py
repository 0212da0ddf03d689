"""Instructors: who needs help and why, where a cohort stands, what it is set. Administrators: all cohorts."""

from __future__ import annotations

import streamlit as st

from data.domain import RehearseError
from data.domain.cohort import Cohort
from pages.widgets import problem, resources
from pages.widgets.cohort import (
    cohort_choice,
    cohort_drill_down,
    cohort_gradebook,
    cohort_heard,
    cohort_hints,
    cohort_people,
    cohort_sql,
    cohort_standing,
    figures_line,
    organisation,
)
from pages.widgets.settings import many_answers


def _answers(cohort: Cohort) -> None:
    cohort_drill_down.show(cohort)
    many_answers.show_of(cohort)


def _data(cohort: Cohort) -> None:
    cohort_sql.show(cohort)
    cohort_gradebook.show(cohort)


_SECTIONS = {
    "This week": cohort_hints.show,
    "Readiness": cohort_standing.show_readiness,
    "Weak points": cohort_standing.show_weak_points,
    "Heard": cohort_heard.show,
    "Questions": cohort_standing.show_questions,
    "Compare": cohort_standing.show_comparison,
    "Answers": _answers,
    "Assignments and people": cohort_people.show,
    "Data": _data,
}

st.title("Cohort")
try:
    if organisation.show():
        st.stop()
    cohort = cohort_choice.show()
    if cohort is None:
        st.stop()
    resources.session().bank.keep(resources.bank())
    section = st.segmented_control(
        "What to look at",
        list(_SECTIONS),
        default="This week",
        required=True,
        key="cohort-section",
        label_visibility="collapsed",
    )
    _SECTIONS[section](cohort)
    figures_line.show(*figures_line.OF_A_COHORT, cohort_id=cohort.id)
except RehearseError as error:
    problem.draw(error)
