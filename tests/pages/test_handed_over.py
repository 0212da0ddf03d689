"""Files of every kind handed over by a candidate: measured, or refused in plain words with nothing lost."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from analysis import media
from analysis.answering import uploaded
from analysis.answering.from_recording import NO_PICTURE, NO_SOUND
from analysis.answering.uploaded import Told
from analysis.live import long_work
from analysis.live.recordings_read import Reading, Readings
from analysis.media.intake.turns import Turns
from analysis.signals.landmarks import Landmarks
from analysis.signals.lighting import Light
from analysis.signals.switches import BODY, FACE, Off, switch_off
from data.access import Viewer
from data.domain import Attempt, AttemptResult, Question, RehearseError, Transcript, Word
from data.recordings import Recordings
from data.settings import load_settings
from data.store import Session
from pages.widgets import resources
from pages.widgets.answer.record_in_browser import HandedOver
from pages.widgets.review.player import recording_route
from tests.media import cut_short, recording
from tests.stored import open_store, shipped_questions
from tests.strange import BUGS

pytestmark = pytest.mark.slow

SENT_FILE = """
from pages.widgets import resources
from pages.widgets.review import player
player.show_sent_file(resources.session().answers.load("a1").attempt)
"""
QUESTION = shipped_questions()[0]
SAID = "I would put a cache before the database and look at what is asked for most often, then measure again."


class OneWord:
    """A speech engine that always hears one word."""

    name = "one word"
    version = "1"

    def transcribe(self, samples: np.ndarray, prompt: str | None = None) -> Transcript:
        return Transcript((Word("hello", 0.0, 0.5),), engine=self.name)


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    opened = open_store(tmp_path)
    environ = {"RECORDINGS_URL": (tmp_path / "recordings").as_uri()}
    settings = load_settings(environ, tmp_path / "none.toml")
    folder = Recordings(settings.recordings_url)
    monkeypatch.setattr(resources, "session", lambda: opened)
    monkeypatch.setattr(resources, "settings", lambda: settings)
    monkeypatch.setattr(resources, "recordings", lambda: folder)
    monkeypatch.setattr(resources, "transcriber", OneWord)
    yield opened
    opened.database.close()


def begun(session: Session, question: Question = QUESTION) -> Attempt:
    attempt = Attempt(
        id="a1",
        candidate_id="local",
        session_id="s",
        question_id=question.id,
        started_at=datetime.now(UTC),
        mode="upload",
        status="recording",
    )
    session.answers.start(attempt)
    return attempt


def take(session: Session, file: HandedOver, told: Told = len) -> None:
    """Keep a file and read it, as the server does beside the page."""
    world = resources.world()
    uploaded.finish_left(world, uploaded.keep_file(world, begun(session), file), QUESTION, None, told)


def handed(session: Session, path: Path) -> AttemptResult:
    with path.open("rb") as file:
        take(session, HandedOver(file, path.name))
    result = session.answers.load("a1")
    assert result is not None
    return result


def test_a_second_file_of_one_person_waits_is_told_why_and_is_kept(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns, said = Turns(patience_seconds=0.0), list[str]()
    monkeypatch.setattr(sys.modules[media.take_in.__module__], "TURNS", turns)
    file = HandedOver(io.BytesIO(b"sound"), "a.mp4")
    with (
        turns.held(turns.arrive("local"), print),
        pytest.raises(RehearseError, match="What you sent is kept under “Not finished”"),
    ):
        take(session, file, said.append)
    assert said == ["Another recording of yours is being read. This one begins after it."]
    left = session.answers.unfinished("local")[0]
    assert resources.recordings().path(left.recording or "").read_bytes() == b"sound"


@pytest.mark.parametrize("content", [b"", b"this is not a recording" * 99], ids=["empty", "not a video"])
def test_what_is_no_recording_is_kept_and_can_be_discarded(session: Session, content: bytes) -> None:
    with pytest.raises(RehearseError) as refused:
        take(session, HandedOver(io.BytesIO(content), "talk.mp4"))
    assert "kept under" in (refused.value.remedy or "")
    (left,) = session.answers.unfinished("local")
    assert resources.recordings().path(left.recording or "").read_bytes() == content
    page = AppTest.from_string("from pages.widgets.answer import unfinished\nunfinished.show()").run(
        timeout=30
    )
    next(button for button in page.button if button.label == "Discard").click().run(timeout=30)
    assert not session.answers.unfinished("local")
    assert list(resources.recordings().folder.iterdir()) == []


def test_what_one_person_keeps_as_it_was_sent_has_a_limit(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploaded, "SENT_BYTES", 2000)
    folder = resources.recordings().folder
    for suffix in (".mov", ".mkv"):
        with pytest.raises(RehearseError, match="is not a video"):
            take(session, HandedOver(io.BytesIO(b"x" * 1500), f"a{suffix}"))
    before = sorted(folder.iterdir())
    with pytest.raises(RehearseError, match="sent keep") as refused:
        take(session, HandedOver(io.BytesIO(b"x"), "b.mov"))
    assert "Not finished" in refused.value.remedy
    assert sorted(folder.iterdir()) == before
    (folder / "elsewhere.mov.received").write_bytes(b"x" * 9000)  # somebody else's
    (folder / "a1.mov.received").unlink()
    uploaded.require_room(resources.world(), "local")


def test_an_answer_that_recorded_nothing_offers_only_to_be_discarded(session: Session) -> None:
    begun(session)
    page = AppTest.from_string("from pages.widgets.answer import unfinished\nunfinished.show()").run(
        timeout=30
    )
    assert [button.label for button in page.button] == ["Discard"]
    assert page.caption[0].value == "Nothing was recorded."


@pytest.mark.slow
def test_a_file_cut_off_before_its_index_is_refused_and_kept(session: Session, tmp_path: Path) -> None:
    broken = cut_short(recording(tmp_path / "cut.mp4", 2.0))
    with pytest.raises(RehearseError), broken.open("rb") as file:
        take(session, HandedOver(file, "cut.mp4"))
    assert resources.recordings().is_received(session.answers.unfinished("local")[0].recording)


@pytest.mark.slow
def test_sound_alone_is_measured_without_a_picture(session: Session, tmp_path: Path) -> None:
    result = handed(session, recording(tmp_path / "sound.mp4", 2.0, video=False))
    assert NO_PICTURE in result.notes
    assert result.frames == ()


@pytest.mark.slow
def test_a_picture_alone_says_that_there_are_no_words(session: Session, tmp_path: Path) -> None:
    result = handed(session, recording(tmp_path / "picture.mp4", 2.0, audio=False))
    assert NO_SOUND in result.notes
    assert result.frames


@pytest.mark.slow
def test_a_face_that_is_never_seen_is_not_measured_and_says_so(session: Session, tmp_path: Path) -> None:
    wall = [np.full((480, 640, 3), 120, np.uint8)]
    result = handed(session, recording(tmp_path / "wall.mp4", 8.0, images=wall, text=SAID))
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
def test_unusual_files_are_measured(
    session: Session, tmp_path: Path, name: str, made: dict[str, object]
) -> None:
    result = handed(session, recording(tmp_path / "file.mp4", **made))  # type: ignore[arg-type]
    assert result.speech is not None
    assert result.frames, name


@pytest.mark.slow
def test_what_was_sent_stays_while_not_all_of_it_is_in_the_recording(session: Session) -> None:
    source = BUGS / "silent_first_track.mkv"
    result = handed(session, source)
    kept = resources.recordings().received("a1")
    assert kept is not None
    assert kept.read_bytes() == source.read_bytes()
    assert any("silent_first_track.mkv has 2 sound tracks" in note for note in result.notes)
    assert uploaded.KEPT_TOO in result.notes
    assert result.speech is not None
    assert result.speech.transcript.words
    page = AppTest.from_string(SENT_FILE).run(timeout=30)
    assert not page.get("download_button")  # that would hold the whole file in memory
    (link,) = page.get("link_button")
    assert link.proto.label == "The file you sent"
    with TestClient(Starlette(routes=[recording_route])) as client:
        answer = client.get(link.proto.url)
        assert client.get(link.proto.url.replace("signature=", "signature=0")).status_code == 403
    assert answer.content == source.read_bytes()
    assert answer.headers["content-disposition"] == 'attachment; filename="silent_first_track.mkv"'
    assert answer.headers["content-type"] == "application/octet-stream"
    resources.recordings().erase_attempt("a1")
    assert list(resources.recordings().folder.iterdir()) == []


@pytest.mark.slow
def test_what_was_sent_is_let_go_of_once_all_of_it_is_in_the_recording(
    session: Session, tmp_path: Path
) -> None:
    handed(session, recording(tmp_path / "all.mp4", 1.0, size=(160, 120)))
    assert [path.name for path in resources.recordings().folder.iterdir()] == ["a1.mp4"]


@pytest.mark.slow
def test_a_message_names_the_file_as_its_owner_does_also_when_it_is_tried_again(session: Session) -> None:
    broken = HandedOver(io.BytesIO(b"no recording" * 99), "Mein Vortrag (2).mov")
    with pytest.raises(RehearseError, match=r"Mein Vortrag \(2\).mov is not a video"):
        take(session, broken)
    (left,) = session.answers.unfinished("local")
    with pytest.raises(RehearseError, match=r"Mein Vortrag \(2\).mov is not a video"):
        uploaded.playable(resources.world(), left)


class NoDetector:
    """Stands in for the face and body models, and notes what was asked of it."""

    halves: ClassVar[list[dict[str, bool]]] = []

    def __init__(self, **halves: bool) -> None:
        self.halves.append(halves)

    def detect(self, rgb: np.ndarray, seconds: float) -> Landmarks:
        return Landmarks(seconds, rgb.shape[1], rgb.shape[0], Light(0.5, 0.4, 0.5))

    def close(self) -> None:
        """Nothing is held."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("off", "looked_for"),
    [(FACE, [{"face": False, "pose": True}]), (BODY, [{"face": True, "pose": False}]), (FACE | BODY, [])],
)
def test_a_face_or_body_that_is_switched_off_is_not_looked_for_in_a_file(
    session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    off: Off,
    looked_for: list[dict[str, bool]],
) -> None:
    monkeypatch.setattr("analysis.signals.watching.Detector", NoDetector)
    monkeypatch.setattr(NoDetector, "halves", [])
    switch_off(session.memory, "local", off)
    handed(session, recording(tmp_path / "face.mp4", 1.0, size=(160, 120)))
    assert NoDetector.halves == looked_for


def reading_ends(reading: Reading) -> Reading:
    assert reading.over.wait(60)
    return reading


@pytest.mark.slow
def test_a_recording_is_read_to_its_end_also_when_its_page_is_left(session: Session, tmp_path: Path) -> None:
    readings, world = Readings(), resources.world()
    with recording(tmp_path / "sound.mp4", 2.0, video=False).open("rb") as file:
        kept = uploaded.keep_file(world, begun(session), HandedOver(file, "sound.mp4"))
    reading = readings.begin(world, kept, QUESTION, None)
    assert readings.begin(world, kept, QUESTION, None) is reading, "a second press joins it"
    reading_ends(reading)
    assert session.answers.unfinished("local")[0].status == "captured"
    (told,) = long_work.of_readings(readings, world.viewer)
    assert (told.state, told.page, told.asked) == ("done", "review", {"attempt": "a1"})
    assert list(long_work.of_readings(readings, Viewer("ann"))) == []
    assert told.seen is not None
    told.seen()
    assert readings.everyone.everything() == {}


def test_a_recording_that_could_not_be_read_is_told_and_tried_again(session: Session) -> None:
    readings, world = Readings(), resources.world()
    file = HandedOver(io.BytesIO(b"no recording" * 99), "talk.mp4")
    kept = uploaded.keep_file(world, begun(session), file)
    reading = reading_ends(readings.begin(world, kept, QUESTION, None))
    (told,) = long_work.of_readings(readings, world.viewer)
    assert (told.state, told.page) == ("failed", "practice")
    assert "talk.mp4 is not a video" in str(told.problem) and "Not finished" in str(told.problem)
    again = readings.begin(world, kept, QUESTION, None)
    assert again is not reading
    reading_ends(again)
