"""The plan of an interview before it starts: its rounds with their time, and how to change them."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from analysis.interview.planning.changes import put_round, remove_round, swap_round
from analysis.interview.planning.drill import make_drill
from analysis.interview.planning.from_set import plan_from_set
from analysis.interview.planning.plan import Plan, make_plan
from analysis.interview.planning.whole_loop import plan_sitting
from data.domain import RehearseError
from data.domain.in_words import clock
from pages.widgets import problem, question_filter, resources
from pages.widgets.clock import now, rows_about, zone
from pages.widgets.interview import interview_form
from pages.widgets.interview.interview_form import Wanted
from pages.widgets.plain import plain

_KEY = "interview-plan"


def show(wanted: Wanted) -> Plan | None:
    """Draw the plan; None when there are too few questions for what is wanted."""
    try:
        plan = _plan(wanted)
    except RehearseError as error:
        problem.warn(error)
        return None
    with st.container(border=True):
        count = f"{len(plan.rounds)} question{'' if len(plan.rounds) == 1 else 's'}"
        st.subheader(f"Your plan · {count}, {plan.minutes:.0f} minutes", anchor=False)
        for at in range(len(plan.rounds)):
            _row(plan, at, wanted)
        if wanted.kind == "mock":
            for note in plan.notes:
                st.caption(plain(note))
        if st.button("Another plan", icon=":material/shuffle:", type="tertiary"):
            st.session_state["interview-seed"] = _seed() + 1
            st.session_state.pop(_KEY, None)
            st.rerun()
    return plan


def _row(plan: Plan, at: int, wanted: Wanted) -> None:
    planned = plan.rounds[at]
    question = planned.question
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{at + 1:d}. {plain(question.title)}**", width="content")
        category, minutes = question_filter.title(question.category), clock(planned.minutes * 60)
        st.caption(f"{category} · {plain(question.level)} · {minutes} min")
        if wanted.kind != "drill":
            _changes(plan, at, wanted)


def _changes(plan: Plan, at: int, wanted: Wanted) -> None:
    """Three ways to change a round; they stay together on a narrow screen."""
    with st.container(horizontal=True, width="content", gap="small"):
        if st.button("Swap", key=f"swap-{at}", type="tertiary", help="Another question of this kind"):
            _change(
                swap_round(
                    plan, at, wanted.source.questions, wanted.wish, now=_now(), seen=_seen(), seed=_seed()
                )
            )
        with st.popover("Choose", type="tertiary"):
            _choose(plan, at, wanted)
        if len(plan.rounds) > 1 and st.button("Remove", key=f"remove-{at}", type="tertiary"):
            _change(remove_round(plan, at))


def _choose(plan: Plan, at: int, wanted: Wanted) -> None:
    """Any question, however lately it was seen: it is asked for."""
    taken = {planned.question.id for planned in plan.rounds}
    free = {question.id: question for question in wanted.source.questions if question.id not in taken}
    chosen = st.selectbox(
        "Question",
        list(free),
        format_func=lambda name: f"{free[name].title} ({question_filter.title(free[name].category)})",
        index=None,
        placeholder="Type to search",
        key=f"choose-{at}-{plan.rounds[at].question.id}",
    )
    if chosen:
        _change(put_round(plan, at, free[chosen]))


def _plan(wanted: Wanted) -> Plan:
    """The plan as it was changed, made anew when something else is wanted."""
    questions = wanted.source.questions
    chosen = wanted.sitting and (wanted.sitting[0].id, wanted.sitting[1].key)
    asked = (wanted.kind, wanted.wish, wanted.competency, chosen, tuple(one.id for one in questions))
    kept = st.session_state.get(_KEY)
    if kept is not None and kept[0] == asked:
        plan: Plan = kept[1]
        return plan
    if wanted.sitting:
        plan = plan_sitting(questions, *wanted.sitting, now=_now(), seen=_seen(), seed=_seed())
    elif wanted.competency:
        title = interview_form.competency_titles()[wanted.competency]
        plan = make_drill(
            questions, wanted.competency, title, wanted.wish, now=_now(), seen=_seen(), seed=_seed()
        )
    else:
        make = plan_from_set if wanted.source.is_set else make_plan
        plan = make(questions, wanted.wish, now=_now(), seen=_seen(), seed=_seed())
    st.session_state[_KEY] = (asked, plan)
    return plan


def _change(plan: Plan) -> None:
    st.session_state[_KEY] = (st.session_state[_KEY][0], plan)
    st.rerun()


def forget() -> None:
    """The next interview gets a plan of its own."""
    st.session_state.pop(_KEY, None)
    st.session_state["interview-seed"] = _seed() + 1


def _seed() -> int:
    seed: int = st.session_state.setdefault("interview-seed", int(_now().timestamp()))
    return seed


def _seen() -> dict[str, datetime]:
    """When each question was last asked of this candidate."""
    rows = rows_about("question_history", resources.candidate_id())
    return {row["question_id"]: row["last_at"].replace(tzinfo=zone()) for row in rows.to_dict("records")}


def _now() -> datetime:
    return now()
