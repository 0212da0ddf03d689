"""How the interviewer asks: aloud or in writing only, which of the browser's voices, how fast."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import streamlit as st

from pages.widgets import resources, who_receives

_MEMORY = "interviewer-voice"
RATES = (0.7, 0.85, 1.0, 1.15, 1.3)


@dataclass(frozen=True, slots=True)
class Voice:
    """The kept choice. `name` "" leaves the voice to the browser; `rate` 1 is the voice's own pace."""

    aloud: bool = False
    name: str = ""
    rate: float = 1.0


_HERE = Path(__file__)
_VOICES = st.components.v2.component(
    "rehearse_voice_settings",
    html=_HERE.with_suffix(".html").read_text(encoding="utf-8"),
    css=_HERE.with_suffix(".css").read_text(encoding="utf-8"),
    js=_HERE.with_suffix(".js").read_text(encoding="utf-8"),
)


def kept() -> Voice:
    """The choice of whoever practises; off until somebody turns it on."""
    value = resources.session().memory.recall(resources.candidate_id(), _MEMORY)
    return Voice(**json.loads(value)) if value else Voice()


def keep(voice: Voice) -> None:
    """Remember the choice."""
    resources.session().memory.remember(resources.candidate_id(), _MEMORY, json.dumps(asdict(voice)))


def toggle() -> bool:
    """Draw the one switch alone (beside a question); returns whether questions are read aloud."""
    voice = kept()
    aloud = st.toggle(
        "Read the question to me",
        voice.aloud,
        help=_help(),
    )
    if aloud != voice.aloud:
        keep(replace(voice, aloud=aloud))
    if aloud:
        who_receives.show("question")
    return aloud


def _help() -> str:
    voice = who_receives.line("question") or "With your browser's own voice."
    return f"The voice is synthetic. {voice} The text stays on screen. Voice and pace are in Settings."


def show() -> None:
    """Draw all of it, for Settings."""
    voice = kept()
    if not toggle():
        st.caption("Questions are shown in writing only.")
        return
    if who_receives.receiver("question"):
        st.caption("When that fails, the browser's own voice reads it.")
    st.caption("Whichever voice reads, it is synthetic.")
    rate = st.select_slider("Pace", RATES, voice.rate, format_func=lambda rate: f"{rate:g}x", width=320)
    drawn = _VOICES(key="voices", data={"voice": voice.name, "rate": rate}, on_voice_change=lambda: None)
    name = drawn.get("voice")
    chosen = Voice(True, voice.name if name is None else str(name), float(rate))
    if chosen != kept():
        keep(chosen)
