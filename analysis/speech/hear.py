"""Listening to one chunk: words with times from a guarded first pass, fillers from a second."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from analysis.speech.chunks import Chunk
from analysis.speech.delivery import FILLED_PAUSES, plain
from analysis.speech.foreign import to_pauses, unsure, without
from analysis.speech.markers import without_markers
from analysis.speech.spelling import respell
from analysis.speech.transcribe import FILLER_PROMPT, RATE, Transcriber
from analysis.speech.voiced_time import covered, halves, unheard
from analysis.speech.word_times import settle, spread
from data.domain import Filler, Interval, Transcript, Word

MIN_COVERAGE = 0.85
"""Words that cover less of the speech than this mean the prompt made the engine skip a stretch."""

LOOPS = {size: 5 for size in range(1, 5)} | {size: 3 for size in range(5, 13)}
"""How often an n-gram of so many words comes in a row when it is the decoder, not the person."""

LONGEST_HELD = 30
_HELD = re.compile(r"(.{2,8}?)\1{6,}")
"""A syllable or two, seven times without a break."""

HURRIED_WORDS = 8
HURRIED_SECONDS = 0.4
"""So many words in so little time were said by nobody: five a second is fast."""

FILLERS_APART_SECONDS = 0.25
"""Nobody begins two filled pauses in less time."""

SHORTEST_VOICE_SECONDS = 0.15
"""Less voice than this in a whole chunk is a click or a breath; engines invent words for it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What one chunk gave. Times count from the recording's start."""

    start_seconds: float
    seconds: float
    voiced: tuple[Interval, ...]
    words: tuple[Word, ...]
    fillers: tuple[Filler, ...] | None
    engine: str
    language: str | None
    peak: float
    clipped_samples: int
    doubtful: bool = False
    """Set when a stretch of speech was left without words."""
    narrow: bool = False
    """Whether its sound ends at 4 kHz."""
    timed: bool = True
    """Whether the engine said when each word was spoken."""
    sounds: tuple[str, ...] = ()
    """What the engine wrote down in brackets, left out of the words."""
    foreign: tuple[tuple[str, float], ...] = ()
    """Stretches of other languages inside it: which, and for how many seconds. They have no words."""

    @property
    def end_samples(self) -> int:
        """Where in the recording, counted in samples, the chunk ended."""
        return round((self.start_seconds + self.seconds) * RATE)


def hear(chunk: Chunk, transcriber: Transcriber, prompt: str | None, fillers: bool) -> Heard:
    """Transcribe one chunk. Raises RehearseError when the engine fails."""
    heard = hear_words(chunk, transcriber, prompt)
    return replace(heard, fillers=hear_fillers(chunk, heard, transcriber)) if fillers else heard


def hear_words(chunk: Chunk, transcriber: Transcriber, prompt: str | None) -> Heard:
    """The first pass: words, and no fillers yet."""
    if _is_silent(chunk):
        return _heard(chunk, (), transcriber.name, None)
    told = _content(chunk, transcriber, prompt)
    said, sounds = without_markers(told.words)
    first = replace(told, words=said)
    words = _settled(chunk, first)
    timed = all(word.start_seconds is not None for word in first.words)
    sensible = without_loop(words)
    looped = len(sensible) < len(words)
    foreign: tuple[tuple[str, float], ...] = ()
    if timed and first.language in (None, "en"):
        sensible = _with_skipped(chunk, sensible, transcriber, prompt)
        looped = bool(unheard(sensible, chunk.voiced))
        sensible, foreign = _without_foreign(chunk, sensible, transcriber)
    heard = _heard(chunk, respell(sensible), first.engine, first.language, looped, timed)
    return replace(heard, sounds=sounds, foreign=foreign)


def _without_foreign(
    chunk: Chunk, words: tuple[Word, ...], transcriber: Transcriber
) -> tuple[tuple[Word, ...], tuple[tuple[str, float], ...]]:
    """English words for another language are invented; a stretch that the engine doubts is heard alone."""
    found: list[tuple[str, float]] = []
    for stretch in unsure(words):
        for part in (to_pauses(stretch, chunk.voiced), stretch):
            language = _language_of(chunk.within(part), transcriber)
            if language not in (None, "en"):
                words = without(words, part)
                found.append((str(language), part.seconds))
                break
    return words, tuple(found)


def _language_of(part: Chunk, transcriber: Transcriber) -> str | None:
    return None if _is_silent(part) else transcriber.transcribe(part.spoken, prompt=None).language


def _with_skipped(
    chunk: Chunk, words: tuple[Word, ...], transcriber: Transcriber, prompt: str | None
) -> tuple[Word, ...]:
    """Whisper now and then passes over seconds of clear speech; alone, it hears them."""
    more = [
        word
        for stretch in unheard(words, chunk.voiced)
        for word in _heard_alone(chunk.within(stretch), transcriber, prompt)
    ]
    return tuple(sorted((*words, *more), key=lambda word: word.start_seconds or 0.0))


def _heard_alone(chunk: Chunk, transcriber: Transcriber, prompt: str | None) -> tuple[Word, ...]:
    """The words of a stretch as one, or as two when there are some missing still."""
    words = _sensible(chunk, transcriber, prompt)
    if not unheard(words, chunk.voiced):
        return words
    parts = tuple(
        word for half in halves(chunk.voiced) for word in _sensible(chunk.within(half), transcriber, prompt)
    )
    return max(words, parts, key=lambda heard: covered(heard, chunk.voiced))


def _sensible(chunk: Chunk, transcriber: Transcriber, prompt: str | None) -> tuple[Word, ...]:
    told = _content(chunk, transcriber, prompt)
    return without_loop(_settled(chunk, replace(told, words=without_markers(told.words)[0])))


def _settled(chunk: Chunk, transcript: Transcript) -> tuple[Word, ...]:
    return settle(_on_clock(chunk, transcript.words), chunk.voiced)


def hear_fillers(chunk: Chunk, heard: Heard, transcriber: Transcriber) -> tuple[Filler, ...] | None:
    """The second pass: filled pauses. None where they cannot be counted."""
    if _is_silent(chunk):
        return ()
    if not heard.timed or heard.language not in (None, "en"):
        return None
    return _filled_pauses(chunk, transcriber)


def _is_silent(chunk: Chunk) -> bool:
    return sum(span.seconds for span in chunk.voiced) < SHORTEST_VOICE_SECONDS


def loops(words: tuple[Word, ...]) -> bool:
    """Whether the decoder repeats or hurries words, or holds on a single letter, as no person does."""
    return len(without_loop(words)) < len(words)


def without_loop(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Keep the words up to a loop of the decoder; what follows cannot be believed either."""
    texts = [plain(word.text) for word in words]
    for start in range(len(texts)):
        if _held(texts[start]) or _hurried(words[start : start + HURRIED_WORDS]):
            return words[:start]
        if any(_repeats(texts, start, size, times) for size, times in LOOPS.items()):
            return words[:start]
    return words


def _repeats(texts: list[str], start: int, size: int, times: int) -> bool:
    stretch = texts[start : start + size * times]
    return len(stretch) == size * times and stretch == stretch[:size] * times


def _hurried(words: tuple[Word, ...]) -> bool:
    if len(words) < HURRIED_WORDS:
        return False
    start, end = words[0].start_seconds, words[-1].end_seconds
    return start is not None and end is not None and end - start < HURRIED_SECONDS


def _held(text: str) -> bool:
    """One letter or syllable held on: "aaaa", "A-a-a-a", "na-na-na-na", longer than any person stammers."""
    bare = "".join(char for char in text if char.isalnum())
    if len(text) <= LONGEST_HELD or not bare:
        return False
    return max(Counter(bare).values()) > len(bare) * 0.8 or bool(_HELD.search(bare))


def _content(chunk: Chunk, transcriber: Transcriber, prompt: str | None) -> Transcript:
    first = transcriber.transcribe(chunk.spoken, prompt=prompt)
    if prompt is None or first.language not in (None, "en") or not _suspicious(chunk, first):
        return first
    second = transcriber.transcribe(chunk.spoken, prompt=None)
    return second if _better(chunk, second, first) else first


def _suspicious(chunk: Chunk, transcript: Transcript) -> bool:
    words = _on_clock(chunk, transcript.words)
    return loops(words) or covered(words, chunk.voiced) < MIN_COVERAGE


def _better(chunk: Chunk, second: Transcript, first: Transcript) -> bool:
    if loops(first.words) != loops(second.words):
        return loops(first.words)
    one, two = (covered(_on_clock(chunk, t.words), chunk.voiced) for t in (first, second))
    return two > one


def _filled_pauses(chunk: Chunk, transcriber: Transcriber) -> tuple[Filler, ...] | None:
    """None when the engine gives no times: a filler without a place cannot be checked by anyone."""
    again = transcriber.transcribe(chunk.spoken, prompt=FILLER_PROMPT)
    words = settle(_on_clock(chunk, again.words, estimate=False), chunk.voiced)
    if any(word.start_seconds is None for word in words):
        return None
    return _apart(
        Filler(plain(word.text), word.start_seconds, word.end_seconds, "filled_pause")
        for word in words
        if plain(word.text) in FILLED_PAUSES
        and word.start_seconds is not None
        and word.end_seconds is not None
    )


def _apart(fillers: Iterable[Filler]) -> tuple[Filler, ...]:
    """One of several at one instant: a decoder that loops writes "uh" twenty times where one was held."""
    kept: list[Filler] = []
    for filler in sorted(fillers, key=lambda filler: filler.start_seconds):
        if not kept or filler.start_seconds - kept[-1].start_seconds >= FILLERS_APART_SECONDS:
            kept.append(filler)
    return tuple(kept)


def _on_clock(chunk: Chunk, words: tuple[Word, ...], estimate: bool = True) -> tuple[Word, ...]:
    """Move times to the recording's clock; spread words that have none over the chunk's speech."""
    if any(word.start_seconds is None or word.end_seconds is None for word in words):
        return spread(words, chunk.voiced) if estimate else words
    return tuple(
        Word(
            word.text,
            chunk.start_seconds + (word.start_seconds or 0.0),
            chunk.start_seconds + (word.end_seconds or 0.0),
            word.confidence,
        )
        for word in words
    )


def _heard(
    chunk: Chunk,
    words: tuple[Word, ...],
    engine: str,
    language: str | None,
    doubtful: bool = False,
    timed: bool = True,
) -> Heard:
    return Heard(
        start_seconds=chunk.start_seconds,
        seconds=chunk.seconds,
        voiced=chunk.voiced,
        words=words,
        fillers=None,
        engine=engine,
        language=language,
        peak=chunk.peak,
        clipped_samples=chunk.clipped_samples,
        doubtful=doubtful,
        narrow=chunk.narrow,
        timed=timed,
    )
