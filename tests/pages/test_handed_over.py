"""Files of every kind handed over by a candidate: measured, or refused in plain words with nothing lost."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from analysis.recorded import NO_PICTURE, NO_SOUND
from data.domain import Attempt, AttemptResult, Question, RehearseError, Transcript, Word
from data.recordings import Recordings
from data.settings import load_settings
from data.store import Store
from pages.widgets import resources
from pages.widgets.answer import upload_answer
from tests.media import cut_short, recording
from tests.stored import open_store, shipped_questions

QUESTION = shipped_questions()[0]


class OneWord:
    """A speech engine that always hears one word."""

    name = "one word"
    version = "1"

    def transcribe(self, samples: np.ndarray, prompt: str | None = None) -> Transcript:
        return Transcript((Word("hello", 0.0, 0.5),), engine=self.name)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    opened = open_store(tmp_path)
    environ = {"RECORDINGS_URL": (tmp_path / "recordings").as_uri()}
    settings = load_settings(environ, tmp_path / "none.toml")
    folder = Recordings(settings.recordings_url)
    monkeypatch.setattr(resources, "store", lambda: opened)
    monkeypatch.setattr(resources, "settings", lambda: settings)
    monkeypatch.setattr(resources, "recordings", lambda: folder)
    monkeypatch.setattr(resources, "transcriber", OneWord)
    yield opened
    opened.close()


def begun(store: Store, question: Question = QUESTION) -> Attempt:
    attempt = Attempt(
        id="a1",
        candidate_id="local",
        session_id="s",
        question_id=question.id,
        started_at=datetime.now(UTC),
        mode="upload",
        status="recording",
    )
    store.start_attempt(attempt)
    return attempt


def handed(store: Store, path: Path) -> AttemptResult:
    with path.open("rb") as file:
        kept = upload_answer.keep_file(begun(store), file, path.suffix)
    upload_answer.analyse(kept, QUESTION)
    result = store.load_result("a1")
    assert result is not None
    return result


@pytest.mark.parametrize("content", [b"", b"this is not a recording" * 99], ids=["empty", "not a video"])
def test_what_is_no_recording_is_kept_and_can_be_discarded(store: Store, content: bytes) -> None:
    with pytest.raises(RehearseError) as refused:
        upload_answer.keep_file(begun(store), io.BytesIO(content), ".mp4")
    assert "kept under" in (refused.value.remedy or "")
    (left,) = store.unfinished("local")
    assert resources.recordings().path(left.recording or "").read_bytes() == content
    page = AppTest.from_string("from pages.widgets.answer import unfinished\nunfinished.show()").run(
        timeout=30
    )
    next(button for button in page.button if button.label == "Discard").click().run(timeout=30)
    assert not store.unfinished("local")
    assert list(resources.recordings().folder.iterdir()) == []


def test_an_answer_that_recorded_nothing_offers_only_to_be_discarded(store: Store) -> None:
    begun(store)
    page = AppTest.from_string("from pages.widgets.answer import unfinished\nunfinished.show()").run(
        timeout=30
    )
    assert [button.label for button in page.button] == ["Discard"]
    assert page.caption[0].value == "Nothing was recorded."


@pytest.mark.slow
def test_a_file_cut_off_before_its_index_is_refused_and_kept(store: Store, tmp_path: Path) -> None:
    broken = cut_short(recording(tmp_path / "cut.mp4", 2.0))
    with pytest.raises(RehearseError), broken.open("rb") as file:
        upload_answer.keep_file(begun(store), file, ".mp4")
    assert upload_answer.is_received(store.unfinished("local")[0])


@pytest.mark.slow
def test_sound_alone_is_measured_without_a_picture(store: Store, tmp_path: Path) -> None:
    result = handed(store, recording(tmp_path / "sound.mp4", 2.0, video=False))
    assert NO_PICTURE in result.notes
    assert result.frames == ()


@pytest.mark.slow
def test_a_picture_alone_says_that_there_are_no_words(store: Store, tmp_path: Path) -> None:
    result = handed(store, recording(tmp_path / "picture.mp4", 2.0, audio=False))
    assert NO_SOUND in result.notes
    assert result.frames


@pytest.mark.slow
def test_a_face_that_is_never_seen_is_not_measured_and_says_so(store: Store, tmp_path: Path) -> None:
    wall = [np.full((480, 640, 3), 120, np.uint8)]
    result = handed(store, recording(tmp_path / "wall.mp4", 4.0, images=wall))
    shares = [one for one in result.summaries if one.name.startswith("eye_contact")]
    assert {one.value for one in shares} == {None, 1.0}
    assert {one.reason for one in shares} == {"gaze not measurable: no face", None}
    assert [event.name for event in result.events] == ["face not in view"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("one second", {"seconds": 1.0}),
        ("turned", {"seconds": 2.0, "turned": 90}),
        ("4K", {"seconds": 0.4, "size": (3840, 2160)}),
        ("unsteady", {"seconds": 2.0, "times": [0.0, 0.05, 0.3, 0.35, 0.9, 1.0, 1.6, 1.9]}),
    ],
)
def test_unusual_files_are_measured(store: Store, tmp_path: Path, name: str, made: dict[str, object]) -> None:
    result = handed(store, recording(tmp_path / "file.mp4", **made))  # type: ignore[arg-type]
    assert result.speech is not None
    assert result.frames, name
