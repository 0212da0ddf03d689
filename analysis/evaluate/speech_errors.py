"""`speech MANIFEST.csv`: word errors by kind, technical terms, fillers, speed and memory.

The manifest has the columns path (beside it, or absolute), kind and reference, and may have voice: then all
is counted by voice as well, with 95 % intervals over the voices. Word error rate is taken
after Whisper's English normaliser on both sides, which leaves out um and uh. Fillers in a reference are
the truth for the filler pass: a found one counts when it aligns with one that was said.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.evaluate.labelled import interval
from analysis.media import read_audio
from analysis.speech.chain import local_whisper
from analysis.speech.delivery import plain
from analysis.speech.glossary import all_terms
from analysis.speech.listen import listen
from analysis.speech.models import DEFAULT, speech_models
from analysis.speech.transcribe import RATE, Transcriber
from data.domain import RehearseError, Speech

TECHNICAL = "synthetic_technical"
SAID_FILLERS = frozenset(["um", "uh", "uhm", "umm", "erm", "er", "hm", "hmm", "mm"])
Normaliser = Callable[[str], str]
Counts = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Clip:
    """One row: what was said, by whom, and what was heard. `seconds` of audio, `took` of wall time."""

    kind: str
    reference: str
    speech: Speech
    seconds: float
    took: float
    voice: str = ""


def main(argv: Sequence[str]) -> int:
    """Print the table; `--json` also writes it as one object."""
    parser = argparse.ArgumentParser(prog="python -m analysis.evaluate speech", description=__doc__)
    parser.add_argument("manifest", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--model", help=f"{', '.join(speech_models())}, or a model folder", default=DEFAULT)
    parser.add_argument("--no-prompt", action="store_true", help="without the glossary")
    parser.add_argument("--verbose", action="store_true", help="print what was heard")
    asked = parser.parse_args(argv)
    normalise = english_normaliser()
    prompt = "" if asked.no_prompt else None
    clips = listen_to(asked.manifest, engine(asked.model), prompt)
    figures = measure(clips, normalise)
    if asked.verbose:
        _show(clips)
    _print(figures)
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


def engine(model: str) -> Transcriber:
    """The local engine for a model by name or folder."""
    if model in speech_models():
        return local_whisper(speech_models()[model])
    return local_whisper(model_dir=Path(model))


def english_normaliser() -> Normaliser:
    """Whisper's own English text normaliser (package whisper-normalizer)."""
    try:
        from whisper_normalizer.english import (  # type: ignore[import-untyped, unused-ignore]
            EnglishTextNormalizer,
        )
    except ImportError as error:
        raise RehearseError(
            "Measuring word errors needs the package whisper-normalizer.",
            "Run `pip install -r tests/requirements.txt`.",
        ) from error
    normaliser: Normaliser = EnglishTextNormalizer()
    return normaliser


def listen_to(manifest: Path, transcriber: Transcriber, prompt: str | None = None) -> list[Clip]:
    """Listen to every clip of a manifest, the model loaded before the clock starts."""
    rows = _rows(manifest)
    listen(read_audio(manifest.parent / rows[0]["path"]), transcriber, fillers=False)
    clips = []
    for row in rows:
        samples = read_audio(manifest.parent / row["path"])
        began = time.perf_counter()
        speech = listen(samples, transcriber, prompt=prompt)
        took = time.perf_counter() - began
        voice = row.get("voice") or ""
        clips.append(Clip(row["kind"], row["reference"], speech, len(samples) / RATE, took, voice))
    return clips


def measure(clips: Sequence[Clip], normalise: Normaliser) -> dict[str, Any]:
    """All figures of the benchmark; the shape is fixed (see the README)."""
    groups: dict[str, list[Clip]] = defaultdict(list)
    for clip in clips:
        groups[clip.kind].append(clip)
    seconds = sum(clip.seconds for clip in clips)
    voices: dict[str, list[Clip]] = defaultdict(list)
    for clip in clips:
        voices[clip.voice].append(clip)
    spoken = (
        {
            "by_voice": {voice: _of_voice(group, normalise) for voice, group in voices.items()},
            "intervals": intervals(list(voices.values()), normalise),
        }
        if voices.keys() - {""}
        else {}
    )
    return {
        **spoken,
        "by_kind": {
            kind: {"n": len(group), "wer": word_error_rate(group, normalise)}
            for kind, group in groups.items()
        },
        "terms": term_recall(groups.get(TECHNICAL, []), normalise),
        "fillers": filler_agreement(clips),
        "real_time_factor": round(sum(clip.took for clip in clips) / seconds, 4) if seconds else None,
        "rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def word_error_rate(clips: Sequence[Clip], normalise: Normaliser) -> float:
    """Errors over all words of a group (0-1), after normalising both sides."""
    import jiwer

    said = [normalise(clip.reference) for clip in clips]
    heard = [normalise(clip.speech.transcript.text) for clip in clips]
    return round(float(jiwer.wer(said, heard)), 4)


def term_recall(clips: Sequence[Clip], normalise: Normaliser) -> dict[str, int]:
    """How many glossary terms of the references are in the transcripts, each occurrence counted."""
    found = total = 0
    terms = sorted({normalise(term) for term in all_terms()}, key=len, reverse=True)
    for clip in clips:
        said = _terms_in(normalise(clip.reference), terms)
        heard = _terms_in(normalise(clip.speech.transcript.text), terms)
        total += said.total()
        found += (said & heard).total()
    return {"found": found, "total": total}


def intervals(voices: Sequence[Sequence[Clip]], normalise: Normaliser) -> dict[str, tuple[float, float]]:
    """95 % intervals, voices drawn with replacement: what one voice says is not independent."""
    errors = _summed(voices, lambda clip: _word_errors(clip, normalise))
    terms = _summed(voices, lambda clip: tuple(term_recall([clip], normalise).values()))
    fillers = _summed(voices, _filler_counts)

    def share(counts: Counts, of: int, whole: int) -> Callable[[Rows], float]:
        return lambda rows: float(counts[rows, of].sum() / max(1.0, counts[rows, whole].sum()))

    def f1(rows: Rows) -> float:
        hits, found, said = fillers[rows].sum(axis=0)
        return float(2 * hits / max(1.0, found + said))

    figures = {
        "wer": share(errors, 0, 1),
        "terms": share(terms, 0, 1),
        "fillers precision": share(fillers, 0, 1),
        "fillers recall": share(fillers, 0, 2),
        "fillers f1": f1,
    }
    return {name: interval(len(voices), figure) for name, figure in figures.items()}


def _summed(voices: Sequence[Sequence[Clip]], counts: Callable[[Clip], tuple[int, ...]]) -> Counts:
    """A row a voice: what its clips count together."""
    return np.array([np.sum([counts(clip) for clip in clips], axis=0) for clips in voices], np.float64)


def _of_voice(clips: Sequence[Clip], normalise: Normaliser) -> dict[str, Any]:
    return {
        "n": len(clips),
        "words": int(sum(_word_errors(clip, normalise)[1] for clip in clips)),
        "wer": word_error_rate(clips, normalise),
        "terms": term_recall(clips, normalise),
        "fillers": filler_agreement(clips),
        "fillers_said": sum(_filler_counts(clip)[2] for clip in clips),
    }


def _word_errors(clip: Clip, normalise: Normaliser) -> tuple[int, int]:
    """Errors, and words said."""
    import jiwer

    one = jiwer.process_words(normalise(clip.reference), normalise(clip.speech.transcript.text))
    wrong = one.substitutions + one.deletions
    return wrong + one.insertions, wrong + one.hits


def filler_agreement(clips: Sequence[Clip]) -> dict[str, float | None]:
    """Precision, recall and F1 of um/uh, aligned word by word; None where nothing was to be found.

    The transcript with the found fillers put back at their times is aligned with the reference.
    """
    counts = [_filler_counts(clip) for clip in clips]
    hits, found, said = (sum(count[place] for count in counts) for place in range(3))
    precision = hits / found if found else None
    recall = hits / said if said else None
    both = precision is not None and recall is not None and precision + recall > 0
    f1 = 2 * hits / (found + said) if both else None
    return {name: _rounded(value) for name, value in zip(_NAMES, (precision, recall, f1), strict=True)}


def _filler_counts(clip: Clip) -> tuple[int, int, int]:
    """Fillers found where they were said, found, and said."""
    wanted = [_plain_filler(word) for word in _words(clip.reference)]
    heard = [_plain_filler(word) for word in _with_fillers(clip.speech)]
    blocks = SequenceMatcher(None, wanted, heard, autojunk=False).get_matching_blocks()
    hits = sum(wanted[block.a : block.a + block.size].count("<um>") for block in blocks)
    return hits, heard.count("<um>"), wanted.count("<um>")


_NAMES = ("precision", "recall", "f1")


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _rows(manifest: Path) -> list[dict[str, str]]:
    try:
        with manifest.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError) as error:
        raise RehearseError(f"{manifest} cannot be read: {error}.", "Give a CSV file.") from error
    if not rows or not {"path", "kind", "reference"} <= set(rows[0]):
        raise RehearseError(f"{manifest} has no rows with path, kind and reference.", "Give these columns.")
    return rows


def _terms_in(text: str, terms: Sequence[str]) -> Counter[str]:
    """Longest terms first; a stretch of text counts for one term only. Plurals count."""
    counts: Counter[str] = Counter()
    for term in terms:
        pattern = rf"\b{re.escape(term)}(?:s|es)?\b"
        text, times = re.subn(pattern, " | ", text)
        counts[term] += times
    return counts


def _words(text: str) -> list[str]:
    return [word for word in map(plain, text.split()) if word]


def _plain_filler(word: str) -> str:
    return "<um>" if word in SAID_FILLERS else word


def _with_fillers(speech: Speech) -> list[str]:
    timed = [(word.start_seconds or 0.0, plain(word.text)) for word in speech.transcript.words]
    kept = [(at, text) for at, text in timed if text not in SAID_FILLERS]
    found = [(f.start_seconds, f.text) for f in speech.fillers or () if f.kind == "filled_pause"]
    return [text for _, text in sorted(kept + found)]


def _show(clips: Sequence[Clip]) -> None:
    for clip in clips:
        fillers = ", ".join(f"{f.text} {f.start_seconds:.1f}" for f in clip.speech.fillers or ())
        print(f"{clip.kind}\n  said  {clip.reference}\n  heard {clip.speech.transcript.text}\n  {fillers}")


def _print(figures: dict[str, Any]) -> None:
    for voice, group in figures.get("by_voice", {}).items():
        terms, fillers = group["terms"], group["fillers"]
        print(
            f"{voice}: {group['n']} clips, {group['words']} words, word error rate {group['wer']:.1%}, "
            f"terms {terms['found']} of {terms['total']}, fillers of {group['fillers_said']}: "
            + ", ".join(f"{name} {value}" for name, value in fillers.items())
        )
    for name, (low, high) in figures.get("intervals", {}).items():
        print(f"{name}: 95 % interval {low:.3f}-{high:.3f}")
    for kind, group in figures["by_kind"].items():
        print(f"{kind}: {group['n']} clips, word error rate {group['wer']:.1%}")
    print(f"terms: {figures['terms']['found']} of {figures['terms']['total']}")
    print("fillers: " + ", ".join(f"{name} {value}" for name, value in figures["fillers"].items()))
    print(f"real-time factor {figures['real_time_factor']}, memory {figures['rss_mb']} MB")
