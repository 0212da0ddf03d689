"""A judge at work on an answer: how far it is, a way to stop it, and how it ended."""

from __future__ import annotations

import streamlit as st

from analysis.live.judging_jobs import Job
from data.rubrics import criterion
from pages.widgets import pace, resources
from pages.widgets.plain import plain
from pages.widgets.review import judging_cut_off

_EVERY_SECONDS = 1.0
_COST = "judged-cost"


def show(attempt_id: str) -> None:
    """Draw the job of this answer, if there is one; when it ends well, draw the page anew with its levels."""
    cost = st.session_state.pop(_COST, None)
    if cost:
        st.toast(plain(cost))
    job = resources.jobs().of(attempt_id)
    if job is None:
        judging_cut_off.show(attempt_id)
    elif job.state == "running":
        _running(attempt_id)
    elif job.state == "done":
        resources.jobs().clear(attempt_id)
        st.session_state[_COST] = job.watch.meter.total.sentence
        pace.keep(job.watch.meter)
        st.rerun()
    else:
        _ended(job)


@st.fragment(run_every=_EVERY_SECONDS)
def _running(attempt_id: str) -> None:
    job = resources.jobs().of(attempt_id)
    if job is None or job.state != "running":
        st.rerun()
    total, watch = job.watch.meter.total, job.watch
    tokens = total.prompt_tokens + total.completion_tokens
    price = "" if total.price is None else f" · ${total.price:.4f}"
    with st.container(border=True):
        st.progress(
            min(1.0, watch.settled / max(1, watch.questions)),
            f"{plain(_what(job))}: {watch.settled:d} of {watch.questions:d} replies · {job.seconds:.0f} s · "
            f"{tokens:,} tokens{price}",
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.button("Stop", key=f"stop-{attempt_id}"):
                resources.jobs().stop(attempt_id)
                st.rerun()
            st.caption("You may leave this page. What has arrived is kept.")


def _ended(job: Job) -> None:
    watch = job.watch
    if job.problem is None:
        st.info(
            f"{watch.settled:d} of {watch.questions:d} replies had arrived and are kept: "
            "starting again asks only for the rest. Your answer and its levels are as they were.",
            title="Judging was stopped",
        )
    else:
        st.error(
            f"{plain(job.problem.remedy)} Your answer and its earlier levels are kept.",
            title=plain(job.problem.message),
        )
    if st.button("Close", key=f"close-{job.attempt_id}", type="tertiary"):
        resources.jobs().clear(job.attempt_id)
        st.rerun()


def _what(job: Job) -> str:
    return f"Judging “{criterion(job.criterion).title}” again" if job.criterion else "Judging your answer"
