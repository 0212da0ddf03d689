"""What can go wrong between us and a chat model, in words a user can act on."""

from __future__ import annotations

import math
import random
from typing import Literal

from data.domain import RehearseError

Kind = Literal["unreachable", "key", "rejected", "unreadable", "refused", "cancelled"]

FIRST_DELAY_SECONDS, LONGEST_DELAY_SECONDS = 0.5, 60.0
RETRIED_STATUS = frozenset({408, 409, 425, 429})
SETTINGS_REMEDY = "Check LLM_BASE_URL, LLM_API_KEY and LLM_MODEL on the Settings page."


class ChatError(RehearseError):
    """The model gave no usable reply; `kind` says why."""

    def __init__(self, kind: Kind, message: str, remedy: str = "") -> None:
        """Keep the kind beside message and remedy."""
        super().__init__(message, remedy)
        self.kind: Kind = kind


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


def refusal(problem: Exception, status: int) -> ChatError:
    """The error for a status that trying again does not change."""
    if status in (401, 403):
        return ChatError("key", "The judge did not accept the key.", SETTINGS_REMEDY)
    if (place := _elsewhere(problem)) is not None:
        return ChatError(
            "rejected",
            f"The judge's server sends us elsewhere, to {place}. Nothing was sent there.",
            "If you trust that address, set LLM_BASE_URL to it.",
        )
    said = _told(problem) or f"status {status}"
    return ChatError("rejected", f"The judge rejected the request ({said}).", SETTINGS_REMEDY)


def too_long(reply_tokens: int) -> ChatError:
    """The error for a reply that ran into the limit: asking again would run into it again."""
    return ChatError(
        "unreadable",
        f"The judge's reply was cut off at {reply_tokens} tokens.",
        "Raise LLM_REPLY_TOKENS, or try another model.",
    )


def _elsewhere(problem: Exception) -> str | None:
    from analysis.llm.connection import sent_elsewhere

    return sent_elsewhere(problem)


def _told(problem: Exception) -> str:
    """What the server itself gave as its reason, in one line; empty when it gave none."""
    from analysis.llm.connection import openai

    if isinstance(problem, openai.APIStatusError):
        body = problem.body
        said = body.get("message") if isinstance(body, dict) else None
        text = said if isinstance(said, str) else ""
    else:
        text = str(problem) if getattr(problem, "status_code", None) else ""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:200]


def gave_up(problem: Exception) -> ChatError:
    """The error after the last try."""
    from analysis.llm.connection import is_too_large

    if is_too_large(problem):
        said = "The judge's answer was far too large and was not read to its end."
        return ChatError("unreadable", said, SETTINGS_REMEDY)
    status = getattr(problem, "status_code", None)
    told = _told(problem)
    if status == 429:
        because = f" ({told})" if told else ""
        return ChatError(
            "unreachable", f"The judge is over its rate limit{because}.", "Try again in some minutes."
        )
    if isinstance(problem, ValueError):
        return ChatError("unreadable", "The server's answer is not valid JSON.", SETTINGS_REMEDY)
    said = f"status {status}" if status else "no answer in time or no connection"
    said = f"{said}: {told}" if told else said
    return ChatError("unreachable", f"The judge could not be reached ({said}).", SETTINGS_REMEDY)
