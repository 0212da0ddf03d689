"""What went wrong, said where it was asked for, with the rest of the page still drawn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from data.domain import RehearseError


@contextmanager
def show() -> Iterator[None]:
    """Draw the error of the block here, message and remedy, instead of ending the page with it."""
    try:
        yield
    except RehearseError as error:
        st.error(error.remedy, title=error.message)
