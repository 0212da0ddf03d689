"""Verbal fillers ("you know", a set-off "like") found in the words of the first pass."""

from __future__ import annotations

from analysis.speech.delivery import plain
from data.domain import Filler, Word

PHRASES = (("you", "know"), ("i", "mean"), ("sort", "of"), ("kind", "of"))
CONTENT_AFTER = {"what", "how", "that", "the", "why", "where", "when", "if", "whether", "a", "an", "this"}
"""After "you know" or "kind of" these make it part of the sentence ("you know what a shard is")."""

CONTENT_BEFORE = {"a", "the", "this", "that", "what", "which", "some", "another", "each", "every", "same"} | {
    "do",
    "did",
    "does",
    "would",
}


def verbal_fillers(words: tuple[Word, ...]) -> tuple[Filler, ...]:
    """Return the verbal fillers that have a time. "like" counts only between commas or pauses."""
    texts = [plain(word.text) for word in words]
    found = []
    for index in range(len(words)):
        size = _size_at(texts, words, index)
        if size:
            filler = _filler(words[index : index + size])
            found += [filler] if filler else []
    return tuple(found)


def _size_at(texts: list[str], words: tuple[Word, ...], index: int) -> int:
    for phrase in PHRASES:
        end = index + len(phrase)
        if tuple(texts[index:end]) == phrase:
            set_off = index > 0 and words[index - 1].text.endswith(",")
            before = texts[index - 1] if index and not set_off else ""
            after = texts[end] if end < len(texts) else ""
            inside = before in CONTENT_BEFORE or (
                after in CONTENT_AFTER and not words[end - 1].text.endswith(",")
            )
            return 0 if inside else len(phrase)
    set_off = index > 0 and words[index - 1].text.endswith(",") and words[index].text.endswith(",")
    return 1 if texts[index] == "like" and set_off else 0


def _filler(words: tuple[Word, ...]) -> Filler | None:
    start, end = words[0].start_seconds, words[-1].end_seconds
    if start is None or end is None:
        return None
    return Filler(" ".join(plain(word.text) for word in words), start, end, "verbal")
