"""How well recordings are written down: word errors by kind, technical terms, fillers, speed, memory.

Word error rate is over the words of `plain_words.normalised` (um and uh left out on both sides). Terms are
those of the shipped glossary that stand in a technical reference, once a recording. Fillers are um, uh and
their like, counted in each recording: what both have are hits. Speed leaves the loading of the model out.
"""

from __future__ import annotations

import argparse
import csv
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from analysis.evaluate.labelled import write_json
from analysis.evaluate.plain_words import filled_pauses, normalised
from analysis.speech.chain import local_whisper
from analysis.speech.glossary import all_terms
from analysis.speech.listen import listen
from analysis.speech.transcribe import RATE, Samples, Transcriber
from data.domain import RehearseError, Speech

COLUMNS = ("path", "kind", "reference")
TECHNICAL = "technical"
"""A kind with this in its name is searched for terms."""


@dataclass(frozen=True, slots=True)
class Clip:
    """One recording and what a person wrote down."""

    path: Path
    kind: str
    reference: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the engine made of a clip. `fillers` None: the engine gave none to count."""

    clip: Clip
    text: str
    fillers: int | None
    seconds: float
    wall_seconds: float


@dataclass(frozen=True, slots=True)
class KindFigures:
    """Recordings of a kind, and their word error rate (0-1 and more)."""

    n: int
    wer: float


@dataclass(frozen=True, slots=True)
class TermFigures:
    """Terms in the technical references, and how many of them were written down."""

    found: int
    total: int


@dataclass(frozen=True, slots=True)
class FillerFigures:
    """Shares 0-1; None where undefined (nothing found, or none said)."""

    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True, slots=True)
class SpeechFigures:
    """All figures of a run; its fields are the keys of the JSON document."""

    by_kind: dict[str, KindFigures]
    terms: TermFigures
    fillers: FillerFigures
    real_time_factor: float
    rss_mb: float


def main(argv: list[str], transcriber: Transcriber | None = None) -> int:
    """Listen to every recording of a manifest and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m analysis.evaluate speech", description=__doc__)
    parser.add_argument("manifest", type=Path, help=f"CSV: {', '.join(COLUMNS)}")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--show", action="store_true", help="print every transcript")
    options = parser.parse_args(argv)
    clips = load_manifest(options.manifest)
    outcomes = transcribe_all(clips, transcriber or local_whisper())
    found = figures(outcomes, all_terms())
    if options.show:
        _show_texts(outcomes)
    _show(found)
    if options.json:
        write_json(options.json, asdict(found))
    return 0


def load_manifest(manifest: Path) -> list[Clip]:
    """Read the rows, paths relative to the file. Raises RehearseError naming the line that is wrong."""
    try:
        rows = list(csv.DictReader(manifest.read_text(encoding="utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError) as error:
        raise RehearseError(f"{manifest} cannot be read.", "Give the path of a CSV file.") from error
    wanted = f"It needs the columns {', '.join(COLUMNS)}."
    if not rows:
        raise RehearseError(f"{manifest} has no rows.", wanted)
    for number, row in enumerate(rows, start=2):
        if not all(row.get(column) for column in COLUMNS) or not normalised(row["reference"]):
            raise RehearseError(f"Line {number} of {manifest} is incomplete.", wanted)
    return [Clip(manifest.parent / row["path"], row["kind"], row["reference"]) for row in rows]


def transcribe_all(clips: Sequence[Clip], transcriber: Transcriber) -> list[Outcome]:
    """Listen to each clip as the app would: glossary prompt, second pass for fillers."""
    from analysis.media import read_audio

    transcriber.transcribe(_silence(), prompt=None)
    outcomes = []
    for clip in clips:
        samples = read_audio(clip.path, RATE)
        began = time.monotonic()
        speech = listen(samples, transcriber)
        outcomes.append(_outcome(clip, speech, len(samples) / RATE, time.monotonic() - began))
    return outcomes


def figures(outcomes: Sequence[Outcome], terms: Sequence[str]) -> SpeechFigures:
    """Compare what was written down with the references."""
    seconds = sum(outcome.seconds for outcome in outcomes)
    kinds = dict.fromkeys(outcome.clip.kind for outcome in outcomes)
    return SpeechFigures(
        by_kind={kind: _kind([one for one in outcomes if one.clip.kind == kind]) for kind in kinds},
        terms=_terms([one for one in outcomes if TECHNICAL in one.clip.kind], terms),
        fillers=_fillers(outcomes),
        real_time_factor=sum(outcome.wall_seconds for outcome in outcomes) / seconds,
        rss_mb=_peak_megabytes(),
    )


def _silence() -> Samples:
    import numpy as np

    return np.zeros(RATE, np.float32)


def _outcome(clip: Clip, speech: Speech, seconds: float, wall_seconds: float) -> Outcome:
    count = None
    if speech.fillers is not None:
        count = sum(filler.kind == "filled_pause" for filler in speech.fillers)
    return Outcome(clip, speech.transcript.text, count, seconds, wall_seconds)


def _kind(outcomes: Sequence[Outcome]) -> KindFigures:
    references = [normalised(one.clip.reference) for one in outcomes]
    return KindFigures(len(outcomes), _word_errors(references, [normalised(one.text) for one in outcomes]))


def _word_errors(references: list[str], written: list[str]) -> float:
    try:
        from jiwer import process_words
    except ImportError as error:
        raise RehearseError(
            "Word errors are counted by jiwer, which is not installed.", "Run `pip install jiwer==4.0.0`."
        ) from error
    return float(process_words(references, written).wer)


def _terms(outcomes: Sequence[Outcome], terms: Sequence[str]) -> TermFigures:
    plain = dict.fromkeys(filter(None, map(normalised, terms)))
    found = total = 0
    for outcome in outcomes:
        said, written = (f" {normalised(text)} " for text in (outcome.clip.reference, outcome.text))
        expected = [term for term in plain if f" {term} " in said]
        total += len(expected)
        found += sum(f" {term} " in written for term in expected)
    return TermFigures(found, total)


def _fillers(outcomes: Sequence[Outcome]) -> FillerFigures:
    counted = [(filled_pauses(one.clip.reference), one.fillers) for one in outcomes]
    if all(heard is None for _, heard in counted):
        return FillerFigures(None, None, None)
    hits = sum(min(said, heard or 0) for said, heard in counted)
    said, heard = sum(said for said, _ in counted), sum(heard or 0 for _, heard in counted)
    return FillerFigures(
        precision=hits / heard if heard else None,
        recall=hits / said if said else None,
        f1=2 * hits / (said + heard) if said or heard else None,
    )


def _peak_megabytes() -> float:
    """The most memory this process has held; macOS counts bytes, Linux kibibytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def _show_texts(outcomes: Sequence[Outcome]) -> None:
    for one in outcomes:
        print(f"{one.clip.path.name} ({one.clip.kind})")
        print(f"  said    {normalised(one.clip.reference)}\n  written {normalised(one.text)}")
        print(f"  fillers said {filled_pauses(one.clip.reference)}, heard {one.fillers}")


def _show(found: SpeechFigures) -> None:
    for kind, figure in found.by_kind.items():
        print(f"word error rate, {kind} ({figure.n} recordings): {figure.wer:.1%}")
    print(f"technical terms written down: {found.terms.found} of {found.terms.total}")
    for name, value in asdict(found.fillers).items():
        print(f"filler {name}: {'not measured' if value is None else f'{value:.2f}'}")
    print(f"real-time factor: {found.real_time_factor:.3f}")
    print(f"memory at most: {found.rss_mb:.0f} MB")
