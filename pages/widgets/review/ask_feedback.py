"""Ask about this feedback, and the answer tightened: what a connected model says, checked before it stays."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from analysis.answering import one_answer
from analysis.llm.beside import Beside
from analysis.llm.call import Call
from analysis.reviewing import feedback_sources
from analysis.reviewing.feedback_talk import LONGEST_QUESTION, Exchange, ask, cost_of
from data.domain import Assessment, AttemptResult, Question, RehearseError
from pages.widgets import ai_notice, examined, problem, resources, who_receives
from pages.widgets.plain import plain
from pages.widgets.review import quote

if TYPE_CHECKING:
    from analysis.llm.chat_model import ChatModel

_LOOK_SECONDS = 0.5
_DEADLINE_SECONDS = 900.0


@dataclass(slots=True)
class _Talk:
    """What was asked about one answer in this tab; `asked` and `work` while a reply is being written."""

    attempt_id: str
    exchanges: list[Exchange] = field(default_factory=list)
    asked: str = ""
    written: list[str] = field(default_factory=list)
    work: Beside[Exchange] | None = None
    model: ChatModel | None = None
    failed: RehearseError | None = None


def show(result: AttemptResult, question: Question, assessment: Assessment, *, playable: bool) -> None:
    """Draw the talk and the field to ask in; nothing is sent before somebody asks."""
    model = resources.feedback_model()
    if model is None:
        return
    talk = _of(result.attempt.id)
    if talk.work is not None and (talk.work.finished or talk.model is not model):
        _settle(talk)
    for number, one in enumerate(talk.exchanges):
        _exchange(one, number, playable=playable)
    if talk.failed is not None:
        problem.warn(talk.failed)
    if talk.exchanges or talk.work is not None:
        ai_notice.of_replies()
    if talk.work is not None:
        _written(talk)
        return
    material = feedback_sources.material_of(one_answer.answer_of(result, question), assessment)
    named = f"ask-{result.attempt.id}-{model.receiver}"  # what was written for another model is sent to none
    asked = st.chat_input("Why this level?", max_chars=LONGEST_QUESTION, key=named)
    if asked:
        _begin(talk, model, material, asked)
        st.rerun()
    who_receives.show("asked", cost_of(model, material, talk.exchanges).sentence)
    if told := examined.beforehand():
        st.caption(plain(told))


def _of(attempt_id: str) -> _Talk:
    """The talk of this tab about this answer; one about another answer ends."""
    talk: _Talk | None = st.session_state.get("feedback-talk")
    if talk is None or talk.attempt_id != attempt_id:
        if talk is not None and talk.work is not None:
            talk.work.stop()
        talk = st.session_state["feedback-talk"] = _Talk(attempt_id)
    return talk


def _begin(talk: _Talk, model: ChatModel, material: feedback_sources.Material, asked: str) -> None:
    written: list[str] = [""]
    earlier = tuple(talk.exchanges)
    talk.asked, talk.written, talk.model, talk.failed = asked, written, model, None

    def tell(text: str) -> None:
        written[0] = text

    def work(cancel: threading.Event) -> Exchange:
        call = Call(cancel=cancel, purpose="feedback", deadline_seconds=_DEADLINE_SECONDS)
        return ask(model, material, earlier, asked, call, tell)

    talk.work = Beside(work)


def _settle(talk: _Talk) -> None:
    """Keep the reply that has come, or tell why none did; of a model that is gone nothing is waited for."""
    work, talk.work = talk.work, None
    if work is None:
        return
    if not work.finished:
        work.stop()
        return
    try:
        made = work.result()
    except RehearseError as error:
        talk.failed = error
        return
    if made is not None:
        talk.exchanges.append(made)


@st.fragment(run_every=_LOOK_SECONDS)
def _written(talk: _Talk) -> None:
    if talk.work is None or talk.work.finished:
        st.rerun()
    with st.chat_message("user"):
        st.markdown(plain(talk.asked))
    with st.chat_message("assistant"):
        st.markdown(plain(talk.written[0]) or "…")
        st.button("Stop", key="stop-asking", type="tertiary", on_click=partial(_settle, talk))


def _exchange(one: Exchange, number: int, *, playable: bool) -> None:
    with st.chat_message("user"):
        st.markdown(plain(one.question))
    with st.chat_message("assistant"):
        st.markdown(plain(one.reply.text))
        for place, evidence in enumerate(one.reply.quotes):
            quote.show(evidence, key=f"asked-{number}-{place}", playable=playable)
        for source in one.reply.sources:
            st.caption(f"{plain(source.id)}, {plain(source.kind)}: {plain(source.text)}")
