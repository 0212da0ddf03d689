"""For whoever looks after the server: many answers measured, read or judged again, with how far it is."""

from __future__ import annotations

import logging
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from data.access import may_configure
from data.domain import RehearseError
from data.domain.batches import KINDS, Batch, BatchKind, Selection
from pages.widgets import clock, problem, resources
from pages.widgets.plain import plain

if TYPE_CHECKING:
    from analysis.batch.kinds import Means
    from analysis.live.batches_running import BatchesRunning

LOGGER = logging.getLogger(__name__)
_EVERY_SECONDS = 2.0
_SHOWN = 5
_WENT_ON = "batch-went-on"
_WORDS: dict[BatchKind, str] = {
    "reanalyse": "Measure recordings again",
    "rescore": "Read answers again for key points",
    "rejudge": "Judge again what was judged",
}
_ABOUT = (
    "Everything is kept as it is done: after a cancel or a restart only the rest is left. Words, and levels "
    "that were given before, stay. Who said what is not shown here."
)


@st.cache_resource(show_spinner=False)
def batches() -> BatchesRunning:
    """The batch of this server."""
    from analysis.live.batches_running import BatchesRunning

    return BatchesRunning()


def go_on() -> None:
    """Go on, once a visit of whoever may, with what a restart of the server cut off."""
    if not may_configure(resources.viewer()) or st.session_state.get(_WENT_ON):
        return
    st.session_state[_WENT_ON] = True
    try:
        if any(batch.is_open for batch in resources.session().batches.all()):
            batches().go_on(resources.session(), _means())
    except RehearseError as trouble:
        LOGGER.warning("A batch that was cut off could not be gone on with: %s", trouble)


def show() -> None:
    """Draw what can be done again, and what is under way."""
    if not may_configure(resources.viewer()):
        return
    st.subheader("Answers again")
    st.caption(_ABOUT)
    with st.form("batch", border=False):
        kind = st.segmented_control("What", KINDS, format_func=lambda one: _WORDS[one], default="rescore")
        since = st.date_input("Answers given since", value=None, max_value=clock.today())
        begin = st.form_submit_button("Start", help="Those of everybody here, in the background.")
    if begin and kind is not None:
        _start(kind, since)
    if any(batch.is_open for batch in resources.session().batches.all()):
        st.fragment(run_every=_EVERY_SECONDS)(_under_way)()
    else:
        _under_way()


def _start(kind: BatchKind, since: date | None) -> None:
    try:
        batches().start(
            resources.session(), _means(), kind, Selection(since=since.isoformat() if since else "")
        )
    except RehearseError as trouble:
        problem.draw(trouble)


def _under_way() -> None:
    job = batches().job
    if job is not None and job.problem is not None:
        st.error(plain(job.problem.remedy), title=plain(job.problem.message))
    for batch in resources.session().batches.all()[:_SHOWN]:
        _draw(batch)


def _draw(batch: Batch) -> None:
    told = f"{_WORDS[batch.kind]} · {clock.day(batch.begun_at)} · {batch.told}"
    if not batch.is_open:
        st.caption(plain(told))
        return
    job = batches().job
    here = job is not None and job.batch_id == batch.id and job.state == "running"
    st.progress(batch.settled / max(1, batch.whole), plain(told))
    with st.container(horizontal=True):
        if not here and st.button("Go on", key=f"batch-go-on-{batch.id}"):
            _again(batch)
        if st.button("Cancel", key=f"batch-cancel-{batch.id}"):
            batches().cancel(resources.session(), batch.id)
            st.rerun()


def _again(batch: Batch) -> None:
    try:
        batches().start(resources.session(), _means(), batch.kind, batch.selection)
    except RehearseError as trouble:
        problem.draw(trouble)
    else:
        st.rerun()


def _means() -> Means:
    from analysis.batch.batch_run import question_finder
    from analysis.batch.kinds import Judging, Means
    from analysis.llm.batch import Watch

    judge, model = resources.judge(), resources.language_model()
    judging = Judging(judge, model.leaves, Watch()) if judge is not None and model is not None else None
    return Means(resources.recordings(), resources.settings(), question_finder(resources.bank()), judging)
