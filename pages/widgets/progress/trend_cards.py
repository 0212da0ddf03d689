"""Cards with one trend each: levels, delivery, camera, own ratings, practice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import streamlit as st

from analysis import charts
from analysis.next_up import progress_sentences
from analysis.signals.catalogue import SIGNALS
from analysis.speech.delivery import BANDS
from data.domain import WHOLE_ANSWER
from data.rubrics import expected_level, load_rubric
from pages.widgets import clock, remembered, resources
from pages.widgets.made_once import kept
from pages.widgets.plain import plain
from pages.widgets.settings import quiet_delivery

CARD_WIDTH = 340
_MANY_SESSIONS = 40
"""From here on a point a week reads better than a point a session."""


def card(title: str, note: str, figure: Any, key: str) -> None:
    """One figure with its title and a sentence; without anything to draw, the sentence that says so."""
    with st.container(border=True):
        st.markdown(f"**{plain(title)}**")
        if note:
            st.caption(plain(note))
        if figure.data:
            st.plotly_chart(figure, key=key, alt=charts.describe(figure), config={"displayModeBar": False})
        else:
            st.markdown(plain(charts.describe(figure)))


def show_levels(person: str) -> None:
    """One card a criterion: the trend, where it stands, what the role looks for."""
    chosen = _choose_scorers(person)
    if not chosen:
        return
    period = choose_period(person)
    everything = clock.rows_about("competency_trend", person, period=period)
    trend = progress_sentences.only(everything, chosen)
    recent = progress_sentences.only(clock.rows_about("competency_recent", person), chosen)
    changes = [
        charts.Mark(change.when, change.text) for change in progress_sentences.scorer_changes(everything)
    ]
    marks = [*changes, *(note.mark for note in remembered.notes(person))]
    role = remembered.wish(person).role
    st.caption(
        f"Dotted: what {plain(role)} loops usually look for, a proposal. "
        "Dashed: another scorer, or your notes."
    )
    with st.grid(3, min_column_width=CARD_WIDTH) as grid:
        for criterion in load_rubric().criteria:
            rows = trend[trend["criterion"] == criterion.id]
            if rows.empty:
                continue
            with grid.cell():
                key = f"level-{criterion.id}"
                latest = recent[recent["criterion"] == criterion.id]
                standing = kept(f"{key}-standing", progress_sentences.standing, latest)
                expected = expected_level(role, criterion.id)
                drawn = {"marks": marks, "expected": expected}
                figure = kept(key, charts.competency_trend, rows, criterion.title, **drawn)
                card(criterion.title, standing, figure, key)
    remembered.edit_notes(person)


def _choose_scorers(person: str) -> tuple[progress_sentences.ScorerUsed, ...]:
    used = progress_sentences.scorers_used(clock.rows_about("scorers", person))
    if not used:
        st.info(
            "No answer has a level that counts yet. Levels need a judge: a language model that has passed "
            "the exam (Settings). What was heard in your answers is under Heard."
        )
        return ()
    chosen = used[:1]
    if len(used) > 1:
        named = {scorer.label: scorer for scorer in used}
        picked = st.pills(
            "Scorer", list(named), format_func=plain, selection_mode="multi", default=used[0].label
        )
        chosen = tuple(named[label] for label in picked) or chosen
    names = ", ".join(scorer.label for scorer in chosen)
    st.caption(
        f"Scored by {plain(names)}. Scorers and versions are never mixed; unscored answers are left out. "
        "A point is a median, the band is how sure the scorer is."
    )
    return chosen


def choose_period(person: str) -> str:
    """Draw the choice of what a point is; the `period` of a query."""
    sessions = len(clock.rows_about("sessions", person))
    periods = {"Per session": "session", "Per week": "week"}
    usual = "Per week" if sessions > _MANY_SESSIONS else "Per session"
    return periods[st.segmented_control("A point", list(periods), default=usual, required=True)]


def show_measured(
    query: str,
    person: str,
    named: Iterable[tuple[str, str, str]],
    draw: Callable[..., Any],
    empty: str,
    *,
    compared: bool = False,
) -> None:
    """One card a measured signal; `compared` adds the newest session against one's own last three."""
    trend = clock.rows_about(query, person)
    if trend.empty:
        st.info(plain(empty))
        return
    with st.grid(3, min_column_width=CARD_WIDTH) as grid:
        for name, title, definition in named:
            rows = trend[trend["name"] == name]
            if rows.empty:
                continue
            note = definition
            if compared:
                note = f"{progress_sentences.against_own(rows, str(rows['unit'].iloc[0]))} {definition}"
            with grid.cell():
                key = f"{query}-{name}"
                card(title, note, kept(key, draw, rows, title), key)


def show_delivery(person: str) -> None:
    """Pace, pauses and fillers."""
    st.caption("How answers were spoken. It never touches a level. The band is the range within a session.")
    named = [(name, BANDS[name].label, BANDS[name].definition) for name in quiet_delivery.names()]
    empty = "No spoken answer was measured yet."
    show_measured("delivery_trend", person, named, charts.delivery_trend, empty, compared=True)


def show_camera(person: str) -> None:
    """Eye contact and posture."""
    st.caption(
        "What the camera measured. It never touches a level, and there is no right value. "
        "A hollow point was measured in less than half of the frames."
    )
    named = [(signal.name, signal.title, signal.definition) for signal in SIGNALS]
    empty = "No answer on camera was measured yet."
    show_measured("signal_trend", person, named, charts.signal_trend, empty)


def show_own_ratings(person: str) -> None:
    """How own ratings, given before the reveal, match the levels."""
    used = progress_sentences.scorers_used(clock.rows_about("scorers", person))[:1]
    ratings = progress_sentences.only(clock.rows_about("self_rating", person), used)
    st.caption(
        "Your rating of an answer as a whole, given before its levels are shown, stands against the middle "
        "of these. Earlier ones were given criterion by criterion. On the dotted line both are the same."
    )
    left, right = st.columns(2)
    with left:
        note = progress_sentences.calibration_sentence(ratings)
        card("All ratings", note, kept("calibration", charts.calibration, ratings), "calibration")
    with right:
        titles = {criterion.id: criterion.title for criterion in load_rubric().criteria}
        for rated, title in {WHOLE_ANSWER: "Whole answers", **titles}.items():
            sentence = progress_sentences.calibration_sentence(ratings[ratings["criterion"] == rated])
            if sentence:
                st.markdown(f"**{title}**  \n{plain(sentence)}")


def show_practice(person: str) -> None:
    """Time, coverage of the bank, sessions."""
    session = resources.session()
    session.bank.keep(resources.bank())
    left, right = st.columns(2)
    with left:
        weeks = clock.rows_about("time_practised", person)
        figure = kept("time", charts.practice_time, weeks)
        card("Time practised", "Minutes recorded per week.", figure, "time")
    with right:
        cells = clock.rows_about("bank_coverage", person)
        note = "Questions answered of those in the bank."
        card("Coverage of the bank", note, kept("coverage", charts.coverage_heatmap, cells), "coverage")
    st.markdown("**Sessions**")
    st.dataframe(
        clock.rows_about("sessions", person),
        hide_index=True,
        placeholder="–",
        alt="Sessions, newest first",
        column_order=("started_at", "answers", "scored", "unscored", "seconds", "questions"),
        column_config={
            "started_at": st.column_config.DatetimeColumn("Began", format="D MMM YYYY, HH:mm"),
            "answers": st.column_config.NumberColumn("Answers"),
            "scored": st.column_config.NumberColumn("Scored"),
            "unscored": st.column_config.NumberColumn("Unscored"),
            "seconds": st.column_config.NumberColumn("Recorded, s", format="%.0f"),
            "questions": st.column_config.TextColumn("Questions"),
        },
    )
