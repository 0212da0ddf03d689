"""Reads through a stranger's recording without decoding all of it, and says what will be made of it."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from analysis.media.bounds import MAX_RATE
from analysis.media.intake import notes
from analysis.media.intake.layout import Layout, Span
from analysis.media.intake.parts import parts_of
from analysis.media.intake.scan import Scan, scanned
from analysis.media.intake.survey import Survey, survey
from analysis.media.intake.tracks import with_voice
from analysis.media.opening import Bytes, opened
from data.domain import RehearseError


@dataclass(frozen=True, slots=True)
class Part:
    """One recording in the file: its streams to be used, and when they have something, by segment."""

    place: Bytes | None
    video: int | None
    audio: int | None
    segments: list[list[Span]]


@dataclass(frozen=True, slots=True)
class Look:
    """What is in a file and will be used of it.

    `copied`: the picture can be taken as it is; else so many `pixels` are decoded and encoded anew. `lost`
    says what is not carried over, `told` what is changed, in sentences. `size` is the picture's before it is
    turned by `turn_degrees`.
    """

    parts: list[Part]
    seconds: float
    longest_seconds: float
    copied: bool
    pixels: float
    size: tuple[int, int] | None
    turn_degrees: int
    lost: list[str]
    told: list[str]

    @classmethod
    def of(cls, told: dict[str, Any]) -> Look:
        """What `look` gave."""
        return cls(**(told | {"parts": [Part(**part) for part in told["parts"]]}))

    @property
    def layout(self) -> Layout:
        """Our clock."""
        return Layout([part.segments for part in self.parts])


def look(path: Path, named: str, longest_seconds: float) -> dict[str, Any]:
    """Runs in the worker: a `Look` as a dict. RehearseError when nothing in the file can be used."""
    surveys, more = _surveys(path, named)
    usable = [(place, seen) for place, seen in surveys if seen and (seen.pictures or seen.sounds)]
    if not usable:
        raise notes.nothing(named, [seen for _, seen in surveys if seen])
    place, heard = next(((place, seen) for place, seen in usable if seen.sounds), usable[0])
    track, voiced = with_voice(path, place, heard.sounds)
    parts = [_part(path, named, place, seen, track) for place, seen in usable]
    layout = Layout([part.segments for part, _ in parts])
    rate = max(scan.rate for _, scan in parts)
    copied = layout.pieces == 1 and not layout.gaps and rate <= MAX_RATE + 1 and parts[0][1].copied
    size = next((seen.size for _, seen in usable if seen.size), None)
    found = Look(
        parts=[part for part, _ in parts],
        seconds=min(layout.seconds, longest_seconds),
        longest_seconds=longest_seconds,
        copied=copied,
        pixels=0 if copied or size is None else math.prod(size) * sum(scan.pictures for _, scan in parts),
        size=size,
        turn_degrees=next((seen.turn_degrees for _, seen in usable if seen.size), 0),
        lost=[
            *notes.unread([seen for _, seen in surveys], named),
            *notes.more(more, named),
            *notes.unused(heard, track, voiced, named),
            *chain.from_iterable(notes.cut_short(s.lasts_seconds, s.says_seconds, named) for _, s in parts),
            *chain.from_iterable(notes.goes_on(s.unread_bytes, named) for _, s in parts),
            *chain.from_iterable(notes.missing(s.missing, named) for _, s in parts),
            *chain.from_iterable(notes.coarse(s.left_out, named) for _, s in parts),
            *notes.too_long(layout.seconds, longest_seconds, named),
            *notes.too_fast(rate, MAX_RATE, named),
        ],
        told=[
            *notes.joined(layout.pieces, named),
            *notes.gaps(layout.gaps, longest_seconds, named),
            *notes.mirrored([seen for _, seen in usable], named),
        ],
    )
    return asdict(found)


def _surveys(path: Path, named: str) -> tuple[list[tuple[Bytes | None, Survey | None]], bool]:
    """What is in each recording of the file, and whether there are more than are read."""
    places, more = parts_of(path)
    if not places:
        with opened(path, named) as container:
            return [(None, survey(container))], more
    found: list[tuple[Bytes | None, Survey | None]] = []
    for place in places:
        try:
            with opened(path, named, place) as container:
                found.append((place, survey(container)))
        except RehearseError:
            found.append((place, None))
    return found, more


def _part(path: Path, named: str, place: Bytes | None, seen: Survey, track: int) -> tuple[Part, Scan]:
    video = seen.pictures[0] if seen.pictures else None
    audio = seen.sounds[min(track, len(seen.sounds) - 1)] if seen.sounds else None
    scan = scanned(path, named, place, video, audio)
    if len(scan.coarse) == 1 and video is not None and audio is not None:
        (coarse,) = scan.coarse
        video, audio = (None, audio) if coarse.stream == video else (video, None)
        rest = scanned(path, named, place, video, audio)
        scan = replace(rest, left_out=coarse, missing=scan.missing)
    return Part(place, video, audio, scan.segments), scan
