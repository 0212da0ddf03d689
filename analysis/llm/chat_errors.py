"""What can go wrong between us and a chat model, in words a user can act on."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import Literal

from data.domain import RehearseError
from data.domain.credentials import scrubbed

Kind = Literal["unreachable", "key", "rejected", "unreadable", "refused", "cancelled"]

FIRST_DELAY_SECONDS, LONGEST_DELAY_SECONDS = 0.5, 60.0
RETRIED_STATUS = frozenset({408, 409, 425, 429})
SETTINGS_REMEDY = (
    "Look at Settings → Language model and press Test there (or at LLM_BASE_URL, LLM_API_KEY and LLM_MODEL, "
    "where they are set)."
)


class ChatError(RehearseError):
    """The model gave no usable reply; `kind` says why."""

    def __init__(self, kind: Kind, message: str, remedy: str = "", status: int = 0) -> None:
        """Keep the kind beside message and remedy, and the server's status where it gave one."""
        super().__init__(message, remedy)
        self.kind: Kind = kind
        self.status = status


def is_retried(status: int) -> bool:
    """True for a status that may be gone in a moment."""
    return status in RETRIED_STATUS or status >= 500


def is_server_fault(problem: Exception) -> bool:
    """True when the server broke on the request; some do on a response format they do not know."""
    return getattr(problem, "status_code", 0) in (500, 501)


def delay_seconds(problem: Exception, failures: int) -> float:
    """Retry-After in seconds when the server names a time, else doubling from half a second with jitter."""
    headers = getattr(getattr(problem, "response", None), "headers", {})
    try:
        asked = float(headers.get("retry-after", ""))
    except ValueError:
        asked = math.nan
    if not asked >= 0:
        asked = FIRST_DELAY_SECONDS * 2 ** (failures - 1) * random.uniform(1.0, 1.25)
    return min(asked, LONGEST_DELAY_SECONDS)


def refusal(problem: Exception, status: int, secrets: Sequence[str] = ()) -> ChatError:
    """The error for a status that trying again does not change. `secrets` are never told, whoever does."""
    if status in (401, 403):
        return ChatError(
            "key", "The language model's server did not accept the key.", SETTINGS_REMEDY, status
        )
    if (place := _elsewhere(problem)) is not None:
        return ChatError(
            "rejected",
            f"The language model's server sends us elsewhere, to {place}. Nothing was sent there.",
            "If you trust that address, set it in Settings → Language model (or LLM_BASE_URL).",
            status,
        )
    said = _told(problem, secrets) or f"status {status}"
    return ChatError(
        "rejected", f"The language model rejected the request ({said}).", SETTINGS_REMEDY, status
    )


def cut_off(tokens: int, by_budget: bool = False) -> ChatError:
    """The error for a reply that ran into the limit: asking again would run into it again."""
    remedy = "Try another model."
    if not by_budget:
        remedy = "Try another model, or raise LLM_REPLY_TOKENS."
    return ChatError("unreadable", f"The language model's reply was cut off at {tokens} tokens.", remedy)


def late(seconds: float) -> ChatError:
    """The error for a call that did not end before its deadline."""
    return ChatError(
        "unreachable",
        f"The language model gave no whole answer in time ({seconds:g} s).",
        "Try again, or choose a faster model in Settings → Language model.",
    )


def broken_off() -> ChatError:
    """The error for a reply of which only the beginning arrived."""
    return ChatError(
        "unreachable", "The language model's reply broke off before its end.", "Try again in a moment."
    )


def refused() -> ChatError:
    """The error for a model, or a filter before it, that declines."""
    return ChatError("refused", "The language model declined to answer.", "Try another model.")


def _elsewhere(problem: Exception) -> str | None:
    from analysis.llm.connection import sent_elsewhere

    return sent_elsewhere(problem)


def _told(problem: Exception, secrets: Sequence[str]) -> str:
    """What the server itself gave as its reason, in one line without secrets; empty when it gave none."""
    from analysis.llm.connection import openai

    if isinstance(problem, openai.APIStatusError):
        body = problem.body
        said = body.get("message") if isinstance(body, dict) else None
        text = said if isinstance(said, str) else ""
    else:
        text = str(problem) if getattr(problem, "status_code", None) else ""
    text = scrubbed(text, secrets)
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:200]


def gave_up(problem: Exception, secrets: Sequence[str] = ()) -> ChatError:
    """The error after the last try; `secrets` are never told."""
    from analysis.llm.connection import is_too_large

    if is_too_large(problem):
        said = "The language model's answer was far too large and was not read to its end."
        return ChatError("unreadable", said, SETTINGS_REMEDY)
    status = getattr(problem, "status_code", None)
    told = _told(problem, secrets)
    if status == 429:
        because = f" ({told})" if told else ""
        said = f"The language model is over its rate limit{because}."
        return ChatError("unreachable", said, "Try again in some minutes.", 429)
    if isinstance(problem, ValueError):
        return ChatError("unreadable", "The server's answer is not valid JSON.", SETTINGS_REMEDY)
    said = f"status {status}" if status else "no answer in time or no connection"
    said = f"{said}: {told}" if told else said
    said = f"The language model could not be reached ({said})."
    return ChatError("unreachable", said, SETTINGS_REMEDY, status or 0)
