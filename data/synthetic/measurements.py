"""Made-up measurements for synthetic answers: speech, delivery, camera signals."""

from __future__ import annotations

import random
from collections.abc import Iterable

from data.domain import (
    Delivery,
    Filler,
    Gaze,
    Interval,
    SignalFrame,
    SignalSummary,
    Speech,
    Transcript,
    Turn,
)

_GAZES: tuple[Gaze, ...] = ("camera", "down", "sideways", "away", "not_measurable")


def made_speech(dice: random.Random, turn: Turn, seconds: float) -> Speech:
    """Voiced stretches with pauses between them, and a few ums."""
    voiced: list[Interval] = []
    clock = 1.0
    while clock < seconds - 3:
        end = min(seconds, clock + dice.uniform(3, 11))
        voiced.append(Interval(round(clock, 2), round(end, 2)))
        clock = end + dice.choice((0.3, 0.4, 0.6, 0.9, 1.4))
    fillers = tuple(
        Filler("um", part.end_seconds, round(part.end_seconds + 0.3, 2), "filled_pause")
        for part in voiced
        if dice.random() < 0.3
    )
    return Speech(
        Transcript(turn.words, "synthetic", "en"), tuple(voiced), fillers, round(seconds, 2), ("Synthetic.",)
    )


def made_delivery(dice: random.Random, turn: Turn, seconds: float, progress: float) -> Delivery:
    """Numbers that get a little better with practice."""
    rate = dice.gauss(128 + 14 * progress, 9)
    pauses = max(1, int(dice.gauss(seconds / 9, 2)))
    long_pauses = int(pauses * max(0.0, dice.gauss(0.3 - 0.15 * progress, 0.07)))
    return Delivery(
        speech_seconds=round(seconds * 0.8, 1),
        words=len(turn.words),
        speaking_rate_wpm=round(rate, 1),
        articulation_rate_wpm=round(rate * dice.gauss(1.22, 0.03), 1),
        pauses=pauses,
        long_pauses=long_pauses,
        long_pauses_per_minute=round(60 * long_pauses / seconds, 2),
        pause_share=round(min(0.6, max(0.05, dice.gauss(0.24 - 0.06 * progress, 0.04))), 3),
        filled_pauses_per_minute=round(max(0.0, dice.gauss(5.2 - 2.4 * progress, 1.1)), 2),
        verbal_fillers_per_minute=round(max(0.0, dice.gauss(2.1 - 0.7 * progress, 0.6)), 2),
        response_latency_seconds=round(max(0.3, dice.gauss(2.4 - 0.6 * progress, 0.6)), 2),
    )


def made_frames(dice: random.Random, seconds: float, progress: float) -> tuple[SignalFrame, ...]:
    """One frame a second; gaze stays for a while before it moves on."""
    wanted = (0.38 + 0.16 * progress, 0.34 - 0.1 * progress, 0.12, 0.08, 0.06)
    gaze = dice.choices(_GAZES, wanted)[0]
    slouch, lean = 0.02, 0.0
    frames: list[SignalFrame] = []
    for second in range(int(seconds)):
        if dice.random() < 0.35:
            gaze = dice.choices(_GAZES, wanted)[0]
        slouch = max(-0.05, slouch + dice.gauss(0.001, 0.008))
        lean = 0.96 * lean + dice.gauss(0, 0.015)
        frames.append(_frame(dice, float(second), gaze, slouch, lean))
    return tuple(frames)


def _frame(dice: random.Random, second: float, gaze: Gaze, slouch: float, lean: float) -> SignalFrame:
    if gaze == "not_measurable":
        return SignalFrame(second, face_found=False, gaze_reason="no_face")
    return SignalFrame(
        seconds=second,
        face_found=True,
        gaze=gaze,
        yaw_degrees=round(dice.gauss(14 if gaze == "sideways" else 2, 3), 2),
        pitch_degrees=round(dice.gauss(-11 if gaze == "down" else -2, 3), 2),
        roll_degrees=round(dice.gauss(1, 1.2), 2),
        shoulder_tilt_degrees=round(dice.gauss(1.5, 1.3), 2),
        slouch=round(slouch, 4),
        lean=round(lean, 4),
        centring=round(dice.gauss(0.03, 0.03), 4),
        motion=round(abs(dice.gauss(0.05, 0.03)), 4),
    )


def made_summaries(dice: random.Random, frames: tuple[SignalFrame, ...]) -> tuple[SignalSummary, ...]:
    """One number per signal, some with little coverage."""
    if not frames:
        return ()
    shares = {gaze: sum(frame.gaze == gaze for frame in frames) / len(frames) for gaze in _GAZES}
    coverage = round((1 - shares["not_measurable"]) * dice.choice((1, 1, 1, 0.8, 0.4)), 3)
    eyes = [
        SignalSummary(f"eye_contact_{gaze}", round(share, 3), "share", coverage)
        for gaze, share in shares.items()
    ]
    body = [
        SignalSummary("shoulder_tilt", round(dice.gauss(1.5, 0.5), 2), "degrees", coverage),
        SignalSummary("slouch", round(_last(frames, "slouch"), 3), "shoulder widths", coverage),
        SignalSummary("lean", round(_last(frames, "lean"), 3), "share", coverage),
        SignalSummary(
            "motion", round(abs(dice.gauss(0.05, 0.01)), 3), "shoulder widths per second", coverage
        ),
    ]
    return (*eyes, *body)


def _last(frames: Iterable[SignalFrame], name: str) -> float:
    values = [value for frame in frames if (value := getattr(frame, name)) is not None]
    return values[-1] if values else 0.0
