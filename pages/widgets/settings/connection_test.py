"""Tests from the browser whether the configured STUN and TURN servers work, and says what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from data.ice import ice_configuration
from data.settings import IceServer


@dataclass(frozen=True, slots=True)
class ConnectionTest:
    """What the browser found. `ok` is None before the first test."""

    ok: bool | None
    message: str = ""


_HERE = Path(__file__)
_TEST = st.components.v2.component(
    "rehearse_connection_test",
    html=_HERE.with_suffix(".html").read_text(encoding="utf-8"),
    css=_HERE.with_suffix(".css").read_text(encoding="utf-8"),
    js=_HERE.with_suffix(".js").read_text(encoding="utf-8"),
)


def show(key: str, ice: Sequence[IceServer]) -> ConnectionTest:
    """Draw the test; neither camera nor microphone is opened."""
    servers = ice_configuration(ice)["iceServers"]
    result = _TEST(key=key, data={"servers": servers}, on_result_change=lambda: None).get("result")
    return ConnectionTest(None) if result is None else ConnectionTest(result["ok"], result["message"])
