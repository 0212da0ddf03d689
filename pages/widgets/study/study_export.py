"""Take the chosen questions along: a table for a spreadsheet, or a checklist to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from analysis.next_up.study_list import State, as_csv, as_markdown
from data.domain import Question


def show(questions: Sequence[Question], states: Mapping[str, State]) -> None:
    """Draw the menu; a file is made when it is asked for."""
    with st.popover("Take these along"):
        outlines = st.checkbox("With outlines of strong answers", key="study-outlines")
        st.download_button(
            "Checklist (Markdown)",
            lambda: as_markdown(questions, states, outlines=outlines),
            "questions.md",
            "text/markdown",
            on_click="ignore",
        )
        st.download_button(
            "Table (CSV)", lambda: as_csv(questions, states), "questions.csv", "text/csv", on_click="ignore"
        )
