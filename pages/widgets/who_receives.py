"""Who receives what: one line wherever something leaves this server, and none where nothing does."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from pages.widgets import resources
from pages.widgets.plain import plain

What = Literal["answer", "interview", "sound", "question", "pasted"]
_MODEL = "{place}, model {model}"
_LINES: dict[What, str] = {
    "answer": "Sends the question and your words to {place}, code and sketch included.",
    "interview": (
        "Your answers (words, code, sketch) are sent to {place}: each is judged there when it is over, and "
        "while you answer the interviewer's next question is worded there."
    ),
    "sound": "The sound of your answer is sent to {place}, to be written down.",
    "question": "Questions are sent as text to {place} to be read aloud; nothing of yours is.",
    "pasted": "“Write new questions” sends the text you pasted to {place}.",
}


def line(what: What) -> str:
    """What is sent where; empty when it stays on this server."""
    place = receiver(what)
    return _LINES[what].format(place=plain(place)) if place else ""


def receiver(what: What) -> str | None:
    """The server that receives it, with its model; None when it stays on this server."""
    settings = resources.settings()
    if what == "sound":
        return settings.stt_place and _MODEL.format(place=settings.stt_place, model=settings.stt_model)
    if what == "question":
        return settings.tts_place and _MODEL.format(place=settings.tts_place, model=settings.tts_model)
    used = resources.language_model()
    return _MODEL.format(place=used.place, model=used.model) if used else None


def show(what: What, more: str = "") -> None:
    """Draw the line, if there is anything to say, with what else belongs to it."""
    told = line(what)
    if told:
        st.caption(f"{told} {plain(more)}".strip())
