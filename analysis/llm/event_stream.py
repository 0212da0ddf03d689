"""A reply that arrives in pieces: server-sent events, or whatever a server sends in their place.

Read by what it is, not by what its header says: events with or without blank lines between them, one JSON
object a line, or the whole reply at once from a server that does not stream.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from analysis.llm.chat_errors import broken_off
from analysis.llm.completion import (
    Completion,
    Spent,
    of,
    parsed,
    raise_told,
    read_completion,
    spent_in,
    text_of,
)

DONE = "[DONE]"
MOST_LINES = 100
"""Of one event; all known servers use one."""
_THOUGHT, _THOUGHT_END = "<think>", "</think>"


@dataclass(frozen=True, slots=True)
class Piece:
    """What one event says. `text` may be empty; `ended` when the model says that this was all."""

    text: str = ""
    ended: bool = False
    cut_off: bool = False
    refused: bool = False
    spent: Spent | None = None


def read_pieces(blocks: Iterable[bytes], headers: Mapping[str, str] | None = None) -> Iterator[Piece]:
    """The pieces of a body as they arrive.

    Raises `ToldError` for an error that the server tells, and `ChatError` for a stream that is torn, or that
    ends without saying that it has.
    """
    ended = False
    for data in _events(blocks):
        if data == DONE:
            return
        if not data.startswith("{"):
            continue  # a sign of life, or a kind of event nobody asked for
        piece = _piece(data, headers or {})
        ended |= piece.ended
        yield piece
    if not ended:
        raise broken_off()


def spoken(pieces: Iterable[str]) -> Iterator[str]:
    """The same text in pieces, without what a thinking model thinks aloud before it speaks."""
    held, thinking, begun = "", False, False
    for piece in pieces:
        if begun:
            yield piece
            continue
        held += piece
        start = held.lstrip()
        thinking = thinking or start.startswith(_THOUGHT)
        if thinking and _THOUGHT_END in held:
            held, thinking = held.partition(_THOUGHT_END)[2], False
            start = held.lstrip()
        if not thinking and start and not _THOUGHT.startswith(start[: len(_THOUGHT)]):
            begun = True
            yield start
    if not begun and not thinking and held.strip():
        yield held.lstrip()


def is_event_stream(body: str) -> bool:
    """Whether a body that should be one JSON object is a stream of events."""
    start = body.lstrip("\ufeff\r\n ")
    return start.startswith(("data:", "event:", "id:", "retry:", ":"))


def read_whole(body: str, headers: Mapping[str, str] | None = None) -> Completion:
    """The completion in a body, also when a server streams that was not asked to; raises as the two do."""
    if not is_event_stream(body):
        return read_completion(body, headers)
    pieces = list(read_pieces([body.encode("utf-8", "replace")], headers))
    spent = next((piece.spent for piece in reversed(pieces) if piece.spent), Spent())
    return Completion(
        ("".join(piece.text for piece in pieces),),
        spent.prompt_tokens,
        spent.completion_tokens,
        any(piece.cut_off for piece in pieces),
        any(piece.refused for piece in pieces),
    )


def _events(blocks: Iterable[bytes]) -> Iterator[str]:
    """The data of each event; of a body that has no events, each line, or all of it when it is one object."""
    lines = _lines(blocks)
    first = next((line for line in lines if line.strip()), "")
    if not first.lstrip().startswith("{"):
        yield from _data(chain([first], lines))
    elif _is_whole(first):
        yield first
        yield from (line for line in lines if line.strip())
    else:
        yield "\n".join([first, *lines]).strip()


def _data(lines: Iterable[str]) -> Iterator[str]:
    """What stands in the fields of events. A blank line ends one, and so does a whole object."""
    waiting: list[str] = []
    for line in lines:
        name, _, value = line.partition(":")
        if name in ("data", "error"):  # llama.cpp has told errors in a field of that name
            waiting.append(value.strip())
        if len(waiting) > MOST_LINES:
            raise broken_off()
        if waiting and (not line or _is_whole("\n".join(waiting))):
            yield "\n".join(waiting)
            waiting = []
    if waiting:
        yield "\n".join(waiting)


def _is_whole(data: str) -> bool:
    if data == DONE:
        return True
    if not data.rstrip().endswith("}"):
        return False
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True


def _lines(blocks: Iterable[bytes]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
    parts: list[str] = []
    for block in blocks:
        text = decoder.decode(block)
        *lines, rest = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for line in lines:
            yield "".join([*parts, line])
            parts = []
        parts.append(rest)
    if last := "".join(parts):
        yield last


def _piece(data: str, headers: Mapping[str, str]) -> Piece:
    try:
        whole = parsed(data)
    except ValueError as error:
        raise broken_off() from error
    listed = of(whole, "choices")
    choice = listed[0] if isinstance(listed, list) and listed else None
    raise_told(whole, choice, headers)
    finish = of(choice, "finish_reason")
    delta = of(choice, "delta")
    message = of(choice, "message") or of(whole, "message")
    return Piece(
        _text(whole, choice, delta, message),
        bool(finish) or any(of(whole, name) is True for name in ("done", "stop")),
        finish == "length",
        bool(of(delta, "refusal") or of(message, "refusal")) or finish == "content_filter",
        spent_in(whole),
    )


def _text(whole: object, choice: object, delta: Any, message: Any) -> str:
    places = (
        delta if isinstance(delta, str) else of(delta, "content"),
        of(choice, "text"),
        message if isinstance(message, str) else of(message, "content"),
        of(whole, "content"),
        of(whole, "response"),
        of(whole, "delta"),
    )
    return next((text for place in places if (text := text_of(place))), "")
