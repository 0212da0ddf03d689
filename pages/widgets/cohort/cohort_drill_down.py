"""One candidate's answers, as far as the cohort's instructors may see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from data.domain.cohort import Cohort
from pages.widgets import clock, resources, way_on
from pages.widgets.cohort import cohort_scorer
from pages.widgets.plain import plain


def show(cohort: Cohort) -> None:
    """Draw the choice of a candidate, and a line an answer that opens it."""
    people = {
        one.id: one.name for one in resources.session().cohorts.members(cohort.id) if one.role == "candidate"
    }
    if not people:
        st.info("Nobody has joined yet. Make a code under “Assignments and people” and hand it out.")
        return
    who = st.selectbox("Candidate", list(people), format_func=lambda one: people[one])
    scorer = cohort_scorer.used(cohort)
    rows = resources.session().query("cohort_answers", cohort_id=cohort.id, member_id=who, **scorer)
    st.caption("Words, levels and quotes since joining; the recording only where it was shared with you.")
    if rows.empty:
        st.info(f"{plain(people[who])} has answered nothing since joining.")
    for row in rows.to_dict("records"):
        label = f"{clock.day_and_time(row['started_at'])} · {row['title']} · {_worth(row)}"
        way_on.show("pages/answer.py", label, attempt=row["attempt_id"])


def _worth(row: Mapping[Any, Any]) -> str:
    """The level by the scorer that is shown, else what was heard; a missing figure is not equal to itself."""
    if row["level"] == row["level"]:
        return f"median level {row['level']:g}"
    if row["told"] == row["told"]:
        return f"{int(row['heard'])} of {int(row['told'])} key points heard"
    return "not scored"
