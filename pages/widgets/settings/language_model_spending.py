"""What language models have cost since this server started, by what it was for."""

from __future__ import annotations

import streamlit as st

from analysis.llm.spending import WHOLE_SERVER, Purpose
from pages.widgets import clock
from pages.widgets.plain import plain

_TITLES: dict[Purpose, str] = {
    "judge": "Judging answers",
    "interviewer": "The interviewer",
    "feedback": "Questions about feedback",
    "tailoring": "Questions for one job",
    "exam": "The exam",
    "trial": "Testing the connection",
    "speech": "Speech",
    "other": "Other",
}


def show() -> None:
    """Draw the table; nothing before the first call."""
    spent = WHOLE_SERVER.by_purpose()
    if not spent:
        return
    with st.expander("What it has cost so far"):
        st.table(
            {
                "For": [_TITLES[purpose] for purpose in spent],
                "Calls": [f"{usage.calls:,d}" for usage in spent.values()],
                "Tokens": [f"{usage.prompt_tokens + usage.completion_tokens:,d}" for usage in spent.values()],
                "Seconds": [f"{usage.seconds:.1f}" for usage in spent.values()],
                "Price": [
                    "not set" if usage.price is None else f"${usage.price:.4f}" for usage in spent.values()
                ],
            },
            hide_index=True,
            alt="Calls, tokens, seconds and price by what they were for",
        )
        st.caption(f"Of everybody on this server since {plain(clock.day_and_time(WHOLE_SERVER.since))}.")
