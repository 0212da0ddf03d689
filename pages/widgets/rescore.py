"""Correct the transcript and score it (again): the original words and times are kept where unchanged."""

from __future__ import annotations

import streamlit as st

from analysis import practice
from analysis.scoring import Scorer
from data.domain import AttemptResult, Question
from pages.widgets import resources, self_rating

_LOW_CONFIDENCE = 0.5
"""Words the recogniser gave less than even odds are worth a look."""


def show(result: AttemptResult, question: Question) -> None:
    """Draw the editor; on the button, save the words, score them and rerun the page."""
    transcript = result.speech.transcript if result.speech else None
    text = transcript.text if transcript else ""
    scored = result.assessment is not None
    with st.expander("Correct the transcript and score again", expanded=not scored):
        doubtful = [
            word.text
            for word in (transcript.words if transcript else ())
            if word.confidence is not None and word.confidence < _LOW_CONFIDENCE
        ]
        if doubtful:
            st.caption("Heard unclearly: " + ", ".join(dict.fromkeys(doubtful)))
        words = st.text_area("Your words", text, height=220, key=f"words-{result.attempt.id}")
        ratings: dict[str, float] = {}
        if not scored and not self_rating.is_settled(result):
            st.markdown(
                "**How would you rate it?** Before you see the levels; leave out what you cannot tell."
            )
            ratings = self_rating.ask(result, question)
        scorer = _choose_scorer()
        if st.button(
            "Score again" if scored else "Score this answer", type="primary", disabled=not words.strip()
        ):
            if words.split() != text.split():
                resources.forget_judged(result)
            with st.spinner("Scoring your answer ..."):
                practice.score_answer(resources.store(), result, question, scorer, words)
            if not scored:
                self_rating.keep(result, ratings)
            st.rerun()


def _choose_scorer() -> Scorer:
    scorers = resources.scorers()
    names = [scorer.name for scorer in scorers]
    if len(names) == 1:
        return scorers[0]
    chosen = st.segmented_control("Scorer", names, default=names[0], required=True)
    return scorers[names.index(chosen)]
