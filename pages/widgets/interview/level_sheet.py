"""What a round was held against: its level, what was made harder, and the claims worth looking up."""

from __future__ import annotations

import streamlit as st

from analysis.interview.keeping.end_figures import RoundReport
from pages.widgets.plain import plain


def show(one: RoundReport, level: str) -> None:
    """Draw what the level asks for, what was made harder, and what holds instead of a tested claim."""
    if one.expected:
        st.caption(f"**Held against {plain(level)}:** {plain(one.expected)}")
    for line in one.harder:
        st.markdown(f":material/trending_up: **Made harder:** {plain(line)}")
    for claim in one.claims:
        source = f" ({plain(claim.source)})" if claim.source else ""
        st.markdown(f":material/search: **Worth looking up:** {plain(claim.right)}{source}")
    if one.claims:
        st.caption(
            "The interviewer had you test something that sounded like the opposite; the words decide nothing."
        )
