"""From an RGB frame to landmarks: the only home of MediaPipe.

Landmarks live for one frame. They never leave `analysis.signals` and are never stored; with more
than one face in view we stay with the one nearest to where the person last was, and never ask who
it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from data.domain import RehearseError
from data.weights import FACE, POSE, verified

if TYPE_CHECKING:
    from mediapipe.tasks.python import vision

RETRY_SECONDS = 0.5
"""While the face is missing, a stream looks into the head crop at most this often."""
MOST_FACES = 2
"""Faces followed in a stream: the person and one more. Costs 8 % CPU over one, and lets us say so."""
STILL_FACES = 5
HEAD_CROP_PIXELS = 320

Image = NDArray[np.uint8]
Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Landmarks:
    """What MediaPipe found of one person in one frame. Read-only; None = not found.

    Points are in pixels of the frame: x right, y down, z towards the scene in the scale of x.
    """

    seconds: float
    width: int
    height: int
    brightness: float
    """Mean luma 0-1 of the face when there is one, else of the whole frame."""
    faces: int = 0
    """Faces seen in the frame."""
    face: Points | None = None
    """(478, 3): 468 face mesh points, then 5 points of the right and 5 of the left iris."""
    blendshapes: Points | None = None
    """(52,) in MediaPipe's order, 0-1."""
    matrix: Points | None = None
    """(4, 4): canonical face to camera, centimetres; x right, y up, z towards the viewer."""
    pose: Points | None = None
    """(33, 4): x, y, z and visibility of the body points."""


@dataclass(frozen=True, slots=True)
class _Face:
    points: Points
    blendshapes: Points
    matrix: Points

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
        self._face = _face_landmarker(stream, MOST_FACES if stream else STILL_FACES) if face else None
        self._pose = _pose_landmarker(stream) if pose else None
        self._still: vision.FaceLandmarker | None = None
        self._milliseconds = -1
        self._last_centre: Points | None = None
        self._last_retry = -RETRY_SECONDS

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
        pose = self._find_pose(rgb)
        faces = self._find_faces(rgb, pose, seconds)
        person = self._choose(faces)
        return Landmarks(
            seconds=seconds,
            width=width,
            height=height,
            brightness=_brightness(rgb, person),
            faces=len(faces),
            face=None if person is None else person.points,
            blendshapes=None if person is None else person.blendshapes,
            matrix=None if person is None else person.matrix,
            pose=pose,
        )

    def _find_pose(self, rgb: Image) -> Points | None:
        if self._pose is None:
            return None
        result = (
            self._pose.detect_for_video(_image(rgb), self._milliseconds)
            if self._stream
            else self._pose.detect(_image(rgb))
        )
        if not result.pose_landmarks:
            return None
        height, width = rgb.shape[:2]
        points = np.array([(p.x, p.y, p.z, p.visibility) for p in result.pose_landmarks[0]])
        return np.asarray(points * (width, height, width, 1.0))

    def _find_faces(self, rgb: Image, pose: Points | None, seconds: float) -> list[_Face]:
        if self._face is None:
            return []
        result = (
            self._face.detect_for_video(_image(rgb), self._milliseconds)
            if self._stream
            else self._face.detect(_image(rgb))
        )
        faces = _faces(result, rgb.shape[1], rgb.shape[0])
        if faces or pose is None or (self._stream and seconds - self._last_retry < RETRY_SECONDS):
            return faces
        self._last_retry = seconds
        return self._look_into_head_crop(rgb, pose)

    def _look_into_head_crop(self, rgb: Image, pose: Points) -> list[_Face]:
        """Look again, enlarged, where the body says the head is: the face detector misses some."""
        box = _head_box(pose, rgb.shape[1], rgb.shape[0])
        if box is None:
            return []
        left, top, right, bottom = box
        crop = _enlarged(rgb[top:bottom, left:right])
        if self._still is None:
            self._still = _face_landmarker(stream=False, faces=1)
        found = _faces(self._still.detect(_image(crop)), right - left, bottom - top)
        return [_Face(face.points + (left, top, 0.0), face.blendshapes, face.matrix) for face in found]

    def _choose(self, faces: list[_Face]) -> _Face | None:
        if not faces:
            return None
        last = self._last_centre
        if last is None:
            person = max(faces, key=lambda face: face.size)
        else:
            person = min(faces, key=lambda face: float(np.hypot(*(face.centre - last))))
        if self._stream:
            self._last_centre = person.centre
        return person


def _face_landmarker(stream: bool, faces: int) -> vision.FaceLandmarker:
    from mediapipe.tasks.python import vision
    from mediapipe.tasks.python.core.base_options import BaseOptions

    return vision.FaceLandmarker.create_from_options(
        vision.FaceLandmarkerOptions(
            base_options=BaseOptions(model_asset_path=str(verified(FACE))),
            running_mode=vision.RunningMode.VIDEO if stream else vision.RunningMode.IMAGE,
            num_faces=faces,
            output_face_blendshapes=True,
            output_facial_transformation_matrixes=True,
        )
    )


def _pose_landmarker(stream: bool) -> vision.PoseLandmarker:
    from mediapipe.tasks.python import vision
    from mediapipe.tasks.python.core.base_options import BaseOptions

    return vision.PoseLandmarker.create_from_options(
        vision.PoseLandmarkerOptions(
            base_options=BaseOptions(model_asset_path=str(verified(POSE))),
            running_mode=vision.RunningMode.VIDEO if stream else vision.RunningMode.IMAGE,
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
            np.array(matrix, dtype=np.float64),
        )
        for points, shapes, matrix in zip(
            result.face_landmarks,
            result.face_blendshapes,
            result.facial_transformation_matrixes,
            strict=True,
        )
    ]


def _head_box(pose: Points, width: int, height: int) -> tuple[int, int, int, int] | None:
    """Return left, top, right, bottom of a square around the head, or None when it is off-frame."""
    head = pose[:11, :2]
    centre = head.mean(axis=0)
    half = 1.6 * max(float(np.ptp(head[:, 0])), float(np.ptp(head[:, 1])))
    left, top = max(0, int(centre[0] - half)), max(0, int(centre[1] - half))
    right, bottom = min(width, int(centre[0] + half)), min(height, int(centre[1] + half))
    if right - left < 24 or bottom - top < 24:
        return None
    return left, top, right, bottom


def _enlarged(crop: Image) -> Image:
    from PIL import Image as Picture

    scale = HEAD_CROP_PIXELS / max(crop.shape[:2])
    size = (max(1, round(crop.shape[1] * scale)), max(1, round(crop.shape[0] * scale)))
    return np.asarray(Picture.fromarray(crop).resize(size, Picture.Resampling.BICUBIC))


def _brightness(rgb: Image, person: _Face | None) -> float:
    """Return mean luma (Rec. 601) 0-1 over the face box, or over the frame, from every 8th pixel."""
    area = rgb
    if person is not None:
        left, top = np.maximum(person.points[:468, :2].min(axis=0), 0).astype(int)
        right, bottom = person.points[:468, :2].max(axis=0).astype(int)
        inside = rgb[top:bottom, left:right]
        area = inside if inside.size else rgb
    step = max(1, min(area.shape[:2]) // 24)
    return float(area[::step, ::step].reshape(-1, 3).mean(axis=0) @ (0.299, 0.587, 0.114) / 255)
