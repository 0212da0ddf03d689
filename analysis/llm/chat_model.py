"""The only door to a chat model: one question in, one validated reply out.

Works with any server that speaks chat completions. Structured output steps down a ladder (JSON schema, JSON
object with the schema as llama.cpp takes it, JSON object, schema in the prompt) and remembers per server how
far; the reply is always validated here, because some servers answer 200 without keeping to the schema.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from pydantic import BaseModel, ValidationError

from analysis.llm.chat_errors import (
    ChatError,
    delay_seconds,
    gave_up,
    is_retried,
    is_server_fault,
    refusal,
    too_long,
)
from analysis.llm.completion import Completion, ToldError, read_completion
from analysis.llm.reply_cache import ResponseCache
from analysis.llm.structured import read_reply, readable_problem, wire_schema, writable
from analysis.llm.usage import Meter, Price
from data.domain import RehearseError

if TYPE_CHECKING:
    import httpx2

    from analysis.llm.connection import openai

Reply = TypeVar("Reply", bound=BaseModel)
Role = Literal["system", "user", "assistant"]

LOGGER = logging.getLogger(__name__)
RUNGS = ("json_schema", "json_object_schema", "json_object", "prompt")
TRIES = 4
REPLY_TOKENS = 3000
TIMEOUT_SECONDS = 60.0

_rungs: dict[str, int] = {}
_dropped: dict[str, frozenset[str]] = {}
_memory = threading.Lock()


@dataclass(frozen=True, slots=True)
class Message:
    """One chat message."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """What goes with one question: seed, cache group, who counts it, and who may stop it.

    When `forget` is set the reply is not kept: the answer it is about has been erased.
    """

    seed: int = 0
    group: str = ""
    meter: Meter = field(default_factory=Meter)
    cancel: threading.Event = field(default_factory=threading.Event)
    forget: threading.Event = field(default_factory=threading.Event)


def forget_servers() -> None:
    """Forget what was learnt about servers (after a settings change)."""
    with _memory:
        _rungs.clear()
        _dropped.clear()


def wait_or_cancel(seconds: float, cancel: threading.Event) -> None:
    """Wait, but not past a cancel."""
    cancel.wait(seconds)


@dataclass(slots=True)
class ChatModel:
    """A chat model at an address. `transport` lets tests and proxies stand in for the network."""

    base_url: str = field(repr=False)
    api_key: str = field(repr=False)
    model: str
    concurrency: int = 4
    tries: int = TRIES
    timeout_seconds: float = TIMEOUT_SECONDS
    reply_tokens: int = REPLY_TOKENS
    temperature: float = 0.0
    price: Price = field(default_factory=Price)
    cache: ResponseCache | None = None
    transport: httpx2.BaseTransport | None = None
    wait: Callable[[float, threading.Event], None] = wait_or_cancel
    usage: Meter = field(default_factory=Meter)
    _client: openai.OpenAI | None = None
    _gate: threading.BoundedSemaphore = field(init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """Set the limit on simultaneous calls."""
        self._gate = threading.BoundedSemaphore(max(1, self.concurrency))

    def ask(
        self,
        messages: Sequence[Message],
        reply: type[Reply],
        call: Call,
        schema: dict[str, Any] | None = None,
    ) -> Reply:
        """The model's reply, validated; one repair turn when it is not what was asked for."""
        schema = schema or wire_schema(reply)
        key = self._key(messages, schema, call.seed)
        kept = self.cache.get(call.group, key) if self.cache else None
        if kept is not None and (known := _validated(kept, reply)) is not None:
            call.meter.add_cached()
            self.usage.add_cached()
            return known
        found = self._ask_with_repair(messages, reply, call, schema)
        if self.cache and not call.forget.is_set():
            self._keep(call.group, key, found)
        return found

    def _keep(self, group: str, key: str, found: BaseModel) -> None:
        """A reply that cannot be kept still counts; it is asked for again another time."""
        try:
            if self.cache:
                self.cache.put(group, key, found.model_dump_json())
        except RehearseError as problem:
            LOGGER.warning("%s", problem)

    def is_kept(self, messages: Sequence[Message], schema: dict[str, Any], call: Call) -> bool:
        """Whether this question was answered before, so that asking costs nothing."""
        key = self._key(messages, schema, call.seed)
        return self.cache is not None and self.cache.get(call.group, key) is not None

    def _key(self, messages: Sequence[Message], schema: dict[str, Any], seed: int) -> str:
        said = [[message.role, message.text] for message in messages]
        whole = json.dumps([self.base_url, self.model, self.temperature, seed, schema, said])
        return hashlib.sha256(whole.encode()).hexdigest()

    def _ask_with_repair(
        self, messages: Sequence[Message], reply: type[Reply], call: Call, schema: dict[str, Any]
    ) -> Reply:
        first = self._complete(messages, call, schema)
        try:
            return read_reply(first.texts, reply)
        except ValidationError as error:
            if first.cut_off:
                raise too_long(self.reply_tokens) from error
            problem = readable_problem(error)
        self._step_down(RUNGS[0])
        repair = Message("user", f"That reply cannot be used: {problem}\n{_schema_request(schema)}")
        said = Message("assistant", writable(first.texts[0])[:8000])
        again = self._complete([*messages, said, repair], call, schema)
        try:
            return read_reply(again.texts, reply)
        except ValidationError as error:
            raise ChatError(
                "unreadable",
                f"The judge's reply could not be read, also when asked again: {readable_problem(error)}",
                "Try a larger model.",
            ) from error

    def _complete(self, messages: Sequence[Message], call: Call, schema: dict[str, Any]) -> Completion:
        """The completion after retries and steps down the ladder."""
        from analysis.llm.connection import is_too_large, openai

        failures = 0
        while True:
            if call.cancel.is_set():
                raise ChatError("cancelled", "Scoring was cancelled.")
            rung = RUNGS[_rungs.get(self.base_url, 0)]
            try:
                return self._send(messages, call, schema, rung)
            except (openai.APIStatusError, ToldError) as error:
                if self._adapted(error, rung):
                    continue
                if not is_retried(error.status_code):
                    raise refusal(error, error.status_code) from error
                problem: Exception = error
            except (openai.APIError, ValueError) as error:
                problem = error
            failures += 1
            if failures >= self.tries or is_too_large(problem):
                if is_server_fault(problem) and self._step_down(rung):
                    failures = self.tries - 1  # one try a format: a server that is simply broken fails again
                    continue
                raise gave_up(problem) from problem
            self.wait(delay_seconds(problem, failures), call.cancel)

    def _send(self, messages: Sequence[Message], call: Call, schema: dict[str, Any], rung: str) -> Completion:
        request = self._request(messages, call, schema, rung)
        with self._gate:
            started = time.monotonic()
            answer = self._connected().chat.completions.with_raw_response.create(**request)
            seconds = time.monotonic() - started
        completion = read_completion(answer.text, answer.headers)
        for meter in (call.meter, self.usage):
            meter.add(completion.prompt_tokens, completion.completion_tokens, seconds, self.price)
        if completion.refused:
            raise ChatError("refused", "The judge declined to score this answer.")
        return completion

    def _request(
        self, messages: Sequence[Message], call: Call, schema: dict[str, Any], rung: str
    ) -> dict[str, Any]:
        said = [{"role": message.role, "content": message.text} for message in messages]
        if rung != "json_schema":
            said[-1] = {**said[-1], "content": f"{said[-1]['content']}\n\n{_schema_request(schema)}"}
        request: dict[str, Any] = {
            "model": self.model,
            "messages": said,
            "temperature": self.temperature,
            "seed": call.seed,
            "max_tokens": self.reply_tokens,
        }
        for name in _dropped.get(self.base_url, frozenset()):
            request.pop(name, None)
            if name == "max_tokens":
                request["max_completion_tokens"] = self.reply_tokens
        if rung == "json_schema":
            shape = {"name": "reply", "schema": schema, "strict": True}
            request["response_format"] = {"type": "json_schema", "json_schema": shape}
        elif rung == "json_object_schema":
            request["response_format"] = {"type": "json_object", "schema": schema}
        elif rung == "json_object":
            request["response_format"] = {"type": "json_object"}
        return request

    def _connected(self) -> openai.OpenAI:
        with self._lock:
            if self._client is None:
                self._client = self._connect()
            return self._client

    def _connect(self) -> openai.OpenAI:
        from analysis.llm.connection import connect

        try:
            return connect(self.base_url, self.api_key, self.timeout_seconds, transport=self.transport)
        except RehearseError as problem:
            raise ChatError("key", problem.message, problem.remedy) from problem

    def _adapted(self, error: openai.APIStatusError | ToldError, rung: str) -> bool:
        """True when the server rejected something that can be left out, so asking again makes sense."""
        if error.status_code == 500 and "response_format" in str(error):
            return self._step_down(rung)
        if error.status_code not in (400, 404, 415, 422, 501):
            return False
        for name in ("temperature", "seed", "max_tokens"):
            known = _dropped.get(self.base_url, frozenset())
            if error.status_code != 404 and name not in known and re.search(rf"\b{name}\b", str(error)):
                with _memory:
                    _dropped[self.base_url] = known | {name}
                return True
        return error.status_code != 404 and self._step_down(rung)

    def _step_down(self, rung: str) -> bool:
        """Remember that this rung does not work here; False when it was the last one."""
        at = RUNGS.index(rung)
        if at + 1 >= len(RUNGS):
            return False
        with _memory:
            _rungs[self.base_url] = max(_rungs.get(self.base_url, 0), at + 1)
        return True


def _schema_request(schema: dict[str, Any]) -> str:
    return (
        f"Reply with one JSON object and nothing else, valid against this JSON Schema:\n{json.dumps(schema)}"
    )


def _validated(text: str, reply: type[Reply]) -> Reply | None:
    try:
        return reply.model_validate_json(text)
    except ValidationError:
        return None
