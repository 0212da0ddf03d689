"""`pauses MANIFEST.csv` or `pauses TEXTGRID WAV ...`: pauses and word times against hand or forced alignment.

A manifest has the columns textgrid and path; columns and pairs may come in any order. A pause is a silence of
at least 250 ms between words of the TextGrid; a measured one is right when it overlaps a true one by at least
half of the shorter.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from statistics import median
from typing import Any

from analysis.evaluate.speech_errors import engine
from analysis.evaluate.textgrid import Label, read_tiers
from analysis.media import read_audio
from analysis.speech.delivery import pauses, plain
from analysis.speech.listen import listen
from analysis.speech.models import DEFAULT
from analysis.speech.voiced_time import merged
from data.domain import Interval, RehearseError, Word

SILENCE = ("", "sil", "sp", "<eps>")


@dataclass(frozen=True, slots=True)
class Compared:
    """One recording: true and measured pauses, and how far each matched word's start is off (seconds)."""

    true: tuple[Interval, ...]
    measured: tuple[Interval, ...]
    start_errors: tuple[float, ...]


def main(argv: Sequence[str]) -> int:
    """Print the figures; `--json` also writes them."""
    parser = argparse.ArgumentParser(prog="python -m analysis.evaluate pauses", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--model", default=DEFAULT)
    asked = parser.parse_args(argv)
    transcriber = engine(asked.model)
    compared = []
    for grid, sound in recordings(asked.files):
        speech = listen(read_audio(sound), transcriber, fillers=False)
        compared.append(compare(_words(grid), pauses(speech.voiced), speech.transcript.words))
    figures = measure(compared)
    print(", ".join(f"{name} {value}" for name, value in figures.items()))
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


def compare(said: Sequence[Label], measured: Sequence[Interval], heard: Sequence[Word]) -> Compared:
    """Set one recording's truth beside what was measured."""
    voiced = merged([Interval(label.start_seconds, label.end_seconds) for label in said], gap=0.001)
    return Compared(pauses(tuple(voiced)), tuple(measured), _start_errors(said, heard))


def measure(compared: Sequence[Compared]) -> dict[str, Any]:
    """Precision and recall of pauses, and the median and 90th percentile of word start errors (ms)."""
    true = [pause for one in compared for pause in one.true]
    found = [pause for one in compared for pause in one.measured]
    right = sum(1 for one in compared for pause in one.measured if any(_same(pause, t) for t in one.true))
    recalled = sum(1 for one in compared for pause in one.true if any(_same(pause, m) for m in one.measured))
    errors = sorted(abs(error) for one in compared for error in one.start_errors)
    return {
        "pauses": len(true),
        "precision": round(right / len(found), 4) if found else None,
        "recall": round(recalled / len(true), 4) if true else None,
        "words": len(errors),
        "start_error_median_ms": round(median(errors) * 1000) if errors else None,
        "start_error_p90_ms": round(errors[int(len(errors) * 0.9)] * 1000) if errors else None,
    }


def recordings(files: Sequence[Path]) -> list[tuple[Path, Path]]:
    """Return (TextGrid, sound) pairs, from a manifest or from the files themselves."""
    if len(files) == 1:
        with files[0].open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        if not rows or not {"textgrid", "path"} <= set(rows[0]):
            raise RehearseError(f"{files[0]} has no rows with textgrid and path.", "Give these columns.")
        return [(files[0].parent / row["textgrid"], files[0].parent / row["path"]) for row in rows]
    if len(files) % 2:
        raise RehearseError("A recording is missing.", "Give pairs of a TextGrid and its sound file.")
    pairs = zip(files[::2], files[1::2], strict=True)
    return [(a, b) if a.suffix.lower() == ".textgrid" else (b, a) for a, b in pairs]


def _words(grid: Path) -> tuple[Label, ...]:
    tiers = read_tiers(grid)
    name = next((name for name in tiers if "word" in name.lower()), next(iter(tiers), ""))
    return tuple(
        label for label in tiers.get(name, ()) if label.text and label.text not in ("sil", "sp", "<eps>")
    )


def _start_errors(said: Sequence[Label], heard: Sequence[Word]) -> tuple[float, ...]:
    """Heard minus true start of every word that both sides have in the same place."""
    timed = [word for word in heard if word.start_seconds is not None]
    left, right = [plain(label.text) for label in said], [plain(word.text) for word in timed]
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    return tuple(
        (timed[block.b + n].start_seconds or 0.0) - said[block.a + n].start_seconds
        for block in blocks
        for n in range(block.size)
    )


def _same(one: Interval, other: Interval) -> bool:
    shared = min(one.end_seconds, other.end_seconds) - max(one.start_seconds, other.start_seconds)
    return shared >= 0.5 * min(one.seconds, other.seconds)
