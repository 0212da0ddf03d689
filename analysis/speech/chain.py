"""Engines for when one is not enough: a chain that hands over, and the typed answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from analysis.models.shelf import DEFAULT_MODELS_DIR, is_installed
from analysis.speech.models import chosen_model, model_folder, named_folder
from analysis.speech.transcribe import LocalWhisper, Readiness, Samples, Transcriber, told_english
from data.domain import RehearseError, Transcript, Word
from data.domain.letters import visible
from data.model_table import Model


class Chain:
    """Tries engines in order; a failed one is left out for this recording, and `notes` says so."""

    def __init__(self, engines: Sequence[Transcriber]) -> None:
        """Keep the engines, first choice first."""
        self._all = tuple(engines)
        self._engines = list(engines)
        self.notes: list[str] = []

    def fresh(self) -> Chain:
        """Give the same chain with every engine in its place, for the next recording."""
        return Chain(self._all)

    def told_english(self) -> Chain:
        """The engines that are left, each told that what it hears is English; `notes` are shared."""
        told = Chain([told_english(engine) for engine in self._engines])
        told.notes = self.notes
        return told

    @property
    def name(self) -> str:
        """The engine that would be used now."""
        return self._engines[0].name if self._engines else "typed"

    def readiness(self) -> Readiness:
        """Ready when any engine is; else the first engine's reason."""
        answers = [engine.readiness() for engine in self._engines]
        ready = next((answer for answer in answers if answer.ready), None)
        return ready or (answers[0] if answers else Typed().readiness())

    def transcribe(self, samples: Samples, *, prompt: str | None) -> Transcript:
        """Ask the first engine that answers. Raises RehearseError when none does."""
        while self._engines:
            engine = self._engines[0]
            try:
                return engine.transcribe(samples, prompt=prompt)
            except RehearseError as error:
                self._engines.pop(0)
                self.notes.append(self._handover(engine, error))
        raise RehearseError(
            "No speech engine could write down the answer." + "".join(f" {note}" for note in self.notes),
            "The recording is kept: type the answer, or transcribe it again later.",
        )

    def _handover(self, failed: Transcriber, error: RehearseError) -> str:
        follower = f" {self._engines[0].name} took over." if self._engines else ""
        return f"{failed.name} failed: {error.message}{follower}"


class Typed:
    """The engine that is always there: the person types. It hears nothing."""

    name = "typed"

    def readiness(self) -> Readiness:
        """Never ready to listen, always ready to be typed into."""
        return Readiness(False, "No speech engine is installed: type the answer.")

    def transcribe(self, samples: Samples, *, prompt: str | None) -> Transcript:
        """Refuse, in plain words."""
        raise RehearseError("No speech engine is installed.", "Type the answer; the recording is kept.")

    @staticmethod
    def transcript(text: str) -> Transcript:
        """Turn typed text into a transcript without times."""
        return Transcript(tuple(Word(word) for word in visible(text).split()), "typed")


def local_whisper(
    model: Model | None = None,
    models_dir: Path = DEFAULT_MODELS_DIR,
    model_dir: Path | None = None,
) -> LocalWhisper:
    """Build the local engine: from `model_dir` when given, else `model`, else the one chosen in Settings.

    `models_dir` is where an installed model is put together once.
    """
    if model_dir:
        return LocalWhisper(lambda: named_folder(model_dir), model_dir.name)
    used = model or chosen_model(models_dir)
    return LocalWhisper(
        lambda: model_folder(used, models_dir), used.name, available=lambda: is_installed(used, models_dir)
    )
