from __future__ import annotations

import pytest

from analysis.answering.one_answer import measure_answer
from analysis.signals.picture_notes import picture_notes, why_not_now
from data.domain import SignalFrame, Speech, Transcript
from tests.stored import result, shipped_questions


def _frames(reason: str, unread: int, of: int = 20) -> tuple[SignalFrame, ...]:
    read = [SignalFrame(step / 4, True, "camera") for step in range(of - unread)]
    return (*read, *(SignalFrame((of + step) / 4, True, gaze_reason=reason) for step in range(unread)))


@pytest.mark.parametrize(
    ("reason", "words"),
    [("sunglasses", "Dark glass"), ("backlit", "behind you"), ("too_dark", "dark"), ("too_small", "small")],
)
def test_what_hid_a_face_for_a_fifth_of_an_answer_is_said_with_its_share(reason: str, words: str) -> None:
    (note,) = picture_notes(_frames(reason, 5))
    assert words in note and "25%" in note
    assert picture_notes(_frames(reason, 3)) == ()
    assert why_not_now(SignalFrame(0.0, True, gaze_reason=reason)) is not None


def test_nothing_is_said_of_pictures_that_were_read_or_never_taken() -> None:
    assert picture_notes(_frames("sunglasses", 0)) == picture_notes(()) == ()
    assert why_not_now(SignalFrame(0.0, True, "camera")) is None
    assert why_not_now(SignalFrame(0.0, False, gaze_reason="backlit")) is None


def test_an_answer_keeps_what_hid_its_face_among_its_notes() -> None:
    speech = Speech(Transcript((), engine="none"), voiced=(), fillers=None, seconds=9.0)
    measured = measure_answer(result().attempt, shipped_questions()[0], speech, _frames("backlit", 20))
    assert any("only your outline" in note for note in measured.notes)
