"""Cards of what was heard: one for all key points and one a competency, with own marks told apart."""

from __future__ import annotations

import streamlit as st

from analysis import charts
from analysis.next_up import progress_sentences
from data.agreement import heard_figures
from data.rubrics import load_rubric
from pages.widgets import clock
from pages.widgets.made_once import kept
from pages.widgets.plain import plain
from pages.widgets.progress import trend_cards

_ALL = "all"


def comes_first(person: str) -> bool:
    """Whether there is coverage to look at and no level that counts."""
    return clock.rows_about("scorers", person).empty and not clock.rows_about("coverage_trend", person).empty


def show(person: str) -> None:
    """Draw the shares of key points heard over sessions or weeks."""
    if clock.rows_about("coverage_trend", person).empty:
        st.info("No answer has been read yet. Score one on the Review page and it appears here.")
        return
    period = trend_cards.choose_period(person)
    rows = clock.rows_about("coverage_trend", person, period=period)
    st.caption(
        "Of the key points that can be told, the share that was heard, in % of points; dashed, with those "
        "you marked yourself. A share needs three points. What was heard is no level, and never mixed with "
        "one. "
        f"{plain(heard_figures())}"
    )
    titles = {_ALL: "All key points", **{one.id: one.title for one in load_rubric().criteria}}
    with st.grid(3, min_column_width=trend_cards.CARD_WIDTH) as grid:
        for name, title in titles.items():
            own = rows[rows["competency"] == name]
            if own.empty:
                continue
            with grid.cell():
                key = f"heard-{name}"
                figure = kept(key, charts.coverage_trend, own, title)
                trend_cards.card(title, progress_sentences.heard(own), figure, key)
