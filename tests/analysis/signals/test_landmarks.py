from __future__ import annotations

import numpy as np
import pytest
from PIL import Image as Picture

from analysis.signals.eye_contact import gaze_angles
from analysis.signals.landmarks import Detector
from analysis.signals.measurer import Measurer
from analysis.signals.views import Image
from data.domain import RehearseError
from tests.media import face_image, panned

pytestmark = pytest.mark.slow


def test_a_stream_finds_face_and_body_through_resolutions_and_equal_timestamps() -> None:
    with Detector() as detector:
        measure = Measurer()
        frames = [measure(detector.detect(rgb, 0.25 * index)) for index, rgb in enumerate(panned(4))]
        frames.append(measure(detector.detect(face_image(320, 240), 0.75)))
    assert all(frame.face_found and frame.shoulder_tilt_degrees is not None for frame in frames)


def test_a_stream_looks_at_the_body_twice_a_second_and_keeps_it_in_between() -> None:
    with Detector(face=False) as detector:
        wide = [detector.detect(rgb, 0.2 * index) for index, rgb in enumerate(panned(4))]
        narrow = detector.detect(face_image(320, 240), 1.0)
    assert [round(seen.pose_age_seconds, 3) for seen in (*wide, narrow)] == [0, 0.2, 0.4, 0, 0.4]
    assert wide[0].pose is not None and wide[1].pose is not None
    assert np.array_equal(wide[0].pose, wide[1].pose)


def test_a_body_is_found_in_the_same_place_whatever_was_seen_before() -> None:
    with Detector(face=False) as fresh, Detector(face=False) as moved:
        for index, rgb in enumerate(panned(6, reach=60)):
            moved.detect(rgb, 0.6 * index)
        after, alone = moved.detect(face_image(), 6.0), fresh.detect(face_image(), 0.0)
    assert after.pose is not None and alone.pose is not None
    assert np.allclose(after.pose, alone.pose)


def test_a_body_that_was_kept_is_scaled_to_the_frame_it_is_said_of() -> None:
    with Detector(face=False) as detector:
        wide, narrow = detector.detect(face_image(), 0.0), detector.detect(face_image(320, 240), 0.2)
    assert wide.pose is not None and narrow.pose is not None
    assert np.allclose(narrow.pose[:, :3] * 2, wide.pose[:, :3])


def test_a_still_is_looked_at_several_times() -> None:
    with Detector(stream=False) as detector:
        found = detector.detect(face_image(), 0.0)
    assert found.face is not None and found.face.shape == (478, 3)
    assert len(found.looks) == 6


def test_a_still_shows_only_the_person_it_was_said_to_show() -> None:
    with Detector(stream=False, pose=False) as detector:
        found = detector.detect(face_image(), 0.0, near=(0.9, 0.9))
    assert found.face is None


def test_a_stream_stays_with_the_person_when_another_one_appears_beside() -> None:
    person = face_image(720, 480, dx=-180).copy()
    person[:, 360:] = 100
    both = person.copy()
    both[:, 360:] = face_image(360, 480)
    with Detector() as detector:
        alone = detector.detect(person, 0.0)
        found = [detector.detect(both, 0.5 * index) for index in range(1, 5)]
    assert alone.face is not None
    assert max(seen.faces for seen in found) == 2
    for seen in found:
        assert seen.face is not None
        assert abs(seen.face[:468, 0].mean() - alone.face[:468, 0].mean()) < 40
    for seen in found[1:]:
        assert seen.pose is not None
        assert abs(seen.pose[0, 0] - alone.face[:468, 0].mean()) < 60


def test_switches_leave_the_other_half_working() -> None:
    with Detector(face=False) as body_only, Detector(pose=False) as face_only:
        body, face = body_only.detect(face_image(), 0.0), face_only.detect(face_image(), 0.0)
    assert body.face is None and body.pose is not None and not body.face_wanted
    assert face.face is not None and face.pose is None


def test_an_empty_picture_and_a_wrong_one() -> None:
    with Detector() as detector:
        empty = detector.detect(np.zeros((480, 640, 3), np.uint8), 0.0)
        with pytest.raises(RehearseError, match="unexpected format"):
            detector.detect(np.zeros((480, 640), np.uint8), 0.1)
    assert empty.face is None and empty.pose is None and empty.light.mean == 0


def _far_away(face_pixels: float, x: int = 320) -> Image:
    """The portrait's head, `face_pixels` wide, alone in a grey frame."""
    with Detector(stream=False, pose=False) as detector:
        face = detector.detect(face_image(), 0.0).face
    assert face is not None
    low, high = face[:468, :2].min(axis=0), face[:468, :2].max(axis=0)
    middle, wide = (low + high) / 2, float((high - low)[0])
    around = (*(middle - 0.9 * wide), *(middle + 0.9 * wide))
    side = round(1.8 * face_pixels)
    head = Picture.fromarray(face_image()).crop(tuple(map(round, around))).resize((side, side))
    frame = Picture.new("RGB", (640, 480), (128, 128, 128))
    frame.paste(head, (x - side // 2, 200 - side // 2))
    return np.asarray(frame)


@pytest.mark.parametrize("x", [160, 320, 520])
def test_a_small_face_gets_a_closer_look_and_is_followed(x: int) -> None:
    large, picture = _far_away(150), _far_away(45, x)
    with Detector() as detector:
        expected = gaze_angles(detector.detect(large, 0.0))
    with Detector() as detector:
        seen = [detector.detect(picture, 0.25 * index) for index in range(16)]
    read = [gaze for gaze in map(gaze_angles, seen[8:]) if gaze is not None]
    assert expected is not None and len(read) == 8
    assert np.median([abs(gaze.yaw - expected.yaw) for gaze in read]) < 8
    assert np.median([abs(gaze.pitch - expected.pitch) for gaze in read]) < 8


def test_a_still_keeps_a_large_face_whose_middle_is_beside_the_place_it_was_said_to_be() -> None:
    near = _far_away(400, 470)
    with Detector(stream=False, pose=False) as detector:
        found = detector.detect(near, 0.0, near=(0.5, 0.5)).face
    assert found is not None
