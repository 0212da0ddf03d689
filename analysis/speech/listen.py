"""Listening to a whole recording: words with times, voiced intervals, fillers, plain notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from analysis.speech.chain import Chain
from analysis.speech.chunks import Chunk, Chunker
from analysis.speech.glossary import vocabulary_prompt
from analysis.speech.hear import Heard, hear
from analysis.speech.languages import ENGLISH, ONLY_ENGLISH, Ballot, believed, main_language, put_in
from analysis.speech.transcribe import RATE, Samples, Transcriber, told_english
from analysis.speech.verbal import verbal_fillers
from analysis.speech.voice import SILENT_PEAK
from analysis.speech.voiced_time import merged
from data.domain import Filler, Speech, Transcript

LANGUAGES = {
    "de": "German", "es": "Spanish", "fr": "French", "it": "Italian", "pt": "Portuguese", "nl": "Dutch",
    "pl": "Polish", "ru": "Russian", "uk": "Ukrainian", "tr": "Turkish", "ar": "Arabic", "hi": "Hindi",
    "zh": "Chinese", "ja": "Japanese", "ko": "Korean",
    "vi": "Vietnamese", "id": "Indonesian", "sv": "Swedish",
}  # fmt: skip


def listen(
    samples: Samples, transcriber: Transcriber, *, fillers: bool = True, prompt: str | None = None
) -> Speech:
    """Transcribe a recording (mono, 16 kHz, float32) chunk by chunk; memory does not grow with it.

    `prompt` replaces the glossary. Raises RehearseError when the engine fails: the recording and
    the typed answer remain.
    """
    steer = vocabulary_prompt() if prompt is None else prompt or None
    engine = transcriber.fresh() if isinstance(transcriber, Chain) else transcriber
    ballot = Ballot()
    for chunk in _chunks(samples):
        ballot.add(chunk, hear(chunk, engine, steer, fillers))
    as_english = partial(hear, transcriber=told_english(engine), prompt=steer, fillers=fillers)
    heard = put_in(ballot.heard, ballot.outvoted(as_english))
    return assemble(heard, engine.name, engine.notes if isinstance(engine, Chain) else ())


def assemble(heard: Sequence[Heard], engine: str, notes: Sequence[str] = ()) -> Speech:
    """Join what the chunks gave, in order, and say what a person should know about it."""
    heard = believed(heard)
    words = tuple(word for part in heard for word in part.words)
    filled = [part.fillers for part in heard]
    seconds = heard[-1].start_seconds + heard[-1].seconds if heard else 0.0
    language = main_language(heard)
    return Speech(
        transcript=Transcript(words, heard[0].engine if heard else engine, language),
        voiced=tuple(merged((span for part in heard for span in part.voiced), gap=0.05)),
        fillers=_all_fillers(filled, verbal_fillers(words)),
        seconds=seconds,
        notes=(*notes, *_notes(heard, seconds)),
    )


def _chunks(samples: Samples) -> Iterator[Chunk]:
    chunker = Chunker()
    for start in range(0, len(samples), RATE * 10):
        yield from chunker.feed(samples[start : start + RATE * 10])
    yield from chunker.finish()


def _all_fillers(
    filled: list[tuple[Filler, ...] | None], verbal: tuple[Filler, ...]
) -> tuple[Filler, ...] | None:
    if any(part is None for part in filled):
        return None
    found = [filler for part in filled for filler in part or ()]
    return tuple(sorted([*found, *verbal], key=lambda filler: filler.start_seconds))


def _notes(heard: Sequence[Heard], seconds: float) -> Iterator[str]:
    if max((part.peak for part in heard), default=0.0) < SILENT_PEAK:
        yield (
            "The microphone was silent. Check that it is not muted and that the right one is chosen, "
            "or type the answer."
        )
        return
    if not any(part.voiced for part in heard):
        yield "No speech was heard in the recording. It is kept; you can type the answer."
    yield from _language_notes(heard)
    sounds = tuple(dict.fromkeys(sound for part in heard for sound in part.sounds))
    if sounds:
        yield f"Left out as sounds, not words: {', '.join(sounds[:5])}{' and more' if sounds[5:] else ''}."
    clipped = sum(part.clipped_samples for part in heard)
    if clipped > 0.001 * seconds * RATE:
        yield (
            "The microphone was too loud and the sound is clipped, so words may be wrong: lower its level "
            "and check the transcript."
        )
    spoken = [part for part in heard if part.voiced]
    if spoken and sum(part.narrow for part in spoken) * 2 > len(spoken):
        yield (
            "The sound has telephone quality (nothing above 4 kHz), so words may be wrong: choose another "
            "microphone, take a headset out of its call mode, and check the transcript."
        )
    if any(part.doubtful for part in heard):
        yield "Part of the recording could not be made out and was left without words. The sound is kept."


def _language_notes(heard: Sequence[Heard]) -> Iterator[str]:
    foreign: Counter[str] = Counter()
    for part in heard:
        if part.language not in ENGLISH:
            foreign[str(part.language)] += round(part.seconds)
        for code, seconds in part.foreign:
            foreign[code] += max(1, round(seconds))
    for code, spoken in foreign.items():
        name = LANGUAGES.get(code, f"another language ({code})")
        yield f"About {spoken} s sounded like {name}. {ONLY_ENGLISH}"
