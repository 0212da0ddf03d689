"""Speech to words: the protocol every engine keeps, and the local engine.

This is the only module that imports faster-whisper (the voice-activity network inside it included),
and only on first use: it costs a second and 60 MB.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from analysis.speech.decoded import joined, said
from analysis.speech.give_back import give_back
from analysis.speech.weighed import Scales, Weighed
from data.domain import RehearseError, Transcript, Word

Samples = npt.NDArray[np.float32]
"""Mono audio, float32 in -1..1, 16 kHz."""

RATE = 16_000
"""Samples a second, everywhere in `analysis.speech`."""

FEATURES_A_SECOND = 100
"""Columns of Whisper's spectrogram."""

VOICE_FRAME = 512
"""Samples in one frame of the voice-activity network: 32 ms."""

FOREIGN_AT = 0.8
"""How sure it has to be that this is not English. Which other language it is may be shared by several: one
clip of Spanish was Spanish by .79, Italian by .15. All clips of English but one are English by .95."""

MARGIN_SECONDS = 2.0
"""Silence the encoder is given after what is left of a chunk behind its last segment, not all of the 30 s
that Whisper was taught to look at: a rest of two seconds costs an eighth. Whole chunks keep their 30 s:
without them about twice as many words go wrong."""

FILLER_PROMPT = (
    "So um I uh think that um the uh answer is um not that uh simple, and um we uh had to um wait."
)
"""Whisper leaves fillers out unless the text before has some. A pass with this prompt looks for them only.
Of nine prompts this one told said from unsaid um best, written down or nearly (`bench.um_threshold`)."""

BEAM_SIZE, FILLER_BEAM_SIZE = 2, 1
"""Hypotheses kept while decoding. Two hear the same words as five and one the same um and uh, at less cost
(`analysis.evaluate speech`)."""

IDLE_SECONDS = 120.0
"""A model that nobody has used for this long is unloaded: it holds a quarter of a gigabyte."""

MAX_PROMPT_TOKENS = 200
MAX_NEW_TOKENS = 220
"""Together below Whisper's 448 positions."""

TYPE_INSTEAD = "The recording is kept: type the answer, or try again later."
TOKENS_A_SECOND = 8
"""Fast speech has five; a decoder that loops is stopped here instead of at the end of its memory."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether an engine can be used now; `reason` is one plain sentence either way."""

    ready: bool
    reason: str


class Transcriber(Protocol):
    """Turns at most 30 s of speech into words. Word times count from the first sample given."""

    @property
    def name(self) -> str:
        """What a transcript says of its engine ("faster-whisper base")."""

    def readiness(self) -> Readiness:
        """Answer without any network call and without loading a model."""

    def transcribe(self, samples: Samples, *, prompt: str | None) -> Transcript:
        """Return the words in `samples`.

        When what was heard is clearly not English, `language` says so and there are no words:
        English words for it would be invented. Raises RehearseError when the engine fails.
        """


@runtime_checkable
class Overrulable(Protocol):
    """An engine that decides which language it hears, and can be told."""

    def told_english(self) -> Transcriber:
        """The same engine, which takes for English whatever it hears."""


def told_english(engine: Transcriber) -> Transcriber:
    """The engine, told that what it hears is English; as it is where it cannot be told."""
    return engine.told_english() if isinstance(engine, Overrulable) else engine


class LocalWhisper:
    """faster-whisper on the processor: int8, two threads, loaded on first use, never any network."""

    def __init__(
        self,
        locate: Callable[[], Path],
        label: str,
        threads: int = 2,
        available: Callable[[], bool] | None = None,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        """`locate` gives the checked model folder, or raises RehearseError with what to do.

        `available` answers cheaply whether `locate` can be expected to work; without it, `locate` is asked.
        """
        self._locate = locate
        self._available = available
        self._label = label
        self._threads = threads
        self._idle_seconds = idle_seconds
        self._lock = threading.Lock()
        self._alarm: threading.Timer | None = None
        self._model: Any = None
        self._heard: tuple[Samples, tuple[Any, Any]] | None = None
        self._spoken: tuple[object, str] | None = None

    @property
    def name(self) -> str:
        """The engine and its model."""
        return f"faster-whisper {self._label}"

    def readiness(self) -> Readiness:
        """Ready when the model folder is there; the bytes are checked when it is first used."""
        if self._model is not None:
            return Readiness(True, f"{self.name} is loaded.")
        if self._available is not None and not self._available():
            return Readiness(
                False, f"The speech model {self._label} is not installed: install it in Settings."
            )
        try:
            if self._available is None:
                self._locate()
        except RehearseError as error:
            return Readiness(False, str(error))
        return Readiness(True, f"{self.name} is installed on this machine.")

    def transcribe(self, samples: Samples, *, prompt: str | None) -> Transcript:
        """Decode one chunk. Asking twice for the same array (another prompt) encodes it once."""
        return self._transcribe(samples, prompt, _language)

    def told_english(self) -> Transcriber:
        """The same engine and model, which asks no more which language it hears."""
        return _InEnglish(self)

    def as_english(self, samples: Samples, prompt: str | None) -> Transcript:
        """Decode one chunk as English, whatever it sounds like."""
        return self._transcribe(samples, prompt, _told)

    def _transcribe(
        self, samples: Samples, prompt: str | None, language: Callable[[Any, Any, Any], str]
    ) -> Transcript:
        with self._lock:
            try:
                return self._decoded(self._loaded(), samples, prompt, language)
            except (RuntimeError, ValueError, MemoryError) as error:
                raise RehearseError(f"{self.name} failed ({error}).", TYPE_INSTEAD) from error
            finally:
                self._unload_later()

    @property
    def loaded(self) -> bool:
        """Whether the model is in memory."""
        return self._model is not None

    def _decoded(
        self, model: Any, samples: Samples, prompt: str | None, ask: Callable[[Any, Any, Any], str]
    ) -> Transcript:
        features, encoded = self._encode(model, samples)
        if self._spoken is None or self._spoken[0] is not ask:
            self._spoken = (ask, ask(model, features, encoded))
        language = self._spoken[1]
        if language != "en":
            return Transcript((), self.name, language)
        if prompt == FILLER_PROMPT:
            return _weighed(model, features, encoded, self.name)
        return Transcript(_decode(model, features, encoded, prompt), self.name, language)

    def _unload_later(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm = threading.Timer(self._idle_seconds, _unload, (weakref.ref(self),))
        self._alarm.daemon = True
        self._alarm.start()

    def unload(self) -> None:
        """Give the memory back, unless the model was used since this thread was told to."""
        with self._lock:
            if self._alarm is threading.current_thread():
                self._model = self._heard = self._spoken = self._alarm = None
                give_back()

    def _loaded(self) -> Any:
        if self._model is None:
            from faster_whisper import WhisperModel

            folder = self._locate()
            try:
                self._model = WhisperModel(
                    str(folder), device="cpu", compute_type="int8", cpu_threads=self._threads
                )
            except (RuntimeError, ValueError, OSError) as error:
                raise RehearseError(
                    f"The speech model in {folder} could not be loaded: {error}.",
                    "Remove it and install it again in Settings, or type the answer.",
                ) from error
            plainly = partial(WhisperModel.encode, weakref.proxy(self._model))
            self._model.encode = partial(_encode_rest, plainly)
        return self._model

    def _encode(self, model: Any, samples: Samples) -> tuple[Any, Any]:
        if self._heard is None or self._heard[0] is not samples:
            features = model.feature_extractor(samples)
            encoded = type(model).encode(model, _window(model, features))
            self._heard, self._spoken = (samples, (features, encoded)), None
        return self._heard[1]


class _InEnglish:
    """The engine when somebody else has said which language it is."""

    def __init__(self, engine: LocalWhisper) -> None:
        self._engine = engine

    @property
    def name(self) -> str:
        return self._engine.name

    def readiness(self) -> Readiness:
        return self._engine.readiness()

    def transcribe(self, samples: Samples, *, prompt: str | None) -> Transcript:
        return self._engine.as_english(samples, prompt)


def _unload(engine: weakref.ref[LocalWhisper]) -> None:
    """Called by the clock, which must not keep an engine alive that nobody holds any more."""
    held = engine()
    if held is not None:
        held.unload()


def _window(model: Any, features: Any) -> Any:
    from faster_whisper.audio import pad_or_trim

    return pad_or_trim(features[:, : features.shape[-1] - 1], model.feature_extractor.nb_max_frames)


def _encode_rest(encode: Callable[[Any], Any], window: Any) -> Any:
    """Stands in for the library's own call, made only for what is left of a chunk after its last segment."""
    filled = np.flatnonzero(window.any(axis=0))
    sound = int(filled[-1]) + 1 if len(filled) else 0
    return encode(np.ascontiguousarray(window[:, : sound + round(MARGIN_SECONDS * FEATURES_A_SECOND)]))


def _language(model: Any, features: Any, encoded: Any) -> str:
    """Another one than English when that is clear and its words are likelier too: an accent can mislead."""
    if not model.model.is_multilingual:
        return "en"
    shares = {str(token[2:-2]): share for token, share in model.model.detect_language(encoded)[0]}
    heard = max(shares, key=lambda language: shares[language])
    if heard == "en" or shares.get("en", 0.0) > 1 - FOREIGN_AT:
        return "en"
    likely = {language: _likelihood(model, features, encoded, language) for language in ("en", heard)}
    return heard if likely[heard] >= likely["en"] else "en"


def _told(_model: Any, _features: Any, _encoded: Any) -> str:
    """Nobody has to be asked."""
    return "en"


def _likelihood(model: Any, features: Any, encoded: Any, language: str) -> float:
    """The mean log probability of what is heard as this language."""
    found = _segments(model, features, encoded, None, FILLER_BEAM_SIZE, language)
    tokens = sum(len(segment.tokens) for segment in found)
    return float(sum(segment.avg_logprob * len(segment.tokens) for segment in found) / max(1, tokens))


def _decode(model: Any, features: Any, encoded: Any, prompt: str | None) -> tuple[Word, ...]:
    found = _segments(model, features, encoded, prompt, BEAM_SIZE, "en")
    return tuple(word for segment in found for word in joined(segment.words or ()))


def _weighed(model: Any, features: Any, encoded: Any, name: str) -> Weighed:
    """The hearing for fillers, with those it nearly wrote."""
    scales = Scales(model)
    found = _segments(scales.model, features, encoded, FILLER_PROMPT, FILLER_BEAM_SIZE, "en")
    words = tuple(word for segment in found for word in joined(segment.words or ()))
    return Weighed(words, name, "en", scales.um_before(found))


def _segments(
    model: Any, features: Any, encoded: Any, prompt: str | None, beams: int, language: str
) -> list[Any]:
    from faster_whisper.tokenizer import Tokenizer

    multilingual = model.model.is_multilingual
    tokenizer = Tokenizer(model.hf_tokenizer, multilingual, task="transcribe", language=language)
    seconds = features.shape[-1] * model.feature_extractor.time_per_frame
    options = _options(tokenizer, _fitting(tokenizer, prompt), round(seconds), beams)
    segments = model.generate_segments(features, tokenizer, options, False, encoded)
    seconds = (features.shape[-1] - 1) * model.feature_extractor.time_per_frame
    return list(said(segments, seconds))


def _fitting(tokenizer: Any, prompt: str | None) -> list[int] | None:
    """The prompt's first tokens: the library would keep the last ones, and the list is best first."""
    return tokenizer.encode(" " + prompt.strip())[:MAX_PROMPT_TOKENS] if prompt else None


def _options(tokenizer: Any, prompt: list[int] | None, seconds: int, beams: int) -> Any:
    """Beam search without memory of earlier text: memory makes Whisper loop, chunks give it none to miss."""
    from faster_whisper.transcribe import TranscriptionOptions, get_suppressed_tokens

    return TranscriptionOptions(
        beam_size=beams,
        best_of=beams,
        patience=1.0,
        length_penalty=1.0,
        repetition_penalty=1.0,
        no_repeat_ngram_size=0,
        log_prob_threshold=-1.0,
        no_speech_threshold=0.6,
        compression_ratio_threshold=2.4,
        condition_on_previous_text=False,
        prompt_reset_on_temperature=0.5,
        temperatures=[0.0],
        initial_prompt=prompt,
        prefix=None,
        suppress_blank=True,
        suppress_tokens=get_suppressed_tokens(tokenizer, [-1]),
        without_timestamps=False,
        max_initial_timestamp=1.0,
        word_timestamps=True,
        prepend_punctuations="\"'“¿([{-",
        append_punctuations="\"'.。,，!！?？:：”)]}、",
        multilingual=False,
        max_new_tokens=min(MAX_NEW_TOKENS, 24 + TOKENS_A_SECOND * seconds),
        clip_timestamps="0",
        hallucination_silence_threshold=None,
        hotwords=None,
    )


def voice_shares(samples: Samples) -> npt.NDArray[np.float32]:
    """Return how sure the silero network is of a voice (0-1), for each `VOICE_FRAME` samples."""
    from faster_whisper.vad import get_vad_model

    padded = np.pad(samples, (0, -len(samples) % VOICE_FRAME))
    return np.asarray(get_vad_model()(padded), np.float32).ravel()


def log_mel(samples: Samples, seconds: int) -> Samples:
    """Whisper's spectrogram of exactly `seconds` of sound: 80 rows, `FEATURES_A_SECOND` columns a second."""
    from faster_whisper.feature_extractor import FeatureExtractor

    features = FeatureExtractor(chunk_length=seconds)(samples, padding=0)
    return np.asarray(features[:, : seconds * FEATURES_A_SECOND], np.float32)
