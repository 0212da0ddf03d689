"""Framing and a two-point calibration before an answer: 10 seconds, optional, as often as wanted.

Ten snapshots a point come over the page's own connection rather than through a short WebRTC session: that
also works behind a firewall, needs no recorder, and nothing has to be thrown away afterwards.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import streamlit as st

from analysis.answering.seat_setup import SetUp, Snapshots, limits_of, read, set_up, written
from data.domain import Attempt, Calibration, RehearseError
from pages.widgets import clock, problem, resources
from pages.widgets.plain import plain

_MEMORY = "calibration"
_FOUND = "set-up"
_HERE = Path(__file__)
_SETUP = st.components.v2.component(
    "rehearse_guided_setup",
    html=_HERE.with_suffix(".html").read_text(encoding="utf-8"),
    css=_HERE.with_suffix(".css").read_text(encoding="utf-8"),
    js=_HERE.with_suffix(".js").read_text(encoding="utf-8"),
)


def show() -> None:
    """Draw the set-up; what it finds is kept for this session and for the rest of the day."""
    kept = calibration()
    opened = st.session_state.setdefault("set-up opened", kept is None)
    with st.expander("Set up eye contact and posture · optional, 10 seconds", expanded=opened):
        label = "Set up again" if kept else "Set up"
        drawn = _SETUP(key="guided set-up", data={"label": label}, on_taken_change=lambda: None)
        if drawn.get("taken") and _take(drawn["taken"]):
            st.rerun()
        _report(kept)


def calibration() -> Calibration | None:
    """This session's calibration, or the one of earlier today; None when there is none."""
    found: SetUp | None = st.session_state.get(_FOUND)
    if found is not None:
        return found.calibration
    return _remembered(clock.now())


def calibration_of(attempt: Attempt) -> Calibration | None:
    """The calibration an answer on camera was given under; a file made elsewhere has none."""
    return _remembered(attempt.started_at) if attempt.mode == "camera" else None


def _remembered(when: datetime) -> Calibration | None:
    return read(
        resources.session().memory.recall(resources.candidate_id(), _MEMORY), clock.local(when).date()
    )


def _take(sent: Mapping[str, object]) -> bool:
    """Calibrate and keep it; whether that could be tried at all."""
    try:
        with st.spinner("Looking at the pictures ..."):
            found = set_up(snapshots(sent))
    except RehearseError as error:
        problem.draw(error)
        return False
    st.session_state[_FOUND] = found
    kept = written(found.calibration, clock.today())
    resources.session().memory.remember(resources.candidate_id(), _MEMORY, kept)
    return True


def _report(kept: Calibration | None) -> None:
    found: SetUp | None = st.session_state.get(_FOUND)
    for hint in found.hints if found else ():
        st.warning(plain(hint))
    limits = found.limits if found else limits_of(kept)
    if kept is not None and not limits:
        st.success("Eye contact and posture are measured against you and your seat.")
    for limit in limits:
        st.caption(plain(limit))


def snapshots(sent: Mapping[str, object]) -> Snapshots:
    """What the browser sent, checked. Raises RehearseError when it is something else."""
    noise, echo = sent.get("noise"), sent.get("echo")
    return Snapshots(
        lens=_pictures(sent.get("lens")),
        screen=_pictures(sent.get("screen")),
        noise=float(noise) if isinstance(noise, int | float) else None,
        echo_cancelled=echo if isinstance(echo, bool) else None,
    )


def _pictures(sent: object) -> tuple[bytes, ...]:
    listed = sent if isinstance(sent, Sequence) and not isinstance(sent, str) else ()
    try:
        return tuple(base64.b64decode(str(picture), validate=True) for picture in listed)
    except binascii.Error as error:
        raise RehearseError(
            "A picture from the camera could not be read.", "Run the set-up again, or skip it."
        ) from error
