"""The candidate's own arithmetic, step by step: as stated, as recomputed, and how far apart."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.estimates import CapacityStep, assumed
from pages.widgets.plain import plain
from pages.widgets.review import quote

_SAID = {"consistent": "✓ Adds up", "slip": "≠ Check this", "carried": "✓ Adds up, from a step to check"}


def show(steps: Sequence[CapacityStep], unread: str, *, playable: bool) -> None:
    """Draw what was not looked at, each step that adds up or does not, then what was assumed."""
    if unread:
        st.caption(plain(unread))
    if not steps:
        st.caption(
            "Nothing to recompute: no quantity was worked out aloud from others. Saying the factors "
            "(“40 a second times 500 bytes”) lets anyone follow, and lets this page check."
        )
        return
    st.caption(
        "Recomputed from your own numbers, rounded as on a whiteboard. An assumption is never wrong here: "
        "another number is another system. What was not said aloud is not guessed."
    )
    for number, step in enumerate(steps):
        with st.container(border=True):
            _step(step, number, playable)
    taken = assumed(steps)
    if taken:
        st.markdown("**Taken as you said it**")
        for number, evidence in enumerate(taken):
            quote.show(evidence, key=f"assumed-{number}", playable=playable)


def _step(step: CapacityStep, number: int, playable: bool) -> None:
    left, right = st.columns([3, 2], vertical_alignment="center")
    left.markdown(f"**{_SAID[step.verdict]}**")
    right.markdown(_compared(step))
    quote.show(step.quote, key=f"number-{number}", playable=playable)
    if step.formula:
        st.caption(f"From: {plain(step.formula)}")
    if step.reason:
        st.caption(plain(step.reason))


def _compared(step: CapacityStep) -> str:
    unit = f" {plain(_unit(step))}".rstrip()
    stated, recomputed = plain(_amount(step.stated)), plain(_amount(step.recomputed))
    if step.verdict == "carried":
        return f"stated {stated}{unit} · with the step above mended {recomputed}{unit}"
    both = f"stated {stated}{unit} · recomputed {recomputed}{unit}"
    factor = step.off_by_factor
    if step.verdict != "slip":
        return both
    return f"{both}  \n{max(factor, 1 / factor):.3g} times too {'high' if factor > 1 else 'low'}"


def _unit(step: CapacityStep) -> str:
    """What is counted and its period, in the words that stated it; "" for a bare number."""
    said = step.text
    at = said.find(step.unit) if step.unit else said.find("per ")
    return f" {said[at:] if at >= 0 else step.unit}".rstrip()


def _amount(value: float) -> str:
    for size, name in ((1e15, "quadrillion"), (1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if value >= size:
            return f"{value / size:,.3g} {name}"
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"
