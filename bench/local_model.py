"""A language model on this computer, through our door and its transport, against bare llama.cpp.

The floor is the same library with the same file, threads, window and niceness, listening on loopback without
our process around it, asked by bare httpx. Both answer the same questions in turn. Set `REHEARSE_LOCAL_MODEL`
to the folder of models.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

import httpx2

from analysis.llm.chat_model import Call, ChatModel, Message
from analysis.llm.local.runtime import BASE_URL, LocalTransport, Runtime
from analysis.llm.local.served_model import CACHE_MEGABYTES, CONTEXT_TOKENS, ServedModel, usable_cores
from analysis.models.shelf import folder_of
from data.limited.child import NICENESS
from data.model_table import model_named

MODEL = model_named("qwen2.5-coder-1.5b-instruct-q4_k_m")
ROUNDS = 5
PREFIX = (
    "You interview back-end engineers. " + "Ask about what the candidate said, and about nothing else. " * 12
)
BARE = """
import json, os, sys
import xllamacpp
asked = json.loads(sys.argv[1])
os.nice(asked["niceness"])
wanted = xllamacpp.CommonParams()
wanted.model.path, wanted.n_ctx, wanted.n_parallel = asked["file"], asked["tokens"], 1
wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = asked["threads"]
wanted.verbosity = 0
server = xllamacpp.Server(wanted)
print(server.listening_address, flush=True)
sys.stdin.read()
"""


def bare_server(file: Path) -> tuple[subprocess.Popen[bytes], str, float]:
    """The library's own server, its address and the seconds until it was there."""
    asked = {"file": str(file), "tokens": CONTEXT_TOKENS, "threads": usable_cores(), "niceness": NICENESS}
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-c", BARE, json.dumps(asked)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    address = process.stdout.readline().decode().strip()
    return process, address, time.monotonic() - began


def first_token(work: Callable[[], object]) -> float:
    """Seconds until it returns."""
    began = time.monotonic()
    work()
    return time.monotonic() - began


def through_the_door(door: ChatModel, messages: list[Message]) -> None:
    """Until the first piece of a streamed reply."""
    pieces = door.stream(messages, Call())
    next(pieces)
    pieces.close()


def plainly(client: httpx2.Client, address: str, messages: list[Message]) -> None:
    """Until the first event that carries text."""
    said = [{"role": message.role, "content": message.text} for message in messages]
    asked = {"messages": said, "max_tokens": 4, "temperature": 0.0, "stream": True}
    with client.stream("POST", f"{address}/v1/chat/completions", json=asked) as answer:
        for line in answer.iter_lines():
            if line.startswith("data: {") and json.loads(line[6:])["choices"][0]["delta"].get("content"):
                return


def question(number: int) -> list[Message]:
    """The same beginning, another end: what an interviewer asks turn by turn."""
    said = (
        f"Turn {number}: I would put a cache of {number + 3} gigabytes before the database and evict by age."
    )
    return [Message("system", PREFIX), Message("user", f"{said} What is missing?")]


def main() -> None:
    """Print the rows of the table."""
    file = folder_of(MODEL, Path(os.environ.get("REHEARSE_LOCAL_MODEL", ""))) / MODEL.files[0].name
    if not file.is_file():
        print("| local model: set REHEARSE_LOCAL_MODEL to a folder with it | not measured | | |", flush=True)
        return
    process, address, bare_load = bare_server(file)
    runtime = Runtime(lock_file=Path(tempfile.mkdtemp()) / "lock")
    try:
        runtime.take(file, 60.0)
        runtime.give_back()
        loaded = runtime.loaded
        assert loaded is not None
        _row("loaded and ready, seconds", loaded.load_seconds, bare_load)
        door = ChatModel(BASE_URL, "", MODEL.name, reply_tokens=4, timeout_seconds=600.0)
        door.transport = LocalTransport(file, runtime)
        ours, floor = [], []
        with httpx2.Client(timeout=600) as client:
            for number in range(ROUNDS + 1):
                messages = question(number)
                ours.append(first_token(partial(through_the_door, door, messages)))
                floor.append(first_token(partial(plainly, client, address, messages)))
        _row(f"first token of a first question, {len(PREFIX.split())} words, seconds", ours[0], floor[0])
        _row("first token of a question with a known beginning, seconds", median(ours[1:]), median(floor[1:]))
        _memory(runtime)
        _sockets(runtime)
    finally:
        runtime.close()
        process.kill()
        process.wait()


def _row(what: str, figure: float, floor: float) -> None:
    told = f"{figure:.2f} | {floor:.2f} | {figure / floor:.2f}"
    print(f"| local model: {what} (floor: bare llama.cpp) | {told} |", flush=True)


def _memory(runtime: Runtime) -> None:
    loaded = runtime.loaded
    assert loaded is not None and loaded.memory_bytes is not None
    most = 1.2 * MODEL.size_bytes + MODEL.cache_bytes_a_token * CONTEXT_TOKENS + CACHE_MEGABYTES * 1e6
    held = loaded.memory_bytes
    print(
        "| local model: memory held, GB (floor: 1.2 x file, its cache of tokens and of prompts) "
        f"| {held / 1e9:.2f} | {most / 1e9:.2f} | {held / most:.2f} |",
        flush=True,
    )


def _sockets(runtime: Runtime) -> None:
    served = runtime._served  # noqa: SLF001 - its process is watched
    assert isinstance(served, ServedModel)
    process = Path(f"/proc/{served.process_id}")
    own = {
        str(entry.readlink())[8:-1]
        for entry in (process / "fd").iterdir()
        if "socket" in str(entry.readlink())
    }
    listed = [
        line
        for kind in ("tcp", "tcp6", "udp", "udp6")
        for line in (process / "net" / kind).read_text().splitlines()
    ]
    used = sum(1 for line in listed[1:] if line.split()[9] in own)
    print(f"| local model: sockets of any network held by its process | {used} | 0 | |", flush=True)


if __name__ == "__main__":
    main()
