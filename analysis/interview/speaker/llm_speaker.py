"""A line in the candidate's own words from a chat model, checked; on any fault the plain line is said."""

from __future__ import annotations

import logging
import queue
import secrets
import threading
from functools import cache
from pathlib import Path
from string import Template
from typing import Protocol

from pydantic import BaseModel, Field

from analysis.interview.speaker.line_check import find_fault
from analysis.llm.between_marks import without_mark
from analysis.llm.chat_model import Call, Message
from data.domain import Answer, KeyPoint, RehearseError, panics_as_errors

LOGGER = logging.getLogger(__name__)
PATIENCE_SECONDS = 6.0
"""How long the candidate may wait for a model before the plain line is said."""
_PROMPT = Path(__file__).parent / "prompts" / "probe.md"


class ProbeReply(BaseModel):
    """What the model is asked for: several versions, so that one that fails a check costs no second call."""

    probes: list[str] = Field(min_length=1, max_length=5)


class Asker(Protocol):
    """The part of `analysis.llm.chat_model.ChatModel` that is needed."""

    def ask(self, messages: list[Message], reply: type[ProbeReply], call: Call) -> ProbeReply:
        """The model's reply, or ChatError."""


def in_their_words(
    asker: Asker, answer: Answer, line: str, point: KeyPoint, *, patience_seconds: float = PATIENCE_SECONDS
) -> str | None:
    """The line for this point in the candidate's own words; None whenever that does not work out."""
    if not answer.candidate_text.strip():
        return None
    texts = _asked(asker, messages_for(answer, line, point), patience_seconds)
    return next((text.strip() for text in texts if _fits(text, answer)), None)


def _fits(text: str, answer: Answer) -> bool:
    points, said = answer.question.key_points, answer.candidate_text
    return find_fault(text, points, said, heard(answer), is_free=True) is None


def heard(answer: Answer) -> str:
    """All that was said so far: the question and both sides of the dialogue."""
    said = (turn.text for turn in answer.turns)
    return " ".join([answer.question.title, answer.question.text, *said])


def messages_for(answer: Answer, line: str, point: KeyPoint) -> list[Message]:
    """The one message the model gets; question and answer are fenced, because both are data."""
    fence = f"ANSWER-{secrets.token_hex(4)}"
    text = _template().substitute(
        fence=fence,
        target=without_mark(point.text, fence),
        neutral=without_mark(line, fence),
        question=without_mark(answer.question.in_full, fence),
        answer=without_mark(answer.candidate_text, fence),
    )
    return [Message("user", text)]


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
