"""To whom an interview's answers go: chosen before it starts; seen, counted and stopped while it runs."""

from __future__ import annotations

import streamlit as st

from analysis.interview.planning.plan import Plan
from analysis.live.interview_running import Running
from analysis.live.sending import Sending, cost_at_most
from pages.widgets import examined, pace, resources, segments, who_receives
from pages.widgets.plain import plain

_COST = "interview-cost"
_HERE = "Nothing of this interview is sent to a chat model: it is scored on this server."


def choose(plan: Plan) -> str:
    """Draw the choice of scorer, where there is one, with address and cost; its name."""
    judge = resources.judge()
    here = resources.scorers()[0].name
    if judge is None:
        return here
    names = {judge.name: "A chat model", here: "This server only"}
    chosen: str = segments.show("Who scores it?", names, default=judge.name, key="interview-scorer")
    if chosen == here:
        st.caption(_HERE)
    else:
        cost = f"If every answer fills its time: {_cost(plan)}"
        who_receives.show("interview", f"{cost} You can stop it at any time. {examined.beforehand()}".strip())
    return chosen


def is_sent(scorer: str) -> bool:
    """Whether an interview with this scorer is sent to a language model."""
    judge = resources.judge()
    return judge is not None and judge.name == scorer


def show(running: Running) -> None:
    """Draw what was sent so far and the button that ends it; nothing when nothing is sent."""
    sending = running.world.sending
    if sending is None:
        return
    if sending.asks_first:
        _ask(running, sending)
        return
    if sending.stopped:
        st.caption(f"Nothing more is sent. {plain(_so_far(sending))}")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        who_receives.show("interview", _so_far(sending))
        st.button(
            "Stop sending",
            key=f"stop-sending-{running.interview.id}",
            type="tertiary",
            on_click=resources.interviews().stop_sending,
            args=(running,),
            help="The interview goes on: the bank's own questions are asked, and answers are scored here.",
        )


def _ask(running: Running, sending: Sending) -> None:
    """Another model would read it than the one that was named at the beginning."""
    before = f"This interview was to be sent to {sending.agreed_to}. " if sending.agreed_to else ""
    with st.container(border=True):
        st.caption(
            f"{plain(before)}Another model is connected now, so nothing is sent and answers are scored on "
            "this server. With your agreement:"
        )
        who_receives.show("interview")
        st.button(
            "Send it there",
            key=f"send-{running.interview.id}",
            on_click=resources.interviews().send,
            args=(running,),
        )


def _so_far(sending: Sending) -> str:
    spent = sending.spent
    return f"So far: {spent.sentence.removeprefix('Judge: ')}" if spent.calls else "Nothing was sent so far."


def _cost(plan: Plan) -> str:
    """Worked out once a plan: it takes a while."""
    judge, usual = resources.judge(), pace.usual_seconds()
    asked = (tuple((one.question.id, one.minutes) for one in plan.rounds), usual)
    kept = st.session_state.get(_COST)
    if kept is None or kept[0] != asked:
        kept = (asked, cost_at_most(judge, plan, usual).sentence if judge else "")
        st.session_state[_COST] = kept
    told: str = kept[1]
    return told
