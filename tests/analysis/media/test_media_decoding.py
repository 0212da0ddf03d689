"""Files of every kind that people upload, and the broken ones, read back."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from analysis import media
from data.domain import RehearseError
from tests.media import cut_short, recording

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", ["a.mp4", "a.mov", "a.webm", "a.mkv"])
def test_the_usual_containers_are_read(tmp_path: Path, name: str) -> None:
    path = recording(tmp_path / name, 2.0)
    facts = media.probe(path)
    frames = list(media.read_frames(path, 5))
    assert (facts.width, facts.height, facts.frames) == (640, 480, 30)
    assert (facts.has_video, facts.has_audio, facts.rotation_degrees) == (True, True, 0)
    assert abs(facts.seconds - 2.0) < 0.1
    assert abs((facts.fps or 0) - 15) < 0.1
    assert abs(facts.av_offset_seconds or 0) < 0.05
    assert np.allclose([seconds for seconds, _ in frames], np.arange(10) / 5, atol=0.07)
    assert {pixels.shape for _, pixels in frames} == {(480, 640, 3)}
    assert abs(media.read_audio(path).size / 16_000 - 2.0) < 0.05


def test_a_phone_s_turned_picture_is_shown_upright(tmp_path: Path) -> None:
    flat = recording(tmp_path / "flat.mp4", 1.0)
    turned = recording(tmp_path / "turned.mov", 1.0, turned=90)
    facts = media.probe(turned)
    _, before = next(media.read_frames(flat, 1))
    _, after = next(media.read_frames(turned, 1))
    assert (facts.width, facts.height, facts.rotation_degrees) == (480, 640, 270)
    assert np.abs(np.rot90(before).astype(int) - after).mean() < 2


def test_an_uneven_frame_rate_is_sampled_by_time(tmp_path: Path) -> None:
    times = [0.0, 0.03, 0.06, 0.09, 0.5, 1.4, 1.43, 1.46, 2.0]
    path = recording(tmp_path / "a.mp4", 2.1, times=times)
    found = [seconds for seconds, _ in media.read_frames(path, 4)]
    assert np.allclose(found, [0.0, 0.5, 1.4, 2.0], atol=0.01)


def test_4k_is_read_scaled_down(tmp_path: Path) -> None:
    path = recording(tmp_path / "a.mp4", 0.2, fps=10, size=(3840, 2160))
    assert (media.probe(path).width, media.probe(path).height) == (3840, 2160)
    assert [pixels.shape for _, pixels in media.read_frames(path, 5)] == [(360, 640, 3)]


def test_sound_alone_is_fine(tmp_path: Path) -> None:
    path = recording(tmp_path / "a.mp4", 2.0, video=False)
    facts = media.probe(path)
    assert (facts.has_video, facts.has_audio, facts.width, facts.av_offset_seconds) == (
        False,
        True,
        None,
        None,
    )
    assert list(media.read_frames(path, 5)) == []


def test_a_picture_alone_is_fine(tmp_path: Path) -> None:
    path = recording(tmp_path / "a.mp4", 2.0, audio=False)
    facts = media.probe(path)
    assert (facts.has_video, facts.has_audio) == (True, False)
    assert media.read_audio(path).size == 0


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.touch()
    with pytest.raises(RehearseError, match="a.mp4 is empty"):
        media.probe(path)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(RehearseError, match="no recording at a.mp4"):
        media.probe(tmp_path / "a.mp4")


def test_an_mp4_without_its_end_says_that_it_is_cut_off(tmp_path: Path) -> None:
    path = cut_short(recording(tmp_path / "a.mp4", 2.0))
    with pytest.raises(RehearseError, match="cut off.*whole file again"):
        media.probe(path)


def test_a_webm_without_its_end_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = cut_short(recording(tmp_path / "a.webm", 4.0))
    assert 0.5 < media.probe(path).seconds < 3.5
    assert len(list(media.read_frames(path, 5))) > 2


@pytest.mark.parametrize("data", [b"hello, this is a text file\n" * 100, bytes(range(256)) * 40])
def test_a_file_that_is_no_recording_says_so(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(data)
    with pytest.raises(RehearseError, match="not a video or sound recording.*mp4, mov, webm or mkv"):
        media.probe(path)


def test_a_playlist_that_names_other_files_is_not_followed(tmp_path: Path) -> None:
    recording(tmp_path / "secret.mp4", 1.0)
    path = tmp_path / "a.mp4"
    path.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nsecret.mp4\n#EXT-X-ENDLIST\n")
    with pytest.raises(RehearseError, match="not a video or sound recording"):
        media.probe(path)
    path.write_text("ffconcat version 1.0\nfile secret.mp4\n")
    with pytest.raises(RehearseError, match="not a video or sound recording"):
        media.probe(path)


def test_damage_in_the_middle_costs_only_the_damaged_part(tmp_path: Path) -> None:
    path = recording(tmp_path / "a.mp4", 4.0)
    data = bytearray(path.read_bytes())
    middle = data.index(b"mdat") + 20_000
    data[middle : middle + 2000] = bytes(2000)
    path.write_bytes(data)
    assert len(list(media.read_frames(path, 5))) >= 15
    assert abs(media.read_audio(path).size / 16_000 - 4.0) < 0.2


def test_memory_does_not_grow_with_the_length(tmp_path: Path) -> None:
    path = recording(tmp_path / "a.mp4", 20.0, fps=10, size=(320, 240))
    next(media.read_frames(path, 10))  # what is imported on the way is not what is measured
    tracemalloc.start()
    for _ in media.read_frames(path, 10):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20e6


def test_a_part_with_nothing_in_it_stays_where_it_is(tmp_path: Path) -> None:
    part = tmp_path / "a.mp4.part"
    part.write_bytes(b"\0\0\0\x1cftypiso5")
    with pytest.raises(RehearseError):
        media.recover(part)
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4.part"]


@pytest.mark.slow
def test_the_parts_of_an_interrupted_recording_play_through_as_one(tmp_path: Path) -> None:
    parts = [recording(tmp_path / f"part{n}.mp4", seconds) for n, seconds in enumerate((3.0, 2.0))]
    before = [media.probe(part) for part in parts]
    joined = media.probe(media.join(parts, parts[0]))
    assert joined.seconds == pytest.approx(sum(one.seconds for one in before), abs=0.1)
    assert joined.frames == sum(one.frames for one in before)
    sound = media.read_audio(parts[0])
    assert len(sound) / 16_000 == pytest.approx(joined.seconds, abs=0.2)
    assert len(list(media.read_frames(parts[0], 5.0))) == pytest.approx(25, abs=2)
