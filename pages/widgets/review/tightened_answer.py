"""The own answer, tightened: what was repeated or empty is struck through, and nothing is added."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from html import escape

import streamlit as st

from analysis.answering import one_answer
from analysis.llm.beside import Beside
from analysis.llm.call import Call
from analysis.reviewing.tightened import Asker, Kind, Tightened, cost_of, tighten
from data.domain import Answer, Assessment, AttemptResult, Question, RehearseError
from pages.widgets import problem, resources, who_receives
from pages.widgets.plain import plain

_KEPT = "tightened-answer"
_LOOK_SECONDS = 0.5
_DEADLINE_SECONDS = 900.0
_TAGS: dict[Kind, str] = {"kept": "span", "repeated": "del", "empty": 'del class="empty"'}
_ENDS: dict[Kind, str] = {"kept": "span", "repeated": "del", "empty": "del"}
_STYLE = """<style>
.tightened { line-height: 1.7; } .tightened del { opacity: .75; } .tightened .empty { font-style: italic; }
</style>"""


@dataclass(frozen=True, slots=True)
class _Shorter:
    """The work on one answer as it was worded."""

    said: str
    work: Beside[Tightened]


def show(result: AttemptResult, question: Question, assessment: Assessment) -> None:
    """Draw the button with what it costs, or what came of it."""
    model = resources.feedback_model()
    if model is None:
        return
    answer = one_answer.answer_of(result, question)
    made: _Shorter | None = st.session_state.get(_KEPT)
    said = f"{result.attempt.id} {answer.candidate_text}"
    if made is None or made.said != said:
        named = f"tighten-{result.attempt.id}-{model.receiver}"  # pressed for another model, it sends nothing
        if st.button("Tighten my answer", key=named):
            st.session_state[_KEPT] = _Shorter(said, _begun(model, answer, assessment))
            st.rerun()
        who_receives.show("asked", cost_of(model, answer).sentence)
    elif not made.work.finished:
        _under_way(made)
    else:
        _ended(made)


def _begun(model: Asker, answer: Answer, assessment: Assessment) -> Beside[Tightened]:
    def work(cancel: threading.Event) -> Tightened:
        call = Call(cancel=cancel, purpose="feedback", deadline_seconds=_DEADLINE_SECONDS)
        return tighten(model, answer, assessment, call)

    return Beside(work)


@st.fragment(run_every=_LOOK_SECONDS)
def _under_way(made: _Shorter) -> None:
    if made.work.finished:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("The language model is reading your answer.")
        st.button("Stop", key="stop-tightening", type="tertiary", on_click=made.work.stop)


def _ended(made: _Shorter) -> None:
    try:
        found = made.work.result()
    except RehearseError as error:
        problem.warn(error)
        del st.session_state[_KEPT]
        return
    if found is None or all(one.kind == "kept" for one in found.passages):
        st.markdown("Nothing in your answer was found to be repeated or empty.")
        return
    parts = (f"<{_TAGS[one.kind]}>{escape(one.text)}</{_ENDS[one.kind]}>" for one in found.passages)
    st.html(f'{_STYLE}<p class="tightened">{" ".join(parts)}</p>')
    st.caption(
        f"{found.words_kept:d} of {found.words_said:d} words stay. Struck through: repeated; in italics too: "
        "empty. What stays was said, in this order; what a level or a key point goes by is never struck."
    )
    with st.expander("Only what stays"):
        st.markdown(plain(found.text))
