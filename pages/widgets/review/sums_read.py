"""The arithmetic of an answer: as found here, and with what a connected model reads when it is asked to."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from analysis.answering import one_answer
from analysis.estimates import CapacityStep, check_answer, left_unread
from analysis.estimates.second_look import cost_of, look_again
from analysis.llm.beside import Beside
from analysis.llm.call import Call
from analysis.llm.chat_model import ChatModel
from data.domain import Answer, AttemptResult, Question, RehearseError
from pages.widgets import ai_notice, problem, resources, who_receives
from pages.widgets.review import arithmetic

_KEPT = "sums-read"
_LOOK_SECONDS = 0.5
_DEADLINE_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class _Read:
    """The work on one answer as it was worded."""

    said: str
    work: Beside[tuple[CapacityStep, ...]]


def show(result: AttemptResult, question: Question, *, playable: bool) -> None:
    """Draw the steps, and the button that has a model read them too; nothing is sent before it is pressed."""
    answer = one_answer.answer_of(result, question)
    checked = check_answer(answer)
    steps, unread = checked.steps, left_unread(checked)
    model = None if result.attempt.synthetic else resources.feedback_model()
    said = f"{result.attempt.id} {answer.candidate_text}"
    made: _Read | None = st.session_state.get(_KEPT)
    is_of_this = made is not None and made.said == said
    if made is not None and is_of_this and made.work.finished:
        steps = _ended(made) or steps
    arithmetic.show(steps, unread, playable=playable)
    if model is None:
        return
    if made is not None and is_of_this:
        if not made.work.finished:
            _under_way(made)
        return
    named = f"read-sums-{result.attempt.id}-{model.receiver}"  # pressed for another model, it sends nothing
    if st.button("Have the sums read too", key=named):
        st.session_state[_KEPT] = _Read(said, _begun(model, answer, checked.steps))
        st.rerun()
    who_receives.show("sums", cost_of(model, answer).sentence)


def _begun(
    model: ChatModel, answer: Answer, steps: Sequence[CapacityStep]
) -> Beside[tuple[CapacityStep, ...]]:
    def work(cancel: threading.Event) -> tuple[CapacityStep, ...]:
        call = Call(cancel=cancel, purpose="feedback", deadline_seconds=_DEADLINE_SECONDS)
        return look_again(model, answer, steps, call)

    return Beside(work)


@st.fragment(run_every=_LOOK_SECONDS)
def _under_way(made: _Read) -> None:
    if made.work.finished:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("The language model is reading your sums.")
        st.button("Stop", key="stop-reading-sums", type="tertiary", on_click=made.work.stop)


def _ended(made: _Read) -> tuple[CapacityStep, ...]:
    try:
        steps = made.work.result()
    except RehearseError as error:
        problem.warn(error)
        del st.session_state[_KEPT]
        return ()
    ai_notice.of_replies()
    return steps or ()
