"""A probe in the candidate's own words from a chat model, checked; on any fault the bank's probe instead."""

from __future__ import annotations

import logging
import queue
import re
import secrets
import threading
from functools import cache
from pathlib import Path
from string import Template
from typing import Literal, Protocol

from pydantic import BaseModel, Field

from analysis.interview.moves.probes import Probe
from analysis.llm.between_marks import without_mark
from analysis.llm.chat_model import Call, Message
from analysis.reading.leaks import gives_away, stems
from analysis.reading.lexicon import word_set
from data.domain import Answer, RehearseError, panics_as_errors

LOGGER = logging.getLogger(__name__)
PATIENCE_SECONDS = 6.0
"""How long the candidate may wait for a model before the bank's probe is asked."""
MOST_WORDS, FEWEST_WORDS = 40, 5
LEAST_FUNCTION_SHARE = 0.2
"""Running English has about 0.4 function words; strings of terms and other languages have far fewer."""
_PROMPT = Path(__file__).parent / "prompts" / "probe.md"
_SECOND_QUESTION = re.compile(
    r"(?:,? (?:and|or)|[,;]) (?:also )?(?:how|what|why|when|where|which|who|whether|"
    r"(?:do|does|did|is|are|would|could|can|should|will) (?:you|it|we|they|that|there|the))\b",
    re.IGNORECASE,
)

Fault = Literal["empty", "too_long", "nonsense", "asks_two_things", "leaks", "not_grounded"]


class ProbeReply(BaseModel):
    """What the model is asked for: several versions, so that one that fails a check costs no second call."""

    probes: list[str] = Field(min_length=1, max_length=5)


class Asker(Protocol):
    """The part of `analysis.llm.chat_model.ChatModel` that is needed."""

    def ask(self, messages: list[Message], reply: type[ProbeReply], call: Call) -> ProbeReply:
        """The model's reply, or ChatError."""


def ground_probe(
    asker: Asker, answer: Answer, bank: Probe, *, patience_seconds: float = PATIENCE_SECONDS
) -> Probe:
    """The bank's probe put in the candidate's own words; the bank's own whenever that does not work out."""
    if bank.key_point is None or not answer.candidate_text.strip():
        return bank
    texts = _asked(asker, probe_messages(answer, bank), patience_seconds)
    good = (text.strip() for text in texts if find_fault(text, answer) is None)
    text = next(good, None)
    return Probe(text, bank.key_point, bank.depth) if text else bank


def find_fault(text: str, answer: Answer) -> Fault | None:
    """What is wrong with a proposed probe, None when it may be asked."""
    words = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text)
    if not words:
        return "empty"
    if len(words) > MOST_WORDS:
        return "too_long"
    if not _is_a_question(text, words):
        return "nonsense"
    if text.count("?") > 1 or _SECOND_QUESTION.search(text):
        return "asks_two_things"
    if gives_away(text, answer.question.key_points, heard(answer)):
        return "leaks"
    if not stems(text) & stems(answer.candidate_text):
        return "not_grounded"
    return None


def heard(answer: Answer) -> str:
    """All that was said so far: the question and both sides of the dialogue."""
    said = (turn.text for turn in answer.turns)
    return " ".join([answer.question.title, answer.question.text, *said])


def probe_messages(answer: Answer, bank: Probe) -> list[Message]:
    """The one message the model gets; question and answer are fenced, because both are data."""
    fence = f"ANSWER-{secrets.token_hex(4)}"
    point = bank.key_point
    text = _template().substitute(
        fence=fence,
        target=without_mark(point.text if point else "", fence),
        neutral=without_mark(bank.text, fence),
        question=without_mark(answer.question.text, fence),
        answer=without_mark(answer.candidate_text, fence),
    )
    return [Message("user", text)]


def _is_a_question(text: str, words: list[str]) -> bool:
    if not text.rstrip().endswith("?") or len(words) < FEWEST_WORDS or "\n" in text.strip():
        return False
    joining = sum(word.lower() in word_set("function_words") for word in words)
    return joining / len(words) >= LEAST_FUNCTION_SHARE and text.isascii()


def _asked(asker: Asker, messages: list[Message], patience_seconds: float) -> list[str]:
    """The model's versions, or none. The call runs beside us, so that a slow server costs only patience."""
    call = Call(purpose="interviewer", deadline_seconds=patience_seconds)
    replies: queue.Queue[list[str]] = queue.Queue()

    def ask() -> None:
        try:
            with panics_as_errors():
                replies.put(asker.ask(messages, ProbeReply, call).probes)
        except RehearseError:
            replies.put([])
        except Exception:  # thread boundary: somebody waits for this, and the bank's probe is there
            LOGGER.exception("asking a model for a probe")
            replies.put([])

    threading.Thread(target=ask, name="probe", daemon=True).start()
    try:
        return replies.get(timeout=patience_seconds)
    except queue.Empty:
        return []
    finally:
        call.cancel.set()


@cache
def _template() -> Template:
    return Template(_PROMPT.read_text(encoding="utf-8"))
