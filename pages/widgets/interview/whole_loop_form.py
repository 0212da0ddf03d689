"""A whole loop over several days: make one, see which sittings were held, and choose the one to hold now."""

from __future__ import annotations

import uuid
from typing import Literal

import streamlit as st

from analysis.interview.keeping.kept_interview import Interview
from analysis.interview.planning.plan import Style
from analysis.interview.planning.whole_loop import SITTINGS, Sitting, WholeLoop
from data.domain import LEVELS
from pages.widgets import clock, remembered, resources, segments
from pages.widgets.interview import blocked_room, kept_loops, loop_debrief
from pages.widgets.plain import plain

_NEW = "A new loop"
_CHOSEN = "interview-loop"
_LONGEST_NAME = 60
_STYLES: dict[Style | Literal["any"], str] = {"any": "Any", "startup": "Start-up", "faang": "Big scale"}
_ICONS: dict[kept_loops.Standing, str] = {
    "open": ":material/radio_button_unchecked:",
    "begun": ":material/pending:",
    "done": ":material/check_circle:",
}


def show() -> tuple[WholeLoop, Sitting] | None:
    """Draw the loops; the sitting to plan now, None while there is none."""
    loops = {loop.id: loop for loop in kept_loops.all_of_mine()}
    chosen = _NEW
    if loops:
        if st.session_state.get(_CHOSEN) not in (_NEW, *loops):
            st.session_state.pop(_CHOSEN, None)
        names = {name: f"{loop.name} ({loop.level})" for name, loop in loops.items()} | {_NEW: _NEW}
        chosen = st.selectbox(
            "Loop", list(names), format_func=lambda name: names[name], key=_CHOSEN, width=320
        )
    if chosen in loops:
        return _sittings(loops[chosen])
    _make()
    return None


def begun(loop: WholeLoop, sitting: Sitting, interview_id: str) -> None:
    """Keep that this sitting is held in that interview."""
    kept_loops.keep(loop.with_interview(sitting.key, interview_id))


def _make() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        name = st.text_input("Name", value="My loop", max_chars=_LONGEST_NAME, key="loop-name", width=220)
        usual = remembered.wish(resources.candidate_id()).role
        levels = {level: level.capitalize() for level in LEVELS}
        level = segments.show("Held against", levels, default=usual, key="loop-level")
        style = segments.show("Style", _STYLES, default="any", key="loop-style")
    st.caption("Six sittings of 10 to 15 minutes, in any order and on any day; each has a report of its own.")
    if st.button("Make this loop", type="primary", disabled=not name.strip()):
        made = WholeLoop(uuid.uuid4().hex, name.strip(), level, None if style == "any" else style)
        kept_loops.keep(made)
        st.rerun()


def _sittings(loop: WholeLoop) -> tuple[WholeLoop, Sitting] | None:
    held = {sitting.key: kept_loops.interview_of(loop, sitting) for sitting in SITTINGS}
    standing = {key: kept_loops.standing(interview) for key, interview in held.items()}
    free = [sitting for sitting in SITTINGS if standing[sitting.key] == "open"]
    done = list(standing.values()).count("done")
    following = f" Next: {free[0].title}." if free else ""
    st.markdown(f"**{done:d} of {len(SITTINGS)} sittings held.**{following}")
    for sitting in SITTINGS:
        _row(sitting, standing[sitting.key], held[sitting.key])
    loop_debrief.show([(one.title, held[one.key]) for one in SITTINGS])
    if st.button("Forget this loop", key=f"forget-{loop.id}", type="tertiary", help="Its interviews stay."):
        kept_loops.forget(loop)
        st.rerun()
    if not free:
        return None
    titles = {one.key: one.title for one in free}
    key = segments.show("Hold now", titles, default=free[0].key, key=f"sitting-{loop.id}-{len(free):d}")
    return loop, next(one for one in free if one.key == key)


def _row(sitting: Sitting, standing: kept_loops.Standing, interview: Interview | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"{_ICONS[standing]} **{plain(sitting.title)}**", width="content")
        told = f"{plain(sitting.about)} · {sitting.minutes:d} min"
        if interview is None:
            st.caption(f"{told} · not held yet")
            return
        when = plain(clock.day_and_time(interview.started_at))
        st.caption(f"{told} · {'held' if standing == 'done' else 'begun'} on {when}")
        label = "Report" if standing == "done" else "Go on"
        if st.button(label, key=f"sitting-{sitting.key}", type="tertiary"):
            st.query_params[blocked_room.ADDRESS] = interview.id
            st.rerun()
