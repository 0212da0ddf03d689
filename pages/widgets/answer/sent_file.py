"""The file somebody handed over, as it was sent: kept while not all of it is in the recording."""

from __future__ import annotations

import streamlit as st

from data.domain import Attempt
from pages.widgets import resources
from pages.widgets.review.player import signed_url


def show(attempt: Attempt) -> None:
    """Draw a button that saves it, when there is one: from disk, it may be larger than the memory."""
    recordings = resources.recordings()
    path = recordings.received(attempt.id)
    if path is not None:
        st.link_button("The file you sent", signed_url(path.name))
