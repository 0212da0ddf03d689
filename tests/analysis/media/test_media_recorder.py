"""The recorder: synthetic frames in, files out."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis import media
from analysis.media.bounds import BURST
from analysis.media.recorder import MAX_VIDEO_WAITING
from analysis.media.writer import GrowingFile
from data.domain import RehearseError
from tests.media import audio_frames, onsets, tone

pytestmark = pytest.mark.slow

WRAP = 2**32
BACKLOG = 10
"""Pictures a patient sender leaves waiting; fewer than make the recorder shed analysis."""


@dataclass(frozen=True)
class Arrival:
    """A frame and when it arrives, in the order of time."""

    seconds: float
    frame: Any
    is_video: bool


def picture(level: int, size: tuple[int, int] = (640, 480)) -> Any:
    import av

    return av.VideoFrame.from_ndarray(np.full((size[1], size[0], 3), level, np.uint8), "rgb24").reformat(
        format="yuv420p"
    )


def flashes_and_beeps(seconds: float, first_tick: int = 0, fps: int = 30) -> Iterator[Arrival]:
    """A white picture and a beep of 100 ms at the start of each second, black and silent otherwise."""
    beep = np.where(np.arange(round(seconds * 48_000)) % 48_000 < 4_800, tone(seconds), 0).astype(np.int16)
    sounds = [Arrival(i * 0.02, frame, False) for i, frame in enumerate(audio_frames(beep))]
    pictures = []
    for i in range(round(seconds * fps)):
        frame = picture(255 if i % fps < 3 else 0)
        frame.pts, frame.time_base = (first_tick + i * 90_000 // fps) % WRAP, Fraction(1, 90_000)
        pictures.append(Arrival(i / fps, frame, True))
    return iter(sorted([*sounds, *pictures], key=lambda arrival: arrival.seconds))


def play(
    recorder: media.Recorder, arrivals: Iterator[Arrival], speed: float = 20.0, patient: bool = True
) -> None:
    """Hand the frames over `speed` times faster than they say they arrive.

    A patient sender goes slower on a busy machine, so that no frame is dropped for being played too fast.
    """
    began, shown = time.monotonic(), 0
    for arrival in arrivals:
        time.sleep(max(0.0, began + arrival.seconds / speed - time.monotonic()))
        while patient and _behind(recorder, shown) > BACKLOG:
            time.sleep(0.002)
        shown += arrival.is_video
        write = recorder.write_video if arrival.is_video else recorder.write_audio
        write(arrival.frame, 1000.0 + arrival.seconds)


def _behind(recorder: media.Recorder, shown: int) -> int:
    """Pictures that were handed over and neither written nor dropped; 0 once the recorder has stopped."""
    now = recorder.status
    return 0 if now.closed or now.error else shown - now.video_frames - now.dropped_video


def test_every_frame_and_all_sound_are_recorded_in_step(tmp_path: Path) -> None:
    heard: list[NDArray[np.float32]] = []
    seen: list[float] = []
    recorder = media.Recorder(
        tmp_path / "a.mp4", on_audio=heard.append, on_video=lambda frame, seconds: seen.append(seconds)
    )
    play(recorder, flashes_and_beeps(6.0))
    facts = recorder.close()
    white, beeps = onsets(facts.path)
    assert facts.frames == 180
    assert (facts.dropped_video, facts.dropped_audio) == (0, 0)
    assert abs(facts.seconds - 6.0) < 0.1
    assert len(white) == len(beeps) == 6
    assert np.abs(white - beeps).max() < 0.08
    assert abs(sum(piece.size for piece in heard) / 16_000 - 6.0) < 0.05
    assert seen == sorted(seen)
    assert not (tmp_path / "a.mp4.part").exists()


def test_a_picture_clock_that_wraps_at_two_to_the_32_does_not_break_the_file(tmp_path: Path) -> None:
    recorder = media.Recorder(tmp_path / "a.mp4")
    play(recorder, flashes_and_beeps(6.0, first_tick=WRAP - 3 * 90_000))
    facts = recorder.close()
    white, beeps = onsets(facts.path)
    assert facts.frames == 180
    assert abs(facts.seconds - 6.0) < 0.1
    assert np.abs(white - beeps).max() < 0.08


def test_a_changed_resolution_keeps_one_size_and_the_shape_of_things(tmp_path: Path) -> None:
    recorder = media.Recorder(tmp_path / "a.mp4", audio=False)
    for i, size in enumerate([(640, 480), (480, 360), (320, 240), (360, 640)] * 5):
        recorder.write_video(picture(200, size), 10 + i / 10)
    facts = recorder.close()
    frames = [pixels for _, pixels in media.read_frames(facts.path, 30)]
    assert (facts.width, facts.height, facts.frames) == (640, 480, 20)
    assert frames[2][240, 10].mean() > 150
    assert frames[3][240, 10].mean() < 40
    assert frames[3][240, 320].mean() > 150


def test_lost_sound_becomes_silence_so_that_the_rest_stays_in_step(tmp_path: Path) -> None:
    recorder = media.Recorder(tmp_path / "a.mp4")
    gone = (
        arrival for arrival in flashes_and_beeps(6.0) if arrival.is_video or not 1.5 < arrival.seconds < 3.5
    )
    play(recorder, gone)
    facts = recorder.close()
    white, beeps = onsets(facts.path)
    assert len(beeps) == 4
    assert all(np.abs(white - beep).min() < 0.08 for beep in beeps)


def _arrivals(*spans: tuple[float, float], fps: int = 10, start: float = 1000.0) -> Iterator[Arrival]:
    """Small pictures and sound that arrive during `spans`, with stamps that go on meanwhile."""
    for begins, ends in spans:
        for i in range(round(begins * 50), round(ends * 50)):
            sound = audio_frames(tone(0.02))[0]
            sound.pts = i * 960
            yield Arrival(i / 50, sound, False)
            if i % (50 // fps) == 0:
                shown = picture(100, (160, 120))
                shown.pts, shown.time_base = i * 1800, Fraction(1, 90_000)
                yield Arrival(i / 50, shown, True)


def test_a_long_gap_of_a_live_recording_is_cut_in_sound_and_picture_alike_and_told(tmp_path: Path) -> None:
    heard: list[NDArray[np.float32]] = []
    recorder = media.Recorder(tmp_path / "a.mp4", width=160, height=120, on_audio=heard.append)
    play(recorder, _arrivals((0.0, 2.0), (10_802.0, 10_804.0)), speed=1e6)
    facts = recorder.close()
    status = recorder.status
    assert facts.seconds == pytest.approx(9.0, abs=0.2)
    assert sum(piece.size for piece in heard) / 16_000 == pytest.approx(9.0, abs=0.2)
    shown = [seconds for seconds, _ in media.read_frames(facts.path, 10)]
    assert max(np.diff(shown)) == pytest.approx(5.1, abs=0.1)
    assert status.cut_seconds == pytest.approx(10_795.0, abs=0.2)
    assert status.notice == "Nothing arrived for 3:00:00. 5 seconds of that are in the recording."


def test_a_live_recording_ends_at_its_longest_and_keeps_what_came_before(tmp_path: Path) -> None:
    recorder = media.Recorder(tmp_path / "a.mp4", width=160, height=120, longest_seconds=3.0)
    play(recorder, _arrivals((0.0, 5.0)), speed=1e6)
    _until(lambda: recorder.closed)
    assert recorder.status.error is not None
    assert "has reached 0.05 minutes, the longest that is kept" in str(recorder.status.error)
    assert recorder.close().seconds == pytest.approx(3.0, abs=0.2)


def test_live_pictures_that_are_too_large_are_left_out_and_the_sound_is_not(tmp_path: Path) -> None:
    recorder = media.Recorder(tmp_path / "a.mp4")
    for i in range(5):
        recorder.write_video(picture(100, (2560, 1440)), i / 10)
        recorder.write_audio(audio_frames(tone(0.02))[0], i / 50)
    facts = recorder.close()
    assert (facts.frames, facts.dropped_video) == (0, 5)
    assert facts.has_audio
    assert "2,560 x 1,440 pixels; up to 1920 x 1200 are recorded" in recorder.status.notice


def test_more_live_pictures_a_second_than_are_kept_are_thinned_out(tmp_path: Path) -> None:
    recorder = media.Recorder(tmp_path / "a.mp4", audio=False, width=160, height=120)
    for i in range(200):
        shown = picture(100, (160, 120))
        shown.pts, shown.time_base = i * 450, Fraction(1, 90_000)
        recorder.write_video(shown, i / 200)
        while recorder.status.video_frames + recorder.status.dropped_video <= i:
            time.sleep(0.001)
    assert recorder.close().frames == pytest.approx(60, abs=10)
    assert "more than 60 pictures a second" in recorder.status.notice


@pytest.mark.parametrize(
    "stamp",
    [
        pytest.param(lambda i: 90_000_000 - i * 450, id="falling"),
        pytest.param(lambda i: i * 90_000, id="a second apart"),
        pytest.param(lambda i: None, id="missing"),
        pytest.param(lambda i: (WRAP - i * 40_500) % WRAP, id="wrapping"),
        pytest.param(lambda i: (i % 3) * 90_000, id="to and fro"),
    ],
)
def test_pictures_are_thinned_out_however_their_sender_stamps_them(
    tmp_path: Path, stamp: Callable[[int], int | None]
) -> None:
    recorder = media.Recorder(tmp_path / "a.mp4", audio=False, width=160, height=120)
    for i in range(600):
        shown = picture(100, (160, 120))
        shown.pts, shown.time_base = stamp(i), Fraction(1, 90_000)
        recorder.write_video(shown, i / 200)
        while recorder.status.video_frames + recorder.status.dropped_video <= i:
            time.sleep(0.001)
    assert recorder.close().frames <= 3 * 67 + BURST
    assert "more than 60 pictures a second" in recorder.status.notice


def test_pictures_that_come_at_once_after_a_stall_are_all_kept(tmp_path: Path) -> None:
    recorder = media.Recorder(tmp_path / "a.mp4", audio=False, width=160, height=120)
    for i in range(60):
        shown = picture(100, (160, 120))
        shown.pts, shown.time_base = i * 3000, Fraction(1, 90_000)
        recorder.write_video(shown, max(i / 30, 1.9))
        while recorder.status.video_frames + recorder.status.dropped_video <= i:
            time.sleep(0.001)
    assert recorder.close().frames == 60
    assert recorder.status.notice == ""


@pytest.mark.parametrize("odd", [(4000, 2), (2, 4000), (65_000, 20), (16, 1), (1, 1)])
def test_one_odd_picture_does_not_stop_the_recording(tmp_path: Path, odd: tuple[int, int]) -> None:
    import av

    seen: list[float] = []
    recorder = media.Recorder(tmp_path / "a.mp4", on_video=lambda frame, seconds: seen.append(seconds))
    for i in range(20):
        shown = av.VideoFrame(*odd, "yuv420p") if i == 10 else picture(100, (320, 240))
        recorder.write_video(shown, i / 10)
        for at, sound in enumerate(audio_frames(tone(0.1))):
            recorder.write_audio(sound, i / 10 + at / 50)
    facts = recorder.close()
    status = recorder.status
    assert status.error is None
    assert facts.frames + facts.dropped_video == 20 and facts.frames >= 19
    assert facts.seconds == pytest.approx(2.0, abs=0.15)
    if facts.dropped_video:
        assert "cannot be recorded" in status.notice


def test_sound_whose_format_changes_goes_on(tmp_path: Path) -> None:
    import av

    heard: list[NDArray[np.float32]] = []
    recorder = media.Recorder(tmp_path / "a.mp4", video=False, on_audio=heard.append)
    formats = [(48_000, "stereo"), (48_000, "mono"), (8_000, "mono"), (16_000, "stereo"), (48_000, "stereo")]
    for i in range(250):
        rate, layout = formats[i // 50]
        wave = np.repeat(tone(0.02, rate), 2 if layout == "stereo" else 1)
        frame = av.AudioFrame.from_ndarray(wave[np.newaxis], format="s16", layout=layout)
        frame.sample_rate = rate
        recorder.write_audio(frame, i / 50)
    facts = recorder.close()
    assert recorder.status.error is None
    assert facts.seconds == pytest.approx(5.0, abs=0.15)
    whole = np.concatenate(heard)
    assert whole.size / 16_000 == pytest.approx(5.0, abs=0.15)
    seconds = whole[: 4 * 16_000].reshape(4, -1)
    assert (np.abs(seconds).max(axis=1) > 0.1).all()


def test_an_index_that_cannot_be_put_in_front_is_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(source: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("analysis.media.recorder.for_playback", full)
    recorder = media.Recorder(tmp_path / "a.mp4", width=160, height=120)
    play(recorder, _arrivals((0.0, 1.0)), speed=1e6)
    assert recorder.close().frames == 10
    assert "The index of a.mp4 could not be put in front" in caplog.text
    assert "No space left" in caplog.text


def test_it_finishes_itself_when_frames_stop(tmp_path: Path) -> None:
    recorder = media.Recorder(tmp_path / "a.mp4", idle_seconds=0.3)
    play(recorder, flashes_and_beeps(1.0))
    _until(lambda: recorder.closed)
    assert recorder.close().frames == 30
    recorder.write_video(picture(0), 2000.0)
    assert recorder.close().frames == 30


def test_a_connection_under_way_is_waited_for(tmp_path: Path) -> None:
    recorder = media.Recorder(tmp_path / "a.mp4", idle_seconds=0.2)
    recorder.write_video(picture(0), 0.0)
    _until(lambda: recorder.status.video_frames == 1)
    recorder.expect(30.0)
    threading.Event().wait(0.6)
    recorder.write_video(picture(0), 0.6)
    assert recorder.close().frames == 2


def test_frames_that_came_and_stopped_end_the_waiting_for_a_connection(tmp_path: Path) -> None:
    recorder = media.Recorder(tmp_path / "a.mp4", idle_seconds=0.2)
    recorder.expect(60.0)
    recorder.write_video(picture(0), 0.0)
    _until(lambda: recorder.closed, patience_seconds=20)
    assert recorder.close().frames == 1


def test_without_any_frame_nothing_is_written_and_it_says_so(tmp_path: Path) -> None:
    recorder = media.Recorder(tmp_path / "a.mp4")
    with pytest.raises(RehearseError, match="nothing was recorded"):
        recorder.close()
    assert list(tmp_path.iterdir()) == []


def test_sound_alone_is_recorded(tmp_path: Path) -> None:
    recorder = media.Recorder(tmp_path / "a.mp4", video=False)
    play(recorder, (arrival for arrival in flashes_and_beeps(3.0) if not arrival.is_video))
    facts = recorder.close()
    assert (facts.has_video, facts.has_audio, facts.frames) == (False, True, 0)
    assert abs(facts.seconds - 3.0) < 0.1


def test_a_camera_that_never_sends_leaves_a_playable_sound_file(tmp_path: Path) -> None:
    recorder = media.Recorder(tmp_path / "a.mp4")
    play(recorder, (arrival for arrival in flashes_and_beeps(3.0) if not arrival.is_video))
    assert recorder.close().has_video is False
    assert abs(media.read_audio(tmp_path / "a.mp4").size / 16_000 - 3.0) < 0.1


def test_an_encoder_that_cannot_keep_up_loses_pictures_before_sound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, gate = GrowingFile.write_video, threading.Event()

    def held(file: Any, frame: Any, seconds: float) -> None:
        gate.wait(60)
        write(file, frame, seconds)

    monkeypatch.setattr(GrowingFile, "write_video", held)
    recorder = media.Recorder(tmp_path / "a.mp4")
    play(recorder, flashes_and_beeps(6.0), patient=False)
    gate.set()
    facts = recorder.close()
    assert facts.dropped_audio == 0
    assert facts.dropped_video >= 180 - MAX_VIDEO_WAITING - 2
    assert facts.frames + facts.dropped_video == 180
    assert abs(media.read_audio(facts.path).size / 16_000 - 6.0) < 0.1


def test_slow_live_analysis_skips_and_the_recording_stays_whole(tmp_path: Path) -> None:
    gate = threading.Event()
    recorder = media.Recorder(tmp_path / "a.mp4", on_video=lambda frame, seconds: _wait(gate))
    play(recorder, flashes_and_beeps(3.0))
    _until(lambda: recorder.status.video_frames == 90)
    skipped = recorder.status.skipped_by_taps
    gate.set()
    assert recorder.close().frames == 90
    assert skipped >= 80


def test_live_analysis_that_fails_does_not_end_the_recording(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(samples: object) -> None:
        raise ValueError("no model")

    recorder = media.Recorder(tmp_path / "a.mp4", on_audio=fail)
    play(recorder, flashes_and_beeps(1.0))
    assert recorder.close().frames == 30
    assert "Live analysis failed" in caplog.text


def test_a_folder_that_cannot_be_written_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    recorder = media.Recorder(tmp_path / "file" / "a.mp4")
    recorder.write_video(picture(0), 0.0)
    with pytest.raises(RehearseError, match="cannot be written.*Free some disk space"):
        recorder.close()


def test_a_disk_that_fills_up_keeps_what_came_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = GrowingFile.write_video

    def full(file: Any, frame: Any, seconds: float) -> None:
        if file.video_frames >= 60:
            raise OSError(28, "No space left on device")
        write(file, frame, seconds)

    monkeypatch.setattr(GrowingFile, "write_video", full)
    recorder = media.Recorder(tmp_path / "a.mp4")
    play(recorder, flashes_and_beeps(4.0))
    facts = recorder.close()
    assert facts.frames == 60
    assert "No space left" in str(recorder.status.error)


KILLED = """
import sys, time
from pathlib import Path
from analysis import media
from tests.analysis.media.test_media_recorder import flashes_and_beeps, play
recorder = media.Recorder(Path(sys.argv[1]))
play(recorder, flashes_and_beeps(8.0), speed=2.0)
print("all written", flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("after_seconds", [2.1, 2.6])
def test_a_killed_process_leaves_all_but_the_last_second(tmp_path: Path, after_seconds: float) -> None:
    target = tmp_path / "a.mp4"
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(target)], cwd=Path(__file__).parents[3])
    part = tmp_path / "a.mp4.part"
    _until(part.exists)
    appeared = time.monotonic()
    while time.monotonic() - appeared < after_seconds:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait(10)
    written = 2.0 * after_seconds
    found = media.recover(part)
    facts = media.probe(found)
    assert found == target
    assert not part.exists()
    assert facts.has_video
    assert facts.has_audio
    assert facts.seconds > written - 2.0
    white, beeps = onsets(found)
    assert np.abs(white[: len(beeps)] - beeps[: len(white)]).max() < 0.08


def test_what_is_on_disk_lags_less_than_a_second_behind(tmp_path: Path) -> None:
    recorder = media.Recorder(tmp_path / "a.mp4")
    play(recorder, flashes_and_beeps(5.0))
    _until(lambda: recorder.status.seconds > 4.9)
    assert media.probe(tmp_path / "a.mp4.part").seconds > 4.0
    recorder.close()


def _wait(gate: threading.Event) -> None:
    gate.wait(60)


def _until(true: Any, patience_seconds: float = 30.0) -> None:
    deadline = time.monotonic() + patience_seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)
