"""Who receives what: one line wherever something leaves this server, and none where nothing does."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from data.language_model import HERE, LanguageModel
from pages.widgets import clock, resources
from pages.widgets.plain import plain

What = Literal["answer", "asked", "sums", "interview", "sound", "question", "pasted"]
_MODEL = "{place}, model {model} ({since})"
_SET = "set where this server is started"
_LINES: dict[What, str] = {
    "answer": "Sends the question and your words to {place}, code and sketch included.",
    "interview": (
        "Your answers (words, code, sketch) are sent to {place}: each is judged there when it is over, and "
        "while you answer the interviewer's next question is worded there."
    ),
    "asked": (
        "Sends what you ask, the question, your words and what was found in them to {place}. Nothing of it "
        "is kept here; it goes with this tab."
    ),
    "sums": (
        "Sends the question, what the interviewer said and your words to {place}. Nothing of the reply is "
        "kept; it goes with this tab."
    ),
    "sound": "The sound of your answer is sent to {place}, to be written down.",
    "question": (
        "What the interviewer says is sent as text to {place} to be read aloud: the questions, your own ones "
        "too, and what it asks on, which may repeat words of yours."
    ),
    "pasted": "“Write new questions” sends the text you pasted to {place}.",
}
_STAYS: dict[What, str] = {
    "answer": "{place} reads the question and your words, code and sketch included; they do not leave it.",
    "interview": (
        "{place} reads your answers (words, code, sketch): it judges each when it is over, and words the "
        "interviewer's next question while you answer; they do not leave it."
    ),
    "asked": (
        "{place} reads what you ask, the question, your words and what was found in them; they do not leave "
        "it. Nothing of it is kept; it goes with this tab."
    ),
    "sums": (
        "{place} reads the question, what the interviewer said and your words; they do not leave it. Nothing "
        "of the reply is kept; it goes with this tab."
    ),
    "pasted": "With “Write new questions” {place} reads the text you pasted; it does not leave it.",
}
"""For a model that this server runs itself."""


def line(what: What) -> str:
    """What is sent where, and since when; empty when no model and no other server reads it."""
    place = receiver(what)
    if not place:
        return ""
    used = _model(what)
    stays = used is not None and used.kind != "address"
    return (_STAYS if stays else _LINES)[what].format(place=plain(place))


def receiver(what: What) -> str | None:
    """Who reads it, with the model, and since when that is so; None when no model and no server does."""
    settings = resources.settings()
    if what == "sound":
        return settings.stt_place and _told(settings.stt_place, settings.stt_model, _SET)
    if what == "question":
        return settings.tts_place and _told(settings.tts_place, settings.tts_model, _SET)
    used = _model(what)
    if used is None:
        return None
    if used.kind != "address":
        return f"The model {used.model} on {place_of(used)} ({since(used)})"
    return _told(place_of(used), used.model, since(used))


def place_of(model: LanguageModel) -> str:
    """Where a model runs, as whoever is looking would say it: their computer may not be this server."""
    here = HERE if resources.viewer().role == "local" else "this server"
    return model.place.replace(HERE, here)


def since(model: LanguageModel) -> str:
    """Since when it is connected."""
    return f"since {clock.day_and_time(model.since)}" if model.since else _SET


def show(what: What, more: str = "") -> None:
    """Draw the line, if there is anything to say, with what else belongs to it."""
    told = line(what)
    if told:
        st.caption(f"{told} {plain(more)}".strip())


def _told(place: str, model: str, since: str) -> str:
    return _MODEL.format(place=place, model=model, since=since)


def _model(what: What) -> LanguageModel | None:
    return None if what in ("sound", "question") else resources.language_model()
