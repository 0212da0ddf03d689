"""An answer whose question is in no set any more: everything that the answer itself keeps.

It cannot be scored or disputed again: what it was held against is gone.
"""

from __future__ import annotations

import streamlit as st

from analysis.reviewing.sides import sides_of
from analysis.reviewing.transcript_lines import marked_lines
from analysis.scoring.coverage import only_heard
from analysis.speech.captions import to_webvtt
from data.domain import AttemptResult
from pages.widgets import resources
from pages.widgets.plain import plain, plain_lines
from pages.widgets.review import (
    advice_card,
    code_written,
    key_points,
    level_rows,
    measured,
    own_mark,
    player,
    sketch_drawn,
    summary_table,
)


def show(result: AttemptResult) -> None:
    """Draw the question as it was asked, the words and the recording, and what they were worth."""
    asked = next((turn.text for turn in result.turns if turn.speaker == "interviewer"), "")
    st.markdown(plain_lines(asked))
    st.caption(
        "This question is in no set of yours any more. The answer is as it was kept; scoring it again or "
        "disputing a level needs the question: add its set once more."
    )
    for note in result.notes:
        st.caption(plain(note))
    left, right = st.columns([5, 6], gap="large")
    with left:
        _watch(result)
    with right:
        _judged(result)
    sketch_drawn.show(result)
    code_written.show(result, None, playable=player.is_there(result.attempt))
    st.subheader("Delivery")
    voice, camera = st.columns(2)
    with voice:
        measured.show_delivery(result.delivery)
    with camera:
        measured.show_signals(result.summaries)


def _watch(result: AttemptResult) -> None:
    playable = player.is_there(result.attempt)
    player.show(
        result.attempt.recording if playable else None,
        marked_lines(result.turns, result.assessment),
        key="player",
        marks=key_points.marks(),
        captions=to_webvtt(result.speech.transcript) if playable and result.speech else "",
        attempt_id=result.attempt.id,
    )


def _judged(result: AttemptResult) -> None:
    playable, assessment = player.is_there(result.attempt), result.assessment
    if assessment is None:
        st.info("This answer was not scored.")
        return
    if result.advice:
        advice_card.show(result.advice, playable=playable)
    heard = sides_of(resources.session().answers.assessments(result.attempt.id)).heard
    summary_table.show(assessment, heard, own_mark.of(result))
    if only_heard(assessment):
        points = st.container()
    else:
        why, points = st.tabs(["Levels and why", "Key points"])
        with why:
            level_rows.show(assessment.scores, playable=playable)
    with points:
        key_points.show(
            assessment, playable=playable, heard=heard, below=own_mark.read(result, playable=playable)
        )
