"""The Test button: what a language model can do, tried step by step and told in plain words."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from urllib.parse import quote, urlsplit, urlunsplit

from pydantic import BaseModel

from analysis.llm.beside import Beside
from analysis.llm.call import Call, Message
from analysis.llm.call_limits import Limits
from analysis.llm.chat_errors import ChatError
from analysis.llm.chat_model import ChatModel
from analysis.llm.listing import Listed, context_told, list_models, told_at
from analysis.llm.server_habits import RUNGS

Outcome = Literal["works", "fails", "not offered"]
STEP_SECONDS = 120.0
"""A step may take so long: a server may load its model first, and a small machine reads slowly."""
LIST_SECONDS = 10.0
STRUCTURED_TOKENS, WORDS_TOKENS = 1000, 100
"""What may be written: for the first much, because some models think before they fill in a field."""
LONG_WORDS = 1200
"""Of the long prompt, about what judging one answer sends."""
_SENTENCE = "Each request asks the cache first and the database only after that."
MOST_NAMED = 8
_FATAL = ("unreachable", "key", "rejected", "cancelled")
_TELLS_RUNG = {
    "json_schema": "It writes JSON to a schema.",
    "json_object_schema": "It writes JSON to a schema, asked for as llama.cpp takes it.",
    "json_object": "It writes JSON; the schema is only told in words.",
    "prompt": "It writes JSON only because it is told to in words: expect replies that cannot be read.",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was tried. `told` is a plain sentence with what was found."""

    name: str
    outcome: Outcome
    told: str


class TriedReply(BaseModel):
    """The smallest structured reply."""

    is_even: bool


@dataclass(slots=True)
class Trial:
    """A trial beside a page: `steps` grows while it runs."""

    steps: list[Step] = field(default_factory=list)
    _work: Beside[tuple[Step, ...]] | None = None

    @property
    def finished(self) -> bool:
        """Whether no further step comes."""
        return self._work is not None and self._work.finished

    def stop(self) -> None:
        """End it; the step under way is cut off at once."""
        if self._work:
            self._work.stop()

    def wait(self, seconds: float) -> bool:
        """Wait for the end, no longer than so many seconds; whether it came."""
        return self._work is not None and self._work.wait(seconds)


def start_trial(model: ChatModel) -> Trial:
    """Begin on a thread of its own; returns at once."""
    trial = Trial()
    trial._work = Beside(lambda cancel: try_out(model, trial.steps.append, cancel))
    return trial


def try_out(
    model: ChatModel, tell: Callable[[Step], None], cancel: threading.Event | None = None
) -> tuple[Step, ...]:
    """Try everything, telling each step as it ends; all steps in the end.

    Stops at the first step after which asking on makes no sense, and when `cancel` is set. Never raises
    `ChatError`: what fails is a step.
    """
    trying = _Trying(replace(model, tries=1, cache=None), cancel or threading.Event())
    trying.model.habits.forget()
    done: list[Step] = []
    for step in trying.steps():
        if trying.cancel.is_set():
            break
        done.append(step)
        tell(step)
    return tuple(done)


@dataclass(slots=True)
class _Trying:
    model: ChatModel
    cancel: threading.Event
    row: Listed | None = None

    def steps(self) -> Iterator[Step]:
        """Each step when it is done."""
        for step in self._there():
            yield step
            if step.outcome == "fails" and step.name == "Reachable":
                return
        structured, goes_on = self._structured()
        yield structured
        if not goes_on:
            return
        yield self._likelihood()
        yield from self._written()
        yield self._long()
        yield self._context()
        yield self._price()

    def _call(self, tokens: int = WORDS_TOKENS) -> Call:
        return Call(cancel=self.cancel, purpose="trial", deadline_seconds=STEP_SECONDS, budget_tokens=tokens)

    def _there(self) -> Iterator[Step]:
        began = time.monotonic()
        try:
            listed = list_models(
                self.model.base_url or "https://api.openai.com/v1",
                self.model.api_key,
                limits=Limits(self.cancel, began + STEP_SECONDS),
                timeout_seconds=LIST_SECONDS if self.model.transport is None else STEP_SECONDS,
                transport=self.model.transport,
            )
        except ChatError as problem:
            if problem.kind in ("unreachable", "key", "cancelled") or 300 <= problem.status < 400:
                yield Step("Reachable", "fails", str(problem))
                return
            yield Step("Reachable", "works", "There is an answer at this address.")
            yield Step("Model", "not offered", "The server lists no models; the next step asks it.")
            return
        yield Step("Reachable", "works", f"The server answers in {_seconds(time.monotonic() - began)}.")
        yield self._among(listed)

    def _among(self, listed: tuple[Listed, ...]) -> Step:
        name = self.model.model
        self.row = next((one for one in listed if _is_same(one.name, name)), None)
        if self.row is not None:
            return Step("Model", "works", f"{name} is there.")
        if not listed:
            return Step("Model", "not offered", "The server lists no models; the next step asks it.")
        names = ", ".join(one.name for one in listed[:MOST_NAMED])
        more = len(listed) - MOST_NAMED
        return Step(
            "Model",
            "fails",
            f"The server does not list {name}. It lists {names}{f' and {more} more' if more > 0 else ''}.",
        )

    def _structured(self) -> tuple[Step, bool]:
        question = Message("user", "Is 4 an even number? Fill in the field is_even.")
        try:
            self.model.ask([question], TriedReply, self._call(STRUCTURED_TOKENS))
        except ChatError as problem:
            return Step("Structured output", "fails", str(problem)), problem.kind not in _FATAL
        rung = self.model.habits.rung
        place = f" (way {RUNGS.index(rung) + 1} of {len(RUNGS)})"
        return Step("Structured output", "works", _TELLS_RUNG[rung] + place), True

    def _likelihood(self) -> Step:
        name = "Log-probabilities"
        question = Message("user", "Is 4 an even number? Answer with one word, yes or no.")
        try:
            share = self.model.yes_no([question], self._call())
        except ChatError as problem:
            return Step(name, "not offered", f"Asking for them failed: {problem.message}")
        if share is None:
            told = (
                "The server does not tell how likely a yes or a no is; the model is asked for words instead."
            )
            return Step(name, "not offered", told)
        return Step(name, "works", f"Asked whether 4 is even, it holds yes {share:.0%} likely.")

    def _written(self) -> Iterator[Step]:
        """The short prompt, and whether its reply came in pieces."""
        told = self._timed("Count from one to five, in words. Write nothing else.")
        if isinstance(told, ChatError):
            yield Step("Short prompt", "fails", str(told))
            return
        thinks = (
            "" if told.pieces else f" That was all thinking: {WORDS_TOKENS} tokens before the first word."
        )
        yield Step("Short prompt", "works", f"Answered in {_seconds(told.whole)}.{thinks}")
        if not told.pieces:
            return
        if told.pieces > 1:
            yield Step("Streaming", "works", f"The first words come after {_seconds(told.first)}.")
        else:
            yield Step("Streaming", "not offered", "The reply comes in one piece, when all of it is written.")

    def _long(self) -> Step:
        new = f"Note {secrets.token_hex(4)}."  # so that no server has read it before
        text = " ".join([_SENTENCE] * (LONG_WORDS // len(_SENTENCE.split())))
        told = self._timed(f"{new} {text}\n\nWhat is asked first? Answer with one word.")
        if isinstance(told, ChatError):
            return Step("Long prompt", "fails", str(told))
        return Step("Long prompt", "works", f"{LONG_WORDS:,} words are answered in {_seconds(told.whole)}.")

    def _timed(self, question: str) -> _Timed | ChatError:
        began, first, pieces = time.monotonic(), 0.0, 0
        try:
            with closing(self.model.stream([Message("user", question)], self._call())) as said:
                for _ in said:
                    pieces += 1
                    first = first or time.monotonic() - began
        except ChatError as problem:
            if problem.kind != "unreadable":  # a long reply is cut off, which is no fault
                return problem
        return _Timed(first, time.monotonic() - began, pieces)

    def _context(self) -> Step:
        name, own = "Context length", self.row and self.row.context_tokens
        path = f"/api/v0/models/{quote(self.model.model)}"
        tokens = own or self._context_at("/props") or self._context_at(path)
        if tokens:
            told = f"{tokens:,} tokens at once, about {tokens * 3 // 4:,} words."
            return Step(name, "works", told)
        if most := self._context_at("/api/show", {"model": self.model.model}):
            told = f"The model takes {most:,} tokens at most; Ollama reads fewer unless its num_ctx says so."
            return Step(name, "works", told)
        return Step(name, "not offered", "The server does not tell how much it reads at once.")

    def _context_at(self, path: str, ask: dict[str, Any] | None = None) -> int | None:
        """Where programs tell it that have no field for it in their list: llama.cpp, LM Studio, Ollama."""
        try:
            root = urlunsplit((*urlsplit(self.model.base_url)[:2], "", "", ""))
            limits = Limits(self.cancel, time.monotonic() + LIST_SECONDS)
            key, way = self.model.api_key, self.model.transport
            return context_told(told_at(f"{root}{path}", key, LIST_SECONDS, limits, way, ask))
        except (ValueError, ChatError):
            return None

    def _price(self) -> Step:
        known = (self.model.price.in_per_mtok, self.model.price.out_per_mtok)
        listed = (self.row.price_in, self.row.price_out) if self.row else (None, None)
        for source, (price_in, price_out) in (("As set", known), ("As the server lists it", listed)):
            if price_in is not None and price_out is not None:
                told = f"{source}: ${price_in:g} for a million tokens read, ${price_out:g} written."
                return Step("Price", "works", told)
        return Step("Price", "not offered", "Not known; it can be given when the model is connected.")


@dataclass(frozen=True, slots=True)
class _Timed:
    """Seconds until the first words and the end, and in how many pieces the reply came."""

    first: float
    whole: float
    pieces: int


def _is_same(listed: str, name: str) -> bool:
    """Servers complete a name with a tag, or with the folder of its file."""
    return listed in (name, f"{name}:latest") or listed.replace("\\", "/").endswith(f"/{name}")


def _seconds(value: float) -> str:
    if value < 0.05:
        return "less than 0.1 s"
    return f"{value:.1f} s" if value < 10 else f"{value:.0f} s"
