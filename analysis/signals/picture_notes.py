"""What made pictures unreadable for a good part of an answer, in a sentence with what to change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from data.domain import SignalFrame

OFTEN = 0.2
"""Share of the analysed pictures from which a reason is said."""
_SENTENCES = {
    "sunglasses": (
        "Dark glass covered your eyes in {share} of the pictures: eye contact is not measured there. "
        "Take sunglasses off next time."
    ),
    "backlit": (
        "The light was behind you and only your outline showed in {share} of the pictures: eye contact, "
        "head and posture are not measured there. Put a lamp in front of you, or turn from the window."
    ),
    "too_dark": (
        "Your face was too dark in {share} of the pictures: eye contact, head and posture "
        "are not measured there. Put a light in front of you."
    ),
    "too_small": (
        "Your face was too small in {share} of the pictures: eye contact is not measured there. "
        "Move closer to the camera."
    ),
}
_NOW = {
    "sunglasses": "dark glass covers your eyes",
    "backlit": "the light is behind you",
    "too_dark": "it is too dark",
    "too_small": "you are too far away",
}


def why_not_now(frame: SignalFrame) -> str | None:
    """Return why the eyes of a face in view cannot be read just now, in words; None when they can."""
    return _NOW.get(frame.gaze_reason or "") if frame.face_found else None


def picture_notes(frames: Sequence[SignalFrame]) -> tuple[str, ...]:
    """Return a sentence for each reason that held in a fifth of the pictures or more."""
    found = Counter(frame.gaze_reason for frame in frames if frame.gaze == "not_measurable")
    return tuple(
        sentence.format(share=f"{found[reason] / len(frames):.0%}")
        for reason, sentence in _SENTENCES.items()
        if frames and found[reason] >= OFTEN * len(frames)
    )
