"""Whether the addresses in a question can be addresses at all; nobody is asked for them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from analysis.authoring.finding import Finding, found
from data.domain import Question

_ADDRESS = re.compile(r"\b(?:https?|ftp|www)[:.]\S*", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")


def broken_links(question: Question) -> Iterator[Finding]:
    """Addresses that cannot be opened as they stand."""
    for at, text in enumerate(question.reading):
        yield from _broken(question, text, "reading", at)
    for at, one in enumerate(question.misconceptions):
        yield from _broken(question, one.source, "misconceptions", at, "source")


def _broken(question: Question, text: str, *path: str | int) -> Iterator[Finding]:
    for address in _ADDRESS.findall(text):
        if problem := _problem(address.rstrip(")")):
            yield found(question, "link", f"{address} {problem}", *path)


def _problem(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in ("https", "http"):
        return "must begin with https:// or http://"
    if not _HOST.fullmatch(parts.netloc):
        return "has no such host"
    return "ends with a sign that is no part of it" if address[-1] in ".,;:" else ""
