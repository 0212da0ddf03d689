"""The process that runs a language model: no network, limits, and one socket in a private folder.

It serves llama.cpp's own OpenAI-compatible routes until its standard input ends, as it does when the program
that started it is gone.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass

from data.limited.child import leave_the_network, limit_this_process
from data.private_files import keep_private

READY = b"ready\n"
LOG_BYTES = 10_000_000
ERRORS_ONLY = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be served: a GGUF file under a name, at a socket, with so many threads, tokens and bytes."""

    file: str
    name: str
    socket: str
    threads: int
    context_tokens: int
    cache_megabytes: int
    memory_bytes: int

    def written(self) -> str:
        """As an argument of the command."""
        return json.dumps(asdict(self))


def main(asked: Asked) -> None:
    """Load the model, say so, and serve until nobody listens any more."""
    limit_this_process(asked.memory_bytes, cpu_seconds=None, wall_seconds=None, file_bytes=LOG_BYTES)
    leave_the_network()
    _serve(asked, _until_alone)


def _until_alone() -> None:
    """Say that the model is there, wait for whoever started this to go, and go at once.

    The library would first finish what it is writing for nobody.
    """
    os.write(1, READY)
    while os.read(0, 1):
        pass
    os._exit(0)


def _serve(asked: Asked, until: Callable[[], None]) -> None:
    import xllamacpp

    wanted = xllamacpp.CommonParams()
    wanted.model.path = asked.file
    wanted.model_alias = {asked.name}
    wanted.hostnames = [asked.socket]
    wanted.n_ctx = asked.context_tokens
    wanted.n_parallel = 1
    wanted.cpuparams.n_threads = asked.threads
    wanted.cpuparams_batch.n_threads = asked.threads
    wanted.cache_prompt = True
    wanted.cache_ram_mib = asked.cache_megabytes
    # A mapped file stays in memory beside the copy that is laid out anew for the processor: twice the size.
    wanted.load_mode = xllamacpp.llama_load_mode.LLAMA_LOAD_MODE_NONE
    wanted.enable_reasoning = 0  # a reply has a budget, which thinking aloud would use up
    wanted.offline = True
    wanted.ui = False
    wanted.endpoint_slots = False
    wanted.verbosity = ERRORS_ONLY
    server = xllamacpp.Server(wanted)
    until()
    del server


if __name__ == "__main__":
    keep_private()
    main(Asked(**json.loads(sys.argv[1])))
