"""A minute of speech written down: `listen` (words, voice, fillers) against bare faster-whisper.

Same audio, same loaded model, same run. The floor decodes the words once, with word times, without a prompt,
without voice activity detection and without the second pass for fillers.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from copy import copy
from pathlib import Path

from analysis.media import read_audio
from analysis.speech.chain import local_whisper
from analysis.speech.listen import listen
from analysis.speech.transcribe import RATE, LocalWhisper, Samples
from data.model_table import model_named
from tests.media import speech_wav

SPOKEN = """
First I would ask how many requests per second the service must handle and how fresh the answers have to be.
Let us assume ten thousand at peak, with a hundred reads for every write. One primary database takes the
writes, and three replicas serve the reads behind a load balancer. A cache in front of the replicas keeps the
hot keys, with a time to live of one minute and some jitter, so that entries do not expire together.
Every write carries an idempotency key, which we store with a unique constraint, so a client may retry after a
timeout. Events go to a message queue, partitioned by user, and consumers commit their offset after the work.
When the primary fails, a replica is promoted; until then we refuse writes rather than lose them.
I would alert on tail latency and on the age of the oldest message, and keep a runbook for the failover.
"""


def minute() -> Samples:
    """About a minute of an answer spoken by espeak-ng."""
    with tempfile.TemporaryDirectory() as folder:
        return read_audio(speech_wav(Path(folder) / "said.wav", " ".join(SPOKEN.split())), RATE)


def bare(engine: LocalWhisper, samples: Samples, *, voice_only: bool = False) -> int:
    """Decode with the engine's own model as faster-whisper does out of the box; return the words.

    `voice_only`: what its own voice activity detection leaves.
    """
    model = copy(engine._loaded())  # noqa: SLF001 - the floor must run on the very same weights
    del model.encode  # ours, short for the rest of a chunk
    segments, _ = model.transcribe(samples, language="en", word_timestamps=True, vad_filter=voice_only)
    return sum(len(segment.words or ()) for segment in segments)


def factor(work: Callable[[], object], samples: Samples) -> float:
    """Wall seconds per second of audio."""
    began = time.monotonic()
    work()
    return (time.monotonic() - began) * RATE / len(samples)


def main() -> None:
    """Print the rows of the table."""
    samples, engine = minute(), local_whisper(model_named("base"))
    bare(engine, samples[: 2 * RATE])
    floor = factor(lambda: bare(engine, samples), samples)
    words = factor(lambda: listen(samples, engine, fillers=False), samples)
    whole = factor(lambda: listen(samples, engine), samples)
    length = f"{len(samples) / RATE:.0f} s"
    for what, figure in (("words, voice and fillers", whole), ("words and voice only", words)):
        print(
            f"| speech: {what} of {length}, real-time factor (floor: bare faster-whisper) "
            f"| {figure:.3f} | {floor:.3f} | {figure / floor:.2f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
