"""Which of several sound tracks holds the answer: the first with a voice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from analysis.media.demuxing import frames_of, until_broken
from analysis.media.mono import Mono, Sound
from analysis.media.opening import Bytes, opened

RATE = 16_000
STRETCH_SECONDS = 30
LISTENED_SECONDS = 1800
"""Into each track, at most: as long as a recording may be by default."""
SILENT = 1e-3
"""A stretch whose largest sample is smaller (of 1) has no voice."""
VOICE_SECONDS = 1.0
"""So much voice makes a track one with a voice."""


def with_voice(path: Path, place: Bytes | None, tracks: Sequence[int]) -> tuple[int, bool]:
    """The position in `tracks` of the first with a voice, and True; of the loudest when none has one."""
    if len(tracks) < 2:
        return 0, True
    peaks = []
    for number, track in enumerate(tracks):
        voiced, peak = _listened(path, place, track)
        if voiced >= VOICE_SECONDS:
            return number, True
        peaks.append(peak)
    return int(np.argmax(peaks)), False


def _listened(path: Path, place: Bytes | None, track: int) -> tuple[float, float]:
    """Seconds of voice, as far as it takes to be sure of one, and the largest sample."""
    from analysis.speech.voice import find_voice, peak

    voiced = loudest = 0.0
    for stretch in _stretches(path, place, track):
        here = peak(stretch)
        loudest = max(loudest, here)
        if here >= SILENT:
            voiced += sum(span.seconds for span in find_voice(stretch))
        if voiced >= VOICE_SECONDS:
            break
    return voiced, loudest


def _stretches(path: Path, place: Bytes | None, track: int) -> Iterator[Sound]:
    held: list[Sound] = []
    count = heard = 0
    mono = Mono(RATE)
    with opened(path, part=place) as container:
        for packet in until_broken(container.demux(container.streams[track])):
            for frame in frames_of(packet) or ():
                held += mono.samples(frame)
            count = sum(piece.size for piece in held)
            if count >= STRETCH_SECONDS * RATE:
                yield np.concatenate(held)
                heard, held = heard + count, []
            if heard >= LISTENED_SECONDS * RATE:
                return
    if held:
        yield np.concatenate(held)
