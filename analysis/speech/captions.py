"""WebVTT captions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from data.domain import Transcript, Turn, Word

LINE_CHARACTERS = 42
LINES = 2
LONGEST_CUE_SECONDS = 6.0
BREAK_SECONDS = 1.0
"""A silence this long ends a caption."""


def to_webvtt(source: Transcript | Sequence[Turn]) -> str:
    """Return captions of at most two lines of 42 characters, broken at sentences and pauses.

    Words without times are left out: a caption needs a place. Turns are labelled with their speaker.
    """
    if isinstance(source, Transcript):
        cues = list(_cues(source.words, ""))
    else:
        cues = [cue for turn in source for cue in _cues(turn.words, f"<v {turn.speaker.capitalize()}>")]
    return "WEBVTT\n\n" + "".join(f"{cue}\n\n" for cue in cues)


def _cues(words: Sequence[Word], label: str) -> Iterator[str]:
    cue: list[Word] = []
    for word in words:
        if word.start_seconds is None or word.end_seconds is None:
            continue
        if cue and _ends_before(cue, word):
            yield _cue(cue, label)
            cue = []
        cue.append(word)
    if cue:
        yield _cue(cue, label)


def _ends_before(cue: list[Word], word: Word) -> bool:
    start, end = cue[0].start_seconds or 0.0, cue[-1].end_seconds or 0.0
    lines = _lines([*cue, word])
    return (
        len(lines) > LINES
        or (word.start_seconds or 0.0) - end >= BREAK_SECONDS
        or (word.end_seconds or 0.0) - start > LONGEST_CUE_SECONDS
        or (cue[-1].text.endswith((".", "?", "!")) and len(_lines(cue)) == LINES)
    )


def _lines(words: list[Word]) -> list[str]:
    lines = [words[0].text]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word.text) <= LINE_CHARACTERS:
            lines[-1] += f" {word.text}"
        else:
            lines.append(word.text)
    return lines


def _cue(words: list[Word], label: str) -> str:
    start, end = words[0].start_seconds or 0.0, words[-1].end_seconds or 0.0
    text = "\n".join(_lines(words)).replace("&", "&amp;").replace("<", "&lt;")
    return f"{_clock(start)} --> {_clock(max(end, start + 0.2))}\n{label}{text}"


def _clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"
