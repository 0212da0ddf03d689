"""What was said: words, turns, the answer a scorer sees, and how it was spoken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from data.domain.asked import Question

Elicitation = Literal["volunteered", "prompted", "hinted"]
Speaker = Literal["interviewer", "candidate"]
TurnKind = Literal["said", "code", "sketch"]


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a transcript. Times are None when the engine gives none (typed answers, some APIs)."""

    text: str
    start_seconds: float | None = None
    end_seconds: float | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """Words in order, and who wrote them down ("typed", "faster-whisper base", ...)."""

    words: tuple[Word, ...]
    engine: str
    language: str | None = None

    @property
    def text(self) -> str:
        """The words joined by single spaces."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Turn:
    """One uninterrupted contribution. `elicitation` says what invited a candidate's turn."""

    index: int
    speaker: Speaker
    text: str
    words: tuple[Word, ...] = ()
    elicitation: Elicitation = "volunteered"
    start_seconds: float | None = None
    end_seconds: float | None = None
    kind: TurnKind = "said"
    """Written turns are made from the kept code and sketch when an answer is scored, never stored."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything a scorer may see: the question and the dialogue. No camera, no voice, no person."""

    question: Question
    turns: tuple[Turn, ...]
    attempt_id: str = ""
    """Under which what a scorer keeps about it is erased; empty for an answer that nobody keeps."""

    @property
    def candidate_turns(self) -> tuple[Turn, ...]:
        """What the candidate said, in order; without what was written beside it."""
        return tuple(turn for turn in self.turns if turn.speaker == "candidate" and turn.kind == "said")

    @property
    def written_turns(self) -> tuple[Turn, ...]:
        """Code and sketch, each as a turn that can be quoted."""
        return tuple(turn for turn in self.turns if turn.kind != "said")

    @property
    def candidate_text(self) -> str:
        """The candidate's words only, turns joined by newlines."""
        return "\n".join(turn.text for turn in self.candidate_turns)


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of the recording, seconds."""

    start_seconds: float
    end_seconds: float

    @property
    def seconds(self) -> float:
        """Its length."""
        return self.end_seconds - self.start_seconds


@dataclass(frozen=True, slots=True)
class Filler:
    """One um/uh (filled pause) or "you know"/"like" (verbal filler)."""

    text: str
    start_seconds: float
    end_seconds: float
    kind: Literal["filled_pause", "verbal"]


@dataclass(frozen=True, slots=True)
class Speech:
    """What listening to one recording gave. `fillers` is None when the second pass did not run."""

    transcript: Transcript
    voiced: tuple[Interval, ...]
    fillers: tuple[Filler, ...] | None
    seconds: float
    notes: tuple[str, ...] = ()
    """Plain sentences the user should see ("The microphone was silent. ...")."""
    heard: tuple[Word, ...] | None = None
    """The words before anybody corrected them; None while they are as they were heard."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the answer was spoken. None = not measured; `reason` says why when nothing could be."""

    speech_seconds: float | None = None
    words: int | None = None
    speaking_rate_wpm: float | None = None
    articulation_rate_wpm: float | None = None
    pauses: int | None = None
    long_pauses: int | None = None
    long_pauses_per_minute: float | None = None
    pause_share: float | None = None
    filled_pauses_per_minute: float | None = None
    verbal_fillers_per_minute: float | None = None
    response_latency_seconds: float | None = None
    reason: str | None = None
