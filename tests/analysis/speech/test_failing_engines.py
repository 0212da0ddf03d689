"""When no engine can hear an answer, the recording is kept and the words can be typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from analysis.answering import one_answer
from analysis.answering.from_recording import hear
from analysis.speech.chain import Typed
from analysis.speech.transcribe import LocalWhisper
from data.domain import Question
from data.store import Database
from tests.media import recording
from tests.stored import shipped_questions

pytestmark = pytest.mark.slow


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


class Breaking(LocalWhisper):
    """The local engine whose library breaks, as it does when memory runs out."""

    def __init__(self, error: Exception) -> None:
        super().__init__(lambda: Path("nowhere"), "base", idle_seconds=0.01)
        self.error = error

    def _loaded(self) -> Any:
        raise self.error


@pytest.mark.parametrize(
    "error", [RuntimeError("CUDA out of memory"), MemoryError("too little"), ValueError("bad shape")]
)
def test_a_library_that_breaks_leaves_the_answer_kept_with_the_reason(
    tmp_path: Path, error: Exception
) -> None:
    file = recording(tmp_path / "answer.mp4", seconds=2.0, fps=5, size=(64, 48), text="Write to the primary.")
    speech = hear(file, Breaking(error))
    assert speech.transcript.words == ()
    assert str(error) in speech.notes[0] and "type what you said" in speech.notes[0]


def test_what_is_typed_afterwards_becomes_the_words_of_that_answer(
    tmp_path: Path, question: Question
) -> None:
    file = recording(tmp_path / "answer.mp4", seconds=2.0, fps=5, size=(64, 48), text="Write to the primary.")
    session = Database.open("duckdb:///:memory:").session()
    attempt = one_answer.start_answer(
        session, candidate_id="local", session_id="one", question=question, mode="microphone"
    )
    unheard = one_answer.keep_answer(session, attempt, question, hear(file, Typed()))
    assert unheard.delivery is not None
    assert unheard.delivery.speaking_rate_wpm is None
    typed = one_answer.with_words(unheard, question, "I would shard by user.")
    assert typed.turns[1].text == "I would shard by user."
    session.database.close()
