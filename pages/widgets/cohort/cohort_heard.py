"""What was heard in a cohort's answers: shares of key points, and which points are most often not found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from analysis import charts
from data.agreement import heard_figures
from data.domain.cohort import Cohort
from pages.widgets import resources
from pages.widgets.cohort import cohort_scorer, cohort_standing
from pages.widgets.plain import plain
from pages.widgets.progress.trend_cards import card

if TYPE_CHECKING:
    from pandas import DataFrame


def show(cohort: Cohort) -> None:
    """Draw it for one version of the reader at a time, with what it is worth."""
    rows = resources.session().query("cohort_heard", cohort_id=cohort.id)
    if rows.empty:
        st.info("Nothing was heard yet in answers of five people or more.")
        return
    readers = cohort_scorer.named(rows)
    chosen = next(reversed(readers))
    if len(readers) > 1:
        chosen = st.selectbox("Reader", list(readers), len(readers) - 1)
    reader = readers[chosen]
    own = rows[(rows[list(reader)] == list(reader.values())).all(axis=1)]
    st.caption(
        "What was heard says which points the words speak of, not whether they are right: it is no level and "
        f"never mixed with one. {plain(heard_figures())}"
    )
    st.caption(cohort_standing.PUBLISHED)
    note = "Of the key points that can be told. Hatched: not found, but marked by the candidates themselves."
    card("Key points heard", note, charts.heard_of_cohort(own, cohort_scorer.titles()), "heard")
    _not_found(resources.session().query("cohort_weak_points", cohort_id=cohort.id, **reader))


def _not_found(found: DataFrame) -> None:
    missed = found.head(cohort_standing.MISSED_SHOWN)
    with st.container(border=True):
        st.markdown("**Most often not found in the words**")
        st.caption("Key points, of the answers to their questions. They may have been made in other words.")
        for row in missed.to_dict("records"):
            st.markdown(f"- {int(row['n'])} of {int(row['answers'])}: {plain(row['name'])}")
        if missed.empty:
            st.caption("No point was left out by five people or more.")
