"""The file somebody handed over, as it was sent: kept while not all of it is in the recording."""

from __future__ import annotations

import streamlit as st

from data.domain import Attempt
from pages.widgets import resources


def show(attempt: Attempt) -> None:
    """Draw a button that saves it, when there is one."""
    recordings = resources.recordings()
    path = recordings.received(attempt.id)
    if path is not None:
        name = recordings.sent_as(attempt.id)
        st.download_button("The file you sent", path.read_bytes, name, key=f"save-{attempt.id}")
