"""At most one calm cue while someone answers; off unless it was asked for, and never a number."""

from __future__ import annotations

from data.domain import SignalFrame

APART_SECONDS = 20.0
GONE_SECONDS = 2.0
"""Products alert after about two seconds of sustained change; a shorter absence is a gesture."""
OUT_OF_FRAME = "Face out of frame"


class LiveCue:
    """Says that the face has left the picture, once in twenty seconds. Not thread-safe."""

    def __init__(self) -> None:
        """Nothing has been said."""
        self._seen = 0.0
        self._said = float("-inf")

    def __call__(self, frame: SignalFrame | None) -> str | None:
        """What to say after this newest frame, mostly nothing."""
        if frame is None or frame.gaze_reason == "switched_off":
            return None
        if frame.face_found:
            self._seen = frame.seconds
            return None
        gone, quiet = frame.seconds - self._seen, frame.seconds - self._said
        if gone < GONE_SECONDS or quiet < APART_SECONDS:
            return None
        self._said = frame.seconds
        return OUT_OF_FRAME
