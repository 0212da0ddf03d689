"""Take data away: SQL over views of the cohort with small groups left out."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import streamlit as st

from analysis.cohorts import cohort_rows, open_views
from analysis.cohorts.small_groups import EXPORTED, SHOWN
from data.domain.cohort import Cohort
from data.safe_csv import safe_csv
from pages.widgets import resources
from pages.widgets.cohort import cohort_scorer

_SAVED = "saved-queries"
_FIRST = "SELECT criterion, week, candidates, mean_level\nFROM level_weeks\nORDER BY criterion, week"


def show(cohort: Cohort) -> None:
    """Draw the SQL box beside its views."""
    cohort_scorer.show(cohort)
    box, schema = st.columns([3, 2], gap="large")
    with schema:
        _schema()
    with box:
        st.subheader("SQL")
        st.caption(
            f"Reads the views beside, nothing else. Figures of fewer than {EXPORTED} people are empty: the "
            "rows can be taken away as a file. They change once a day at most, and only when "
            f"{SHOWN} people or more have changed something."
        )
        _ask(cohort)


def _schema() -> None:
    st.subheader("Views")
    for name, view in open_views.VIEWS.items():
        with st.expander(f"`{name}`: {view.row}"):
            st.markdown("\n".join(f"- `{column}` {said}" for column, said in view.columns.items()))


def _ask(cohort: Cohort) -> None:
    me = resources.candidate_id()
    saved: dict[str, str] = json.loads(resources.session().memory.recall(me, _SAVED) or "{}")
    chosen = st.selectbox("Saved queries", ["New query", *saved]) if saved else "New query"
    sql = st.text_area("Query", saved.get(chosen, _FIRST), height=140, key=f"sql-{chosen}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if st.button("Run", type="primary"):
            st.session_state["sql-asked"] = sql
        with st.popover("Save"), st.form("save-query", border=False):
            name = st.text_input("Name")
            if st.form_submit_button("Save the query") and name.strip():
                resources.session().memory.remember(me, _SAVED, json.dumps({**saved, name.strip(): sql}))
                st.rerun()
    asked = st.session_state.get("sql-asked")
    if asked:
        _answer(cohort, asked)


def _answer(cohort: Cohort, sql: str) -> None:
    scorer, query = cohort_scorer.used(cohort), resources.session().query
    rows = cohort_rows.published(query, cohort.id, scorer, datetime.now(UTC))
    answered = open_views.ask(rows, sql)
    st.dataframe(answered.rows, hide_index=True, placeholder="–", alt="Rows of the query")
    if answered.cut:
        st.caption(f"Only the first {len(answered.rows)} rows are shown.")
    with st.container(horizontal=True):
        st.download_button("CSV", safe_csv(answered.rows), "query.csv", "text/csv")
        st.download_button("Parquet", answered.rows.to_parquet(index=False), "query.parquet")
