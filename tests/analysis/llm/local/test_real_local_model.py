"""llama.cpp with a real model, a few tokens of it: what it answers, holds, reaches and leaves behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from analysis.llm.local.runtime import BASE_URL, LocalTransport, Runtime
from analysis.llm.local.served_model import CACHE_MEGABYTES, CONTEXT_TOKENS, ServedModel
from data.settings import PROJECT_ROOT
from tests.local_model import MODEL, local_model

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600), pytest.mark.xdist_group("local model")]
"""One after the other in one process: each would load the model for itself."""

QUESTION = (
    "A cache sits in front of a database. In one word, what do entries become when the database changes?"
)


@pytest.fixture(scope="module")
def file() -> Path:
    return local_model()


@pytest.fixture(scope="module")
def runtime(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runtime]:
    held = Runtime(lock_file=tmp_path_factory.mktemp("lock") / "lock")
    yield held
    held.close()


def ask(runtime: Runtime, file: Path, **more: object) -> dict[str, Any]:
    """A few tokens of it."""
    asked: dict[str, Any] = {"messages": [{"role": "user", "content": QUESTION}], "max_tokens": 4} | more
    with httpx2.Client(transport=LocalTransport(file, runtime, MODEL.name), timeout=300) as client:
        answer = client.post(f"{BASE_URL}/chat/completions", json=asked)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def process_of(runtime: Runtime) -> int:
    served = runtime._served
    assert isinstance(served, ServedModel)
    return served.process_id


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_it_answers_with_logits_and_reads_the_same_beginning_once(runtime: Runtime, file: Path) -> None:
    first = ask(runtime, file, logprobs=True, top_logprobs=3)
    assert first["choices"][0]["message"]["content"]
    assert len(first["choices"][0]["logprobs"]["content"][0]["top_logprobs"]) == 3
    again = ask(runtime, file)
    usage = again["usage"]
    assert usage["prompt_tokens_details"]["cached_tokens"] > 0.8 * usage["prompt_tokens"]


def test_it_lists_itself_under_its_name(runtime: Runtime, file: Path) -> None:
    with httpx2.Client(transport=LocalTransport(file, runtime, MODEL.name), timeout=300) as client:
        listed = client.get(f"{BASE_URL}/models").json()["data"]
    assert [one["id"] for one in listed] == [MODEL.name]


def test_it_keeps_to_a_schema_and_streams(runtime: Runtime, file: Path) -> None:
    schema = {
        "type": "object",
        "properties": {"stale": {"type": "boolean"}},
        "required": ["stale"],
        "additionalProperties": False,
    }
    shape = {"type": "json_schema", "json_schema": {"name": "reply", "schema": schema, "strict": True}}
    # A schema allows blanks anywhere, and a drawn reply may spend its tokens on them.
    reply = ask(runtime, file, response_format=shape, max_tokens=60, temperature=0)
    told = reply["choices"][0]["message"]["content"]
    assert json.loads(told) in ({"stale": True}, {"stale": False})
    asked = {"messages": [{"role": "user", "content": QUESTION}], "max_tokens": 3, "stream": True}
    with (
        httpx2.Client(transport=LocalTransport(file, runtime), timeout=300) as client,
        client.stream("POST", f"{BASE_URL}/chat/completions", json=asked) as answer,
    ):
        lines = [line for line in answer.iter_lines() if line]
    assert len(lines) >= 3
    assert lines[-1] == "data: [DONE]"


def test_it_holds_no_more_than_its_file_a_fifth_and_its_caches(runtime: Runtime, file: Path) -> None:
    ask(runtime, file)
    loaded = runtime.loaded
    assert loaded is not None and loaded.memory_bytes is not None
    caches = MODEL.cache_bytes_a_token * CONTEXT_TOKENS + CACHE_MEGABYTES * 1_000_000
    assert loaded.memory_bytes <= 1.2 * MODEL.size_bytes + caches


def test_its_process_has_no_socket_of_any_network(runtime: Runtime, file: Path) -> None:
    ask(runtime, file)
    process = Path(f"/proc/{process_of(runtime)}")
    held = {str(entry.readlink()) for entry in (process / "fd").iterdir()}
    numbers = {name.removeprefix("socket:[").rstrip("]") for name in held if name.startswith("socket:")}
    assert numbers
    for kind in ("tcp", "tcp6", "udp", "udp6", "raw", "raw6"):
        listed = (process / "net" / kind).read_text().splitlines()[1:]
        assert [line for line in listed if line.split()[9] in numbers] == []


def test_a_model_that_was_killed_is_loaded_anew_for_the_next_question(runtime: Runtime, file: Path) -> None:
    ask(runtime, file)
    os.kill(process_of(runtime), signal.SIGKILL)
    until(lambda: runtime.loaded is None)
    assert ask(runtime, file)["choices"]


ABANDONED = """
import os, sys
from pathlib import Path
from analysis.llm.local.runtime import Runtime
runtime = Runtime(lock_file=Path(sys.argv[2]))
runtime.take(Path(sys.argv[1]), 60)
print(runtime._served.process_id, flush=True)
os._exit(0)
"""


def test_a_model_ends_with_the_program_that_started_it(runtime: Runtime, file: Path, tmp_path: Path) -> None:
    runtime.close()
    script = [sys.executable, "-c", ABANDONED, str(file), str(tmp_path / "lock")]
    done = subprocess.run(script, cwd=PROJECT_ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    until(lambda: not Path(f"/proc/{int(done.stdout)}").exists())


def test_a_second_program_is_told_to_wait(runtime: Runtime, file: Path, tmp_path: Path) -> None:
    runtime.close()
    lock = tmp_path / "lock"
    first, second = Runtime(lock_file=lock), Runtime(lock_file=lock)
    try:
        ask(first, file)
        with httpx2.Client(transport=LocalTransport(file, second), timeout=300) as client:
            refused = client.get(f"{BASE_URL}/models")
        assert refused.status_code == 503
        assert "Another Rehearse" in refused.json()["error"]["message"]
    finally:
        first.close()
        second.close()
