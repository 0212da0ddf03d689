"""Recordings of strangers: what can be decoded is taken in, the rest is named, and none costs too much."""

from __future__ import annotations

import contextlib
import os
import random
import re
import subprocess
import sys
import wave
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from analysis import media
from analysis.media.intake import notes, parts
from analysis.media.intake.turns import Turns
from data.domain import RehearseError
from data.limited import LimitExceeded, Limits, run_limited
from data.settings import PROJECT_ROOT
from tests import strange
from tests.media import cut_short, marked_as_mirrored, onsets, recording
from tests.strange import BUGS

pytestmark = pytest.mark.slow
TAKE_IN = """
import resource, sys
from pathlib import Path
from analysis import media

got = media.take_in(Path(sys.argv[1]), Path(sys.argv[2]), longest_seconds=60.0)
print(got.facts.seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
"""
RECORDED = {".mkv", ".m4a", ".mov", ".mp4", ".mp3", ".ogg", ".webm"}


def taken(source: Path, folder: Path, **how: object) -> media.TakenIn:
    return media.take_in(source, folder / "taken.mp4", **how)  # type: ignore[arg-type]


def loudness(path: Path, parts: int) -> np.ndarray:
    """Root mean square of so many equal parts of the sound."""
    pieces = np.array_split(media.read_audio(path), parts)
    return np.array([float(np.sqrt(np.mean(np.square(piece)))) for piece in pieces])


@pytest.mark.parametrize("name", ["a.mp4", "a.mov", "a.webm", "a.mkv"])
def test_every_kind_becomes_an_mp4_with_its_index_in_front(tmp_path: Path, name: str) -> None:
    source = recording(tmp_path / name, 2.0, size=(320, 240))
    got = taken(source, tmp_path)
    data = got.facts.path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    assert (got.facts.frames, got.facts.width, got.facts.height) == (30, 320, 240)
    assert abs(got.facts.seconds - 2.0) < 0.1
    assert abs(got.facts.av_offset_seconds or 0) < 0.05
    assert got.notes == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "taken.mp4"])


@pytest.mark.parametrize(
    ("name", "codecs"),
    [
        ("a.flv", ("flv1", "mp3")),
        ("a.wmv", ("wmv2", "mp3")),
        ("a.avi", ("mpeg4", "mp3")),
        ("a.caf", ("", "alac")),
        ("a.aiff", ("", "pcm_s16be")),
        ("a.flac", ("", "flac")),
        ("a.mp3", ("", "libmp3lame")),
    ],
)
def test_kinds_that_older_programs_write_are_read(tmp_path: Path, name: str, codecs: tuple[str, str]) -> None:
    source = recording(tmp_path / name, 2.0, size=(320, 240), video=bool(codecs[0]), codecs=codecs)
    got = taken(source, tmp_path)
    assert got.notes == ()
    assert got.facts.has_audio
    assert got.facts.has_video == bool(codecs[0])
    assert abs(got.facts.seconds - 2.0) < 0.2


@pytest.mark.parametrize("codecs", [("libx264", "aac"), ("mpeg4", "mp3")], ids=["copied", "encoded anew"])
@pytest.mark.parametrize("by", [0.0, 60.0])
def test_picture_and_sound_stay_in_step(tmp_path: Path, codecs: tuple[str, str], by: float) -> None:
    source = strange.jumping(tmp_path / "a.mkv", 6.0, at=3.5, by=by, codecs=codecs)
    got = taken(source, tmp_path)
    white, beeps = onsets(got.facts.path)
    assert len(white) == len(beeps) == 6
    assert np.abs(white - beeps).max() < 0.08
    assert np.diff(white).max() == pytest.approx(6.0 if by else 1.0, abs=0.08)


def test_a_turned_picture_stays_upright_copied_and_encoded_anew(tmp_path: Path) -> None:
    for codecs in (("libx264", "aac"), ("mpeg4", "aac")):
        source = recording(tmp_path / "a.mov", 1.0, size=(320, 240), turned=90, codecs=codecs)
        got = taken(source, tmp_path)
        _, before = next(media.read_frames(source, 1))
        _, after = next(media.read_frames(got.facts.path, 1))
        assert (got.facts.width, got.facts.height) == (240, 320)
        assert np.abs(before.astype(int) - after).mean() < 6


@pytest.mark.parametrize(("upside_down", "turns"), [(False, 0), (True, 2)])
@pytest.mark.parametrize("codecs", [("libx264", "aac"), ("mpeg4", "aac")])
def test_a_picture_marked_as_mirrored_is_not_turned_upside_down_and_said(
    tmp_path: Path, upside_down: bool, turns: int, codecs: tuple[str, str]
) -> None:
    source = recording(tmp_path / "a.mp4", 1.0, size=(320, 240), codecs=codecs)
    _, camera = next(media.read_frames(source, 1))
    got = taken(marked_as_mirrored(source, upside_down=upside_down), tmp_path)
    _, after = next(media.read_frames(got.facts.path, 1))
    assert np.abs(np.rot90(camera, turns).astype(int) - after).mean() < 6
    (note,) = got.told
    assert "mirrored" in note


def test_a_gap_of_hours_becomes_some_seconds_in_sound_and_picture_alike(tmp_path: Path) -> None:
    for name, said in (("gap_3_hours.mkv", "3:00:00"), ("gap_2000_hours.mkv", "2,000:00:00")):
        got = taken(BUGS / name, tmp_path)
        assert got.facts.seconds == pytest.approx(11.2, abs=0.2)
        (note,) = got.told
        assert said in note
        assert "5 seconds of that are kept" in note
        shown = [seconds for seconds, _ in media.read_frames(got.facts.path, 5)]
        assert max(np.diff(shown)) == pytest.approx(5.2, abs=0.2)
        levels = loudness(got.facts.path, 11)
        assert levels[:2].min() > 0.02
        assert levels[4:7].max() < 0.001
        assert levels[9:].min() > 0.01


def test_a_silent_first_track_does_not_hide_the_voice_on_the_second(tmp_path: Path) -> None:
    got = taken(BUGS / "silent_first_track.mkv", tmp_path)
    assert loudness(got.facts.path, 6).min() > 0.02
    (note,) = got.lost
    assert "2 sound tracks. Number 2 is used" in note


def test_sound_whose_channels_cancel_is_heard(tmp_path: Path) -> None:
    got = taken(BUGS / "antiphase.m4a", tmp_path)
    assert loudness(got.facts.path, 6).min() > 0.02
    assert float(np.abs(media.read_audio(BUGS / "antiphase.m4a")).max()) > 0.1


@pytest.mark.parametrize(
    ("name", "picture", "sound", "seconds"),
    [
        ("unknown_audio_codec.mov", True, False, 6.0),
        ("unknown_video_codec.mp4", False, True, 6.0),
    ],
)
def test_a_stream_that_cannot_be_decoded_does_not_end_all(
    tmp_path: Path, name: str, picture: bool, sound: bool, seconds: float
) -> None:
    got = media.take_in(BUGS / name, tmp_path / "taken.mp4", named="Talk at the fair.mov")
    assert (got.facts.has_video, got.facts.has_audio) == (picture, sound)
    assert got.facts.seconds == pytest.approx(seconds, abs=0.2)
    (note,) = got.lost
    assert note.startswith(f"One {'sound' if picture else 'picture'} track of Talk at the fair.mov cannot")


@pytest.mark.parametrize(
    ("name", "seconds", "pieces"),
    [
        ("chained_same_format.ogg", 8.0, 2),
        ("chained_mono_stereo.ogg", 8.0, 2),
        ("two_webm_joined.webm", 6.0, 2),
        ("mono_after_stereo.mp3", 3.1, 1),
        ("rate_44100_then_48000.mp3", 4.1, 1),
    ],
)
def test_a_recording_that_starts_again_or_changes_its_format_is_used_to_its_end(
    tmp_path: Path, name: str, seconds: float, pieces: int
) -> None:
    got = taken(BUGS / name, tmp_path)
    assert got.facts.seconds == pytest.approx(seconds, abs=0.15)
    assert loudness(got.facts.path, 8).min() > 0.02
    assert got.lost == ()
    assert len(got.told) == (pieces > 1)
    assert all(f"{name} holds {pieces} recordings" in note for note in got.told)


@pytest.mark.parametrize("name", ["a.mp4", "a.webm", "a.mkv", "a.ogg", "a.mp3"])
def test_files_copied_behind_each_other_are_used_to_the_last(tmp_path: Path, name: str) -> None:
    sound_only = name.endswith(("ogg", "mp3"))
    codecs = {"ogg": ("", "libopus"), "mp3": ("", "libmp3lame")}.get(name[2:])
    made = {"video": not sound_only, "codecs": codecs, "size": (160, 120)}
    parts = [
        recording(tmp_path / f"{number}{name}", seconds, **made)  # type: ignore[arg-type]
        for number, seconds in enumerate((2.0, 3.0))
    ]
    got = taken(strange.joined(tmp_path / name, *parts), tmp_path)
    assert got.facts.seconds == pytest.approx(5.0, abs=0.25)
    assert loudness(got.facts.path, 5).min() > 0.02
    assert got.facts.frames == (0 if sound_only else 75)


def test_a_picture_that_begins_in_the_second_recording_is_kept(tmp_path: Path) -> None:
    heard = recording(tmp_path / "heard.mkv", 2.0, video=False)
    seen = recording(tmp_path / "seen.mkv", 2.0, size=(160, 120))
    got = taken(strange.joined(tmp_path / "a.mkv", heard, seen), tmp_path)
    assert got.facts.seconds == pytest.approx(4.0, abs=0.25)
    assert got.facts.frames == 30


def test_a_second_recording_that_is_broken_leaves_the_first(tmp_path: Path) -> None:
    one, two = (recording(tmp_path / f"{n}.mp4", 2.0, size=(160, 120)) for n in (1, 2))
    got = taken(strange.joined(tmp_path / "a.mp4", one, cut_short(two, 0.3)), tmp_path)
    assert got.facts.seconds == pytest.approx(2.0, abs=0.1)
    assert got.lost == ("The recording 2 in a.mp4 cannot be read and is left out.",)


def test_only_the_first_minutes_of_a_long_recording_are_used(tmp_path: Path) -> None:
    for name in ("a.mp4", "a.webm"):
        got = taken(recording(tmp_path / name, 8.0, size=(160, 120)), tmp_path, longest_seconds=3.0)
        assert got.facts.seconds == pytest.approx(3.0, abs=0.15)
        assert media.read_audio(got.facts.path).size / 16_000 == pytest.approx(3.0, abs=0.1)
        assert got.lost == (f"{name} is 0:08 long. The first 0.05 minutes are used; the rest is not.",)


def test_more_pictures_a_second_than_are_kept_are_thinned_out(tmp_path: Path) -> None:
    got = taken(strange.fast(tmp_path / "a.mp4", 240, 2.0), tmp_path)
    assert got.facts.frames == pytest.approx(120, abs=10)
    (note,) = got.lost
    assert re.fullmatch(r"a.mp4 has 2[34]\d pictures a second, of which 60 are kept.", note)


def test_a_picture_larger_than_is_read_leaves_the_sound(tmp_path: Path) -> None:
    source = strange.huge(tmp_path / "a.mkv", 6_000, 6_000)
    got = taken(source, tmp_path)
    assert (got.facts.has_video, got.facts.has_audio) == (False, True)
    assert "6,000 x 6,000 pixels; up to 4096 x 2304 are read" in got.lost[0]


def test_no_small_file_costs_more_than_the_limit(tmp_path: Path) -> None:
    """Measured on the children of a process of its own, so that no other test's child is counted."""
    silence = strange.hours_of_silence(tmp_path / "six_hours.ogg", 6)
    assert silence.stat().st_size < 3_000_000
    for source in (silence, BUGS / "gap_2000_hours.mkv"):
        done = subprocess.run(
            [sys.executable, "-c", TAKE_IN, str(source), str(tmp_path / "taken.mp4")],
            capture_output=True,
            text=True,
            check=True,
            cwd=PROJECT_ROOT,
        )
        seconds, peak_bytes = (float(one) for one in done.stdout.split())
        assert seconds < 61 and peak_bytes < 1_500_000_000


def test_reading_what_a_stranger_made_has_the_same_limits(tmp_path: Path) -> None:
    with pytest.raises(LimitExceeded):
        media.read_audio(BUGS / "gap_2000_hours.mkv")


@pytest.mark.parametrize("data", [b"hello, this is a text file\n" * 100, bytes(range(256)) * 40])
def test_a_file_that_is_no_recording_says_so(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.mp4").write_bytes(data)
    with pytest.raises(RehearseError, match="My talk.mp4 is not a video or sound recording of a kind"):
        media.take_in(tmp_path / "a.mp4", tmp_path / "taken.mp4", named="My talk.mp4")
    assert os.listdir(tmp_path) == ["a.mp4"]  # noqa: PTH208


def test_a_file_that_cannot_be_converted_leaves_nothing_behind(tmp_path: Path) -> None:
    source = cut_short(recording(tmp_path / "a.mp4", 2.0))
    with pytest.raises(RehearseError, match="cut off"):
        taken(source, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4"]


def test_what_cannot_be_read_on_after_damage_is_used_up_to_there_and_said(tmp_path: Path) -> None:
    source = recording(tmp_path / "a.webm", 4.0, size=(160, 120))
    data = bytearray(source.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 2000] = random.Random(1).randbytes(2000)
    source.write_bytes(data)
    got = taken(source, tmp_path)
    assert 0.2 < got.facts.seconds < 4.2
    assert got.lost


@pytest.mark.parametrize("seed", range(8))
def test_a_file_damaged_anywhere_is_taken_in_or_refused_in_words(
    tmp_path: Path, seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    chance = random.Random(seed)
    source = chance.choice(sorted(path for path in BUGS.iterdir() if path.suffix in RECORDED))
    data = bytearray(source.read_bytes())
    for _ in range(chance.choice((1, 20, 300))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    (tmp_path / source.name).write_bytes(data)
    with contextlib.suppress(RehearseError):
        got = taken(tmp_path / source.name, tmp_path, longest_seconds=60.0)
        assert got.facts.seconds < 62
    assert "broke" not in caplog.text


def wave_file(path: Path, channels: np.ndarray, rate: int = 48_000) -> Path:
    """A WAV of samples in -1..1, a row a channel."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(channels))
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((channels.T * 32_767).astype("<i2").tobytes())
    return path


def paced(path: Path, seconds: int, speed: float) -> Path:
    """Sound whose times run at `speed` of what they should."""
    with av.open(str(path), "w") as output:
        stream = output.add_stream("pcm_s16le", rate=16_000, layout="mono")
        for number in range(seconds * 10):
            samples = np.full((1, 1600), 8000 * (-1) ** number, np.int16)
            frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
            frame.sample_rate, frame.pts = 16_000, round(number * 1600 * speed)
            output.mux(stream.encode(frame))
    return path


KINDS = {
    "wav": ("", "pcm_s16le"),
    "ogg": ("", "libopus"),
    "flac": ("", "flac"),
    "mp3": ("", "libmp3lame"),
    "aac": ("", "aac"),
    "webm": ("vp8", "libopus"),
    "mp4": ("libx264", "aac"),
    "avi": ("libx264", "libmp3lame"),
    "flv": ("libx264", "aac"),
    "ts": ("libx264", "aac"),
}
BEHIND = [
    ("flac", "mp4"),
    *[("wav", "wav"), ("webm", "mp4"), ("mp4", "webm"), ("mp4", "wav")],
    *[("webm", second) for second in ("mp3", "ts", "aac", "flac", "ogg", "avi")],
    *[(first, "mp3") for first in ("mp4", "ogg", "wav", "avi", "flv")],
    *[(first, "ts") for first in ("mp4", "ogg", "wav", "flv")],
]


def behind_each_other(folder: Path, names: tuple[str, ...]) -> Path:
    """Recordings of two seconds as one file, named after the first."""
    made = [
        recording(
            folder / f"{number}.{name}",
            seconds=2,
            video=bool(KINDS[name][0]),
            codecs=KINDS[name],
            size=(160, 120),
        )
        for number, name in enumerate(names)
    ]
    return strange.joined(folder / f"joined.{names[0]}", *made)


@pytest.mark.parametrize("names", BEHIND)
def test_recordings_of_any_kind_behind_each_other_are_used_to_the_last(
    tmp_path: Path, names: tuple[str, str]
) -> None:
    got = taken(behind_each_other(tmp_path, names), tmp_path)
    assert got.facts.seconds == pytest.approx(4.0, abs=0.3)
    assert loudness(got.facts.path, 4).min() > 0.02
    assert got.told == (f"joined.{names[0]} holds 2 recordings, one after the other. They are kept as one.",)


@pytest.mark.parametrize("first", KINDS)
def test_what_goes_on_after_what_can_be_read_is_said(tmp_path: Path, first: str) -> None:
    whole = behind_each_other(tmp_path, (first,))
    assert taken(whole, tmp_path).lost == ()
    more = tmp_path / f"more.{first}"
    more.write_bytes(
        whole.read_bytes() + np.random.default_rng(7).integers(0, 255, 60_000, np.uint8).tobytes()
    )
    got = taken(more, tmp_path)
    assert got.facts.seconds == pytest.approx(2.0, abs=0.3)
    assert got.lost


@pytest.mark.parametrize("first", ["wav", "ogg", "webm", "mp4", "avi", "flv"])
def test_nothing_but_zeros_at_the_end_of_a_file_is_nothing_lost(tmp_path: Path, first: str) -> None:
    whole = behind_each_other(tmp_path, (first,))
    whole.write_bytes(whole.read_bytes() + bytes(60_000))
    assert taken(whole, tmp_path).lost == ()


@pytest.mark.parametrize("speed", [0.0, 0.5])
def test_sound_is_kept_whole_when_its_clock_runs_too_slowly_and_it_is_said(
    tmp_path: Path, speed: float
) -> None:
    got = taken(paced(tmp_path / "slow.mkv", 8, speed), tmp_path)
    assert got.facts.seconds == pytest.approx(8.0, abs=0.2)
    assert "runs slower than its sound" in " ".join(got.lost)


def with_clock(path: Path, track: str, ticks: int) -> Path:
    """An mp4 one of whose tracks counts so many ticks a second."""
    data = bytearray(path.read_bytes())
    place = data.rindex(b"mdhd", 0, data.index(track.encode(), data.index(b"moov")))
    data[place + 16 : place + 20] = ticks.to_bytes(4, "big")
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("ticks", [1, 10])
@pytest.mark.parametrize(("track", "what"), [("vide", "pictures lie"), ("soun", "sound lies")])
def test_a_track_whose_clock_is_too_coarse_makes_nothing_longer_and_is_said(
    tmp_path: Path, track: str, what: str, ticks: int
) -> None:
    path = recording(tmp_path / "coarse.mp4", 2.0, size=(160, 120))
    got = taken(with_clock(path, track, ticks), tmp_path)
    assert got.facts.seconds == pytest.approx(2.0, abs=0.3)
    assert what in " ".join(got.lost)
    assert (got.facts.has_video, got.facts.has_audio) == (track == "soun", track == "vide")


def test_slides_that_stand_long_beside_a_talk_are_kept(tmp_path: Path) -> None:
    slides = recording(tmp_path / "slides.mp4", 72.0, size=(160, 120), times=[0.0, 35.0, 70.0])
    got = taken(slides, tmp_path)
    assert got.lost == () and got.facts.frames == 3


def test_one_long_gap_in_the_picture_is_no_reason_to_leave_it_out(tmp_path: Path) -> None:
    times = [*(index / 15 for index in range(20)), 10_000.0]
    gap = recording(tmp_path / "gap.mp4", 2.0, size=(160, 120), times=times)
    got = taken(gap, tmp_path)
    assert got.facts.has_video and "gap.mp4 has neither" in " ".join(got.told)


def test_what_was_cut_off_without_encoding_anew_is_not_missed(tmp_path: Path) -> None:
    assert taken(BUGS / "cut_without_encoding.mp4", tmp_path).lost == ()


def test_pictures_that_a_coarse_clock_puts_behind_the_end_are_counted(tmp_path: Path) -> None:
    got = taken(BUGS / "picture_clock_of_one_tick.mp4", tmp_path)
    assert got.facts.seconds == pytest.approx(6.1, abs=0.1)
    assert got.lost == ("Of 30 pictures that picture_clock_of_one_tick.mp4 lists, 1 can be read.",)


@pytest.mark.parametrize("hertz", [50, 6000])
def test_a_hum_or_a_hiss_in_both_channels_does_not_hide_a_voice_that_cancels(
    tmp_path: Path, hertz: int
) -> None:
    at = np.arange(4 * 48_000) / 48_000
    voice, hum = 0.3 * np.sin(at * 2 * np.pi * 700), 0.1 * np.sin(at * 2 * np.pi * hertz)
    got = taken(wave_file(tmp_path / "hum.wav", np.array([voice + hum, hum - voice])), tmp_path)
    heard = np.abs(np.fft.rfft(media.read_audio(got.facts.path)[16_000:32_000]))
    assert heard[700] > 2 * heard[hertz]


def test_two_speakers_on_two_sides_are_both_heard(tmp_path: Path) -> None:
    at = np.arange(4 * 48_000) / 48_000
    left, right = 0.3 * np.sin(at * 2 * np.pi * 700), 0.2 * np.sin(at * 2 * np.pi * 500)
    got = taken(wave_file(tmp_path / "two.wav", np.array([left, right])), tmp_path)
    heard = np.abs(np.fft.rfft(media.read_audio(got.facts.path)[16_000:32_000]))
    assert min(heard[500], heard[700]) > 0.3 * heard.max()


def test_a_file_of_more_recordings_than_are_read_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MAX_PARTS", 2)
    one = wave_file(tmp_path / "one.wav", np.array([np.sin(np.arange(48_000) / 20)])).read_bytes()
    path = tmp_path / "three.wav"
    path.write_bytes(3 * one)
    assert parts.parts_of(path) == ([(0, len(one)), (len(one), 2 * len(one))], True)
    assert list(notes.more(True, "three.wav"))


def test_whoever_waits_is_told_at_once_and_after_long_sent_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns, said = Turns(places=1, patience_seconds=0.0), list[str]()
    monkeypatch.setattr(sys.modules[media.take_in.__module__], "TURNS", turns)
    with turns.held(turns.arrive("ada"), print), pytest.raises(RehearseError, match="take long"):
        taken(tmp_path / "a.mp4", tmp_path, owner="bob", told=said.append)
    assert said == ["Another recording is being read. Yours begins after it."]
    with pytest.raises(RehearseError, match=r"a\.mp4"):
        taken(tmp_path / "a.mp4", tmp_path, owner="bob", told=said.append)


def test_a_long_recording_waits_for_others_that_are_long_and_keeps_to_its_limits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = sys.modules[media.take_in.__module__]
    turns, said = Turns(patience_seconds=0.0), list[str]()
    monkeypatch.setattr(module, "TURNS", turns)
    path = recording(tmp_path / "a.webm", 1.0, size=(160, 120), codecs=("libvpx", "libopus"))
    with turns.held(replace(turns.arrive("ada"), long=True), print):
        assert taken(path, tmp_path, owner="bob").facts.frames == 15
        monkeypatch.setattr(module, "LONG_PIXELS", 160 * 120 * 14)
        with pytest.raises(RehearseError, match="take long"):
            taken(path, tmp_path, owner="bob", told=said.append)
    assert "long as well" in said[0]
    assert taken(path, tmp_path, owner="bob").facts.frames == 15


def test_what_seems_short_has_less_time_than_what_is_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module, limits = sys.modules[media.take_in.__module__], list[Limits]()

    def noted(*arguments: object, **how: Any) -> Any:
        limits.append(how["limits"])
        return run_limited(*arguments, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "run_limited", noted)
    monkeypatch.setattr(module, "SHORT_SECONDS", 50.0)
    path = recording(tmp_path / "a.webm", 1.0, size=(160, 120), codecs=("libvpx", "libopus"))
    taken(path, tmp_path)
    monkeypatch.setattr(module, "LONG_PIXELS", 1.0)
    taken(path, tmp_path)
    _, short, _, long = limits
    assert short.cpu_seconds == 50 and long.cpu_seconds > 60
