"""Um and uh that were said and not written down, from what the decoder weighed there."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.speech.delivery import FILLED_PAUSES, plain
from analysis.speech.voiced_time import within
from data.domain import Interval, Word

LEAST_UM = -5.0
"""Natural logarithm of the share of um and uh from which on one was said: 1 in 150. Where nobody said one it
is mostly under one in 3,000. In 20 voices that nothing is measured on, precision was .98 and recall .78 so
(`bench.um_threshold`), .95 and .81 at -5.5; but in clips of people two false ones lie between these."""

FIRST_WORDS = 2
LEAST_FIRST_UM = -1.9
"""Before its first words every decoder hesitates: .15. People who began without one gave up to .09 there."""

EARLY_SECONDS = 0.3
"""One after a pause is taken to begin so long before the word that the engine heard it as part of."""


def unwritten(
    words: Sequence[Word], um_before: Sequence[float | None], voiced: tuple[Interval, ...]
) -> tuple[Word, ...]:
    """The um and uh missing among words with times, each as a word before the one it was taken for."""
    return tuple(_as_word(words, place, voiced) for place in sorted(places(words, um_before)))


def places(words: Sequence[Word], um_before: Sequence[float | None], least: float = LEAST_UM) -> set[int]:
    """Before which words one is missing: the likeliest first, and none beside another, written or not."""
    written = {place for place, word in enumerate(words) if plain(word.text) in FILLED_PAUSES}
    taken = written | {place + 1 for place in written}
    found: set[int] = set()
    likely = {place: um for place, um in enumerate(um_before) if um is not None}
    for place in sorted(likely, key=lambda place: -likely[place]):
        enough = likely[place] >= (least if place >= FIRST_WORDS else max(least, LEAST_FIRST_UM))
        if enough and not {place - 1, place, place + 1} & taken:
            found.add(place)
            taken.add(place)
    return found


def _as_word(words: Sequence[Word], place: int, voiced: tuple[Interval, ...]) -> Word:
    """Between the starts of both words, so that it stays there when other hearings time them otherwise."""
    start = words[place].start_seconds or 0.0
    before = words[place - 1].start_seconds or 0.0 if place else start - 2 * EARLY_SECONDS
    begins = max(0.0, (before + start) / 2, start - EARLY_SECONDS)
    heard = within(voiced, Interval(begins, start))
    return Word("uh", heard[0].start_seconds if heard else begins, start)
