"""One's answer watched again: the recording beside its words, and the outline of a strong one."""

from __future__ import annotations

import streamlit as st

from analysis.reviewing.transcript_lines import marked_lines
from analysis.speech.captions import to_webvtt
from data.domain import AttemptResult, Question
from pages.widgets import outline
from pages.widgets.review import key_points, player, rescore, this_was_english


def show(result: AttemptResult, question: Question, *, playable: bool, revealed: bool) -> None:
    """Draw the player; with levels `revealed` their quotes are marked, and the answer can be scored again."""
    attempt = result.attempt
    with st.container(key="watch"):
        if attempt.recording and not playable:
            st.caption("The recording is not there any more: it was erased or moved. The words are kept.")
        this_was_english.show(result, question, playable=playable)
        lines = marked_lines(result.turns, result.assessment if revealed else None)
        captions = to_webvtt(result.speech.transcript) if playable and result.speech else ""
        player.show(
            attempt.recording if playable else None,
            lines,
            key="player",
            marks=key_points.marks() if revealed else None,
            captions=captions,
            attempt_id=attempt.id,
        )
        if revealed:
            rescore.show(result, question)
        outline.show(question)
