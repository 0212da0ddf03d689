"""When no engine can hear an answer, the recording is kept and the words can be typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis import practice
from analysis.recorded import hear
from analysis.speech.chain import Typed
from data.domain import Question
from data.store import Store
from tests.media import recording
from tests.stored import shipped_questions


@pytest.fixture
def question() -> Question:
    return shipped_questions()[0]


def test_an_answer_that_no_engine_can_hear_is_kept_without_words_and_says_why(tmp_path: Path) -> None:
    file = recording(tmp_path / "answer.mp4", seconds=2.0, fps=5, size=(64, 48), text="Write to the primary.")
    before = file.read_bytes()
    speech = hear(file, Typed())
    assert speech.transcript.words == ()
    assert speech.fillers is None
    assert "type what you said" in speech.notes[0]
    assert file.read_bytes() == before


def test_what_is_typed_afterwards_becomes_the_words_of_that_answer(
    tmp_path: Path, question: Question
) -> None:
    file = recording(tmp_path / "answer.mp4", seconds=2.0, fps=5, size=(64, 48), text="Write to the primary.")
    store = Store.open("duckdb:///:memory:")
    attempt = practice.start_answer(
        store, candidate_id="local", session_id="one", question=question, mode="microphone"
    )
    unheard = practice.keep_answer(store, attempt, question, hear(file, Typed()))
    assert unheard.delivery is not None
    assert unheard.delivery.speaking_rate_wpm is None
    typed = practice.with_words(unheard, question, "I would shard by user.")
    assert typed.turns[1].text == "I would shard by user."
    store.close()
