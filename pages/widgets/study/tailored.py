"""Questions for one job: from a pasted job description or résumé, which is read and not kept."""

from __future__ import annotations

import streamlit as st

from analysis.interview.planning.tailor import Fitting, fitting
from data.domain import Question, RehearseError
from pages.widgets import problem, question_filter, resources, who_receives
from pages.widgets.plain import plain
from pages.widgets.study import own_sets, tailored_writing

_FOUND = "tailored-found"


def show() -> None:
    """Draw the box, what fits, and the way to keep it as a set."""
    st.subheader("Questions for one job")
    with st.container(border=True):
        text = st.text_area(
            "Job description or résumé",
            height=160,
            key="tailor-text",
            placeholder="Paste it here.",
        )
        model = resources.tailoring_model()
        st.caption(
            "The text is not kept. Questions of the bank are matched by their words on this computer."
            + (f" {who_receives.line('pasted')} It is an AI system that writes them." if model else "")
        )
        with st.container(horizontal=True):
            match = st.button("Find questions that fit", type="primary", disabled=not text.strip())
            write = model is not None and st.button("Write new questions", disabled=not text.strip())
    try:
        if match:
            st.session_state[_FOUND] = fitting(text, resources.bank())
        if write and model is not None:
            tailored_writing.begin(model, text)
    except RehearseError as error:
        problem.warn(error)
        st.session_state.pop(_FOUND, None)
    tailored_writing.show()
    if st.session_state.get(_FOUND):
        _found(st.session_state[_FOUND])


def _found(found: tuple[Fitting, ...]) -> None:
    with st.container(border=True):
        chosen = [one.question for one in found if _offer(one.question, one.shared)]
        name = st.text_input("Name of the set", "For one job", max_chars=60)
        if st.button("Keep these as a set", disabled=not chosen or not name.strip()):
            own_sets.keep(name.strip(), "picked", "\n".join(question.id for question in chosen))
            del st.session_state[_FOUND]
            st.toast(f"Kept “{plain(name)}”.")
            st.rerun()


def _offer(question: Question, shared: tuple[str, ...]) -> bool:
    label = (
        f"**{plain(question.title)}** · {question_filter.title(question.category)} · {plain(question.level)}"
    )
    return st.checkbox(f"{label} — {plain(', '.join(shared))}", True, key=f"tailor-{question.id}")
