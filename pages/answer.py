"""Look at an answer that was shared, or that a member of your cohort gave, and put a level beside it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analysis.reviewing.sides import sides_of
from analysis.reviewing.transcript_lines import marked_lines
from analysis.scoring.coverage import only_heard
from data.domain import Assessment, AttemptResult, Question, RehearseError, Score
from data.questions import find_question
from pages.widgets import clock, outline, problem, question_shown, resources
from pages.widgets.plain import plain
from pages.widgets.review import (
    code_written,
    dispute,
    key_points,
    level_rows,
    measured,
    override,
    own_mark,
    player,
    sketch_drawn,
    summary_table,
)

_ALIGNED = """<style>
[class*="st-key-seek-"] :is(button, button *) { justify-content: flex-start; text-align: left; }
</style>"""


def _found(key: str) -> tuple[AttemptResult | None, bool]:
    """The answer that the address names and whether its recording may be played."""
    if key:
        linked = resources.session().grants.by_link(key)
        return (linked[0], linked[1].recording) if linked else (None, False)
    result = resources.session().answers.load(st.query_params.get("attempt", ""))
    return result, result is not None and resources.session().grants.may_play(result.attempt)


def _draw(result: AttemptResult, *, playable: bool, key: str) -> None:
    attempt, assessment = result.attempt, result.assessment
    question = find_question(resources.bank(), attempt.question_id)
    _heading(result, question)
    left, right = st.columns([5, 6], gap="large")
    with left:
        if attempt.recording and not playable:
            st.caption("The recording was not shared.")
        lines = marked_lines(result.turns, assessment)
        there = playable and player.is_there(attempt)
        player.show(
            attempt.recording if there else None, lines, key="player", marks=key_points.marks(), link=key
        )
        if question:
            outline.show(question)
    with right:
        if assessment is None:
            st.info("This answer has not been scored yet.")
            return
        _assessed(result, assessment, playable=there, key=key)
    sketch_drawn.show(result)
    if question:
        code_written.show(result, question, playable=there)
    _measured(result)


def _assessed(result: AttemptResult, assessment: Assessment, *, playable: bool, key: str) -> None:
    """Levels and key points; of what a reader heard only these, with what the candidate marked."""
    heard = None if key else sides_of(resources.session().answers.assessments(result.attempt.id)).heard
    summary_table.show(assessment, heard, () if key else own_mark.of(result))
    if only_heard(assessment):
        points = st.container()
    else:
        levels, points = st.tabs(["Levels and why", "Key points"])
        with levels:
            below = None if key else _below(result, playable)
            level_rows.show(assessment.scores, playable=playable, below=below)
    if not key:
        override.beside(result, assessment)
    with points:
        marked = None if key else own_mark.read(result, playable=playable)
        key_points.show(assessment, playable=playable, heard=heard, below=marked)


def _heading(result: AttemptResult, question: Question | None) -> None:
    """What was asked, of whom and when."""
    attempt = result.attempt
    if question:
        st.markdown(f"**{plain(question.text)}**")
        question_shown.code(question)
    name = resources.session().people.names((attempt.candidate_id,)).get(attempt.candidate_id)
    said = " · ".join(filter(None, [name, f"{clock.day_and_time(attempt.started_at)}", attempt.mode]))
    st.caption(plain(said))
    if attempt.synthetic:
        st.markdown(":orange-badge[Synthetic sample] Invented: nobody said this.")


def _measured(result: AttemptResult) -> None:
    """What the microphone and the camera measured, where it may be seen."""
    if not (result.delivery or result.summaries):
        return
    st.subheader("Delivery")
    voice, camera = st.columns(2)
    with voice:
        measured.show_delivery(result.delivery)
    with camera:
        measured.show_signals(result.summaries)


def _below(result: AttemptResult, playable: bool) -> Callable[[Score], None]:
    disputed, given = dispute.read(result, playable=playable), override.below(result)

    def draw(score: Score) -> None:
        disputed(score)
        given(score)

    return draw


st.title("Answer")
st.html(_ALIGNED)
try:
    key = st.query_params.get("key", "")
    result, playable = _found(key)
    if result is None:
        st.info("This link has ended or was revoked. Ask whoever sent it to share the answer again.")
    else:
        _draw(result, playable=playable, key=key)
except RehearseError as error:
    problem.draw(error)
