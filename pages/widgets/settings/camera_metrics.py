"""What the camera measures, each metric with its own switch; remembered, and respected in every answer."""

from __future__ import annotations

import streamlit as st

from analysis.signals.switches import METRICS, switch_off, switched_off
from pages.widgets import resources


def show() -> None:
    """Draw the switches."""
    session, person = resources.session(), resources.candidate_id()
    off = switched_off(session.memory, person)
    chosen = st.pills(
        "Measured from the camera",
        list(METRICS),
        format_func=lambda metric: METRICS[metric],
        selection_mode="multi",
        default=[metric for metric in METRICS if metric not in off],
        key="camera metrics",
        help="Switch off what you do not want measured. The recording and the levels stay the same.",
    )
    unwanted = frozenset(METRICS) - frozenset(chosen)
    if unwanted != off:
        switch_off(session.memory, person, unwanted)
