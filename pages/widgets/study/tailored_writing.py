"""New questions for a pasted text, written by a language model beside the page, which never waits for it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import streamlit as st

from analysis.interview.planning.tailor import Asker, make_questions
from analysis.live.long_work import Work
from analysis.llm.beside import Beside
from data.domain import Question, RehearseError
from pages.widgets import problem
from pages.widgets.study import own_sets

if TYPE_CHECKING:
    from analysis.live.judging_jobs import State

Made: TypeAlias = tuple[bytes, tuple[Question, ...]]
_WRITING = "tailored-writing"
_LOOK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class _Writing:
    work: Beside[Made]
    began: float = field(default_factory=time.monotonic)


def begin(model: Asker, text: str) -> None:
    """Have questions written; an earlier writing of this tab ends."""
    stop()
    st.session_state[_WRITING] = _Writing(Beside(lambda cancel: make_questions(model, text, cancel)))


def stop() -> None:
    """End the writing: nothing more is sent, and nothing of it is kept."""
    writing: _Writing | None = st.session_state.pop(_WRITING, None)
    if writing is not None:
        writing.work.stop()


def show() -> None:
    """Draw how long it has been written, and keep as a set what was."""
    writing: _Writing | None = st.session_state.get(_WRITING)
    if writing is None:
        return
    if not writing.work.finished:
        _under_way(writing)
        return
    del st.session_state[_WRITING]
    try:
        made = writing.work.result()
    except RehearseError as error:
        problem.warn(error)
        return
    if made is not None:
        raw, questions = made
        own_sets.keep(f"Tailored: {questions[0].topic}", "csv", raw.decode())
        st.toast(f"Kept {len(questions)} new questions.")
        st.rerun()


def under_way() -> Iterator[Work]:
    """What this tab has written, for pages elsewhere; the Study page keeps what was."""
    writing: _Writing | None = st.session_state.get(_WRITING)
    if writing is not None:
        done, seconds = writing.work.finished, time.monotonic() - writing.began
        state: State = "done" if done else "running"
        yield Work("writing", "Writing new questions", "study", state, seconds=seconds, stop=stop)


@st.fragment(run_every=_LOOK_SECONDS)
def _under_way(writing: _Writing) -> None:
    if writing.work.finished:
        st.rerun()
    seconds = time.monotonic() - writing.began
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            f"The language model is writing, for {seconds:.0f} s so far. Other pages can be used meanwhile."
        )
        st.button("Stop", key="stop-writing", type="tertiary", on_click=stop)
