"""The process that listens: audio blocks in, chunks heard out."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection

from analysis.speech.chunks import Chunk, Chunker
from analysis.speech.hear import Heard, hear, hear_fillers, hear_words
from analysis.speech.languages import Ballot
from analysis.speech.transcribe import RATE, Samples, Transcriber, told_english
from data.domain import Filler, RehearseError

UNDISTURBED_SECONDS = 4.0
"""Somebody waits for the words of a flush, and the next may come soon. Its fillers are counted once so much
more has been heard: whoever has gone on speaking is not about to finish."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some audio."""

    samples: Samples


@dataclass(frozen=True, slots=True)
class Flush:
    """Make a chunk of what there is and say so with `Flushed`; more audio will come."""

    number: int


@dataclass(frozen=True, slots=True)
class Flushed:
    """Everything fed before that `Flush` was heard; what was new in it. `Fillers` follow for each."""

    number: int
    heard: tuple[Heard, ...]


@dataclass(frozen=True, slots=True)
class Fillers:
    """What the second pass found in the flushed chunk that ended there."""

    end_samples: int
    found: tuple[Filler, ...] | None


@dataclass(frozen=True, slots=True)
class Again:
    """A chunk heard once more, because the recording as a whole is in another language than it seemed."""

    heard: Heard


@dataclass(frozen=True, slots=True)
class Finish:
    """No more audio will come."""


@dataclass(frozen=True, slots=True)
class Done:
    """Every chunk was sent; `notes` are the engine's."""

    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """The engine cannot go on."""

    message: str
    remedy: str


def serve(
    pipe: Connection,
    transcriber_factory: Callable[[], Transcriber],
    prompt: str | None,
    fillers: bool,
    niceness: int,
    start_samples: int,
) -> None:
    """Listen until Finish, or until the parent is gone."""
    os.nice(niceness)
    try:
        _listen(pipe, transcriber_factory(), prompt, fillers, Chunker(start_samples))
    except RehearseError as error:
        pipe.send(Failed(error.message, error.remedy))
    except (EOFError, OSError):
        return


def _listen(
    pipe: Connection, transcriber: Transcriber, prompt: str | None, fillers: bool, chunker: Chunker
) -> None:
    owed: deque[tuple[Chunk, Heard]] = deque()
    ballot = Ballot()
    fresh, going = 0.0, True
    while going:
        message = pipe.recv()
        going = not isinstance(message, Finish)
        chunks = chunker.feed(message.samples) if isinstance(message, Block) else chunker.finish()
        if isinstance(message, Flush):
            heard = tuple(hear_words(chunk, transcriber, prompt) for chunk in chunks)
            pipe.send(Flushed(message.number, heard))
            for pair in zip(chunks, heard, strict=True):
                ballot.add(*pair)
            owed.extend(zip(chunks, heard, strict=True) if fillers else ())
            fresh = 0.0
            continue
        fresh += len(message.samples) / RATE if isinstance(message, Block) else 0.0
        for chunk in chunks:
            ballot.add(chunk, hear(chunk, transcriber, prompt, fillers))
            pipe.send(ballot.heard[-1])
        while owed and (fresh >= UNDISTURBED_SECONDS or not going):
            pipe.send(_fillers(*owed.popleft(), transcriber))
            fresh = 0.0
    as_english = partial(hear, transcriber=told_english(transcriber), prompt=prompt, fillers=fillers)
    for again in ballot.outvoted(as_english):
        pipe.send(Again(again))
    pipe.send(Done(tuple(getattr(transcriber, "notes", ()))))


def _fillers(chunk: Chunk, heard: Heard, transcriber: Transcriber) -> Fillers:
    return Fillers(heard.end_samples, hear_fillers(chunk, heard, transcriber))
