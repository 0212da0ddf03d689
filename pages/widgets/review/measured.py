"""How the answer was delivered: every measured number with its unit, or that it was not measured and why."""

from __future__ import annotations

import streamlit as st

from analysis.signals.catalogue import SIGNALS
from analysis.speech.delivery import BANDS, advice, bands_in_words
from data.domain import Delivery, SignalSummary
from pages.widgets.plain import plain
from pages.widgets.settings import quiet_delivery

_TITLES = {signal.name: signal.title for signal in SIGNALS}


def show_delivery(delivery: Delivery | None) -> None:
    """Pace, pauses and fillers, with the band as advice, and what each of them is."""
    if delivery is None:
        st.caption("Not measured: this answer was typed.")
        return
    if delivery.reason:
        st.caption(f"Not measured: {plain(delivery.reason)}")
    values = {name: getattr(delivery, name) for name in quiet_delivery.names()}
    st.table(
        {
            "": [BANDS[name].label for name in values],
            "Measured": [_number(value, BANDS[name].unit) for name, value in values.items()],
            "Advice": [plain(advice(name, value) or "") for name, value in values.items()],
        },
        alt="Delivery measurements with units and advice",
    )
    quiet_delivery.show("quiet-review")
    with st.expander("What these are, and where the advice comes from"):
        for name in values:
            signal = BANDS[name]
            st.markdown(
                f"**{signal.label}** ({signal.unit}). {signal.definition} {plain(bands_in_words(signal))}"
            )
            st.caption(f"Source: {signal.source}")
        st.caption(
            "Pace and pauses need 15 seconds of speech and 30 words; below that they are not measured."
        )


def show_signals(summaries: tuple[SignalSummary, ...]) -> None:
    """Eye contact and posture shares, each with its coverage."""
    if not summaries:
        st.caption("Not measured: the camera was off.")
        return
    st.table(
        {
            "": [_TITLES[summary.name] for summary in summaries],
            "Measured": [_number(summary.value, summary.unit, summary.reason) for summary in summaries],
            "Coverage": [f"{summary.coverage:.0%} of speaking time" for summary in summaries],
        },
        alt="Camera measurements with units and coverage",
    )


def _number(value: float | None, unit: str, reason: str | None = None) -> str:
    if value is None:
        return f"not measured{f' ({plain(reason)})' if reason else ''}"
    if unit == "share":
        return f"{value:.0%}"
    return f"{value:.0f} {plain(unit)}" if abs(value) >= 10 else f"{value:.1f} {plain(unit)}"
