"""CPU of one analysed frame, ours against bare MediaPipe on the same frames: `python -m bench.vision`."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from analysis.signals.landmarks import Detector
from analysis.signals.measurer import Measurer
from data.weights import FACE, POSE, verified
from tests.media import panned

FRAMES = 60
ROUNDS = 5
FRAME_SECONDS = 0.25

Image = NDArray[np.uint8]


def main() -> None:
    """Print one markdown row; the two sides alternate, and the median round of each counts."""
    frames = panned(FRAMES)
    ours, close_ours = _ours()
    bare, close_bare = bare_detector()
    pairs = [(_cpu(bare, frames, turn), _cpu(ours, frames, turn)) for turn in range(ROUNDS + 1)][1:]
    close_ours()
    close_bare()
    floor, figure = np.median(pairs, axis=0)
    print("| what | figure | floor | ratio |")
    print("|---|---|---|---|")
    print(
        "| CPU per analysed 640x480 frame; floor: bare MediaPipe, face with blendshapes and pose lite"
        f" | {figure:.1f} ms | {floor:.1f} ms | {figure / floor:.2f} |"
    )


def _cpu(analyse: Callable[[Image, float], object], frames: list[Image], turn: int) -> float:
    start = time.process_time()
    for index, frame in enumerate(frames):
        analyse(frame, (turn * len(frames) + index) * FRAME_SECONDS)
    return (time.process_time() - start) / len(frames) * 1000


def _ours() -> tuple[Callable[[Image, float], object], Callable[[], None]]:
    detector, measure = Detector(), Measurer()
    return lambda rgb, seconds: measure(detector.detect(rgb, seconds)), detector.close


def bare_detector() -> tuple[Callable[[Image, float], object], Callable[[], None]]:
    """The floor: MediaPipe alone on a frame and its second, and how to close it."""
    import mediapipe
    from mediapipe.tasks.python import vision
    from mediapipe.tasks.python.core.base_options import BaseOptions

    face = vision.FaceLandmarker.create_from_options(
        vision.FaceLandmarkerOptions(
            base_options=BaseOptions(model_asset_path=str(verified(FACE))),
            running_mode=vision.RunningMode.VIDEO,
            output_face_blendshapes=True,
            output_facial_transformation_matrixes=True,
        )
    )
    pose = vision.PoseLandmarker.create_from_options(
        vision.PoseLandmarkerOptions(
            base_options=BaseOptions(model_asset_path=str(verified(POSE))),
            running_mode=vision.RunningMode.VIDEO,
        )
    )

    def analyse(rgb: Image, seconds: float) -> None:
        image = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=rgb)
        face.detect_for_video(image, round(seconds * 1000))
        pose.detect_for_video(image, round(seconds * 1000))

    def close() -> None:
        face.close()
        pose.close()

    return analyse, close


if __name__ == "__main__":
    main()
