"""See how levels, delivery and camera signals change over sessions, and what has been practised."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import streamlit as st

from analysis import charts, progress
from analysis.signals.registry import SIGNALS
from analysis.speech.delivery import BANDS
from data.domain import RehearseError
from data.rubrics import load_rubric
from pages.widgets import resources, sample_data

_CARD_WIDTH = 340


def _card(title: str, note: str, figure: Any, key: str) -> None:
    with st.container(border=True):
        st.markdown(f"**{title}**")
        if note:
            st.caption(note)
        st.plotly_chart(figure, key=key, alt=charts.describe(figure), config={"displayModeBar": False})


def _levels(person: str) -> None:
    store = resources.store()
    used = progress.scorers_used(store.query("scorers", candidate_id=person))
    if not used:
        st.info("No answer has been scored yet. Score one on the Review page and it appears here.")
        return
    chosen = used[:1]
    if len(used) > 1:
        named = {scorer.label: scorer for scorer in used}
        picked = st.pills("Scorer", list(named), selection_mode="multi", default=used[0].label)
        chosen = tuple(named[label] for label in picked) or chosen
    names = ", ".join(scorer.label for scorer in chosen)
    st.caption(
        f"Scored by {names}. Scorers and versions are never mixed; unscored answers are left out. "
        "A point is a session's median, the band is how sure the scorer is."
    )
    trend = progress.only(store.query("competency_trend", candidate_id=person), chosen)
    recent = progress.only(store.query("competency_recent", candidate_id=person), chosen)
    with st.grid(3, min_column_width=_CARD_WIDTH) as grid:
        for criterion in load_rubric().criteria:
            rows = trend[trend["criterion"] == criterion.id]
            if rows.empty:
                continue
            with grid.cell():
                standing = progress.standing(recent[recent["criterion"] == criterion.id])
                figure = charts.competency_trend(rows, criterion.title)
                _card(criterion.title, standing, figure, f"level-{criterion.id}")


def _measured(
    query: str, person: str, named: Iterable[tuple[str, str, str]], draw: Callable[..., Any], empty: str
) -> None:
    trend = resources.store().query(query, candidate_id=person)
    if trend.empty:
        st.info(empty)
        return
    with st.grid(3, min_column_width=_CARD_WIDTH) as grid:
        for name, title, definition in named:
            rows = trend[trend["name"] == name]
            if not rows.empty:
                with grid.cell():
                    _card(title, definition, draw(rows, title), f"{query}-{name}")


def _delivery(person: str) -> None:
    st.caption("How answers were spoken. It never touches a level. The band is the range within a session.")
    named = [(name, signal.label, signal.definition) for name, signal in BANDS.items()]
    _measured("delivery_trend", person, named, charts.delivery_trend, "No spoken answer was measured yet.")


def _camera(person: str) -> None:
    st.caption(
        "What the camera measured. It never touches a level, and there is no right value. "
        "A hollow point was measured in less than half of the frames."
    )
    named = [(signal.name, signal.title, signal.definition) for signal in SIGNALS]
    _measured("signal_trend", person, named, charts.signal_trend, "No answer on camera was measured yet.")


def _practice(person: str) -> None:
    store = resources.store()
    store.keep_questions(resources.questions())
    left, right = st.columns(2)
    with left:
        weeks = store.query("time_practised", candidate_id=person)
        _card("Time practised", "Minutes recorded per week.", charts.practice_time(weeks), "time")
    with right:
        cells = store.query("bank_coverage", candidate_id=person)
        note = "Questions answered of those in the bank."
        _card("Coverage of the bank", note, charts.coverage_heatmap(cells), "coverage")
    st.markdown("**Sessions**")
    st.dataframe(
        store.query("sessions", candidate_id=person),
        hide_index=True,
        alt="Sessions, newest first",
        column_order=("started_at", "answers", "scored", "unscored", "seconds", "questions"),
        column_config={
            "started_at": st.column_config.DatetimeColumn("Began (UTC)", format="D MMM YYYY, HH:mm"),
            "answers": st.column_config.NumberColumn("Answers"),
            "scored": st.column_config.NumberColumn("Scored"),
            "unscored": st.column_config.NumberColumn("Unscored"),
            "seconds": st.column_config.NumberColumn("Recorded, s", format="%.0f"),
            "questions": st.column_config.TextColumn("Questions"),
        },
    )


_SECTIONS = {"Levels": _levels, "Delivery": _delivery, "Camera": _camera, "Practice": _practice}

st.title("Progress")
try:
    me = resources.candidate_id()
    person = sample_data.choose(me, has_own=bool(resources.store().attempts(me)))
    if person is None:
        st.info(
            "Nothing to show yet. After your first answer this page shows levels, delivery and camera "
            "signals as points on a trend."
        )
        with st.container(horizontal=True):
            st.page_link("pages/practice.py", label="Practise a question")
            sample_data.offer()
        st.stop()
    section = st.segmented_control(
        "What to look at", list(_SECTIONS), default="Levels", required=True, label_visibility="collapsed"
    )
    _SECTIONS[section](person)
    if person == me and not resources.store().has_sample():
        sample_data.offer()
except RehearseError as error:
    st.error(error.remedy, title=error.message)
