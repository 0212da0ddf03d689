"""The answer over time: quotes, steps, speech and pauses, gaze, posture. All on the recording's clock.

A click anywhere in a timeline plays from there (heard by the player, see `player.js`).
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from analysis import charts
from analysis.reading.design_steps import find_steps, time_per_step
from data.domain import AttemptResult, Question
from data.rubrics import load_rubric
from pages.widgets.made_once import kept
from pages.widgets.plain import plain
from pages.widgets.settings import quiet_delivery


def show(result: AttemptResult, question: Question, *, playable: bool) -> None:
    """Draw the timelines that have something to show."""
    design = question.category == "system_design"
    titles = {criterion.id: criterion.title for criterion in load_rubric().criteria}
    figures: dict[str, tuple[str, Any]] = {}
    if result.speech and result.speech.voiced:
        figures["quotes"] = (
            "Steps and quotes" if design else "Quotes",
            kept(
                "quotes-timeline",
                charts.evidence_timeline,
                result.turns,
                result.assessment,
                titles,
                steps=design,
                end_seconds=result.speech.seconds,
            ),
        )
        if not quiet_delivery.hidden():
            spoken = kept("speech-timeline", charts.speech_timeline, result.speech)
            figures["speech"] = ("Speech, pauses, fillers", spoken)
    if result.frames:
        figures["gaze"] = ("Where you looked", kept("gaze-timeline", charts.gaze_timeline, result.frames))
        posture = kept("posture-timeline", charts.posture_timeline, result.frames)
        figures["posture"] = ("Head and shoulders", posture)
    if figures:
        st.subheader("Timelines")
        if playable:
            st.caption("Click a place to play from there. The line shows where the recording is.")
    with st.container(key="timelines"):
        for name, (title, figure) in figures.items():
            _draw(title, figure, f"{name}-timeline")
    if design and not figures and result.turns:
        figure = charts.step_shares(time_per_step(find_steps(result.turns)))
        _draw("Steps of a design answer", figure, "step-shares")


def _draw(title: str, figure: Any, key: str) -> None:
    st.markdown(f"**{plain(title)}**")
    st.plotly_chart(figure, key=key, alt=charts.describe(figure), config={"displayModeBar": False})
