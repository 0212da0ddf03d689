"""Take data away: SQL over views of the cohort with small groups left out, and the gradebook."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import streamlit as st

from analysis.cohorts.gradebook import Layout, gradebook
from analysis.cohorts.open_views import VIEWS, views
from analysis.cohorts.small_groups import EXPORTED, SHOWN
from data.domain.cohort import Cohort
from data.safe_csv import safe_csv
from pages.widgets import resources
from pages.widgets.cohort import cohort_completion, cohort_scorer

if TYPE_CHECKING:
    from pandas import DataFrame

_SAVED = "saved-queries"
_FIRST = "SELECT criterion, week, candidates, mean_level\nFROM level_weeks\nORDER BY criterion, week"
_LAYOUTS: tuple[Layout, ...] = ("Canvas", "Moodle")


def show(cohort: Cohort) -> None:
    """Draw the SQL box beside its views, and the gradebook."""
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
    st.subheader("Gradebook")
    _gradebook(cohort)


def _schema() -> None:
    st.subheader("Views")
    for name, view in VIEWS.items():
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
    answered = resources.ask_sql(views(_found(cohort), EXPORTED), sql)
    st.dataframe(answered.rows, hide_index=True, placeholder="–", alt="Rows of the query")
    if answered.cut:
        st.caption(f"Only the first {len(answered.rows)} rows are shown.")
    with st.container(horizontal=True):
        st.download_button("CSV", safe_csv(answered.rows), "query.csv", "text/csv")
        st.download_button("Parquet", answered.rows.to_parquet(index=False), "query.parquet")


def _found(cohort: Cohort) -> dict[str, DataFrame]:
    session, scorer = resources.session(), cohort_scorer.used(cohort)
    now = datetime.now(UTC).replace(tzinfo=None)
    known = {"cohort_id": cohort.id}
    return {
        "cohort_levels": session.query("cohort_levels", **known, since=now - timedelta(weeks=520), **scorer),
        "cohort_questions": session.query("cohort_questions", **known, **scorer),
        "cohort_competencies": session.query("cohort_competencies", **known, **scorer),
        "cohort_weak_points": session.query("cohort_weak_points", **known, **scorer),
        "cohort_coverage": session.query("cohort_coverage", **known),
        "cohort_delivery": session.query("cohort_delivery", **known),
    }


def _gradebook(cohort: Cohort) -> None:
    assignments = resources.session().cohorts.assignments(cohort.id)
    if not assignments:
        st.caption("Set questions first: the gradebook has a column for each assignment.")
        return
    st.caption("Questions answered of those set. Levels are practice feedback and are not in it.")
    people = resources.session().cohorts.candidates(cohort.id)
    completion = cohort_completion.of(cohort)
    with st.container(horizontal=True):
        for layout in _LAYOUTS:
            file = gradebook(completion, people, assignments, cohort.name, layout)
            name = f"gradebook-{layout.lower()}.csv"
            st.download_button(f"Gradebook for {layout}", safe_csv(file), name, "text/csv")
