"""Many answers measured, read or judged again, with how far it is: everybody's, or those of a cohort."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import streamlit as st

from data.access import is_sample, may_configure, may_work_again
from data.domain import RehearseError
from data.domain.batches import KINDS, Batch, BatchKind, Selection
from pages.widgets import clock, problem, resources
from pages.widgets.plain import plain

if TYPE_CHECKING:
    from analysis.batch.kinds import Means
    from analysis.live.batches_running import BatchesRunning
    from data.domain.cohort import Cohort

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
    viewer = resources.viewer()
    if not (may_configure(viewer) or viewer.instructs) or st.session_state.get(_WENT_ON):
        return
    st.session_state[_WENT_ON] = True
    try:
        if any(batch.is_open for batch in resources.session().batches.all()):
            batches().go_on(resources.session(), _means())
    except RehearseError as trouble:
        LOGGER.warning("A batch that was cut off could not be gone on with: %s", trouble)


def show() -> None:
    """Draw what can be done again with everybody's answers, and what is under way."""
    if may_configure(resources.viewer()):
        _draw_all("", KINDS, "Those of everybody here, in the background.")


def show_of(cohort: Cohort) -> None:
    """The same for the answers of a cohort since its members joined; a judge elsewhere reads none of them."""
    if may_work_again(resources.viewer(), cohort.id) and not is_sample(cohort.id):
        model = resources.language_model()
        judged = model is not None and not model.leaves
        kinds = tuple(kind for kind in KINDS if judged or kind != "rejudge")
        _draw_all(cohort.id, kinds, "Those of its members since they joined, in the background.")


def _draw_all(cohort_id: str, kinds: tuple[BatchKind, ...], whose: str) -> None:
    st.subheader("Answers again")
    st.caption(_ABOUT)
    with st.form("batch", border=False):
        kind = st.segmented_control("What", kinds, format_func=lambda one: _WORDS[one], default="rescore")
        since = st.date_input("Answers given since", value=None, max_value=clock.today())
        begin = st.form_submit_button("Start", help=plain(whose))
    if begin and kind is not None:
        day = since.isoformat() if since else ""
        _start(kind, Selection(cohort=cohort_id, since=day))
    if any(batch.is_open for batch in _shown(cohort_id)):
        st.fragment(run_every=_EVERY_SECONDS)(_under_way)(cohort_id)
    else:
        _under_way(cohort_id)


def _shown(cohort_id: str) -> list[Batch]:
    """All of them, or those of one cohort; the newest first."""
    found = resources.session().batches.all()
    return [batch for batch in found if cohort_id in ("", batch.selection.cohort)]


def _start(kind: BatchKind, selection: Selection) -> None:
    try:
        batches().start(resources.session(), _means(), kind, selection)
    except RehearseError as trouble:
        problem.draw(trouble)


def _under_way(cohort_id: str) -> None:
    job, listed = batches().job, _shown(cohort_id)[:_SHOWN]
    if job is not None and job.problem is not None and any(job.batch_id == one.id for one in listed):
        st.error(plain(job.problem.remedy), title=plain(job.problem.message))
    for batch in listed:
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
