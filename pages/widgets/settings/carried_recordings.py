"""Recordings on their way to a bucket: begun with the first visit, told in Settings where it gets stuck."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from data.carrying import Carrier, start_carrying
from data.domain import RehearseError
from pages.widgets import resources
from pages.widgets.plain import plain


def go_on() -> None:
    """Take whole recordings to the bucket from now on; what is wrong with it is told where one records."""
    with suppress(RehearseError):
        if resources.recordings().bucket is not None:
            _carrier()


def show_trouble() -> None:
    """Draw what waits here and why, if anything does."""
    if resources.recordings().bucket is not None and (told := _carrier().told):
        st.warning(plain(told))


@st.cache_resource(show_spinner=False)
def _carrier() -> Carrier:
    return start_carrying(resources.recordings())
