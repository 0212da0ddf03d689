"""What a day of `bench.fault_days` replaces by hand: who listens, who judges, and what the clock says.

Nothing of it is kept anywhere, so that what is kept is all the product's.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis import media
from analysis.interview.listener.understood import Heard
from analysis.live import answers_under_way, conductor, interview_start
from analysis.live.listening import LiveAnswer
from analysis.media import decoding, probing
from analysis.reading import embeddings
from analysis.scoring.judge import configured_judge
from analysis.speech.transcribe import Readiness
from data.domain import Answer, Assessment, KeyPointResult, Score, Speech, Transcript, Word

Samples = NDArray[np.float32]


class Typist:
    """Listens while somebody speaks, and knows already what will have been said."""

    speech = Speech(Transcript((), engine="by hand"), voiced=(), fillers=None, seconds=0.0)

    def feed(self, samples: Samples) -> None:
        """Take sound."""

    def flush(self) -> int:
        """Hear it."""
        return 0

    def flushed(self, number: int, timeout: float) -> bool:
        """Whether it was heard."""
        return True

    def partial_words(self) -> tuple[Word, ...]:
        """Nothing is shown meanwhile."""
        return ()

    def finish(self, timeout: float) -> Speech:
        """Everything that was said."""
        return self.speech

    def close(self) -> None:
        """Nothing is held."""


class FromFile:
    """Writes down what a recording that was left behind says: always the same."""

    name = "by hand"
    TEXT = "heard from the recording"

    def readiness(self) -> Readiness:
        """Always."""
        return Readiness(True, "By hand.")

    def transcribe(self, samples: Samples, *, prompt: str | None) -> Transcript:
        """The same words for everything."""
        return Transcript(tuple(map(Word, self.TEXT.split())), engine=self.name, language="en")


class Lowest:
    """A scorer that gives everybody the lowest level, at once."""

    name, version = "lowest", "1"

    def score(self, answer: Answer) -> Assessment:
        """Level 1 for everything, and nothing heard."""
        given = tuple(Score(one, 1.0, self.name, self.version, "r1") for one in answer.question.competencies)
        return Assessment(given, tuple(KeyPointResult(one, "missed") for one in answer.question.key_points))


def replace_by_hand(folder: Path) -> None:
    """Nothing listens, prepares or remembers what a judge said, beyond this folder.

    Recordings are our own, so that they are read here: a worker for each takes longer than all the rest.
    """
    live: Callable[..., LiveAnswer] = lambda *_, **__: LiveAnswer(Typist(), None)  # noqa: E731
    unheard: Callable[..., Heard] = lambda *_: Heard()  # noqa: E731
    for module, name, instead in (
        (answers_under_way, "start_listening", live),
        (conductor, "listen", unheard),
        (interview_start, "prepare", lambda _: None),
        (embeddings, "run_model", _nothing_alike),
        (media, "probe", probing.probe),
        (media, "read_audio", lambda path, seconds=None: decoding.read_audio(path)),
        (configured_judge, "JUDGE_CACHE", folder / "judged"),
    ):
        setattr(module, name, instead)


def _nothing_alike(rows: Sequence[Sequence[int]]) -> NDArray[np.float32]:
    return np.ones((len(rows), max(map(len, rows)), embeddings.DIMENSIONS), np.float32)


class MovedClock:
    """What our own code takes for the time of day, moved by `seconds`; what measures time is left as it is.

    The system's clock belongs to everybody on the machine, so it is moved where our modules ask for it.
    """

    def __init__(self) -> None:
        """Stand before every module of ours that is loaded."""
        self.seconds = 0.0
        clock = self

        class Moved(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
                return datetime.now(tz) + timedelta(seconds=clock.seconds)

        class MovedDate(date):
            @classmethod
            def today(cls) -> date:  # type: ignore[override]
                return (datetime.now() + timedelta(seconds=clock.seconds)).date()

        class MovedTime:
            def __getattr__(self, name: str) -> object:
                return getattr(time, name)

            def time(self) -> float:
                return time.time() + clock.seconds

        instead = {"datetime": (datetime, Moved), "date": (date, MovedDate), "time": (time, MovedTime())}
        for module in [one for name, one in sys.modules.items() if name.startswith(("data.", "analysis."))]:
            for name, (usual, moved) in instead.items():
                if vars(module).get(name) is usual and _asks_the_time(module.__file__):
                    setattr(module, name, moved)


def _asks_the_time(file: str | None) -> bool:
    text = Path(file).read_text(encoding="utf-8") if file else ""
    return any(asked in text for asked in ("datetime.now(", "date.today(", "time.time("))


def limit_files(size: int | None) -> None:
    """No file of this process grows beyond `size` bytes; None: as the system allows."""
    most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (most if size is None else size, most))
