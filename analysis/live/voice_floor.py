"""Where a spoken candidate's words come from: one connection to the browser, one recording for each round."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from analysis import media
from analysis.answering.from_recording import Observation
from analysis.live import captures
from analysis.live.captures import Capture
from analysis.live.doors import Heard
from analysis.live.executor import supervised
from analysis.live.listening import Listener, LiveAnswer
from analysis.live.pause_judging import JudgeTurn, PauseJudging
from analysis.speech.silence import SilenceClock
from analysis.speech.transcribe import Transcriber
from data.domain import RehearseError, Word

LAST_WORDS_SECONDS = 15.0
"""How long the interviewer waits for the last words of an answer before going on without them."""
ON_THE_WAY_SECONDS = 0.25
"""Sound that was spoken and has not arrived yet: the browser's and aiortc's buffers."""
FLUSH_SILENCE_SECONDS = 0.9
FLUSH_APART_SECONDS = 5.0
"""In a pause this long, and not more often than this, words are heard ahead of the end of a chunk."""
Listen = Callable[[], LiveAnswer]
ListenPaused = Callable[[], Listener | None]


@dataclass(slots=True)
class Ear:
    """Listens for a spoken "resume" in a pause. Nothing of it is recorded or kept."""

    listener: Listener
    silence: SilenceClock = field(default_factory=SilenceClock)
    flushed_at: float = 0.0
    taken: int = 0

    def hear(self, samples: npt.NDArray[np.float32]) -> None:
        """Take 16 kHz mono samples."""
        self.silence.hear(samples)
        self.listener.feed(samples)

    def heard(self) -> Heard:
        """The words since the last call; a short word is not waited for."""
        unasked = self.silence.seconds - self.flushed_at
        unheard = self.silence.voice_until > self.flushed_at or unasked >= FLUSH_APART_SECONDS
        if unheard and self.silence.silent_seconds >= FLUSH_SILENCE_SECONDS:
            self.flushed_at = self.silence.seconds
            self.listener.flush()
        words = self.listener.partial_words()
        fresh, self.taken = words[self.taken :], len(words)
        return Heard(" ".join(word.text for word in fresh))


class VoiceFloor:
    """The microphone (and camera) of one interview; `key` names the connection."""

    def __init__(
        self,
        key: str,
        video: bool,
        listen: Listen,
        longest_seconds: float = media.LONGEST_SECONDS,
        listen_paused: ListenPaused = lambda: None,
        judge_turn: JudgeTurn | None = None,
    ) -> None:
        """`listen` makes the taps of one recording, which ends at `longest_seconds`.

        `listen_paused` makes what hears "resume" in a pause, if anything does;
        `judge_turn` tells from the sound before a pause whether the turn is over.
        """
        self.key = key
        self.video = video
        self.live: LiveAnswer | None = None
        self.path = Path()
        self._listen = listen
        self._longest = longest_seconds
        self._listen_paused = listen_paused
        self._ear: Ear | None = None
        self._silence = SilenceClock()
        self._judge_turn = judge_turn
        self._pauses = PauseJudging(self._silence, None)
        self._taken = self._asked = 0
        self._flushed_at = self._before_seconds = 0.0

    @property
    def seconds(self) -> float:
        """Where the round's recording stands, earlier parts included."""
        return self._before_seconds + captures.state(self.key).seconds

    @property
    def hears_resume(self) -> bool:
        """Whether the interview is paused and goes on when that is said."""
        return self._ear is not None

    @property
    def silent_seconds(self) -> float:
        """Since somebody was heard."""
        return self._silence.silent_seconds

    @property
    def turn_over(self) -> float | None:
        """How likely (0-1) the turn is over, by the sound before this pause; None: not measured."""
        return self._pauses.turn_over

    def pause_to_judge(self) -> Callable[[], None] | None:
        """What is to be done on another thread to know `turn_over` of a new pause."""
        return self._pauses.due()

    def open(self, path: Path, before_seconds: float = 0.0) -> None:
        """Record into `path` once the browser sends; `before_seconds` were recorded in earlier parts."""
        live = self._begin(path, before_seconds)
        on_audio, on_video = self._taps(live)
        captures.obtain(
            self.key,
            partial(
                Capture,
                path,
                video=self.video,
                on_audio=on_audio,
                on_video=on_video,
                longest_seconds=self._longest,
            ),
        )

    def reopen(self, path: Path, before_seconds: float) -> None:
        """The connection was lost: another one, into another file."""
        self.close()
        stem, _, number = self.key.partition("-again-")
        self.key = f"{stem}-again-{int(number or 0) + 1}"
        self.open(path, before_seconds)

    def close(self) -> None:
        """Stop recording and listening without a result."""
        capture = captures.find(self.key)
        if capture is not None:
            with suppress(RehearseError):  # nothing was recorded
                capture.finish()
        self._pauses.forget()
        if self.live is not None:
            self.live.close()
        ear, self._ear = self._ear, None
        if ear is not None:
            _let_go(ear)

    def cut(self, path: Path | None) -> Callable[[Transcriber], Observation]:
        """End this recording and go on in `path`, if any; what comes back waits for the words."""
        live, before = self.live, self.path
        capture = captures.find(self.key)
        if live is None or capture is None:
            raise RehearseError("This round was not recorded.")
        recorder = None
        if path is None:
            with suppress(RehearseError):  # nothing arrived in this part
                capture.finish()
        else:
            following = self._begin(path, 0.0)
            on_audio, on_video = self._taps(following)
            recorder = capture.cut(path, on_audio=on_audio, on_video=on_video)

        def finish(transcriber: Transcriber) -> Observation:
            if recorder is not None:
                recorder.close()
            return live.finish(before, transcriber)

        return finish

    def heard(self) -> Heard:
        """The words of the chunks heard since the last call; asks for more in a pause of the speaker.

        While the interview is paused: what was said then, which belongs to no answer.
        """
        ear = self._ear
        if ear is not None:
            return ear.heard()
        if self.live is None:
            return Heard("")
        silence = self._silence
        unheard = silence.voice_until - self._flushed_at
        if silence.silent_seconds >= FLUSH_SILENCE_SECONDS and unheard >= FLUSH_APART_SECONDS:
            self._flush()
        return self._fresh(self.live)

    def _fresh(self, live: LiveAnswer) -> Heard:
        words = live.listener.partial_words()
        fresh, self._taken = words[self._taken :], len(words)
        moved = tuple(_later(word, self._before_seconds) for word in fresh)
        return Heard(" ".join(word.text for word in moved), moved)

    def last_words(self) -> Heard:
        """Everything said up to now; waits until it has been heard."""
        if self.live is None:
            return Heard("")
        time.sleep(ON_THE_WAY_SECONDS)
        if self._silence.voice_until > self._flushed_at:
            self._flush()
        self.live.listener.flushed(self._asked, LAST_WORDS_SECONDS)
        return self._fresh(self.live)

    def settle(self) -> None:
        """Nothing is left to be done: what was said is in the recording."""

    def hold(self, held: bool) -> None:
        """Record nothing while the interview is paused, and listen for "resume" where that stays here."""
        capture, before = captures.find(self.key), self._ear
        if held and capture is not None and before is None:
            listener = self._listen_paused()
            self._ear = Ear(listener) if listener else None
        elif not held:
            self._ear = None
        if capture is not None:
            capture.hold(held, self._ear.hear if self._ear else None)
        if before is not None and self._ear is None:
            _let_go(before)

    def _flush(self) -> None:
        if self.live is not None:
            self._flushed_at = self._silence.seconds
            self._asked = self.live.listener.flush()

    def _begin(self, path: Path, before_seconds: float) -> LiveAnswer:
        self.path, self.live, self._silence = path, self._listen(), SilenceClock()
        self._pauses = PauseJudging(self._silence, self._judge_turn)
        self._taken = self._asked = 0
        self._flushed_at, self._before_seconds = 0.0, before_seconds
        return self.live

    def _taps(self, live: LiveAnswer) -> tuple[media.AudioTap, media.VideoTap]:
        silence, pauses = self._silence, self._pauses

        def on_audio(samples: npt.NDArray[np.float32]) -> None:
            silence.hear(samples)
            pauses.hear(samples)
            live.on_audio(samples)

        return on_audio, live.on_video


def _let_go(ear: Ear) -> None:
    """Ending a process may take seconds, and an interview does not wait for it."""
    work = (ear.listener.close, None, "let go of what listened in a pause")
    threading.Thread(target=supervised, args=work, name="let go", daemon=True).start()


def _later(word: Word, seconds: float) -> Word:
    start, end = word.start_seconds, word.end_seconds
    moved = None if start is None else start + seconds
    return Word(word.text, moved, None if end is None else end + seconds, word.confidence)
