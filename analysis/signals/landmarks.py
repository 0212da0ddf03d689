"""From an RGB frame to landmarks: the only home of MediaPipe.

Landmarks live for one frame. They never leave `analysis.signals` and are never stored; with more
than one face in view we stay with the one nearest to where the person last was, and never ask who
it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from analysis.signals.lighting import Light, light_of
from analysis.signals.views import (
    Box,
    Image,
    Points,
    enlarged,
    head_box,
    own_columns,
    square,
    thirds,
    upright_views,
)
from data.domain import RehearseError
from data.weights import FACE, POSE, verified

if TYPE_CHECKING:
    from mediapipe.tasks.python import vision

POSE_SECONDS = 0.5
"""A stream looks at the body at most this often and keeps its points in between: posture changes slowly.
Each look is a fresh one. Following the body from look to look is cheaper, but locks in: the same still person
was then measured 19 % wider on one run than on another, as much as leaning in by a hand."""
RETRY_SECONDS = 0.5
"""While the face is missing, a stream looks for it elsewhere at most this often."""
SMALL_FACE_PIXELS = 80
"""A face narrower than this is looked at again, enlarged. Of 31 faces 60 pixels wide the stream missed every
second one and read gazes 7 degrees off their large selves; the closer look found all, 3 degrees off. It costs
9 ms of CPU a frame, over 16, which is why it ends here."""
CLOSE_REACH = 1.5
"""Half the side of that look, in face widths."""
MOST_FACES = 2
"""Faces followed in a stream: the person and one more. Costs 8 % CPU over one, and lets us say so."""
STILL_FACES = 5
NEAR_SHARE = 0.2
"""A face farther than this share of the width from where a still was to show one is someone else,
unless it is so large that it covers the place."""


@dataclass(frozen=True, slots=True)
class Look:
    """The face of a still image seen once more in a `View`; points are in pixels of that view."""

    points: Points
    blendshapes: Points
    turn_degrees: float
    mirrored: bool


@dataclass(frozen=True, slots=True)
class Landmarks:
    """What MediaPipe found of one person in one frame. Read-only; None = not found.

    Points are in pixels of the frame: x right, y down, z towards the scene in the scale of x.
    """

    seconds: float
    width: int
    height: int
    light: Light
    face_wanted: bool = True
    """False when the face half of the detector was switched off."""
    faces: int = 0
    """Faces seen in the frame."""
    face: Points | None = None
    """(478, 3): 468 face mesh points, then 5 points of the right and 5 of the left iris."""
    blendshapes: Points | None = None
    """(52,) in MediaPipe's order, 0-1."""
    pose: Points | None = None
    """(33, 4): x, y, z and visibility of the body points."""
    pose_age_seconds: float = 0.0
    """How long before this frame the body was looked at."""
    looks: tuple[Look, ...] = ()
    """More looks at the same face; stills only. Angles are their mean when there are any."""


@dataclass(frozen=True, slots=True)
class _Face:
    points: Points
    blendshapes: Points
    close: bool = False
    """Whether it was found in a crop of little more than itself."""

    @property
    def centre(self) -> Points:
        return np.asarray(self.points[:468, :2].mean(axis=0))

    @property
    def size(self) -> float:
        return float(np.ptp(self.points[:468, 0]))


class Detector:
    """Finds one person's landmarks, frame after frame. Not thread-safe; close it when done.

    `stream` follows a person through a video (frames in order of time); otherwise every image is
    looked at on its own and with more effort. `face` and `pose` switch the halves off. Raises
    RehearseError when a model file is missing or damaged.
    """

    def __init__(self, *, stream: bool = True, face: bool = True, pose: bool = True) -> None:
        """Load the models that are switched on (about 0.2 s)."""
        self._stream = stream
        self._wanted = face
        self._face = _face_landmarker(stream=True, faces=MOST_FACES) if face and stream else None
        self._pose = _pose_landmarker() if pose else None
        self._still: vision.FaceLandmarker | None = None
        self._milliseconds = -1
        self._last_centre: Points | None = None
        self._last_size = 0.0
        self._other_centre: Points | None = None
        self._last_pose: Points | None = None
        self._last_pose_seconds = -POSE_SECONDS
        self._last_retry = -RETRY_SECONDS
        self._retries = 0
        self._followed: _Face | None = None

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the models."""
        self.close()

    def close(self) -> None:
        """Free the models. They must not be left to interpreter exit. May be called twice."""
        for landmarker in (self._face, self._pose, self._still):
            if landmarker is not None:
                landmarker.close()
        self._face = self._pose = self._still = None

    def detect(self, rgb: Image, seconds: float, near: tuple[float, float] | None = None) -> Landmarks:
        """Return the landmarks of one frame: uint8, height x width x 3, RGB.

        `near` says where the person is expected, in shares of width and height; a stream
        remembers by itself. Raises RehearseError when the frame has another shape.
        """
        if rgb.ndim != 3 or rgb.shape[2] != 3 or rgb.dtype != np.uint8:
            raise RehearseError("A video frame had an unexpected format.", "Send 8-bit RGB frames.")
        rgb = np.ascontiguousarray(rgb)
        height, width = rgb.shape[:2]
        self._milliseconds = max(self._milliseconds + 1, round(seconds * 1000))
        if near is not None:
            self._last_centre = np.array([near[0] * width, near[1] * height])
        pose, pose_age = self._pose_of(rgb, seconds)
        faces = self._find_faces(rgb, pose, seconds)
        person = self._choose(faces)
        if self._stream:
            person = self._closer(rgb, person)
            self._followed = person
        return Landmarks(
            seconds=seconds,
            width=width,
            height=height,
            light=light_of(rgb, None if person is None else person.points, pose),
            face_wanted=self._wanted,
            faces=len(faces),
            face=None if person is None else person.points,
            blendshapes=None if person is None else person.blendshapes,
            pose=pose,
            pose_age_seconds=pose_age,
            looks=() if person is None or self._stream else self._look_closely(rgb, person),
        )

    def _look_closely(self, rgb: Image, person: _Face) -> tuple[Look, ...]:
        looks = []
        for view in upright_views(rgb, person.points):
            side = view.image.shape[0]
            found = self._detect_still(view.image, side, side)
            face = min(found, key=lambda face: float(np.hypot(*(face.centre - side / 2))), default=None)
            if face is not None and np.hypot(*(face.centre - side / 2)) < NEAR_SHARE * side:
                looks.append(Look(face.points, face.blendshapes, view.turn_degrees, view.mirrored))
        return tuple(looks)

    def _pose_of(self, rgb: Image, seconds: float) -> tuple[Points | None, float]:
        """Return the body points and their age in seconds."""
        age = seconds - self._last_pose_seconds
        if not (self._stream and 0 <= age < POSE_SECONDS):
            self._last_pose, self._last_pose_seconds, age = self._find_pose(rgb), seconds, 0.0
        height, width = rgb.shape[:2]
        return None if self._last_pose is None else self._last_pose * (width, height, width, 1.0), age

    def _find_pose(self, rgb: Image) -> Points | None:
        """Return the body points in shares of the frame."""
        if self._pose is None:
            return None
        left, right = own_columns(rgb.shape[1], self._last_centre, self._other_centre)
        result = self._pose.detect(_image(np.ascontiguousarray(rgb[:, left:right])))
        if not result.pose_landmarks:
            return None
        points = np.array([(p.x, p.y, p.z, p.visibility) for p in result.pose_landmarks[0]])
        share = (right - left) / rgb.shape[1]
        return np.asarray(points * (share, 1.0, share, 1.0) + (left / rgb.shape[1], 0.0, 0.0, 0.0))

    def _find_faces(self, rgb: Image, pose: Points | None, seconds: float) -> list[_Face]:
        if not self._wanted:
            return []
        height, width = rgb.shape[:2]
        if self._face is not None:
            result = self._face.detect_for_video(_image(rgb), self._milliseconds)
            faces = _faces(result, width, height)
            return faces or self._look_where_it_was(rgb) or self._look_elsewhere(rgb, pose, seconds)
        faces = self._near(self._detect_still(rgb, width, height), width)
        if not faces and pose is not None:
            faces = self._near(self._look_into(rgb, head_box(pose, width, height)), width)
        if not faces and self._last_centre is not None:
            faces = self._near(
                self._look_into(rgb, square(self._last_centre, width / 4, width, height)), width
            )
        return faces

    def _look_where_it_was(self, rgb: Image) -> list[_Face]:
        """Follow a face that the stream alone does not find, closely, from frame to frame."""
        face = self._followed
        return [] if face is None else self._look_into(rgb, _around(face, rgb))

    def _look_elsewhere(self, rgb: Image, pose: Points | None, seconds: float) -> list[_Face]:
        """Look at the head of the body, and for somebody far away in one third of the picture after another.

        Once somebody has sat close, a small face is not theirs: it hangs on the wall or passes behind.
        """
        if 0 <= seconds - self._last_retry < RETRY_SECONDS:
            return []
        self._last_retry = seconds
        self._retries += 1
        height, width = rgb.shape[:2]
        faces = [] if pose is None else self._look_into(rgb, head_box(pose, width, height))
        if faces or self._last_size >= SMALL_FACE_PIXELS:
            return faces
        return self._look_into(rgb, thirds(width, height)[self._retries % 3])

    def _closer(self, rgb: Image, person: _Face | None) -> _Face | None:
        """Return the person's face as an enlarged look shows it, when it is small."""
        if person is None or person.close or person.size >= SMALL_FACE_PIXELS:
            return person
        found = self._look_into(rgb, _around(person, rgb))
        near = [face for face in found if np.hypot(*(face.centre - person.centre)) < person.size / 2]
        return max(near, key=lambda face: face.size, default=person)

    def _near(self, faces: list[_Face], width: int) -> list[_Face]:
        """Leave out faces that cannot be the person a still was expected to show."""
        expected = self._last_centre
        if self._stream or expected is None:
            return faces
        return [
            face
            for face in faces
            if np.hypot(*(face.centre - expected)) < max(NEAR_SHARE * width, face.size / 2)
        ]

    def _look_into(self, rgb: Image, box: Box | None) -> list[_Face]:
        """Look again, enlarged, where the head must be: the face detector misses some faces."""
        if box is None:
            return []
        left, top, right, bottom = box
        crop = enlarged(rgb[top:bottom, left:right])
        return [
            _Face(
                face.points + (left, top, 0.0),
                face.blendshapes,
                close=right - left <= 2.5 * CLOSE_REACH * face.size,
            )
            for face in self._detect_still(crop, right - left, bottom - top)
        ]

    def _detect_still(self, rgb: Image, width: int, height: int) -> list[_Face]:
        """Return the faces of one picture, scaled to `width` x `height` pixels."""
        if self._still is None:
            self._still = _face_landmarker(stream=False, faces=STILL_FACES)
        return _faces(self._still.detect(_image(rgb)), width, height)

    def _choose(self, faces: list[_Face]) -> _Face | None:
        if not faces:
            return None
        last = self._last_centre
        if last is None:
            person = max(faces, key=lambda face: face.size)
        else:
            person = min(faces, key=lambda face: float(np.hypot(*(face.centre - last))))
        if self._stream:
            self._last_centre, self._last_size = person.centre, person.size
            others = [face.centre for face in faces if face is not person]
            self._other_centre = others[0] if others else None
        return person


def _around(face: _Face, rgb: Image) -> Box | None:
    return square(face.centre, CLOSE_REACH * face.size, rgb.shape[1], rgb.shape[0])


def _face_landmarker(stream: bool, faces: int) -> vision.FaceLandmarker:
    from mediapipe.tasks.python import vision
    from mediapipe.tasks.python.core.base_options import BaseOptions

    return vision.FaceLandmarker.create_from_options(
        vision.FaceLandmarkerOptions(
            base_options=BaseOptions(model_asset_path=str(verified(FACE))),
            running_mode=vision.RunningMode.VIDEO if stream else vision.RunningMode.IMAGE,
            num_faces=faces,
            output_face_blendshapes=True,
        )
    )


def _pose_landmarker() -> vision.PoseLandmarker:
    from mediapipe.tasks.python import vision
    from mediapipe.tasks.python.core.base_options import BaseOptions

    return vision.PoseLandmarker.create_from_options(
        vision.PoseLandmarkerOptions(
            base_options=BaseOptions(model_asset_path=str(verified(POSE))),
            running_mode=vision.RunningMode.IMAGE,
        )
    )


def _image(rgb: Image) -> Any:
    import mediapipe

    return mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=rgb)


def _faces(result: vision.FaceLandmarkerResult, width: int, height: int) -> list[_Face]:
    return [
        _Face(
            np.array([(p.x, p.y, p.z) for p in points]) * (width, height, width),
            np.array([shape.score for shape in shapes]),
        )
        for points, shapes in zip(
            result.face_landmarks,
            result.face_blendshapes,
            strict=True,
        )
    ]
