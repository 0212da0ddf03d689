from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.signals.calibration import baseline, calibrate
from analysis.signals.eye_contact import EYE_REACH_DEGREES, gaze_angles
from analysis.signals.framing import framing
from analysis.signals.head_pose import head_pose
from analysis.signals.landmarks import Landmarks
from analysis.signals.lighting import Light
from analysis.signals.measurer import Measurer
from data.domain import Calibration, Gaze, RehearseError
from tests.analysis.signals.persons import nobody, person


@pytest.mark.parametrize(("yaw", "pitch"), [(0, 0), (25, 0), (-25, 10), (0, -20)])
def test_head_angles_are_recovered(yaw: float, pitch: float) -> None:
    found = head_pose(person(yaw=yaw, pitch=pitch))
    assert found is not None
    assert found.yaw == pytest.approx(yaw, abs=0.5)
    assert found.pitch == pytest.approx(pitch, abs=0.5)
    assert abs(found.roll) <= abs(yaw * pitch) / 50 + 1e-6


@pytest.mark.parametrize(
    ("seen", "gaze"),
    [
        (person(), "camera"),
        (person(yaw=25, eye_yaw=-25), "camera"),
        (person(eye_pitch=-25), "down"),
        (person(pitch=-30), "down"),
        (person(yaw=30), "sideways"),
        (person(eye_yaw=-25), "sideways"),
        (person(pitch=35), "away"),
        (person(yaw=70), "away"),
    ],
)
def test_gaze_direction_is_told_apart(seen: object, gaze: Gaze) -> None:
    assert Measurer()(seen).gaze == gaze  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("seen", "reason"),
    [
        (nobody(), "no_face"),
        (person(brightness=0.05, around=0.05), "too_dark"),
        (person(brightness=0.1, around=0.6), "backlit"),
        (person(brightness=0.3, around=0.45, contrast=0.08), "backlit"),
        (replace(nobody(), pose=person().pose, light=Light(0.05, 0.05, 0.6)), "backlit"),
        (person(eyes=0.4), "sunglasses"),
        (person(scale=1.0), "too_small"),
        (replace(nobody(), face_wanted=False), "switched_off"),
    ],
)
def test_an_unreadable_gaze_says_why(seen: object, reason: str) -> None:
    frame = Measurer()(seen)  # type: ignore[arg-type]
    assert (frame.gaze, frame.gaze_reason) == ("not_measurable", reason)


def test_a_silhouette_has_no_angles_at_all() -> None:
    frame = Measurer()(person(yaw=20, brightness=0.06, contrast=0.05, around=0.7))
    assert frame.face_found
    assert (frame.yaw_degrees, frame.pitch_degrees, frame.roll_degrees) == (None, None, None)
    assert (frame.shoulder_tilt_degrees, frame.motion) == (None, None)


def test_behind_sunglasses_the_head_is_still_measured() -> None:
    frame = Measurer()(person(yaw=20, eyes=0.3))
    assert frame.yaw_degrees == pytest.approx(20, abs=0.5)
    assert frame.shoulder_tilt_degrees is not None


@pytest.mark.parametrize("yaw", [0.0, 60.0, -75.0, 90.0])
@pytest.mark.parametrize("slip", [-3.0, 0.4, 8.0])
def test_a_gaze_is_never_farther_than_a_head_and_its_eyes_can_turn(yaw: float, slip: float) -> None:
    seen = person(yaw=yaw)
    assert seen.face is not None
    face = seen.face.copy()
    for corner, other, iris in ((33, 133, 468), (362, 263, 473)):
        face[iris] = face[corner] + slip * (face[other] - face[corner])
    found = gaze_angles(replace(seen, face=face))
    assert found is not None
    assert abs(found.yaw - yaw) <= EYE_REACH_DEGREES + 1
    assert abs(found.yaw) <= 90 + EYE_REACH_DEGREES + 1


def test_a_mirrored_person_has_the_mirrored_gaze() -> None:
    for yaw, eye_yaw in ((12.0, 0.0), (0.0, 18.0), (-20.0, 5.0)):
        one = gaze_angles(person(yaw=yaw, eye_yaw=eye_yaw))
        other = gaze_angles(person(yaw=-yaw, eye_yaw=-eye_yaw))
        assert one is not None and other is not None
        assert (one.yaw, one.pitch) == pytest.approx((-other.yaw, other.pitch), abs=0.01)


def test_a_blink_keeps_the_gaze_and_closed_eyes_are_away() -> None:
    measure = Measurer()
    assert measure(person(0.0)).gaze == "camera"
    assert measure(person(0.25, blink=0.9)).gaze == "camera"
    assert measure(person(1.0, blink=0.9)).gaze == "away"


def test_a_gaze_on_the_edge_does_not_flicker() -> None:
    measure = Measurer()
    measure(person(0.0))
    gazes = {measure(person(1.0 + step, eye_yaw=10 + (-1) ** step)).gaze for step in range(10)}
    assert gazes == {"camera"}


def test_no_baseline_means_no_slouch_and_no_lean_but_tilt_and_motion() -> None:
    measure = Measurer()
    measure(person(0.0))
    frame = measure(person(0.25, x=338.0))
    assert (frame.slouch, frame.lean) == (None, None)
    assert frame.shoulder_tilt_degrees == pytest.approx(0)
    assert frame.motion == pytest.approx(0.4)
    assert frame.centring == pytest.approx(18 / 640, abs=0.01)


def test_between_two_looks_at_the_body_its_motion_stays() -> None:
    measure = Measurer()
    moves = [0.0, 0.0, 18.0, 18.0]
    ages = [0.0, 0.25, 0.0, 0.25]
    seen = [
        replace(person(0.25 * index, x=320 + move), pose_age_seconds=age)
        for index, (move, age) in enumerate(zip(moves, ages, strict=True))
    ]
    assert [measure(one).motion for one in seen] == [None, None, pytest.approx(0.2), pytest.approx(0.2)]


def test_slouch_and_lean_are_measured_from_upright() -> None:
    upright = baseline([person(float(second)) for second in range(5)])
    frame = Measurer(upright)(person(head_height=72.0, shoulders=216.0))
    assert frame.slouch == pytest.approx(90 / 180 - 72 / 216)
    assert frame.lean == pytest.approx(0.2)


def test_the_body_of_someone_else_is_not_measured() -> None:
    mine, other = person(x=200.0), person(x=460.0)
    assert Measurer()(mine).shoulder_tilt_degrees is not None
    assert Measurer()(replace(mine, pose=other.pose)).shoulder_tilt_degrees is None


def test_a_side_on_body_is_not_measured() -> None:
    frame = Measurer()(person(shoulders=30.0))
    assert frame.shoulder_tilt_degrees is None


def test_calibration_moves_the_lens_and_the_border_half_way_to_the_screen() -> None:
    lens = [person(float(second), eye_pitch=-12) for second in range(6)]
    screen = [person(float(second), eye_pitch=-30) for second in range(6)]
    calibration = calibrate(lens, screen)
    assert calibration.upright_slouch == pytest.approx(0.5)
    assert Measurer()(person(eye_pitch=-20)).gaze == "down"
    assert Measurer(calibration)(person(eye_pitch=-16)).gaze == "camera"
    assert Measurer(calibration)(person(eye_pitch=-26)).gaze == "down"


def test_a_screen_whose_points_lie_close_together_is_still_told_from_the_lens() -> None:
    lens = [person(float(second)) for second in range(6)]
    calibration = calibrate(lens, [person(float(second), eye_pitch=-6) for second in range(6)])
    assert Measurer(calibration)(person(eye_pitch=-1)).gaze == "camera"
    assert Measurer(calibration)(person(eye_pitch=-5)).gaze == "down"
    assert Measurer(calibration)(person(eye_yaw=6)).gaze == "camera"


def test_a_screen_beside_the_camera_is_the_screen_and_not_sideways() -> None:
    lens = [person(float(second)) for second in range(6)]
    calibration = calibrate(lens, [person(float(second), yaw=20) for second in range(6)])
    assert Measurer(calibration)(person(yaw=18)).gaze == "down"
    assert Measurer(calibration)(person(yaw=-18)).gaze == "sideways"


def test_an_unusable_calibration_says_why() -> None:
    looking = [person(float(second)) for second in range(6)]
    with pytest.raises(RehearseError, match="looked the same"):
        calibrate(looking, looking)
    wandering = [person(float(second), eye_yaw=(-1) ** second * 25.0) for second in range(6)]
    with pytest.raises(RehearseError, match="moved around"):
        calibrate(wandering, looking)
    assert baseline([nobody()] * 6) == Calibration()


@pytest.mark.parametrize(
    ("seen", "reason"),
    [
        (nobody(), "not in the picture"),
        (person(brightness=0.05, around=0.05), "too dark"),
        (person(brightness=0.05, around=0.6), "window or a lamp"),
        (person(eyes=0.3), "dark glass"),
        (person(scale=1.0), "too small"),
        (person(blink=0.9), "eyes were shut"),
        (person(yaw=50), "turned far away"),
    ],
)
def test_a_point_that_cannot_be_seen_says_what_to_change(seen: Landmarks, reason: str) -> None:
    looking = [person(float(second)) for second in range(6)]
    with pytest.raises(RehearseError, match=f"While reading the line on the screen, .*{reason}"):
        calibrate(looking, [seen] * 6)
    with pytest.raises(RehearseError, match="too few pictures"):
        calibrate(looking[:2], looking)


def test_angles_do_not_depend_on_resolution() -> None:
    small, large = gaze_angles(person(yaw=10, scale=6)), gaze_angles(person(yaw=10, scale=18))
    assert small is not None and large is not None
    assert np.isclose(small.yaw, large.yaw)


def test_framing_hints_name_what_to_move() -> None:
    assert framing(person()) == ()
    assert "No face" in framing(nobody())[0]
    assert "too dark" in framing(nobody(brightness=0.02))[0]
    assert "far away" in framing(person(scale=3))[0]
    assert "to one side" in framing(person(x=540))[0]
    assert "Several faces" in framing(person(faces=2))[0]
    assert "Your face is dark" in framing(person(brightness=0.15))[0]
    assert "light is behind you" in framing(person(brightness=0.08, around=0.6))[0]
    assert "Dark glass" in framing(person(eyes=0.3))[0]
    sitting = person()
    assert sitting.face is not None
    assert "screen back" in framing(replace(sitting, face=sitting.face - (0, 120, 0)))[0]
    assert "screen forward" in framing(replace(sitting, face=sitting.face + (0, 150, 0)))[0]
