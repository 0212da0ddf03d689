"""Members of a cohort, codes to join it, and what it is set."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import streamlit as st

from analysis.cohorts.cohort_rows import completion
from data.domain.cohort import MOCK, Assignment, Cohort
from pages.widgets import clock, problem, resources, segments
from pages.widgets.plain import plain
from pages.widgets.sharing import admit_people

if TYPE_CHECKING:
    from pandas import DataFrame

_KINDS = {"questions": "Some questions", "mock": "A mock interview"}


def show(cohort: Cohort) -> None:
    """Draw assignments beside members and codes."""
    work, people = st.columns([3, 2], gap="large")
    with work:
        st.subheader("Assignments")
        assignments = resources.session().cohorts.assignments(cohort.id)
        progress = completion(resources.session().query, cohort.id, assignments, datetime.now(UTC))
        for assignment in assignments:
            _assignment(assignment, progress)
        if not cohort.synthetic:
            _assign(cohort)
    with people:
        st.subheader("People")
        members = resources.session().cohorts.members(cohort.id)
        candidates = [member for member in members if member.role == "candidate"]
        instructors = len(members) - len(candidates)
        st.caption(
            f"{len(candidates)} candidate{'' if len(candidates) == 1 else 's'}, "
            f"{instructors} instructor{'' if instructors == 1 else 's'}. You see what "
            "members answered since they joined; recordings, voice and camera only where they share."
        )
        if not cohort.synthetic:
            with st.expander("A code to join", expanded=not candidates):
                admit_people.show_codes(cohort.id, ("candidate", "instructor"))
            if candidates:
                with st.expander("Take somebody out"):
                    _take_out(cohort, {member.id: member.name for member in candidates})


def _take_out(cohort: Cohort, names: dict[str, str]) -> None:
    who = st.selectbox("Candidate", list(names), None, format_func=lambda one: names[one])
    said = "Their answers stay theirs; you no longer see them."
    if st.button("Take out of the cohort", help=said, disabled=who is None) and who:
        resources.session().cohorts.remove(cohort.id, who)
        st.rerun()


def _assignment(assignment: Assignment, progress: DataFrame) -> None:
    rows = progress[progress["assignment_id"] == assignment.id].assign(over_time=None)
    if assignment.minutes:
        limits = resources.session().query("cohort_over_time", cohort_id=assignment.cohort_id)
        over = limits[limits["assignment_id"] == assignment.id].set_index("candidate_id")["over_time"]
        rows["over_time"] = rows["candidate_id"].map(over).fillna(0)
    rows["last_at"] = [clock.in_table(at) if at is not None and at == at else None for at in rows["last_at"]]
    asked = len(assignment.questions)
    finished = int((rows["answered"] >= asked).sum())
    with st.container(border=True):
        st.markdown(f"**{plain(assignment.title)}** · due {clock.day_and_time(assignment.due_at)}")
        st.caption(f"{finished} of {len(rows)} candidates have {_whole(assignment)}.")
        with st.expander("Status of each candidate"):
            st.dataframe(
                rows[["name", "answered", "takes", "last_at", "over_time"]],
                hide_index=True,
                placeholder="–",
                alt=f"Status of {assignment.title} by candidate",
                column_config={
                    "name": "Candidate",
                    "answered": st.column_config.NumberColumn(f"Answered of {asked}"),
                    "takes": st.column_config.NumberColumn("Takes"),
                    "last_at": st.column_config.DatetimeColumn("Last", format="D MMM, HH:mm"),
                    "over_time": st.column_config.NumberColumn("Over the time limit"),
                },
            )
            if st.button("Withdraw", key=f"withdraw-{assignment.id}", type="tertiary"):
                resources.session().cohorts.withdraw(assignment)
                st.rerun()


def _whole(assignment: Assignment) -> str:
    """What somebody has done who has done all of it."""
    if assignment.is_mock:
        return "done the mock interview"
    asked = len(assignment.questions)
    return "answered the question" if asked == 1 else f"answered all {asked} questions"


def _assign(cohort: Cohort) -> None:
    with st.expander("Set questions or a mock interview"):
        kind = segments.show("What to set", _KINDS, default="questions", key="assign-kind")
        with st.form("assign", border=False):
            title = st.text_input("Title", placeholder="Week 3: failure modes")
            asked = _questions() if kind == "questions" else (MOCK,)
            with st.container(horizontal=True):
                today = clock.today()
                due = st.date_input("Due, end of the day", today + timedelta(days=7), min_value="today")
                takes = st.number_input(
                    "Takes", 1, 20, 3, help="Later ones do not count, erased ones were none."
                )
                minutes = 0
                if kind == "questions":
                    minutes = st.number_input(
                        "Minutes an answer, 0 for no limit", 0, 60, 0, help="Longer ones do not count."
                    )
            if st.form_submit_button("Set"):
                with problem.show():
                    limit = float(minutes) or None
                    resources.session().cohorts.assign(
                        cohort.id, title, asked, _end_of(due), int(takes), limit
                    )
                    st.rerun()


def _questions() -> tuple[str, ...]:
    titles = {question.id: question.title for question in resources.questions()}
    return tuple(st.multiselect("Questions", list(titles), format_func=lambda one: titles[one]))


def _end_of(day: date) -> datetime:
    return clock.end_of(day)
