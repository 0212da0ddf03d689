"""Listening to one chunk: its words from guarded hearings with and without the glossary, and its fillers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.speech.chunks import Chunk
from analysis.speech.filled_pauses import hear_filled_pauses
from analysis.speech.foreign import is_sure, to_pauses, unsure, without
from analysis.speech.hearings import Hearings
from analysis.speech.loops import loops, without_loop
from analysis.speech.markers import without_markers
from analysis.speech.spelling import respell
from analysis.speech.transcribe import RATE, Transcriber
from analysis.speech.voiced_time import covered, halves, stretched, unheard
from analysis.speech.word_times import on_clock, settle
from data.domain import Filler, Interval, Transcript, Word

MIN_COVERAGE = 0.85
"""Words that cover less of the speech than this mean the prompt made the engine skip a stretch."""

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
    if not fillers or _is_silent(chunk):
        heard = hear_words(chunk, transcriber, prompt)
        return replace(heard, fillers=()) if fillers else heard
    first = transcriber.transcribe(chunk.spoken, prompt=prompt)
    told = _told(chunk, first)
    if not told.has_times or not told.is_english:
        return _made(chunk, _content(chunk, transcriber, prompt, first), transcriber, prompt)
    again = hear_filled_pauses(chunk, transcriber)
    told = _content(chunk, transcriber, prompt, first, again.words)
    return replace(_made(chunk, told, transcriber, prompt, again.words), fillers=again.found)


def hear_words(chunk: Chunk, transcriber: Transcriber, prompt: str | None) -> Heard:
    """The words alone, and no fillers yet."""
    if _is_silent(chunk):
        return _heard(chunk, (), transcriber.name, None)
    return _made(chunk, _content(chunk, transcriber, prompt), transcriber, prompt)


def hear_fillers(chunk: Chunk, heard: Heard, transcriber: Transcriber) -> tuple[Filler, ...] | None:
    """The filled pauses alone. None where they cannot be counted."""
    if _is_silent(chunk):
        return ()
    if not heard.timed or heard.language not in (None, "en"):
        return None
    return hear_filled_pauses(chunk, transcriber).found


@dataclass(frozen=True, slots=True)
class _Told:
    """What an engine made of a chunk, with the prompt and without; times count from the recording's start."""

    hearings: Hearings
    engine: str
    language: str | None
    has_times: bool
    sounds: tuple[str, ...]
    looped: bool

    @property
    def is_english(self) -> bool:
        return self.language in (None, "en")


def _made(
    chunk: Chunk, told: _Told, transcriber: Transcriber, prompt: str | None, third: tuple[Word, ...] = ()
) -> Heard:
    words, looped = told.hearings.words(third), told.looped
    foreign: tuple[tuple[str, float], ...] = ()
    if not told.is_english:
        return _by_halves(chunk, told, transcriber, prompt)
    if told.has_times:
        words = _with_stretched(chunk, words, transcriber, prompt)
        words = respell(_with_skipped(chunk, words, transcriber, prompt))
        looped = bool(unheard(words, chunk.voiced))
        words, foreign = _without_foreign(chunk, words, transcriber)
    heard = _heard(chunk, words, told.engine, told.language, looped, told.has_times)
    return replace(heard, sounds=told.sounds, foreign=foreign)


def _by_halves(chunk: Chunk, told: _Told, transcriber: Transcriber, prompt: str | None) -> Heard:
    """A chunk called another language may be half English, or English with hesitations: each half is asked.

    English words are believed where the engine is sure of them; for another language they are invented.
    """
    words: tuple[Word, ...] = ()
    foreign: list[tuple[str, float]] = []
    for half in halves(chunk.voiced):
        part = _content(chunk.within(half), transcriber, prompt)
        said = part.hearings.words()
        if part.is_english and said and part.has_times and is_sure(said):
            words += said
        else:
            foreign.append((str(told.language if part.is_english else part.language), half.seconds))
    if not words:
        return _heard(chunk, (), told.engine, told.language)
    words, more = _without_foreign(chunk, words, transcriber)
    return replace(_heard(chunk, words, told.engine, "en"), foreign=(*foreign, *more))


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


def _with_stretched(
    chunk: Chunk, words: tuple[Word, ...], transcriber: Transcriber, prompt: str | None
) -> tuple[Word, ...]:
    """A word stretched over seconds of speech, at the end most of all, hides words; alone, they are heard.

    One word again, or words the engine doubts, are no better: somebody held on to it, or hesitated.
    """
    for stretch in stretched(words, chunk.voiced):
        alone = _sensible(chunk.within(stretch), transcriber, prompt)
        if len(alone) > 1 and is_sure(alone):
            words = tuple(
                sorted((*without(words, stretch), *alone), key=lambda word: word.start_seconds or 0.0)
            )
    return words


def _with_skipped(
    chunk: Chunk, words: tuple[Word, ...], transcriber: Transcriber, prompt: str | None
) -> tuple[Word, ...]:
    """Whisper now and then passes over seconds of clear speech; alone, it hears them."""
    more = [
        word
        for stretch in unheard(words, chunk.voiced)
        for word in _heard_alone(chunk.within(stretch), transcriber, prompt)
    ]
    return _by_time((*words, *more))


def _by_time(words: tuple[Word, ...]) -> tuple[Word, ...]:
    return tuple(sorted(words, key=lambda word: word.start_seconds or 0.0))


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
    return _content(chunk, transcriber, prompt).hearings.words()


def _is_silent(chunk: Chunk) -> bool:
    return sum(span.seconds for span in chunk.voiced) < SHORTEST_VOICE_SECONDS


def _content(
    chunk: Chunk,
    transcriber: Transcriber,
    prompt: str | None,
    first: Transcript | None = None,
    third: tuple[Word, ...] = (),
) -> _Told:
    """Heard with the prompt, then without; one hearing that loops or skips is left out for the other.

    It is not heard without where that could change nothing: technical speech, unless a `third` hearing is to
    decide between the two, and then only if that heard other words than the `first`.
    An engine that is sure of no word by number is a server: it is asked again only when something is wrong.
    """
    first = first or transcriber.transcribe(chunk.spoken, prompt=prompt)
    told = _told(chunk, first)
    if prompt is None or not told.is_english:
        return told
    weighed = told.has_times and all(word.confidence is not None for word in first.words)
    if not (weighed and told.hearings.is_open(third)) and not _suspicious(chunk, first):
        return told
    second = transcriber.transcribe(chunk.spoken, prompt=None)
    plainly = _told(chunk, second)
    if _better(chunk, second, first):
        return plainly
    if not weighed or not second.words or not plainly.is_english or _better(chunk, first, second):
        return told
    return replace(told, hearings=Hearings(told.hearings.prompted, plainly.hearings.prompted))


def _told(chunk: Chunk, transcript: Transcript) -> _Told:
    said, sounds = without_markers(transcript.words)
    words = settle(on_clock(chunk, said), chunk.voiced)
    sensible = without_loop(words)
    return _Told(
        hearings=Hearings(sensible),
        engine=transcript.engine,
        language=transcript.language,
        has_times=all(word.start_seconds is not None for word in said),
        sounds=sounds,
        looped=len(sensible) < len(words),
    )


def _suspicious(chunk: Chunk, transcript: Transcript) -> bool:
    words = on_clock(chunk, transcript.words)
    return loops(words) or covered(words, chunk.voiced) < MIN_COVERAGE


def _better(chunk: Chunk, second: Transcript, first: Transcript) -> bool:
    """Whether the first is out of question and the second is not."""
    if loops(first.words) != loops(second.words):
        return loops(first.words)
    one, two = (covered(on_clock(chunk, t.words), chunk.voiced) for t in (first, second))
    return one < MIN_COVERAGE and two > one


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
