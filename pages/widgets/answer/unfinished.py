"""Answers that were begun and not finished: a closed tab, a killed server, a flat battery."""

from __future__ import annotations

from functools import partial

import streamlit as st

from data.domain import Attempt, Question
from data.questions import find_question
from pages.widgets import attempt_picker, problem, recording_read, resources, way_on
from pages.widgets.answer import consent, under_way, upload_answer
from pages.widgets.plain import plain
from pages.widgets.review import judging_cut_off, player

_SHOWN = 3
_GO_ON = "Go on with an interview that is not finished"


def show() -> None:
    """Draw one line an unfinished answer, with what can be done about it."""
    running = resources.answers_under_way().ids(resources.viewer())
    interviews = _interviews()
    if interviews:
        way_on.show("pages/interview.py", _GO_ON)
    judging_cut_off.tell()
    for attempt in _answers(interviews)[:_SHOWN]:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            if attempt.id in running:
                _running(attempt)
            else:
                _left(attempt)


def tell() -> None:
    """Draw the ways to what was begun and not finished; nothing where nothing was."""
    interviews = _interviews()
    if interviews:
        way_on.show("pages/interview.py", _GO_ON)
    judging_cut_off.tell()
    left = len(_answers(interviews))
    if left:
        what = "An answer that is" if left == 1 else f"{left} answers that are"
        way_on.show("pages/practice.py", f"{what} not finished")


def _interviews() -> frozenset[str]:
    """Interviews that can be gone on with."""
    kept = resources.session().interviews.of(resources.candidate_id())
    return frozenset(one.id for one in kept if not one.over)


def _answers(interviews: frozenset[str]) -> list[Attempt]:
    """Answers that wait for their candidate; a round is its interview's until it is scored."""
    left = resources.session().answers.unfinished(resources.candidate_id())
    if not left:
        return []
    scoring = partial(resources.interviews().is_scoring, resources.world())
    read = recording_read.readings().ids(resources.viewer())
    return [
        one for one in left if one.session_id not in interviews and one.id not in read and not scoring(one.id)
    ]


def _running(attempt: Attempt) -> None:
    st.markdown(f"**Being answered:** {plain(attempt_picker.label(attempt))}")
    if st.button("Go on with it", key=f"go-on-{attempt.id}"):
        under_way.go_on(attempt.id)
        st.rerun()


def _left(attempt: Attempt) -> None:
    question = find_question(resources.questions(), attempt.question_id)
    st.markdown(f"**Not finished:** {plain(attempt_picker.label(attempt))}")
    if attempt.status == "captured":
        if st.button("Check the words and score", key=f"score-{attempt.id}"):
            st.switch_page("pages/review.py", query_params={"attempt": attempt.id})
    elif not _has_file(attempt):
        st.caption("Nothing was recorded.")
    elif question:
        _offer_to_finish(attempt, question)
    if resources.recordings().is_received(attempt.recording) and _has_file(attempt):
        player.show_sent_file(attempt)
    if st.button("Discard", key=f"discard-{attempt.id}", type="tertiary"):
        resources.world().copies.erase_attempt(attempt.id)
        st.rerun()


def _offer_to_finish(attempt: Attempt, question: Question) -> None:
    agreed = consent.of_recording(resources.session(), attempt, resources.settings().stt_place)
    missing = None if agreed else "Tick the box first, or discard it."
    if st.button("Finish it", key=f"finish-{attempt.id}", disabled=not agreed, help=missing):
        _finish(attempt, question)


def _has_file(attempt: Attempt) -> bool:
    if resources.recordings().part(attempt.id).is_file():
        return True
    return attempt.recording is not None and resources.recordings().is_there(attempt.recording)


def _finish(attempt: Attempt, question: Question) -> None:
    with problem.show():
        upload_answer.read(attempt, question)
        st.switch_page("pages/review.py", query_params={"attempt": attempt.id})
