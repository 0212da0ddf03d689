"""Look at one answer beside the rubric: recording, words, levels with quotes, what to do differently."""

from __future__ import annotations

import streamlit as st

from data.domain import AttemptResult, Question, RehearseError
from pages.widgets import (
    advice_card,
    attempt_picker,
    key_points,
    levels,
    measured,
    player,
    rescore,
    resources,
    timeline,
)


def _left(result: AttemptResult, question: Question) -> None:
    recording = result.attempt.recording
    transcript = result.speech.transcript if result.speech else None
    if recording:
        player.show(recording, player.lines_of(transcript) if transcript else (), key="player")
    elif transcript:
        st.markdown("**Your answer**")
        st.text(transcript.text)
    if result.assessment:
        rescore.show(result, question)
    with st.expander("Outline of a strong answer"):
        st.markdown(question.outline or "This question has no outline.")
        for item in question.reading:
            st.markdown(f"- {item}")


def _right(result: AttemptResult, question: Question) -> None:
    playable = result.attempt.recording is not None
    if result.assessment is None:
        st.subheader("Check your words, then score them")
        rescore.show(result, question)
        return
    if result.advice:
        st.subheader("What to do with it")
        advice_card.show(result.advice, result.assessment.flags, playable=playable)
    st.subheader("Levels")
    levels.show(result.assessment.scores, playable=playable)
    st.subheader("Key points")
    key_points.show(result.assessment.key_points, playable=playable)
    for note in result.assessment.notes:
        st.caption(note)


def _below(result: AttemptResult) -> None:
    st.subheader("Delivery")
    st.caption("Bands are advice, not grades, and never touch a level.")
    delivery, camera = st.columns(2)
    with delivery:
        measured.show_delivery(result.delivery)
    with camera:
        measured.show_signals(result.summaries)
    timeline.show(result)
    for number, event in enumerate(result.events):
        player.jump(event, key=f"event-{number}")


def _draw(result: AttemptResult, question: Question) -> None:
    st.markdown(f"**{question.text}**")
    for note in result.notes:
        st.caption(note)
    left, right = st.columns([5, 6], gap="large")
    with left:
        _left(result, question)
    with right:
        _right(result, question)
    _below(result)


st.title("Review")
try:
    attempts = resources.store().attempts(resources.candidate_id())
    if not attempts:
        st.info("Nothing to review yet. Answer one question, aloud or typed, and it appears here.")
        st.page_link("pages/practice.py", label="Practise a question")
        st.stop()
    attempt = attempt_picker.show(attempts)
    result = resources.store().load_result(attempt.id)
    question = resources.question(attempt.question_id)
    if result is None or question is None:
        raise RehearseError(
            "The question of this answer is no longer in the bank.",
            "Put it back into the question file to see the answer beside it.",
        )
    _draw(result, question)
except RehearseError as error:
    st.error(error.remedy, title=error.message)
