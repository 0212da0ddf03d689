"""`turns MANIFEST.csv`: thinking pauses cut off, and waiting after finished answers, by silence and by sound.

The manifest has the columns path (beside it, or absolute) and kind. Each clip is cut after words: where the
sentence ends, somebody has finished; anywhere else (commas left out) it is a thinking pause, of 1.5 to 4 s
and of 4.5 to 5.5 s. The cuts are made: nobody hesitated there, no last word is lengthened, no "um" was said.
A pause to think after a whole sentence sounds like an end, and is cut off as often as an end comes early
(`ended_early`). Silence is a quiet room's, answers have enough words; a tick (1 s) comes on top everywhere.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np

from analysis.evaluate.labelled import write_json
from analysis.evaluate.speech_errors import engine
from analysis.interview.loop.timing import turn_patience
from analysis.media import read_audio
from analysis.speech.end_of_turn import EndOfTurn
from analysis.speech.listen import listen
from analysis.speech.models import DEFAULT
from analysis.speech.silence import SHOWN_SECONDS
from analysis.speech.transcribe import RATE, Samples
from data.domain import RehearseError, Word

THINKING_SECONDS = (1.5, 2.0, 2.5, 3.0, 3.5, 4.0)
LONG_SECONDS = (4.5, 5.0, 5.5)
FROM_SECONDS = 2.0
"""Less of a clip says nothing of how somebody speaks."""
ROOM_LEVEL = 2e-4
STEP = RATE // 200


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a speaker stopped: `over` is what the model found there (0-1)."""

    kind: str
    finished: bool
    over: float


def main(argv: Sequence[str]) -> int:
    """Print the figures; `--json` also writes them."""
    parser = argparse.ArgumentParser(prog="python -m analysis.evaluate turns", description=__doc__)
    parser.add_argument("manifest", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--model", default=DEFAULT, help="speech model that finds where words end")
    asked = parser.parse_args(argv)
    transcriber, model = engine(asked.model), EndOfTurn()
    moments = []
    for kind, path in _clips(asked.manifest):
        samples = read_audio(path)
        words = listen(samples, transcriber, fillers=False).transcript.words
        moments += list(moments_of(kind, samples, words, model.probability))
    figures = {kind: measure([one for one in moments if one.kind == kind]) for kind in _kinds(moments)}
    whole = {"all": measure(moments), **figures}
    print(json.dumps(whole, indent=1))
    if asked.json:
        write_json(asked.json, whole)
    return 0


def measure(moments: Sequence[Moment]) -> dict[str, Any]:
    """Shares of pauses cut off, and mean seconds waited, of the ladder alone and of both."""
    finished = [one.over for one in moments if one.finished]
    thinking = [one.over for one in moments if not one.finished]
    return {
        "finished": len(finished),
        "thinking": len(thinking),
        "ladder": _with([None] * len(finished), [None] * len(thinking)),
        "ladder_and_model": _with(finished, thinking),
    }


def moments_of(
    kind: str, samples: Samples, words: Sequence[Word], judge: Callable[[Samples], float]
) -> Iterator[Moment]:
    """What the model finds at the places of one clip where a speaker could have stopped."""
    quiet = np.random.default_rng(1).normal(0, ROOM_LEVEL, round(SHOWN_SECONDS * RATE)).astype(np.float32)
    for at, word in enumerate(words):
        mark, end = word.text.strip()[-1:], word.end_seconds
        if end is None or end < FROM_SECONDS or mark == ",":
            continue
        following = words[at + 1].start_seconds if at + 1 < len(words) else None
        cut = quietest(samples, end, following)
        yield Moment(
            kind, mark in ".?!" or at + 1 == len(words), judge(np.concatenate([samples[:cut], quiet]))
        )


def quietest(samples: Samples, end: float, following: float | None) -> int:
    """The sample near the end of a word (seconds) where least is heard: word times are off by some 50 ms."""
    if following is None:
        return min(len(samples), round((end + SHOWN_SECONDS) * RATE))
    first, last = round((end - 0.08) * RATE), round(min(end + 0.15, following + 0.1) * RATE)
    places = range(max(0, first), max(first + STEP, min(last, len(samples) - 2 * STEP)), STEP)
    return min(places, key=lambda place: float(np.square(samples[place : place + 2 * STEP]).mean()))


def _with(finished: Sequence[float | None], thinking: Sequence[float | None]) -> dict[str, float | None]:
    return {
        "cut_off": _cut_off(thinking, THINKING_SECONDS),
        "cut_off_long": _cut_off(thinking, LONG_SECONDS),
        "ended_early": _cut_off(finished, THINKING_SECONDS),
        "waited_seconds": round(fmean(map(turn_patience, finished)), 2) if finished else None,
    }


def _cut_off(thinking: Sequence[float | None], pauses: Sequence[float]) -> float | None:
    if not thinking:
        return None
    return round(fmean(pause > turn_patience(over) for over in thinking for pause in pauses), 4)


def _kinds(moments: Sequence[Moment]) -> list[str]:
    return list(dict.fromkeys(one.kind for one in moments))


def _clips(manifest: Path) -> list[tuple[str, Path]]:
    try:
        with manifest.open(newline="", encoding="utf-8") as file:
            return [(row["kind"], manifest.parent / row["path"]) for row in csv.DictReader(file)]
    except (OSError, KeyError, UnicodeDecodeError) as error:
        raise RehearseError(f"{manifest.name} cannot be read: {error}.", "Give path and kind.") from error
