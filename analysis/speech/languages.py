"""Which language a recording is in: all of its chunks decide, by the voice in them, and not each for itself.

A chunk that was called another language than the rest of an English recording is heard once more as English,
and believed where the engine is sure of its words: hesitations and accents mislead for half a minute, seldom
for long. English words of a recording in another language have to be sure as well.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from analysis.speech.chunks import Chunk
from analysis.speech.foreign import is_sure
from analysis.speech.hear import Heard

ENGLISH = (None, "en")
"""What an engine says of English; None by one that was not asked."""

ONLY_ENGLISH = "Only English is transcribed so far; the recording is kept, and you can type the answer."
"""What is said wherever something was taken for another language."""

DOUBTED_CHUNKS = 20
"""As many chunks that were called another language are kept for a second hearing: ten minutes."""


class Ballot:
    """The chunks of one recording, counted as they are heard."""

    def __init__(self) -> None:
        """Nothing is heard yet."""
        self.heard: list[Heard] = []
        self._doubted: deque[Chunk] = deque(maxlen=DOUBTED_CHUNKS)

    def add(self, chunk: Chunk, heard: Heard) -> None:
        """Count what was heard of a chunk."""
        self.heard.append(heard)
        if heard.language not in ENGLISH:
            self._doubted.append(chunk)

    def outvoted(self, as_english: Callable[[Chunk], Heard]) -> tuple[Heard, ...]:
        """The chunks called another language that are English after all, as the rest of the recording is."""
        if main_language(self.heard) != "en":
            return ()
        again = (as_english(chunk) for chunk in self._doubted)
        return tuple(part for part in again if part.words and is_sure(part.words))


def main_language(heard: Iterable[Heard]) -> str | None:
    """The language with the most voice; None where nobody spoke or no engine said one."""
    spoken: Counter[str] = Counter()
    for part in heard:
        if part.language:
            spoken[part.language] += round(sum(span.seconds for span in part.voiced) * 100)
    return spoken.most_common(1)[0][0] if spoken else None


def put_in(heard: Iterable[Heard], again: Iterable[Heard]) -> list[Heard]:
    """The chunks in order, with those that were heard again in their places."""
    newest = {part.end_samples: part for part in again}
    return [newest.get(part.end_samples, part) for part in heard]


def believed(heard: Sequence[Heard]) -> list[Heard]:
    """The chunks without the English words that were invented for a recording in another language."""
    language = main_language(heard)
    if language in ENGLISH:
        return list(heard)
    return [
        part
        if part.language not in ENGLISH or not part.words or is_sure(part.words)
        else replace(part, words=(), fillers=None, language=language)
        for part in heard
    ]
