"""The process that runs a language model: no network, limits, and one socket in a private folder.

It serves llama.cpp's own OpenAI-compatible routes until its standard input ends, as it does when the program
that started it is gone.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass

from data.limited.child import leave_the_network, limit_this_process

READY = b"ready\n"
LOG_BYTES = 10_000_000
ERRORS_ONLY = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be served: a GGUF file, at a socket, with so many threads, tokens and bytes."""

    file: str
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
    server = _served(asked)
    os.write(1, READY)
    while os.read(0, 1):
        pass
    del server
    os._exit(0)


def _served(asked: Asked) -> object:
    import xllamacpp

    wanted = xllamacpp.CommonParams()
    wanted.model.path = asked.file
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
    return xllamacpp.Server(wanted)


if __name__ == "__main__":
    main(Asked(**json.loads(sys.argv[1])))
