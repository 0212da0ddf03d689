"""Checks camera and microphone before anything is sent: self-view, level meter, plain messages.

Picture and sound stay in the browser; only the verdict reaches the server.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st


@dataclass(frozen=True, slots=True)
class DeviceCheck:
    """What was found. `level` is the loudest sound so far (root mean square, 0-1); None: not listened yet.

    `done` is False until the check has run once.
    """

    camera_ok: bool = False
    microphone_ok: bool = False
    level: float | None = None
    message: str = ""
    done: bool = False

    @property
    def failed(self) -> bool:
        """Whether the check has run and found nothing to record with."""
        return self.done and not self.microphone_ok


_HERE = Path(__file__)
_CHECK = st.components.v2.component(
    "rehearse_device_check",
    html=_HERE.with_suffix(".html").read_text(encoding="utf-8"),
    css=_HERE.with_suffix(".css").read_text(encoding="utf-8"),
    js=_HERE.with_suffix(".js").read_text(encoding="utf-8"),
)


def show(key: str, *, video: bool = True) -> DeviceCheck:
    """Draw the check. The devices are let go as soon as it is no longer drawn."""
    drawn = _CHECK(key=key, data={"video": video}, on_result_change=lambda: None)
    return read(drawn.get("result"))


def read(result: Mapping[str, object] | None) -> DeviceCheck:
    """The verdict as the browser sent it."""
    if result is None:
        return DeviceCheck()
    level = result.get("level")
    return DeviceCheck(
        camera_ok=bool(result.get("camera_ok")),
        microphone_ok=bool(result.get("microphone_ok")),
        level=float(level) if isinstance(level, int | float) else None,
        message=str(result.get("message") or ""),
        done=True,
    )
