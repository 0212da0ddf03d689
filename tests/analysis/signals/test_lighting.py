"""Dark faces, silhouettes and sunglasses, told by their pixels; the portrait drawn in each of them."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis.signals.eye_contact import why_not_measurable
from analysis.signals.landmarks import Detector, Landmarks
from analysis.signals.measurer import Measurer
from tests.media import face_image

pytestmark = pytest.mark.slow

Image = NDArray[np.uint8]


@pytest.fixture(scope="module")
def plain() -> Landmarks:
    with Detector(stream=False) as detector:
        return detector.detect(face_image(), 0.0)


def seen(picture: Image) -> Landmarks:
    with Detector() as detector:
        return detector.detect(picture, 0.0)


def before_a_window(plain: Landmarks, share: float) -> Image:
    """The portrait with its light times `share`, and a bright window wherever head and body are not."""
    assert plain.face is not None
    rows, columns = np.mgrid[0 : plain.height, 0 : plain.width]
    low, high = plain.face[:468, :2].min(axis=0), plain.face[:468, :2].max(axis=0)
    (x, y), (half, tall) = (low + high) / 2, (high - low) / 2
    head = ((columns - x) / half) ** 2 + ((rows - y) / tall) ** 2 < 1.5
    body = (abs(columns - x) < 2.2 * half) & (rows > y + tall)
    noise = np.random.default_rng(1).normal(0, 2, (plain.height, plain.width, 1))
    picture = np.where((head | body)[..., None], face_image() * share, 240.0) + noise
    return np.asarray(np.clip(picture, 0, 255), np.uint8)


def with_sunglasses(plain: Landmarks, shade: int) -> Image:
    """The portrait with two round dark lenses over its eyes."""
    assert plain.face is not None
    rows, columns = np.mgrid[0 : plain.height, 0 : plain.width]
    picture = face_image().copy()
    for corner, other in ((33, 133), (362, 263)):
        x, y = (plain.face[corner, :2] + plain.face[other, :2]) / 2
        wide = float(np.hypot(*(plain.face[other, :2] - plain.face[corner, :2])))
        picture[np.hypot(columns - x, (rows - y) * 1.2) < wide] = shade
    return picture


def test_the_portrait_in_good_light_is_read(plain: Landmarks) -> None:
    assert why_not_measurable(plain) is None
    assert plain.light.eyes is not None and plain.light.eyes > 0.7


@pytest.mark.parametrize("share", [0.5, 0.3])
def test_a_dark_face_that_can_be_seen_before_a_window_is_read(plain: Landmarks, share: float) -> None:
    assert why_not_measurable(seen(before_a_window(plain, share))) is None


@pytest.mark.parametrize("share", [0.1, 0.05])
def test_a_silhouette_is_called_one_and_gives_no_tilt(plain: Landmarks, share: float) -> None:
    frame = Measurer()(seen(before_a_window(plain, share)))
    assert (frame.gaze, frame.gaze_reason) == ("not_measurable", "backlit")
    assert frame.roll_degrees is None
    assert frame.shoulder_tilt_degrees is None


@pytest.mark.parametrize("shade", [10, 50])
def test_eyes_behind_dark_lenses_are_not_read(plain: Landmarks, shade: int) -> None:
    found = seen(with_sunglasses(plain, shade))
    assert found.face is not None
    assert why_not_measurable(found) == "sunglasses"


def test_clear_glasses_with_a_thick_dark_frame_are_read(plain: Landmarks) -> None:
    picture, face = with_sunglasses(plain, 20), plain.face
    assert face is not None
    rows, columns = np.mgrid[0 : plain.height, 0 : plain.width]
    for corner, other in ((33, 133), (362, 263)):
        x, y = (face[corner, :2] + face[other, :2]) / 2
        wide = float(np.hypot(*(face[other, :2] - face[corner, :2])))
        glass = np.hypot(columns - x, (rows - y) * 1.2) < 0.85 * wide
        picture[glass] = face_image()[glass]
    assert why_not_measurable(seen(picture)) is None


def test_a_dark_room_is_too_dark_and_no_silhouette() -> None:
    assert why_not_measurable(seen((face_image() * 0.1).astype(np.uint8))) == "too_dark"
