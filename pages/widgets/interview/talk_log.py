"""What was said in an interview so far, in a place of its own that scrolls, by keyboard too."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from analysis.live.room_screen import Screen
from data.domain import Turn

_HERE = Path(__file__)
_LOG = st.components.v2.component(
    "rehearse_talk_log",
    html=_HERE.with_suffix(".html").read_text(encoding="utf-8"),
    css=_HERE.with_suffix(".css").read_text(encoding="utf-8"),
    js=_HERE.with_suffix(".js").read_text(encoding="utf-8"),
)
_WHO = {"interviewer": "Interviewer", "candidate": "You"}
_EMPTY = "What you and the interviewer say appears here."


def show(screen: Screen) -> None:
    """Draw it. It follows the newest line unless somebody has scrolled up to read."""
    lines: list[dict[str, str]] = []
    for number, turns in enumerate((*screen.earlier, screen.turns), start=1):
        lines += [_heading(f"Question {number:d}")] if screen.earlier else []
        lines += map(_line, turns)
    _LOG(key="talk-log", data={"lines": lines or [_heading(_EMPTY)]})


def _heading(text: str) -> dict[str, str]:
    return {"kind": "heading", "who": "", "text": text}


def _line(turn: Turn) -> dict[str, str]:
    return {"kind": turn.speaker, "who": _WHO[turn.speaker], "text": turn.text}
