"""One question of the bank to study: its words, a tick, the outline when it is asked for."""

from __future__ import annotations

import streamlit as st

from analysis.next_up.own_list import with_question
from analysis.next_up.study_list import State
from data.domain import Question
from pages.widgets import clock, outline, question_filter, question_shown, remembered, resources
from pages.widgets.plain import plain

_PREFIX = "studied:"


def states(person: str) -> dict[str, State]:
    """What this candidate has ticked and answered, by question."""
    session = resources.session()
    ticked = {name for name, value in session.memory.recall_all(person, _PREFIX).items() if value == "yes"}
    history = clock.rows_about("question_history", person).to_dict("records")
    answers = {str(row["question_id"]): int(row["answers"]) for row in history}
    return {name: State(name in ticked, answers.get(name, 0)) for name in (*ticked, *answers)}


def show(question: Question, state: State | None) -> None:
    """Draw it closed; `state` is None for a question that nothing was done with."""
    state = state or State(studied=False, answers=0)
    facts = f"{question_filter.title(question.category)}, {question.level}, {question.minutes:g} min"
    done = f" · answered {state.answers:d}×" if state.answers else ""
    with st.expander(f"{'✓ ' if state.studied else ''}**{plain(question.title)}** · {plain(facts)}{done}"):
        question_shown.show(question)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.checkbox(
                "Studied",
                state.studied,
                key=f"studied-{question.id}",
                on_change=_tick,
                args=(question.id,),
            )
            st.page_link(
                "pages/practice.py", label="Answer it", icon="🎙️", query_params={"question": question.id}
            )
            _queue(question.id)
        if st.toggle("Show what a strong answer says", key=f"outline-{question.id}"):
            _strong(question)


def _tick(question_id: str) -> None:
    ticked = st.session_state[f"studied-{question_id}"]
    resources.session().memory.remember(
        resources.candidate_id(), f"{_PREFIX}{question_id}", "yes" if ticked else "no"
    )


def _queue(question_id: str) -> None:
    st.button(
        "Into my queue",
        key=f"queue-{question_id}",
        type="tertiary",
        on_click=_plan,
        args=(question_id,),
        help="Progress shows the queue under What next.",
    )


def _plan(question_id: str) -> None:
    person = resources.candidate_id()
    remembered.keep_queue(person, with_question(remembered.queue(person), question_id, clock.today()))
    st.toast("It is in your queue: see Progress, What next.")


def _strong(question: Question) -> None:
    if question.key_points:
        st.markdown("**Points of a strong answer**")
        st.markdown("\n".join(f"- {plain(point.text)}" for point in question.key_points))
    outline.draw(question)
