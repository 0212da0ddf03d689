"""What kind of interview it shall be: role, level, style, length, focus, and how to answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeVar

import streamlit as st

from analysis.interview.keeping.kept_interview import Feedback
from analysis.interview.planning.plan import LENGTHS_MINUTES, Style, Wish, weakest
from analysis.interview.planning.whole_loop import Sitting, WholeLoop
from data.domain import CATEGORIES, COMPANIONS, COMPETENCIES, LEVELS, CaptureMode
from data.rubrics import load_rubric
from pages.widgets import question_filter, remembered, resources, segments
from pages.widgets.answer import answer_mode, question_source
from pages.widgets.answer.question_source import Source
from pages.widgets.interview import whole_loop_form
from pages.widgets.plain import plain
from pages.widgets.progress import next_up

Name = TypeVar("Name")
Kind = Literal["mock", "study", "drill", "loop"]
KINDS: dict[Kind, str] = {
    "mock": "Mock interview",
    "study": "Study",
    "drill": "Drill",
    "loop": "Whole loop",
}
_ABOUT: dict[Kind, str] = {
    "mock": "A whole interview. The interviewer asks on where an answer is thin; feedback comes at the end.",
    "study": "The same questions, with feedback and the outline of a strong answer after each.",
    "drill": "One competency, many short questions, feedback after each.",
    "loop": "Screen, coding, design, deep-dive, incident, stories: sittings of one loop on different days.",
}
_ANY: Literal["any"] = "any"
_STYLES: dict[Style | Literal["any"], str] = {_ANY: "Any", "startup": "Start-up", "faang": "Big scale"}
_ROLES = {_ANY: "Any", **question_source.ROLES}
_MODES: tuple[CaptureMode, ...] = ("camera", "microphone", "typed")
_EVERYTHING, _WEAK = "Everything", "My weak points"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was chosen. `competency` is set in a drill only, `sitting` in a loop only."""

    kind: Kind
    wish: Wish
    mode: CaptureMode
    source: Source
    competency: str | None = None
    sitting: tuple[WholeLoop, Sitting] | None = None

    @property
    def feedback(self) -> Feedback:
        """When the candidate hears what an answer was worth."""
        return "end" if self.kind in ("mock", "loop") else "each"


def show() -> Wanted | None:
    """Draw the form; None while there is nothing to plan."""
    with st.container(border=True):
        kind = segments.show("What would you like to do?", KINDS, default="mock", key="interview-kind")
        st.caption(_ABOUT[kind])
        return _loop() if kind == "loop" else _one(kind)


def _loop() -> Wanted | None:
    chosen = whole_loop_form.show()
    if chosen is None:
        return None
    loop, sitting = chosen
    mode = answer_mode.show(_MODES, default="microphone", key="interview-mode")
    wish = Wish(loop.level, sitting.minutes, style=loop.style, repeat_seen=True)
    return Wanted("loop", wish, mode, Source(resources.questions()), sitting=chosen)


def _one(kind: Kind) -> Wanted:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        minutes = _minutes()
        level = _level()
        focus = None if kind == "drill" else _focus()
        competency = _competency() if kind == "drill" else None
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        role = _choice("Role", _ROLES, "interview-role")
        style = _choice("Style", _STYLES, "interview-style")
        source = question_source.show("interview")
    again = st.toggle(
        "Questions of the last two weeks may come again",
        key="interview-again",
    )
    mode = answer_mode.show(_MODES, default="microphone", key="interview-mode")
    category = focus if focus in CATEGORIES else None
    weak = _weak() if focus == _WEAK else ()
    wish = Wish(
        level,
        minutes,
        None if role == _ANY else role,
        None if style == _ANY else style,
        category,
        weak,
        repeat_seen=again,
    )
    return Wanted(kind, wish, mode, source, competency)


def _minutes() -> int:
    lengths = {minutes: f"{minutes} min" for minutes in LENGTHS_MINUTES}
    return segments.show("Length", lengths, default=15, key="interview-minutes")


def _level() -> str:
    usual = remembered.wish(resources.candidate_id()).role
    levels = {level: level.capitalize() for level in LEVELS}
    return segments.show("Level", levels, default=usual, key="interview-level")


def _focus() -> str:
    chosen: str = st.selectbox(
        "Focus",
        (_EVERYTHING, _WEAK, *CATEGORIES),
        format_func=lambda name: name if name in (_EVERYTHING, _WEAK) else question_filter.title(name),
        key="interview-focus",
        width=240,
    )
    if chosen == _WEAK and not _weak():
        st.caption("No weak points are known yet: the plan takes everything.")
    return chosen


def _competency() -> str:
    titles = competency_titles()
    chosen: str = st.selectbox(
        "Competency",
        (*COMPETENCIES, *COMPANIONS[:-1]),
        format_func=lambda name: titles.get(name, name),
        key="interview-competency",
        width=280,
    )
    return chosen


def competency_titles() -> dict[str, str]:
    """The criteria as people read them, by id."""
    return {criterion.id: criterion.title for criterion in load_rubric().criteria}


def _choice(label: str, options: dict[Name, str], key: str) -> Name:
    chosen: Name = st.selectbox(
        plain(label), list(options), format_func=lambda name: options[name], key=key, width=220
    )
    return chosen


def _weak() -> tuple[str, ...]:
    return weakest(next_up.levels(resources.candidate_id()))
