"""Answer with a whole recording: made in the browser, or elsewhere (a phone, a meeting tool)."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analysis import media
from analysis.answering import one_answer
from analysis.answering.from_recording import observe
from analysis.signals.switches import switched_off
from data.domain import Attempt, Question, RehearseError
from pages.widgets import resources
from pages.widgets.answer import guided_setup, record_in_browser
from pages.widgets.answer.record_in_browser import HandedOver

KEPT_TOO = "What you sent is kept as well: “The file you sent” below saves it."


def show(question: Question) -> str | None:
    """Draw recorder and uploader; returns the attempt's id once a recording has been analysed."""
    handed = record_in_browser.show(f"upload-{question.id}")
    if handed is None or not st.button("Analyse this recording", type="primary"):
        return None
    attempt = one_answer.start_answer(
        resources.store(),
        candidate_id=resources.candidate_id(),
        session_id=resources.session_id(),
        question=question,
        mode="upload",
    )
    return take(attempt, question, handed)


def take(attempt: Attempt, question: Question, handed: HandedOver) -> str:
    """Keep a handed-over recording and analyse it; the attempt's id."""
    with st.status("Keeping your recording ...", type="step") as step:
        kept, notes = keep_file(attempt, handed)
        step.update(label="Listening to it and looking at it ...")
        return analyse(kept, question, notes)


def keep_file(attempt: Attempt, handed: HandedOver) -> tuple[Attempt, tuple[str, ...]]:
    """Save the file before anything looks into it, then in the form the player needs; what is to be said.

    A file that cannot be read stays among the unfinished answers, to be saved elsewhere or discarded.
    """
    received = resources.recordings().receive(attempt.id, handed.suffix, handed.name)
    handed.save(received)
    kept = replace(attempt, recording=received.name)
    resources.store().start_attempt(kept)
    try:
        return playable(kept)
    except RehearseError as failure:
        raise RehearseError(
            failure.message, f"{failure.remedy} What you sent is kept under “Not finished”."
        ) from failure


def is_received(attempt: Attempt) -> bool:
    """Whether the attempt's file is still as it was sent."""
    return resources.recordings().is_received(attempt.recording)


def playable(attempt: Attempt) -> tuple[Attempt, tuple[str, ...]]:
    """The attempt with its received file turned into a recording, and what has to be said about that.

    What was sent is let go of only when all of it is in the recording. RehearseError when it is not one.
    """
    recordings = resources.recordings()
    taken = media.take_in(
        recordings.path(attempt.recording or ""),
        recordings.part(attempt.id).with_suffix(""),
        named=recordings.sent_as(attempt.id),
        longest_seconds=resources.settings().recording_seconds,
    )
    kept = replace(attempt, recording=taken.facts.path.name)
    resources.store().start_attempt(kept)
    if not taken.lost:
        recordings.drop_received(attempt.id)
    return kept, (*taken.notes, KEPT_TOO) if taken.lost else taken.notes


def analyse(attempt: Attempt, question: Question, notes: tuple[str, ...] = ()) -> str:
    """Words and signals of a kept recording, saved with what is to be said of it; the attempt's id."""
    seen = observe(
        resources.recordings().path(attempt.recording or ""),
        resources.transcriber(),
        frames_per_second=resources.settings().frames_per_second,
        calibration=guided_setup.calibration_of(attempt),
        off=switched_off(resources.store(), attempt.candidate_id),
    )
    said = (*notes, *seen.notes)
    one_answer.keep_answer(resources.store(), attempt, question, seen.speech, seen.frames, said)
    return attempt.id
