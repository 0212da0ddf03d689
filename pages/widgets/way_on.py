"""The way on to another page, marked as one: plain words alone do not look as if they could be pressed."""

from __future__ import annotations

import streamlit as st

from pages.widgets.plain import plain

_ICON = ":material/arrow_forward:"


def show(page: str, label: str, *, strong: bool = False, **query: str) -> None:
    """Draw the link; `query` is what its address asks for."""
    shown = f"**{plain(label)}**" if strong else plain(label)
    st.page_link(page, label=shown, icon=_ICON, query_params=query)
