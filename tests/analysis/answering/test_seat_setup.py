"""Snapshots in, a calibration out; what cannot be measured is said."""

from __future__ import annotations

import io
from datetime import date, timedelta

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from analysis.answering import seat_setup
from analysis.answering.seat_setup import Snapshots, limits_of, read, set_up, written
from analysis.answering.snapshot_pictures import decoded
from analysis.live.cue import APART_SECONDS, OUT_OF_FRAME, LiveCue
from data.domain import Calibration, RehearseError, SignalFrame
from tests.media import face_image

TODAY = date(2026, 11, 24)
SHEAR = (1, -0.4, 60, 0, 1, 0)


def jpeg(pixels: NDArray[np.uint8], turned: bool = False) -> bytes:
    picture = Image.fromarray(pixels)
    shown = picture.transform(picture.size, Image.Transform.AFFINE, SHEAR) if turned else picture
    kept = io.BytesIO()
    shown.save(kept, "JPEG", quality=85)
    return kept.getvalue()


@pytest.mark.slow
def test_two_points_apart_give_a_whole_calibration() -> None:
    face = face_image()
    found = set_up(Snapshots((jpeg(face),) * 6, (jpeg(face, turned=True),) * 6))
    assert found.limits == ()
    assert found.calibration.lens_yaw_degrees is not None
    assert found.calibration.screen_yaw_degrees is not None
    assert found.calibration.upright_slouch is not None


@pytest.mark.slow
def test_looking_at_one_place_twice_keeps_the_baseline_and_says_why_the_gaze_is_not_calibrated() -> None:
    face = jpeg(face_image())
    found = set_up(Snapshots((face,) * 6, (face,) * 6))
    assert found.calibration.lens_yaw_degrees is None
    assert found.calibration.upright_slouch is not None
    assert "looked the same" in found.limits[0]


@pytest.mark.slow
def test_a_dark_picture_is_said_to_be_dark_and_measures_nothing() -> None:
    dark = jpeg(np.zeros((480, 640, 3), np.uint8))
    found = set_up(Snapshots((dark,) * 6, (dark,) * 6))
    assert "too dark" in found.hints[0]
    assert found.calibration == Calibration()
    assert seat_setup.NO_BASELINE in found.limits


@pytest.mark.slow
def test_a_loud_room_and_echo_are_said() -> None:
    face = jpeg(face_image())
    hints = set_up(Snapshots((face,), (face,), noise=0.1, echo_cancelled=False)).hints
    assert [hint for hint in hints if "loud" in hint]
    assert [hint for hint in hints if "echo" in hint]


@pytest.mark.slow
def test_something_that_is_no_picture_is_refused_in_plain_words() -> None:
    with pytest.raises(RehearseError, match="could not be read"):
        set_up(Snapshots((b"no picture",), ()))


def a_png() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (8, 8)).save(kept, "PNG")
    return kept.getvalue()


def large(side: int) -> bytes:
    kept = io.BytesIO()
    Image.new("L", (side, side)).save(kept, "JPEG", quality=1)
    return kept.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize(
    "sent",
    [a_png(), large(1920), large(12_000)[:1_900_000], b"\xff\xd8\xff" + b"0" * 3_000_000, b""],
    ids=["another format", "large", "huge", "heavy", "empty"],
)
def test_a_picture_that_a_set_up_does_not_send_is_refused_before_it_costs_anything(sent: bytes) -> None:
    with pytest.raises(RehearseError, match="could not be read"):
        list(decoded([sent]))


@pytest.mark.slow
def test_pictures_of_a_set_up_are_decoded_in_the_limited_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    def here(*_: object, **__: object) -> None:
        raise AssertionError("in the process of the server")

    monkeypatch.setattr(Image, "open", here)
    sent = Image.new("RGB", (8, 6), (255, 0, 0))
    kept = io.BytesIO()
    sent.save(kept, "JPEG")
    (seen,) = decoded([kept.getvalue()])
    assert seen.shape == (6, 8, 3) and seen[0, 0, 0] > 200 > seen[0, 0, 1]


def test_a_calibration_is_good_for_its_day_only() -> None:
    kept = Calibration(1.0, 2.0, 3.0, 4.0, 0.5, 200.0)
    assert read(written(kept, TODAY), TODAY) == kept
    assert read(written(kept, TODAY), TODAY + timedelta(days=1)) is None


@pytest.mark.parametrize("kept", [None, "", "[]", "no json", '{"on": "2026-11-24", "unknown": 1}'])
def test_what_cannot_be_read_is_no_calibration(kept: str | None) -> None:
    assert read(kept, TODAY) is None


def test_without_a_set_up_the_limits_are_named() -> None:
    assert limits_of(None) == (seat_setup.AVERAGE_SEAT, seat_setup.NO_SETUP)
    assert limits_of(Calibration(1.0, 2.0, 3.0, 4.0, 0.5, 200.0)) == ()


def frame(seconds: float, found: bool) -> SignalFrame:
    return SignalFrame(seconds=seconds, face_found=found, gaze="not_measurable")


def test_the_cue_comes_after_two_seconds_and_not_again_for_twenty() -> None:
    cue = LiveCue()
    said = [second for second in range(60) if cue(frame(float(second), second < 10)) == OUT_OF_FRAME]
    assert said == [11, 11 + APART_SECONDS, 11 + 2 * APART_SECONDS]


def test_a_short_absence_is_no_matter() -> None:
    cue = LiveCue()
    assert [cue(frame(second / 2, second % 4 == 0)) for second in range(40)] == [None] * 40
    assert cue(None) is None
