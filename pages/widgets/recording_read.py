"""Recordings that are read beside the page, and waiting for one; the page may be left meanwhile."""

from __future__ import annotations

import streamlit as st

from analysis.live.recordings_read import Reading, Readings
from pages.widgets import resources
from pages.widgets.plain import plain

_LOOK_SECONDS = 0.3


@st.cache_resource(show_spinner=False)
def readings() -> Readings:
    """Recordings that are read whole, in any tab."""
    return Readings()


def wait(reading: Reading, told: str) -> None:
    """Draw what is waited for until it is over. Raises RehearseError when it could not be read."""
    with st.status(plain(told), type="step") as step:
        while not reading.over.wait(_LOOK_SECONDS):
            step.update(label=plain(reading.waits or told))
    readings().forget(resources.viewer(), reading.attempt.id)
    if reading.problem is not None:
        raise reading.problem
