"""The way on to another page, marked as one: plain words alone do not look as if they could be pressed."""

from __future__ import annotations

import streamlit as st

_ICON = ":material/arrow_forward:"


def show(page: str, label: str, **query: str) -> None:
    """Draw the link; `query` is what its address asks for."""
    st.page_link(page, label=label, icon=_ICON, query_params=query)
