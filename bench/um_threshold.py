"""From which share on an um that the decoder did not write was said (`analysis/speech/unwritten.py`).

`python -m bench.um_threshold MANIFEST.csv ...` listens to clips of `bench/filler_texts.yaml` and prints for
each threshold how many um and uh are found right, found, and said: of all, and by voice. Clips that quality
is measured on must not be among them.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np

from analysis.evaluate.speech_errors import SAID_FILLERS
from analysis.media import read_audio
from analysis.speech.chain import local_whisper
from analysis.speech.chunks import Chunker
from analysis.speech.delivery import plain
from analysis.speech.models import DEFAULT, speech_models
from analysis.speech.transcribe import FILLER_PROMPT, Transcriber
from analysis.speech.unwritten import places
from analysis.speech.weighed import Weighed

UM = "<um>"
THRESHOLDS = (0.0, -2.0, -3.0, -3.5, -4.0, -4.25, -4.5, -4.75, -5.0, -5.25, -5.5, -5.75, -6.0, -6.5, -7.0)


@dataclass(frozen=True, slots=True)
class Clip:
    """One clip: who speaks, what is said, what was heard of each chunk."""

    voice: str
    reference: str
    parts: tuple[Weighed, ...]


def main() -> None:
    """Listen and compare."""
    parser = argparse.ArgumentParser(prog="python -m bench.um_threshold", description=__doc__)
    parser.add_argument("manifests", type=Path, nargs="+")
    engine = local_whisper(speech_models()[DEFAULT])
    compare([clip for manifest in parser.parse_args().manifests for clip in listened(manifest, engine)])


def listened(manifest: Path, engine: Transcriber) -> Iterator[Clip]:
    """Listen to every clip as the app looks for fillers."""
    with manifest.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            chunker = Chunker()
            chunks = [*chunker.feed(read_audio(manifest.parent / row["path"])), *chunker.finish()]
            told = [engine.transcribe(chunk.spoken, prompt=FILLER_PROMPT) for chunk in chunks if chunk.voiced]
            parts = tuple(part for part in told if isinstance(part, Weighed))
            yield Clip(row.get("voice") or row["path"], row["reference"], parts)


def counts(clip: Clip, least: float) -> tuple[int, int, int]:
    """How many were found where they were said, found, and said; as `evaluate speech` counts."""
    said = [word for word in map(_bare, clip.reference.split()) if word]
    found: list[str] = []
    for part in clip.parts:
        before = places(part.words, part.um_before, least)
        for place, word in enumerate(part.words):
            found += [*[UM] * (place in before), _bare(word.text)]
    blocks = SequenceMatcher(None, said, found, autojunk=False).get_matching_blocks()
    hits = sum(said[block.a : block.a + block.size].count(UM) for block in blocks)
    return hits, found.count(UM), said.count(UM)


def compare(clips: Sequence[Clip]) -> None:
    """A line for each threshold; at 0 there are only those that were written."""
    voices = sorted({clip.voice for clip in clips})
    for least in THRESHOLDS:
        each = {voice: np.zeros(3, int) for voice in voices}
        for clip in clips:
            each[clip.voice] += counts(clip, least)
        hits, found, said = sum(each.values(), np.zeros(3, int))
        by_voice = ", ".join(f"{voice} {'/'.join(map(str, one))}" for voice, one in each.items())
        print(
            f"{least:5.2f}: P {hits / max(1, found):.3f}, R {hits / max(1, said):.3f} of {said}; {by_voice}"
        )


def _bare(text: str) -> str:
    word = plain(text)
    return UM if word in SAID_FILLERS else word


if __name__ == "__main__":
    main()
