"""The interviewer's voice: a question read aloud in the browser, and when it ended.

The text is always there; the voice is a choice (Settings) and can be missing. Whoever calls this goes on
when `show` returns something: after the last word, or at once when nothing can be read.
"""

from __future__ import annotations

import hashlib
import re
import time
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from analysis.llm.beside import Beside
from data.domain import RehearseError
from pages.widgets import resources
from pages.widgets.settings import voice_settings


@dataclass(frozen=True, slots=True)
class Spoken:
    """A question that has been asked. Times are this server's `time.monotonic()`, in seconds.

    `aloud` is False when it was only shown: chosen so, or for the `reason`. `stopped`: cut short by hand.
    """

    aloud: bool
    began: float
    ended: float
    stopped: bool = False
    reason: str = ""


_HERE = Path(__file__)
_VOICE = st.components.v2.component(
    "rehearse_speak",
    html=_HERE.with_suffix(".html").read_text(encoding="utf-8"),
    css=_HERE.with_suffix(".css").read_text(encoding="utf-8"),
    js=_HERE.with_suffix(".js").read_text(encoding="utf-8"),
)
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+")
_MARKUP = re.compile(r"[*_`#]+|\[([^\[\]]*)\]\([^()]*\)")
LABELS = {
    "start": "Read it to me",
    "stop": "Stop reading",
    "reading": "Reading ...",
    "waiting": "Getting the voice ...",
}
_LOOK_SECONDS = 0.3


def show(text: str, key: str, *, auto: bool = False, shown: bool = True) -> Spoken | None:
    """Draw a question with its voice; None until it has been asked.

    `key` names this one asking: it is read once by itself, and again only when the person asks for it (then
    the result is of the last reading). `auto` begins as soon as it is
    drawn (after any click on the page; browsers keep quiet before), else the person presses a button.
    `shown=False` leaves the text out because it stands beside this already.
    """
    voice = voice_settings.kept()
    asking = hashlib.sha256(f"{key}\0{text}".encode()).hexdigest()[:16]
    memory = f"spoken:{asking}"
    known: tuple[object, Spoken] | None = st.session_state.get(memory)
    sound = _sound(" ".join(sentences(text)), asking) if voice.aloud and known is None else ""
    drawn = _VOICE(
        key=f"speak {key}",
        data={
            "id": asking,
            "sentences": sentences(text),
            "auto": auto,
            "shown": shown,
            "done": known is not None,
            "aloud": voice.aloud,
            "rate": voice.rate,
            "voice": voice.name,
            "sound": sound or "",
            "waiting": sound is None,
            "labels": LABELS,
            "now": time.time(),
        },
        on_spoken_change=lambda: None,
    )
    told = drawn.get("spoken")
    if told and told["id"] == asking and (known is None or known[0] != told["ended"]):
        known = told["ended"], read(told, time.time(), time.monotonic())
        st.session_state[memory] = known
    if sound is None:
        _look_again(" ".join(sentences(text)), asking)
    return known[1] if known else None


@st.fragment(run_every=_LOOK_SECONDS)
def _look_again(text: str, asking: str) -> None:
    """Draw the page anew when the sound is there; no page waits for a server."""
    if _sound(text, asking) is not None:
        st.rerun()


def _sound(text: str, asking: str) -> str | None:
    """The text as sound from the configured server, for an audio element; "" leaves it to the browser.

    None while the server has not answered. One that failed is not asked again for this asking.
    """
    settings, silent = resources.settings(), f"silent:{asking}"
    if settings.tts_place is None or silent in st.session_state:
        return ""
    getting = _read_aloud(settings.tts_place, settings.tts_model, settings.tts_voice, text)
    if not getting.finished:
        return None
    try:
        return getting.result()
    except RehearseError:
        st.session_state[silent] = True
        _read_aloud.clear(settings.tts_place, settings.tts_model, settings.tts_voice, text)
        return ""


@st.cache_resource(max_entries=50, show_spinner=False)
def _read_aloud(place: str, model: str, voice: str, text: str) -> Beside[str]:
    """Asked once per text; what the server was stands in the arguments, so that another one is asked anew."""
    from analysis.speech.read_aloud import configured_reader

    reader = configured_reader(resources.settings())
    assert reader is not None
    return Beside(lambda cancel: "data:audio/mpeg;base64," + b64encode(reader(text)).decode())


def sentences(text: str) -> list[str]:
    """The text as a voice takes it: without markup, a sentence at a time."""
    plain = _MARKUP.sub(lambda found: found.group(1) or "", text)
    return [part for part in _SENTENCE.split(" ".join(plain.split())) if part]


def read(told: Mapping[str, object], received: float, steady: float) -> Spoken:
    """What the browser told, on this server's steady clock; `received` and `steady` are one moment.

    The two clocks differ by no more than the message to the browser took and no less than the one back took
    to arrive; within that, clocks that are right differ by nothing.
    """
    highest = _seconds(told, "first_seen") - _number(told.get("server_then"))
    lowest = _seconds(told, "sent") - received
    ahead = min(max(0.0, lowest), highest) if lowest <= highest else highest
    to_steady = steady - received - ahead
    return Spoken(
        aloud=bool(told.get("aloud")),
        began=_seconds(told, "began") + to_steady,
        ended=_seconds(told, "ended") + to_steady,
        stopped=bool(told.get("stopped")),
        reason=str(told.get("reason") or ""),
    )


def _seconds(told: Mapping[str, object], name: str) -> float:
    return _number(told.get(name)) / 1000


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
