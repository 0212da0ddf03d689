"""The hearing that looks for um and uh, guarded: decoders loop where one was held, and leave others out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from analysis.speech.chunks import Chunk
from analysis.speech.delivery import FILLED_PAUSES, plain
from analysis.speech.loops import first_loop
from analysis.speech.transcribe import FILLER_PROMPT, Transcriber
from analysis.speech.unwritten import unwritten
from analysis.speech.voiced_time import halves, unheard
from analysis.speech.weighed import Weighed
from analysis.speech.word_times import on_clock, settle
from data.domain import Filler, Word

APART_SECONDS = 0.25
"""Nobody begins two filled pauses in less time; the second is the first again."""

ONE_INSTANT_SECONDS = 0.1
"""Two that begin closer together than this were written by a decoder that loops."""


@dataclass(frozen=True, slots=True)
class Again:
    """A chunk heard for its fillers: all words of it, and the fillers; None where they cannot be counted."""

    words: tuple[Word, ...]
    found: tuple[Filler, ...] | None


def hear_filled_pauses(chunk: Chunk, transcriber: Transcriber) -> Again:
    """Find the filled pauses of a chunk that has speech. What loops is heard once more, in two parts.

    Stretches that were passed over are heard alone. Raises RehearseError when the engine fails.
    """
    words = _words(chunk, transcriber)
    if words is None:
        return Again((), None)
    if _circles(words):
        parts = [_words(chunk.within(half), transcriber) or () for half in halves(chunk.voiced)]
        words = tuple(word for part in parts for word in part)
        if not parts or any(_circles(part) for part in parts):
            return Again((), None)
    for stretch in unheard(words, chunk.voiced):
        more = _words(chunk.within(stretch), transcriber) or ()
        if not _circles(more):
            words = _by_time((*words, *more))
    return Again(words, _apart(filler for word in words for filler in _filler(word)))


def _words(chunk: Chunk, transcriber: Transcriber) -> tuple[Word, ...] | None:
    """None when the engine gives no times: a filler without a place cannot be checked by anyone."""
    told = transcriber.transcribe(chunk.spoken, prompt=FILLER_PROMPT)
    heard = on_clock(chunk, told.words, estimate=False)
    if any(word.start_seconds is None for word in heard):
        return None
    words = settle(heard, chunk.voiced)
    for missing in unwritten(heard, told.um_before, chunk.voiced) if isinstance(told, Weighed) else ():
        if not any(_same_instant(missing, word) for word in words if _filler(word)):
            words = _by_time((*words, missing))
    return words


def _same_instant(word: Word, other: Word) -> bool:
    return abs((word.start_seconds or 0.0) - (other.start_seconds or 0.0)) < APART_SECONDS


def _by_time(words: tuple[Word, ...]) -> tuple[Word, ...]:
    return tuple(sorted(words, key=lambda word: word.start_seconds or 0.0))


def _circles(words: tuple[Word, ...]) -> bool:
    begun = sorted(filler.start_seconds for word in words for filler in _filler(word))
    return _stuck(words) or any(after - before < ONE_INSTANT_SECONDS for before, after in pairwise(begun))


def _stuck(words: tuple[Word, ...]) -> bool:
    """Who says a word five times is heard well, and on; a loop goes on to the end, or is of fillers."""
    loop = first_loop(words)
    if loop is None:
        return False
    looped, rest = words[loop.start : loop.stop], words[loop.stop :]
    return not rest or any(_filler(word) for word in looped) or _stuck(rest)


def _filler(word: Word) -> tuple[Filler, ...]:
    text = plain(word.text)
    if text not in FILLED_PAUSES or word.start_seconds is None or word.end_seconds is None:
        return ()
    return (Filler(text, word.start_seconds, word.end_seconds, "filled_pause"),)


def _apart(fillers: Iterable[Filler]) -> tuple[Filler, ...]:
    kept: list[Filler] = []
    for filler in sorted(fillers, key=lambda filler: filler.start_seconds):
        if not kept or filler.start_seconds - kept[-1].start_seconds >= APART_SECONDS:
            kept.append(filler)
    return tuple(kept)
