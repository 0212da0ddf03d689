"""What is said about a recording that was handed over and is not kept exactly as it came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.media.bounds import MAX_GAP_SECONDS
from analysis.media.intake.layout import Span
from analysis.media.intake.parts import MAX_PARTS
from analysis.media.intake.scan import Coarse, Listed
from analysis.media.intake.survey import Survey
from analysis.media.opening import REMEDY
from analysis.media.stream_clock import as_clock
from data.domain import RehearseError

LISTED = 3
SHORT_SECONDS = 1.0
SHORT_SHARE = 0.02
"""A file that is shorter than it says by more has lost something."""


def nothing(named: str, seen: Sequence[Survey]) -> RehearseError:
    """There is nothing in the file that can be decoded."""
    reasons = [f"{one.kind}: {one.what}" for survey in seen for one in survey.unread]
    found = f" ({'; '.join(reasons[:LISTED])})" if reasons else ""
    return RehearseError(f"{named} holds no picture and no sound that can be read here{found}.", REMEDY)


def unread(surveys: Sequence[Survey | None], named: str) -> Iterator[str]:
    """Streams and whole parts that cannot be decoded."""
    for number, survey in enumerate(surveys, 1):
        where = f"recording {number} in {named}" if len(surveys) > 1 else named
        if survey is None:
            yield f"The {where} cannot be read and is left out."
            continue
        for one in survey.unread:
            left = survey.pictures if one.kind == "picture" else survey.sounds
            instead = "another one is used" if left else "it is left out"
            yield f"One {one.kind} track of {where} cannot be decoded here ({one.what}); {instead}."


def more(there_are: bool, named: str) -> Iterator[str]:
    """It holds more recordings than are read."""
    if there_are:
        yield f"{named} holds more than {MAX_PARTS} recordings. The rest is not used."


def unused(heard: Survey, track: int, voiced: bool, named: str) -> Iterator[str]:
    """Tracks that could have been taken."""
    if len(heard.sounds) > 1:
        why = "the first with a voice" if voiced else "the loudest, as no voice was found in any"
        yield (
            f"{named} has {len(heard.sounds)} sound tracks. Number {track + 1} is used, {why}; "
            "the others are not."
        )
    if len(heard.pictures) > 1:
        yield f"{named} has {len(heard.pictures)} pictures. The first is used; the others are not."


def mirrored(surveys: Sequence[Survey], named: str) -> Iterator[str]:
    """Its file says that the picture is to be shown mirrored, as some phones do with the front camera."""
    if any(survey.mirrored for survey in surveys):
        yield f"{named} is marked as mirrored. It is measured as the camera saw it, not mirrored."


def too_long(seconds: float, longest_seconds: float, named: str) -> Iterator[str]:
    """It goes on after the longest that is kept."""
    if seconds > longest_seconds:
        yield (
            f"{named} is {as_clock(seconds)} long. The first {longest_seconds / 60:g} minutes are used; "
            "the rest is not."
        )


def too_fast(rate: float, most: float, named: str) -> Iterator[str]:
    """It has more pictures a second than are kept."""
    if rate > most + 1:
        yield f"{named} has {rate:.0f} pictures a second, of which {most:.0f} are kept."


def joined(pieces: int, named: str) -> Iterator[str]:
    """It is several."""
    if pieces > 1:
        yield f"{named} holds {pieces} recordings, one after the other. They are kept as one."


def gaps(found: Sequence[Span], longest_seconds: float, named: str) -> Iterator[str]:
    """It has stretches with nothing in them."""
    kept = [(at, lasted) for at, lasted in found if at < longest_seconds]
    for at, lasted in kept[:LISTED]:
        yield (
            f"At {as_clock(at)} {named} has neither picture nor sound for {as_clock(lasted)}. "
            f"{MAX_GAP_SECONDS:g} seconds of that are kept."
        )
    if len(kept) > LISTED:
        rest = sum(lasted for _, lasted in kept[LISTED:])
        yield f"{len(kept) - LISTED} more such gaps, {as_clock(rest)} in all, are shortened in the same way."


def cut_short(seconds: float, says_seconds: float, named: str) -> Iterator[str]:
    """It cannot be read to the end that it names."""
    if says_seconds > seconds + max(SHORT_SECONDS, SHORT_SHARE * says_seconds):
        long, read = as_clock(says_seconds), as_clock(seconds)
        yield f"{named} says that it is {long} long, but only {read} can be read."


def goes_on(unread_bytes: int, named: str) -> Iterator[str]:
    """There is more behind what could be read."""
    if unread_bytes:
        size = f"{unread_bytes / 1e6:.1f} MB" if unread_bytes >= 1e6 else f"{unread_bytes / 1e3:.0f} kB"
        yield f"{named} goes on for {size} after what can be read of it. That is not used."


def missing(found: Sequence[Listed], named: str) -> Iterator[str]:
    """Its list of pictures or of sound is longer than what its clock lets one read."""
    for one in found:
        yield f"Of {one.listed} {one.what} that {named} lists, {one.read} can be read."


def coarse(found: Coarse | None, named: str) -> Iterator[str]:
    """A track whose clock can hardly be right, beside one that is."""
    if found is not None:
        lie = "lie" if found.what == "pictures" else "lies in pieces"
        yield (
            f"By the clock of {named} its {found.what} {lie} {as_clock(found.apart_seconds)} apart. "
            "That is not used."
        )


def too_near(left_out: int, shown: int, named: str) -> Iterator[str]:
    """Pictures that lie at the same instant as others."""
    if left_out > SHORT_SHARE * (left_out + shown):
        whole = left_out + shown
        yield f"{left_out} of {whole} pictures of {named} lie at the instant of another and are left out."


def slow_clock(behind_seconds: float, named: str) -> Iterator[str]:
    """There is more sound than its clock has room for."""
    if behind_seconds > SHORT_SECONDS:
        yield (
            f"The clock of {named} runs slower than its sound: all of the sound is kept, "
            f"{as_clock(behind_seconds)} behind the picture at the end."
        )


def damaged(count: int, named: str) -> str:
    """Some of it could not be decoded."""
    places = "One damaged place" if count == 1 else f"{count} damaged places"
    return f"{places} in {named} could not be decoded."
