"""Taking the interviewer's voice out of an answer: a loudspeaker's question that the microphone picked up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from analysis.reading.word_diff import opcodes
from analysis.speech.delivery import plain
from data.domain import Interval, Speech, Word

ECHO_SHARE = 0.5
"""From this share of matching words on, what was heard while the question was read is the question."""

WHOLE_SHARE = 0.8
"""From this share on, the words that do not match are the question misheard, and go as well."""

LATE_SECONDS = 0.4
"""How long after the voice ended its last word may still be heard."""


def without_echo(speech: Speech, question: str, asked: Interval) -> Speech:
    """Return the speech without the question that was read aloud during `asked` (recording's clock).

    Words that are not the question's stay, so a person who speaks over the voice keeps theirs.
    Voice and fillers of that time go with them; a microphone that did not hear the question changes nothing.
    """
    reach = Interval(asked.start_seconds - LATE_SECONDS, asked.end_seconds + LATE_SECONDS)
    during = [word for word in speech.transcript.words if _within(word, reach)]
    echoed = _matching(during, question)
    if not during or len(echoed) < ECHO_SHARE * len(during):
        return speech
    if len(echoed) >= WHOLE_SHARE * len(during):
        echoed = {id(word) for word in during}
    words = tuple(word for word in speech.transcript.words if id(word) not in echoed)
    return replace(
        speech,
        transcript=replace(speech.transcript, words=words),
        voiced=tuple(_after(speech.voiced, reach.end_seconds)),
        fillers=None
        if speech.fillers is None
        else tuple(filler for filler in speech.fillers if filler.start_seconds > reach.end_seconds),
    )


def _after(voiced: Iterable[Interval], seconds: float) -> Iterator[Interval]:
    for span in voiced:
        if span.end_seconds > seconds:
            yield Interval(max(span.start_seconds, seconds), span.end_seconds)


def _within(word: Word, reach: Interval) -> bool:
    return (
        word.start_seconds is not None
        and word.end_seconds is not None
        and word.start_seconds >= reach.start_seconds
        and word.end_seconds <= reach.end_seconds
    )


def _matching(words: list[Word], question: str) -> set[int]:
    heard = [plain(word.text) for word in words]
    asked = [plain(word) for word in question.split()]
    same = [(start, end) for tag, start, end, _, _ in opcodes(heard, asked) if tag == "equal"]
    return {id(words[place]) for start, end in same for place in range(start, end)}
