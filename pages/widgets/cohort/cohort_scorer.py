"""Which scorer's levels a cohort is shown with; scorers and versions are never mixed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from data.domain import COMPANIONS, COMPETENCIES
from data.domain.cohort import Cohort
from data.rubrics import load_rubric
from pages.widgets import examined, resources
from pages.widgets.plain import plain

if TYPE_CHECKING:
    from pandas import DataFrame

NONE = {"scorer": "", "scorer_version": "", "rubric_version": ""}
"""As parameters of a query, while nothing has been scored."""


def used(cohort: Cohort) -> dict[str, str]:
    """The chosen scorer, its version and the rubric's, as parameters of a query; the newest one at first."""
    found = _found(cohort)
    return found.get(st.session_state.get(f"scorer-{cohort.id}", ""), next(iter(found.values()), NONE))


def show(cohort: Cohort) -> None:
    """Draw the choice where there is one, and say whose levels these are."""
    found = _found(cohort)
    if not found:
        if told := examined.beforehand():
            st.caption(plain(f"No level counts here yet. {told}"))
        return
    if len(found) > 1:
        st.selectbox("Scorer", list(found), key=f"scorer-{cohort.id}")
        return
    st.caption(f"Levels of the scorer {plain(next(iter(found)))}. Practice feedback, not an assessment.")


def titles() -> dict[str, str]:
    """The titles of the criteria, in their order."""
    known = {criterion.id: criterion.title for criterion in load_rubric().criteria}
    return {one: known[one] for one in (*COMPETENCIES, *COMPANIONS) if one in known}


def named(rows: DataFrame) -> dict[str, dict[str, str]]:
    """Scorers as parameters of a query, by what they are called on screen, in the order of the rows."""
    return {
        f"{row['scorer']} {row['scorer_version']} (rubric {row['rubric_version'] or 'not named'})": {
            name: row[name] for name in NONE
        }
        for row in rows.to_dict("records")
    }


def _found(cohort: Cohort) -> dict[str, dict[str, str]]:
    return named(resources.session().query("cohort_scorers", cohort_id=cohort.id))
