"""The line a candidate agrees to before the first frame; the answer is remembered in the database.

When speech is sent to an endpoint, a bucket keeps recordings, or they end after some days, the line says so,
and has to be agreed to again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.entrance import identity
from pages.widgets import resources
from pages.widgets.plain import plain

if TYPE_CHECKING:
    from data.domain import Attempt
    from data.store import Session


_LINES = {
    "upload": (
        "Keep a recording of me for this practice. The recording stays on this computer. Face and body "
        "landmarks are measured for eye contact and posture; they are never stored and never used to "
        "identify me. I can erase everything in Settings."
    ),
    "camera": (
        "Record my camera and microphone for this practice. The recording stays on this computer. Face and "
        "body landmarks are measured for eye contact and posture; they are never stored and never used to "
        "identify me. I can erase everything in Settings."
    ),
    "microphone": (
        "Record my microphone for this practice. The recording stays on this computer. "
        "I can erase everything in Settings."
    ),
}


_HOSTED = (
    " Face geometry, which some laws call biometric data, exists in memory for one frame and is not kept, "
    "sold or shared. The recording is kept until I erase it{at_last}; instructors see it, and what was "
    "measured, only of an answer I share."
)
_AT_LAST = ", and {days} at most"
_ENDS = " The recording is erased after {days}."
_STAYS = "The recording stays on this computer."
_AWAY = "The recording is kept at {place}, away from this computer."
_SENT = " The sound of my answer is sent to {place} to be written down."


def show(session: Session, person: str, mode: str, sent_to: str | None = None) -> bool:
    """Draw the line for this way of answering and return whether it is agreed to.

    `sent_to` names the server that writes the words down; None when that happens on this computer.
    """
    key, given = _key(mode, sent_to), is_given(session, person, mode, sent_to)
    agreed = st.checkbox(_line(mode, sent_to), given, key=key)
    if agreed != given:
        session.memory.remember(person, key, "yes" if agreed else "no")
    return agreed


def _line(mode: str, sent_to: str | None) -> str:
    line, away = _LINES[mode], resources.settings().recordings_place
    if away:
        line = line.replace(_STAYS, _AWAY.format(place=plain(away)))
    if identity.is_needed():
        at_last = _AT_LAST.format(days=days) if (days := _days()) else ""
        line = line.replace("this computer", "the server of this installation")
        line += _HOSTED.format(at_last=at_last)
    elif days := _days():
        line += _ENDS.format(days=days)
    return line + (_SENT.format(place=plain(sent_to)) if sent_to else "")


def is_given(session: Session, person: str, mode: str, sent_to: str | None) -> bool:
    """Whether the line for this way of answering is agreed to, with this server that writes it down."""
    return session.memory.recall(person, _key(mode, sent_to)) == "yes"


def of_recording(session: Session, attempt: Attempt, sent_to: str | None) -> bool:
    """Whether this recording, which was kept before, may be read now; asks when its sound would leave."""
    if sent_to is None or is_given(session, attempt.candidate_id, attempt.mode, sent_to):
        return True
    return st.checkbox(_SENT.format(place=plain(sent_to)).strip(), key=f"consent-of-{attempt.id}")


def _days() -> str:
    """How long a recording is kept, in words; empty where that is for its owner to say."""
    days = resources.settings().recordings_kept_days
    return "" if not days else "a day" if days == 1 else f"{days:g} days"


def _key(mode: str, sent_to: str | None) -> str:
    away = resources.settings().recordings_place
    place = (away and f"kept at {away}", _days() and f"for {_days()}")
    parts = (sent_to, *place, "hosted" if identity.is_needed() else None)
    return ":".join(["consent", mode, *filter(None, parts)])
