"""How well pauses and word times agree with an aligned transcript (a Praat TextGrid beside its recording).

Reference pauses are the stretches of at least 250 ms without a word, between the first word and the last;
ours are the gaps in the voice. A pair matches when it shares at least half of the shorter one; each pause is
used once. Word starts are compared where the transcript has the same word in the same order.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from pathlib import Path
from statistics import median

from analysis.evaluate.labelled import write_json
from analysis.speech.chain import local_whisper
from analysis.speech.delivery import PAUSE_SECONDS, pauses, plain
from analysis.speech.hear import merged
from analysis.speech.listen import listen
from analysis.speech.transcribe import RATE, Transcriber
from data.domain import Interval, RehearseError, Word

TOKEN = re.compile(r'"((?:[^"]|"")*)"|(?<![\w\[])(-?\d+(?:\.\d+)?(?:[eE]-?\d+)?)(?![\w\]])')
SILENCES = frozenset({"", "sil", "sp", "spn", "<eps>", "#"})
"""Labels that aligners give to stretches without words."""

SHARED = 0.5


@dataclass(frozen=True, slots=True)
class PauseFigures:
    """Shares 0-1, None where undefined; errors in milliseconds. Its fields are the keys of the JSON."""

    reference_pauses: int
    found_pauses: int
    precision: float | None
    recall: float | None
    matched_words: int
    word_start_error_ms: float | None
    """Median of the absolute difference."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One recording against its TextGrid; `start_errors` in seconds."""

    reference: tuple[Interval, ...]
    found: tuple[Interval, ...]
    hits: int
    start_errors: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    """A quoted text or a number of a TextGrid; the other is None."""

    text: str | None
    number: str | None


def main(argv: list[str], transcriber: Transcriber | None = None) -> int:
    """Print how well pauses and word starts agree, over all recordings given."""
    parser = argparse.ArgumentParser(prog="python -m analysis.evaluate pauses", description=__doc__)
    parser.add_argument("files", type=Path, nargs="+", help="WAV TEXTGRID [WAV TEXTGRID ...]")
    parser.add_argument("--json", type=Path, help="write the figures here")
    options = parser.parse_args(argv)
    if len(options.files) % 2:
        parser.error("every recording needs a TextGrid after it")
    engine = transcriber or local_whisper()
    pairs = zip(options.files[::2], options.files[1::2], strict=True)
    found = summed([_compared(recording, grid, engine) for recording, grid in pairs])
    _show(found)
    if options.json:
        write_json(options.json, asdict(found))
    return 0


def read_textgrid(path: Path) -> tuple[Word, ...]:
    """Return the words of a TextGrid (long or short form): the tier called words, else the first.

    Raises RehearseError when the file is none.
    """
    remedy = "Give a Praat TextGrid with an interval tier of words, saved as UTF-8 text."
    try:
        text = path.read_text(encoding="utf-8-sig")
        tiers = dict(_tiers([_Token(found[1], found[2]) for found in TOKEN.finditer(text)]))
    except (OSError, UnicodeDecodeError) as error:
        raise RehearseError(f"{path} cannot be read.", remedy) from error
    except (IndexError, TypeError, ValueError) as error:
        raise RehearseError(f"{path} is not a complete TextGrid.", remedy) from error
    if not tiers:
        raise RehearseError(f"{path} has no interval tier.", remedy)
    named = [tier for name, tier in tiers.items() if "word" in name.lower()]
    return named[0] if named else next(iter(tiers.values()))


def silences(words: Sequence[Word]) -> tuple[Interval, ...]:
    """Return the pauses between timed words."""
    return pauses(tuple(merged(_span(word) for word in words)))


def matched(reference: Sequence[Interval], found: Sequence[Interval]) -> int:
    """Count the pairs of intervals that share at least half of the shorter one."""
    free = list(found)
    hits = 0
    for pause in reference:
        best = max(free, key=lambda other: _shared(pause, other), default=None)
        if best is not None and _shared(pause, best) >= SHARED:
            free.remove(best)
            hits += 1
    return hits


def start_errors(reference: Sequence[Word], written: Sequence[Word]) -> tuple[float, ...]:
    """Return the absolute difference of starts, in seconds, for words both have in the same order."""
    timed = [word for word in written if word.start_seconds is not None]
    one, other = ([plain(word.text) for word in words] for words in (reference, timed))
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return tuple(
        abs(_span(reference[block.a + step]).start_seconds - _span(timed[block.b + step]).start_seconds)
        for block in blocks
        for step in range(block.size)
    )


def summed(compared: Sequence[Compared]) -> PauseFigures:
    """Return the figures over all recordings together."""
    reference, found, hits = (
        sum(counts)
        for counts in zip(*((len(one.reference), len(one.found), one.hits) for one in compared), strict=True)
    )
    errors = [error for one in compared for error in one.start_errors]
    return PauseFigures(
        reference_pauses=reference,
        found_pauses=found,
        precision=hits / found if found else None,
        recall=hits / reference if reference else None,
        matched_words=len(errors),
        word_start_error_ms=1000 * median(errors) if errors else None,
    )


def _compared(recording: Path, grid: Path, transcriber: Transcriber) -> Compared:
    from analysis.media import read_audio

    words = read_textgrid(grid)
    speech = listen(read_audio(recording, RATE), transcriber, fillers=False)
    reference, found = silences(words), pauses(speech.voiced)
    errors = start_errors(words, speech.transcript.words)
    return Compared(reference, found, matched(reference, found), errors)


def _tiers(tokens: list[_Token]) -> Iterator[tuple[str, tuple[Word, ...]]]:
    """Both forms give the same run of strings and numbers: class, name, start, end, count, intervals."""
    for place, token in enumerate(tokens):
        if token.text == "IntervalTier":
            count = int(_number(tokens[place + 4]))
            first = place + 5
            rows = [tokens[start : start + 3] for start in range(first, first + 3 * count, 3)]
            words = (Word(row[2].text or "", _number(row[0]), _number(row[1])) for row in rows)
            yield tokens[place + 1].text or "", tuple(word for word in words if word.text not in SILENCES)


def _number(token: _Token) -> float:
    if token.number is None:
        raise ValueError("A number was expected.")
    return float(token.number)


def _span(word: Word) -> Interval:
    return Interval(word.start_seconds or 0.0, word.end_seconds or 0.0)


def _shared(one: Interval, other: Interval) -> float:
    both = min(one.end_seconds, other.end_seconds) - max(one.start_seconds, other.start_seconds)
    return max(0.0, both) / min(one.seconds, other.seconds)


def _show(found: PauseFigures) -> None:
    for name, value in asdict(found).items():
        print(f"{name.replace('_', ' ')}: {'not measured' if value is None else f'{value:.3g}'}")
    print(f"(pauses of at least {PAUSE_SECONDS * 1000:.0f} ms)")
