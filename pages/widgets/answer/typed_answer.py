"""Answer by typing: the draft is kept in the database while it is written."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.answering import one_answer
from analysis.written.drafts import answer_key
from data.domain import Question
from pages.widgets import draft_box, drafting, resources

_FINISHED = "typed-answer-finished"


def show(question: Question) -> str | None:
    """Draw the box; returns the attempt's id once the candidate has finished, else None."""
    _write(question)
    finished: str | None = st.session_state.pop(_FINISHED, None)
    return finished


@st.fragment
def _write(question: Question) -> None:
    key = answer_key(question.id)
    sent = draft_box.show(
        f"box {key}", partial(drafting.kept, key), partial(drafting.keep, key), send="Finish", rows=14
    )
    drafting.trouble()
    if sent is None or not sent.text.strip() or not drafting.keep(key, sent):
        return
    st.session_state[_FINISHED] = one_answer.keep_typed(
        resources.session(), resources.candidate_id(), resources.session_id(), question, sent.text
    )
    drafting.drop(key)
    st.rerun()
