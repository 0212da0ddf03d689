"""Correcting a transcript by hand without losing when each word was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.reading.word_diff import opcodes
from analysis.speech.delivery import plain
from data.domain import Transcript, Turn, Word
from data.domain.letters import visible


def edit_transcript(original: Transcript, new_text: str) -> Transcript:
    """Return the transcript with the user's wording.

    Unchanged words keep their times and confidence; a word whose case or punctuation changed keeps
    them too. Replaced words share the time of what they replace, by length; inserted words share the
    gap between their neighbours. Typed words have no confidence.
    """
    old = original.words
    texts = visible(new_text).split()
    keys = [_key(word.text) for word in old], [_key(text) for text in texts]
    words: list[Word] = []
    for tag, start, end, new_start, new_end in opcodes(*keys):
        fresh = texts[new_start:new_end]
        if tag == "equal":
            words += [
                Word(text, word.start_seconds, word.end_seconds, word.confidence)
                for text, word in zip(fresh, old[start:end], strict=True)
            ]
        else:
            words += _spread(fresh, *_room(old, start, end))
    return Transcript(tuple(words), original.engine, original.language)


def _key(text: str) -> str:
    return plain(text) or text


def _room(old: tuple[Word, ...], start: int, end: int) -> tuple[float | None, float | None]:
    """Time span of the replaced words, or of the gap an insertion falls into."""
    if start < end:
        return old[start].start_seconds, old[end - 1].end_seconds
    before = old[start - 1].end_seconds if start > 0 else None
    after = old[start].start_seconds if start < len(old) else None
    return (before if before is not None else after), (after if after is not None else before)


def _spread(texts: list[str], start: float | None, end: float | None) -> list[Word]:
    if start is None or end is None:
        return [Word(text) for text in texts]
    total = sum(len(text) for text in texts) or 1
    words: list[Word] = []
    seconds = start
    for text in texts:
        until = seconds + (end - start) * len(text) / total
        words.append(Word(text, seconds, until))
        seconds = until
    return words


def edit_turns(turns: Sequence[Turn], original: Transcript, corrected: Transcript) -> tuple[Turn, ...]:
    """The dialogue with the corrected words; a new word goes to the turn of the words it replaces or follows.

    A candidate's turn that lost all its words is left out.
    """
    owners = [
        turn.index for turn in turns if turn.speaker == "candidate" for _ in range(len(turn.text.split()))
    ]
    if len(owners) != len(original.words):
        owners = owners[:1] * len(original.words)
    said: dict[int, list[Word]] = {}
    for owner, word in zip(_owners(owners, original, corrected), corrected.words, strict=True):
        said.setdefault(owner, []).append(word)
    kept: list[Turn] = []
    for turn in turns:
        if turn.speaker == "interviewer":
            kept.append(replace(turn, index=len(kept)))
        elif turn.index in said:
            kept.append(_with_words(turn, len(kept), tuple(said[turn.index])))
    return tuple(kept)


def _owners(owners: Sequence[int], original: Transcript, corrected: Transcript) -> list[int]:
    """For each corrected word, the index of the turn it belongs to."""
    before, after = ([_key(word.text) for word in one.words] for one in (original, corrected))
    found: list[int] = []
    for tag, start, end, new_start, new_end in opcodes(before, after):
        if tag == "equal":
            found += owners[start:end]
        else:
            found += [owners[start if start < end else max(0, start - 1)]] * (new_end - new_start)
    return found


def _with_words(turn: Turn, index: int, words: tuple[Word, ...]) -> Turn:
    return replace(
        turn,
        index=index,
        text=" ".join(word.text for word in words),
        words=words if turn.words else (),
        start_seconds=words[0].start_seconds,
        end_seconds=words[-1].end_seconds,
    )
