"""Listening to one chunk: words with times from a guarded first pass, fillers from a second."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from analysis.speech.chunks import Chunk
from analysis.speech.delivery import FILLED_PAUSES, plain
from analysis.speech.spelling import respell
from analysis.speech.timing import settle, spread
from analysis.speech.transcribe import FILLER_PROMPT, RATE, Transcriber
from data.domain import Filler, Interval, Transcript, Word

MIN_COVERAGE = 0.85
"""Words that cover less of the speech than this mean the prompt made the engine skip a stretch."""

LOOP_REPEATS = 5
LONGEST_LOOP = 4
"""An n-gram of at most this many words said five times in a row is the decoder, not the person."""

SHORTEST_VOICE_SECONDS = 0.15
"""Less voice than this in a whole chunk is a click or a breath; engines invent words for it."""

END_SILENCE_SECONDS = 0.2
"""As much of the silence after the last voice is handed to the engine."""


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
    """Set when words were left out because the engine only repeated itself."""
    narrow: bool = False
    """Whether its sound ends at 4 kHz."""
    timed: bool = True
    """Whether the engine said when each word was spoken."""

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
    first = _content(_without_end_silence(chunk), transcriber, prompt)
    words = settle(_on_clock(chunk, first.words), chunk.voiced)
    timed = all(word.start_seconds is not None for word in first.words)
    sensible = without_loop(words)
    looped = len(sensible) < len(words)
    return _heard(chunk, respell(sensible), first.engine, first.language, looped, timed)


def hear_fillers(chunk: Chunk, heard: Heard, transcriber: Transcriber) -> tuple[Filler, ...] | None:
    """The second pass: filled pauses. None where they cannot be counted."""
    if _is_silent(chunk):
        return ()
    if not heard.timed or heard.language not in (None, "en"):
        return None
    return _filled_pauses(_without_end_silence(chunk), transcriber)


def _is_silent(chunk: Chunk) -> bool:
    return sum(span.seconds for span in chunk.voiced) < SHORTEST_VOICE_SECONDS


def covered(words: Iterable[Word], voiced: tuple[Interval, ...]) -> float:
    """Return the share of voiced time that lies within or near a word (0.3 s); 1 without word times."""
    timed = [word for word in words if word.start_seconds is not None and word.end_seconds is not None]
    total = sum(span.seconds for span in voiced)
    if not timed or not total:
        return 1.0 if list(words) or not total else 0.0
    near = merged([Interval((w.start_seconds or 0) - 0.3, (w.end_seconds or 0) + 0.3) for w in timed])
    shared = sum(
        max(0.0, min(a.end_seconds, b.end_seconds) - max(a.start_seconds, b.start_seconds))
        for a in near
        for b in voiced
    )
    return shared / total


def merged(spans: Iterable[Interval], gap: float = 0.0) -> list[Interval]:
    """Join intervals that touch or lie closer than `gap` seconds."""
    joined: list[Interval] = []
    for span in sorted(spans, key=lambda span: span.start_seconds):
        if joined and span.start_seconds - joined[-1].end_seconds <= gap:
            end = max(joined[-1].end_seconds, span.end_seconds)
            joined[-1] = Interval(joined[-1].start_seconds, end)
        else:
            joined.append(span)
    return joined


def loops(words: tuple[Word, ...]) -> bool:
    """Whether a short n-gram comes five times in a row, or one word is a single letter held on."""
    return len(without_loop(words)) < len(words)


def without_loop(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Keep the words up to a loop of the decoder; what follows cannot be believed either."""
    texts = [plain(word.text) for word in words]
    for start in range(len(texts)):
        if _held(texts[start]) or any(_repeats(texts, start, size) for size in range(1, LONGEST_LOOP + 1)):
            return words[:start]
    return words


def _repeats(texts: list[str], start: int, size: int) -> bool:
    end = start + size * LOOP_REPEATS
    stretch = texts[start:end]
    return len(stretch) == size * LOOP_REPEATS and stretch == stretch[:size] * LOOP_REPEATS


def _held(text: str) -> bool:
    return len(text) > 30 and max(Counter(text).values()) > len(text) * 0.8


def _without_end_silence(chunk: Chunk) -> Chunk:
    """Silence after the last voice invites engines to fill it with words."""
    last = chunk.voiced[-1].end_seconds - chunk.start_seconds + END_SILENCE_SECONDS
    return replace(chunk, samples=chunk.samples[: round(last * RATE)])


def _content(chunk: Chunk, transcriber: Transcriber, prompt: str | None) -> Transcript:
    first = transcriber.transcribe(chunk.samples, prompt=prompt)
    if prompt is None or first.language not in (None, "en") or not _suspicious(chunk, first):
        return first
    second = transcriber.transcribe(chunk.samples, prompt=None)
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
    again = transcriber.transcribe(chunk.samples, prompt=FILLER_PROMPT)
    words = settle(_on_clock(chunk, again.words, estimate=False), chunk.voiced)
    if any(word.start_seconds is None for word in words):
        return None
    return tuple(
        Filler(plain(word.text), word.start_seconds, word.end_seconds, "filled_pause")
        for word in words
        if plain(word.text) in FILLED_PAUSES
        and word.start_seconds is not None
        and word.end_seconds is not None
    )


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
