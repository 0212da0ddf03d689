"""Who looked at the candidate's answers, when, and why they could."""

from __future__ import annotations

import streamlit as st

from pages.widgets import attempt_picker, clock, resources


def show(owner: str) -> None:
    """Draw the log, newest first."""
    log = resources.session().grants.accesses(owner)
    if not log:
        st.caption("Nobody but you has opened an answer of yours.")
        return
    attempts = {attempt.id: attempt for attempt in resources.session().answers.of(owner)}
    labels = [
        attempt_picker.label(attempts[line.attempt_id])
        if line.attempt_id in attempts
        else ("erased" if line.attempt_id else "all since you joined")
        for line in log
    ]
    st.dataframe(
        {
            "When": [clock.in_table(line.at) for line in log],
            "Who": [line.viewer for line in log],
            "Answer": labels,
            "What": ["recording" if line.what == "recording" else "words and levels" for line in log],
            "Because": [line.why for line in log],
        },
        hide_index=True,
        alt="Who opened your answers, newest first",
        column_config={"When": st.column_config.DatetimeColumn(format="D MMM YYYY, HH:mm")},
    )
