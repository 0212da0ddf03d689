"""One choice out of a few that all stay in sight."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import streamlit as st

from pages.widgets.plain import plain

Name = TypeVar("Name")


def show(label: str, options: Mapping[Name, str], *, default: Name, key: str) -> Name:
    """Draw the options by their titles; the one chosen, never none."""
    chosen: Name = st.segmented_control(
        plain(label),
        list(options),
        format_func=lambda name: plain(options[name]),
        default=default,
        required=True,
        key=key,
    )
    return chosen
