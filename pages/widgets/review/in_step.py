"""One control that plays two recordings in step, each from where its answer begins."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

_HERE = Path(__file__)
_CONTROL = st.components.v2.component(
    "rehearse_in_step",
    html=_HERE.with_suffix(".html").read_text(encoding="utf-8"),
    css=_HERE.with_suffix(".css").read_text(encoding="utf-8"),
    js=_HERE.with_suffix(".js").read_text(encoding="utf-8"),
)


def show(titles: Mapping[str, str]) -> None:
    """Draw the control for the players of these names (`player.show(..., part=...)`) with their titles."""
    _CONTROL(key="in-step", data={"names": list(titles), "titles": list(titles.values())})
