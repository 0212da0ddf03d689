"""What takes long and runs for whoever looks, under the navigation of every page: how far, how long, stop.

A page that shows a piece of work itself is not told of it twice, and nothing is drawn in the middle of an
answer or an interview: nothing may move while somebody thinks.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import streamlit as st

from analysis.live import long_work
from data.domain import RehearseError
from data.domain.in_words import clock as minutes
from data.questions import find_question
from pages.widgets import resources
from pages.widgets.plain import plain

if TYPE_CHECKING:
    from analysis.live.long_work import Work

_EVERY_SECONDS = 2.0
_SHOWN = 3
_ENDED = {"done": "done", "stopped": "stopped; what had arrived is kept", "failed": "it did not work"}
_LINKS = {"done": "See the result", "running": "Look at it", "stopped": "Go on", "failed": "See what to do"}


def show(page: str) -> None:
    """Draw a line a piece of work, on the page of this address ("" for the first one)."""
    try:
        everything = [] if _in_the_middle(page) else list(_everything())
    except RehearseError:
        return  # the page itself says what is wrong
    if any(work.state == "running" for work in everything):
        st.fragment(run_every=_EVERY_SECONDS)(_lines)(page)
    elif everything:
        _lines(page)


def _lines(page: str) -> None:
    found = [work for work in _everything() if not _is_shown_by(page, work)]
    if not found:
        return
    with st.container(border=True, gap=None, key="under-way"):
        for work in found[:_SHOWN]:
            _line(work)
        if len(found) > _SHOWN:
            st.caption(f"And {len(found) - _SHOWN:d} more.")


def _line(work: Work) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(plain(_told(work)))
        st.page_link(
            f"pages/{work.page}.py",
            label=_LINKS[work.state],
            icon=":material/arrow_forward:",
            query_params=work.asked,
        )
        if work.state == "running" and work.stop is not None:
            st.button("Stop", key=f"stop-work-{work.key}", type="tertiary", on_click=work.stop)
        if work.seen is not None:
            st.button("Close", key=f"seen-work-{work.key}", type="tertiary", on_click=work.seen)


def _told(work: Work) -> str:
    named = f"{work.what}{_title(work)}"
    if work.problem is not None:
        return f"{named}: {work.problem}"
    if work.state != "running":
        return f"{named}: {_ENDED[work.state]}."
    far = f"{work.done:.0f} of {work.whole:.0f} {work.unit}" if work.whole is not None else ""
    spent = f"{minutes(work.seconds)} so far" if work.seconds is not None else ""
    left = f"about {minutes(work.seconds_left)} left" if work.seconds_left is not None else ""
    return " · ".join(part for part in (named, work.waits, far, spent, left) if part)


def _title(work: Work) -> str:
    """Which answer it is about."""
    if not work.attempt_id:
        return ""
    mine = resources.session().answers.of(resources.candidate_id())
    asked = next((one.question_id for one in mine if one.id == work.attempt_id), "")
    question = find_question(resources.questions(), asked)
    return f" “{question.title}”" if question else ""


def _everything() -> Iterator[Work]:
    """From each registry; one that was never loaded has nothing that runs, and is not loaded for this."""
    viewer, loaded = resources.viewer(), sys.modules
    if "analysis.live.answers_under_way" in loaded:
        yield from long_work.of_answers(resources.answers_under_way(), viewer)
    if "pages.widgets.recording_read" in loaded:
        from pages.widgets import recording_read

        yield from long_work.of_readings(recording_read.readings(), viewer)
    if "analysis.live.interviews_under_way" in loaded:
        yield from long_work.of_interviews(resources.interviews(), viewer)
    if "analysis.live.judging_jobs" in loaded:
        yield from long_work.of_judging(resources.jobs(), viewer)
    if "analysis.live.exam_jobs" in loaded:
        yield from long_work.of_exam(resources.exam_jobs(), viewer)
    if "analysis.live.model_arrivals" in loaded:
        yield from long_work.of_arrivals(resources.arrivals(), viewer)
    if "pages.widgets.study.tailored_writing" in loaded:
        from pages.widgets.study import tailored_writing

        yield from tailored_writing.under_way()


def _is_shown_by(page: str, work: Work) -> bool:
    """Whether a page shows it itself; one whose address says nothing yet is about to."""
    asked = st.query_params
    return work.page == page and all(asked.get(name, value) == value for name, value in work.asked.items())


def _in_the_middle(page: str) -> bool:
    if page == "interview":
        return "interview" in st.query_params
    if page != "practice" or "analysis.live.answers_under_way" not in sys.modules:
        return False
    from pages.widgets.answer import under_way

    return under_way.is_running()
