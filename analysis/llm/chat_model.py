"""The only door to a language model: one question in; one validated reply, a text in pieces, or a yes out.

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
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from analysis.llm.call import KEPT_PURPOSES, Call, Message, UnderWay
from analysis.llm.call_limits import within
from analysis.llm.chat_errors import (
    ChatError,
    broken_off,
    delay_seconds,
    gave_up,
    is_retried,
    is_server_fault,
    refusal,
    refused,
)
from analysis.llm.completion import Completion, Spent, ToldError
from analysis.llm.event_stream import Piece, read_pieces, read_whole, spoken
from analysis.llm.likelihood import is_offered, yes_share
from analysis.llm.reply_cache import ResponseCache
from analysis.llm.server_habits import RUNGS, Habits, forget_servers, habits_of
from analysis.llm.spending import WHOLE_SERVER, Spending
from analysis.llm.structured import read_reply, readable_problem, wire_schema, writable
from analysis.llm.usage import CHARACTERS_PER_TOKEN, Meter, Price
from data.domain import RehearseError
from data.domain.credentials import address_shown, secrets_of

if TYPE_CHECKING:
    import httpx2

    from analysis.llm.connection import openai

__all__ = ["RUNGS", "Call", "ChatModel", "Message", "forget_servers", "wait_or_cancel"]

Reply = TypeVar("Reply", bound=BaseModel)
Result = TypeVar("Result")
ANY = dict[str, Any]

LOGGER = logging.getLogger(__name__)
TRIES = 4
REPLY_TOKENS = 3000
TIMEOUT_SECONDS = 60.0
LOOK_SECONDS = 0.02
"""How often somebody who waits for a free place looks whether the call was cancelled."""
LONGEST_TOKEN = 4 * CHARACTERS_PER_TOKEN
"""Characters a token has at most on average: a stream that is longer than its budget so is cut."""
DROPPABLE = ("temperature", "seed", "max_tokens", "stream_options", "stream")
"""Parameters that some servers do not take, and without which the question is still the same."""
LIKELIHOODS: tuple[ANY, ...] = (
    {"logprobs": True, "top_logprobs": 20},
    {"logprobs": True, "top_logprobs": 5},
    {"n_probs": 20},
)
"""How log-probabilities are asked for, in the order tried: as most take it, as some do, as llama.cpp did."""
YES_NO_TOKENS = 4
NOT_TAKEN = frozenset({400, 415, 422, 501})
"""What servers answer to a request with something in it that they do not know."""


def wait_or_cancel(seconds: float, cancel: threading.Event) -> None:
    """Wait, but not past a cancel."""
    cancel.wait(seconds)


@dataclass(slots=True)
class ChatModel:
    """A chat model at an address. `transport` lets tests, proxies and a local runtime be the network."""

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
    spending: Spending = field(default_factory=lambda: WHOLE_SERVER, repr=False)
    _client: openai.OpenAI | None = field(default=None, init=False, repr=False)
    _gate: threading.BoundedSemaphore = field(init=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def __post_init__(self) -> None:
        """Set the limit on simultaneous calls."""
        self._gate = threading.BoundedSemaphore(max(1, self.concurrency))

    @property
    def receiver(self) -> str:
        """Its name and where it runs, without credentials: who reads what it is given."""
        return f"{self.model} at {address_shown(self.base_url)}"

    @property
    def _secrets(self) -> tuple[str, ...]:
        return secrets_of(self.base_url, self.api_key)

    @property
    def habits(self) -> Habits:
        """What was learnt about this model so far."""
        return habits_of(self.base_url, self.model)

    def ask(
        self, messages: Sequence[Message], reply: type[Reply], call: Call, schema: ANY | None = None
    ) -> Reply:
        """The model's reply, validated; one repair turn when it is not what was asked for."""
        schema = schema or wire_schema(reply)
        key = self._key(messages, schema, call.seed)
        kept = self._kept(call, key)
        if kept is not None and (known := _validated(kept, reply)) is not None:
            self._count_kept(call)
            return known
        found = self._ask_with_repair(messages, reply, UnderWay(call, self.reply_tokens), schema)
        self._keep(call, key, found.model_dump_json())
        return found

    def stream(self, messages: Sequence[Message], call: Call) -> Generator[str]:
        """The reply in pieces as it is written, without what a model thinks aloud; never kept.

        Raises `ChatError`, also in the middle. Whoever stops reading closes it, which cuts the connection.
        """
        with closing(self._streamed(messages, UnderWay(call, self.reply_tokens))) as pieces:
            yield from spoken(pieces)

    def yes_no(self, messages: Sequence[Message], call: Call) -> float | None:
        """How likely the model would answer yes rather than no, 0-1; raises `ChatError`.

        None where the server offers no log-probabilities, or the model would say something else.
        """
        key = self._key(messages, {"yes_no": True}, call.seed)
        kept = self._kept(call, key)
        if kept is not None and (known := _share(kept)) is not None:
            self._count_kept(call)
            return known
        found = self._likelihood(messages, UnderWay(call, YES_NO_TOKENS))
        if found is not None:
            self._keep(call, key, json.dumps(found))
        return found

    def is_kept(self, messages: Sequence[Message], schema: ANY, call: Call) -> bool:
        """Whether this question was answered before, so that asking costs nothing."""
        return self._kept(call, self._key(messages, schema, call.seed)) is not None

    # --- what is kept -------------------------------------------------------------------------

    def _kept(self, call: Call, key: str) -> str | None:
        may = self.cache is not None and call.purpose in KEPT_PURPOSES
        return self.cache.get(call.group, key) if self.cache and may else None

    def _keep(self, call: Call, key: str, found: str) -> None:
        """A reply that cannot be kept still counts; it is asked for again another time."""
        if self.cache is None or call.purpose not in KEPT_PURPOSES or call.forget.is_set():
            return
        try:
            self.cache.put(call.group, key, found)
        except RehearseError as problem:
            LOGGER.warning("%s", problem)

    def _key(self, messages: Sequence[Message], schema: ANY, seed: int) -> str:
        said = [[message.role, message.text] for message in messages]
        whole = json.dumps([self.base_url, self.model, self.temperature, seed, schema, said])
        return hashlib.sha256(whole.encode()).hexdigest()

    # --- what is counted ----------------------------------------------------------------------

    def _meters(self, call: Call) -> tuple[Meter, ...]:
        return call.meter, self.usage, self.spending.meter(call.purpose)

    def _count_kept(self, call: Call) -> None:
        for meter in self._meters(call):
            meter.add_cached()

    def _count(self, call: Call, spent: Spent, seconds: float) -> None:
        for meter in self._meters(call):
            meter.add(spent.prompt_tokens, spent.completion_tokens, seconds, self.price)

    # --- asking -------------------------------------------------------------------------------

    def _ask_with_repair(
        self, messages: Sequence[Message], reply: type[Reply], run: UnderWay, schema: ANY
    ) -> Reply:
        first = self._complete(messages, run, schema)
        try:
            return read_reply(first.texts, reply)
        except ValidationError as error:
            if first.cut_off:
                raise run.cut_off() from error
            problem = readable_problem(error)
        self.habits.step_down(RUNGS[0])
        repair = Message("user", f"That reply cannot be used: {problem}\n{_schema_request(schema)}")
        said = Message("assistant", writable(first.texts[0])[:8000])
        again = self._complete([*messages, said, repair], run, schema)
        try:
            return read_reply(again.texts, reply)
        except ValidationError as error:
            if again.cut_off:
                raise run.cut_off() from error
            raise ChatError(
                "unreadable",
                "The language model's reply could not be read, also when asked again: "
                f"{readable_problem(error)}",
                "Try a larger model.",
            ) from error

    def _complete(self, messages: Sequence[Message], run: UnderWay, schema: ANY) -> Completion:
        """The completion after retries and steps down the ladder."""

        def send(rung: str) -> Completion:
            return self._send(run, self._shaped(messages, run, schema, rung))[1]

        return self._tried(run, send, shaped=True)

    def _send(self, run: UnderWay, request: ANY) -> tuple[str, Completion]:
        with self._place(run):
            started = time.monotonic()
            body, headers = self._answer(run, request)
            seconds = time.monotonic() - started
        completion = read_whole(body, headers)
        self._count(run.call, Spent(completion.prompt_tokens, completion.completion_tokens), seconds)
        run.wrote(completion.completion_tokens, completion.texts[0])
        if completion.refused:
            raise refused()
        return body, completion

    def _answer(self, run: UnderWay, request: ANY) -> tuple[str, Any]:
        with within(run.limits):
            answer = self._connected().chat.completions.with_raw_response.create(**request)
        return answer.text, answer.headers

    def _tried(self, run: UnderWay, send: Callable[[str], Result], shaped: bool = False) -> Result:
        """What `send` gives, after retries; with `shaped` also after steps down the ladder."""
        from analysis.llm.connection import is_too_large, network_errors, openai

        failures = 0
        faults: tuple[type[Exception], ...] = (*network_errors(), ValueError)
        while True:
            run.check()
            rung = self.habits.rung
            try:
                return send(rung)
            except (openai.APIStatusError, ToldError) as error:
                if self._adapted(error, rung, shaped):
                    continue
                if not is_retried(error.status_code):
                    raise refusal(error, error.status_code, self._secrets) from error
                problem: Exception = error
            except faults as error:
                problem = error
            run.check()
            failures += 1
            if failures >= self.tries or is_too_large(problem):
                if shaped and is_server_fault(problem) and self.habits.step_down(rung):
                    failures = self.tries - 1  # one try a format: a server that is simply broken fails again
                    continue
                raise gave_up(problem, self._secrets) from problem
            self.wait(min(delay_seconds(problem, failures), run.left_seconds), run.call.cancel)

    @contextmanager
    def _place(self, run: UnderWay) -> Iterator[None]:
        """One of the places for simultaneous calls; nobody waits for one past a cancel or a deadline."""
        while not self._gate.acquire(timeout=LOOK_SECONDS):
            run.check()
        try:
            yield
        finally:
            self._gate.release()

    # --- streaming ----------------------------------------------------------------------------

    def _streamed(self, messages: Sequence[Message], run: UnderWay) -> Generator[str]:
        """The text of the pieces; the place is held and the connection open until it is closed."""
        from analysis.llm.connection import network_errors

        with self._place(run), ExitStack() as opened:
            started, spent = time.monotonic(), Spent()
            faults: tuple[type[Exception], ...] = (*network_errors(), ValueError)
            try:
                for piece in self._opened(messages, run, opened):
                    spent = piece.spent or spent
                    if piece.text:
                        yield writable(piece.text)
            except faults as error:
                run.check()
                raise broken_off() from error
            except ToldError as error:
                raise gave_up(error, self._secrets) from error
            finally:
                self._count(run.call, spent, time.monotonic() - started)

    def _opened(self, messages: Sequence[Message], run: UnderWay, opened: ExitStack) -> Iterator[Piece]:
        """The pieces of a reply that has begun; a server that fails before the first one is asked again."""

        def send(rung: str) -> tuple[Piece | None, Iterator[Piece]]:
            opened.close()
            pieces = self._pieces(self._request(messages, run, stream=True), run, opened)
            return next(pieces, None), pieces

        first, rest = self._tried(run, send)
        written, most = 0, run.most_tokens() * LONGEST_TOKEN
        for piece in chain([first] if first else [], rest):
            written += len(piece.text)
            yield piece
            if piece.refused:
                raise refused()
            if piece.cut_off or written > most:
                raise run.cut_off()

    def _pieces(self, request: ANY, run: UnderWay, opened: ExitStack) -> Iterator[Piece]:
        asking = self._connected().chat.completions.with_streaming_response
        with within(run.limits):
            answer = opened.enter_context(asking.create(**request))
        return read_pieces(answer.iter_bytes(), answer.headers)

    # --- yes or no ----------------------------------------------------------------------------

    def _likelihood(self, messages: Sequence[Message], run: UnderWay) -> float | None:
        """The first way of asking that the server knows decides; those it does not know are remembered."""
        rejected: ChatError | None = None
        for way in LIKELIHOODS:
            name = json.dumps(way)
            if name in self.habits.dropped:
                continue
            try:
                body = self._likely(messages, run, way)
            except ChatError as error:
                if error.kind != "rejected" or error.status not in NOT_TAKEN:
                    raise
                rejected = error
                if re.search("logprob|n_probs", error.message):
                    self.habits.drop(name)
                continue
            if is_offered(body):
                return yes_share(body)
            self.habits.drop(name)
        if rejected and not re.search("logprob|n_probs", rejected.message):
            raise rejected
        return None

    def _likely(self, messages: Sequence[Message], run: UnderWay, way: ANY) -> str:
        def send(rung: str) -> str:
            return self._send(run, self._request(messages, run, extra_body=way))[0]

        return self._tried(run, send)

    # --- what is sent -------------------------------------------------------------------------

    def _request(self, messages: Sequence[Message], run: UnderWay, **more: Any) -> ANY:
        most = run.most_tokens()
        request: ANY = {
            "model": self.model,
            "messages": [{"role": message.role, "content": message.text} for message in messages],
            "temperature": self.temperature,
            "seed": run.call.seed,
            "max_tokens": most,
            **more,
        }
        if more.get("stream"):
            request["stream_options"] = {"include_usage": True}
        dropped = self.habits.dropped
        for name in dropped.intersection(DROPPABLE):
            request.pop(name, None)
        if "max_tokens" in dropped:
            request["max_completion_tokens"] = most
        if "stream" in dropped:
            request.pop("stream_options", None)
        return request

    def _shaped(self, messages: Sequence[Message], run: UnderWay, schema: ANY, rung: str) -> ANY:
        request = self._request(messages, run)
        if rung != "json_schema":
            last = request["messages"][-1]
            last["content"] = f"{last['content']}\n\n{_schema_request(schema)}"
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

    def _adapted(self, error: openai.APIStatusError | ToldError, rung: str, shaped: bool) -> bool:
        """True when the server rejected something that can be left out, so asking again makes sense."""
        if shaped and error.status_code == 500 and "response_format" in str(error):
            return self.habits.step_down(rung)
        if error.status_code not in NOT_TAKEN:
            return False
        for name in DROPPABLE:
            known = self.habits.dropped
            if name not in known and re.search(rf"\b{name}\b", str(error)):
                self.habits.drop(name)
                return True
        return shaped and self.habits.step_down(rung)


def _schema_request(schema: ANY) -> str:
    return (
        f"Reply with one JSON object and nothing else, valid against this JSON Schema:\n{json.dumps(schema)}"
    )


def _validated(text: str, reply: type[Reply]) -> Reply | None:
    try:
        return reply.model_validate_json(text)
    except ValidationError:
        return None


def _share(kept: str) -> float | None:
    """A kept probability; None for a file that holds none."""
    try:
        value = json.loads(kept)
    except ValueError:
        return None
    return float(value) if isinstance(value, int | float) and 0.0 <= value <= 1.0 else None
