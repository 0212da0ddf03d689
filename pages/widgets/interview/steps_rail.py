"""The six steps of a design answer as a quiet line: how much time or how many of the words each got."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st

from analysis.reading.design_steps import Step, StepTime
from data.domain.in_words import clock

TITLES: dict[Step, str] = {
    "requirements": "Requirements",
    "estimate": "Estimate",
    "architecture": "Architecture",
    "deep_dive": "Deep dive",
    "failures": "Failures",
    "operations": "Operations",
}

_STYLE = """<style>
.rail { display: flex; flex-wrap: wrap; gap: 0.25rem 0.5rem; font-size: 0.85rem; }
.rail span { flex: 1 1 6.5rem; border-top: 4px solid #8a949e; padding-top: 0.2rem; }
.rail span.heard { border-top-color: #0072B2; }
</style>"""


def show(steps: Sequence[StepTime]) -> None:
    """Draw the steps with what they got: seconds where words were timed, else their share."""
    parts = [
        f'<span role="listitem" class="{"heard" if step.share else ""}">{html.escape(TITLES[step.step])}<br>'
        f"{_got(step)}</span>"
        for step in steps
    ]
    st.html(f'{_STYLE}<div class="rail" role="list">{"".join(parts)}</div>')


def _got(step: StepTime) -> str:
    if not step.share:
        return "not heard"
    return f"{step.share:.0%} of the words" if step.seconds is None else f"{clock(step.seconds)} min"
