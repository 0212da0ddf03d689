"""The answer over time: speech and pauses, where the eyes were, posture. All on the recording's clock."""

from __future__ import annotations

import streamlit as st

from analysis import charts
from data.domain import AttemptResult


def show(result: AttemptResult) -> None:
    """Draw the timelines that have something to show."""
    if result.speech and result.speech.voiced:
        figure = charts.speech_timeline(result.speech)
        st.plotly_chart(figure, key="speech-timeline", alt=charts.describe(figure))
    if result.frames:
        for name, draw in (("gaze", charts.gaze_timeline), ("posture", charts.posture_timeline)):
            figure = draw(result.frames)
            st.plotly_chart(figure, key=f"{name}-timeline", alt=charts.describe(figure))
